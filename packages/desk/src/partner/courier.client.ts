import { z } from 'zod';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { keepReceipt, keepSignature, nextWaiting, noteAttempt, type StoredDelivery } from '../sharing/index.ts';
import type { PartnerContext } from './inbox.ts';
import { noteLink, type Partner, partyOf } from './partner.store.ts';
import { signDelivery, signToken, verifyReceipt } from './seal.ts';
import { inboxPath, taxiiType } from './taxii.ts';

/** A partner that does not answer within this is down for now; the bundle waits. */
const answerTimeoutMs = 15_000;

/** A status resource with a receipt for 500 objects is under 200 kB; more is not read. */
const answerBytesMax = 4 * 1024 * 1024;

/** These say that this bundle will never be taken as it is; anything else may pass, and is tried again. */
const finalStatuses: ReadonlySet<number> = new Set([400, 404, 405, 406, 409, 413, 415, 422]);

const zStatus = z.object({ gongjo_receipt: z.string().max(answerBytesMax) });
const zTaxiiError = z.object({ title: z.string().max(500), error_code: z.string().max(64).optional() });

/**
 * Sends the oldest waiting bundle to the partner and keeps its receipt. Answers `more` when there may be another, `idle`
 * when nothing waits, `down` when it has to wait; `changed` says whether a page shows something else now.
 */
export async function sendNext(
  context: PartnerContext,
  partner: Partner,
  signal: AbortSignal,
): Promise<{ readonly state: 'more' | 'idle' | 'down'; readonly changed: boolean }> {
  const { records, clock } = context;
  const { desk } = partner.card;
  const waiting = await nextWaiting(records, desk);
  if (!waiting) return { state: 'idle', changed: false };
  const delivery = await signed(context, partner, waiting);
  let refused = false;
  try {
    const answer = await post(context, partner, delivery, signal);
    refused = answer.refused;
    if (answer.problem) throw answer.problem;
    const facts = await verifyReceipt(partner.card.key, desk, context.desk.desk, delivery, answer.receipt);
    await records.transaction(async (tx) => {
      await keepReceipt(tx, context, partyOf(partner), facts, answer.receipt);
      await noteLink(tx, clock, desk, null);
    });
    return { state: 'more', changed: true };
  } catch (thrown) {
    if (signal.aborted) return { state: 'idle', changed: false };
    if (!(thrown instanceof GongjoError)) throw thrown;
    await records.transaction(async (tx) => {
      await noteAttempt(tx, desk, delivery.id, { problem: thrown.problem, refused });
      await noteLink(tx, clock, desk, refused ? null : thrown.problem);
    });
    return { state: refused ? 'more' : 'down', changed: true };
  }
}

async function signed(
  { records, keys, desk }: PartnerContext,
  partner: Partner,
  delivery: StoredDelivery,
): Promise<StoredDelivery & { readonly signature: string }> {
  if (delivery.signature !== null) return { ...delivery, signature: delivery.signature };
  const signature = await signDelivery(keys, desk.desk, partner.card.desk, delivery.id, delivery.envelope);
  await records.transaction((tx) => keepSignature(tx, partner.card.desk, delivery.id, signature));
  return { ...delivery, signature };
}

type Answer =
  | { readonly problem: GongjoError; readonly refused: boolean }
  | { readonly problem: null; readonly refused: false; readonly receipt: string };

async function post(
  { keys, clock, desk, fetch = globalThis.fetch }: PartnerContext,
  { card }: Partner,
  delivery: { readonly envelope: string; readonly signature: string },
  signal: AbortSignal,
): Promise<Answer> {
  const url = new URL(inboxPath, card.url);
  const unreachable = (thrown: unknown) =>
    new GongjoError('partner-unreachable', { desk: card.desk, url: card.url, detail: detailOf(thrown) });
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: {
        accept: taxiiType,
        'content-type': taxiiType,
        authorization: `Bearer ${await signToken(keys, clock, desk.desk, card.desk)}`,
        'gongjo-signature': delivery.signature,
      },
      body: delivery.envelope,
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
    });
    status = response.status;
    text = await bounded(response);
  } catch (thrown) {
    return { problem: unreachable(thrown), refused: false };
  }
  if (status === 202) {
    const parsed = zStatus.safeParse(json(text));
    if (parsed.success) return { problem: null, refused: false, receipt: parsed.data.gongjo_receipt };
    return { problem: unreachable(new Error('it answered without a receipt')), refused: false };
  }
  const said = zTaxiiError.safeParse(json(text));
  // A partner's text, on a page or a terminal: it may not drive either.
  const detail = said.success ? said.data.title.replace(/\p{C}+/gu, ' ') : `HTTP ${status}`;
  return {
    problem: new GongjoError('partner-refused', { desk: card.desk, detail }),
    refused: finalStatuses.has(status),
  };
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > answerBytesMax) throw new Error(`its answer is larger than ${answerBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
