import { z } from 'zod';
import { detailOf, GongjoError } from '../kernel/index.ts';
import {
  keepReceipt,
  keepSignature,
  letterIn,
  nextWaiting,
  noteAttempt,
  type StoredDelivery,
  signAnew,
} from '../sharing/index.ts';
import type { PartnerContext } from './inbox.ts';
import { keyOfLetter } from './key-change.ts';
import { believedKey, signerFor } from './keys-of.ts';
import { noteLink, noteOurKey, type Partner, partyOf } from './partner.store.ts';
import { signDelivery, signToken, verifyReceipt } from './seal.ts';
import { inboxPath, taxiiType } from './taxii/index.ts';
import { claimedKey } from './vow.ts';
import { plainWire } from './wire.client.ts';

/** A partner that does not answer within this is down for now; the bundle waits. */
const answerTimeoutMs = 15_000;

/** A status resource with a receipt for 500 objects is under 200 kB; more is not read. */
const answerBytesMax = 4 * 1024 * 1024;

/** Quotas are by the hour; a partner that asks for more than that is asked again all the same. */
const retryAfterSMax = 3600;

/** These say that this bundle will never be taken as it is; anything else may pass, and is tried again. */
const finalStatuses: ReadonlySet<number> = new Set([400, 404, 405, 406, 409, 413, 415, 422]);

const zStatus = z.object({ gongjo_receipt: z.string().max(answerBytesMax) });
const zTaxiiError = z.object({ title: z.string().max(500), error_code: z.string().max(64).optional() });

export interface Sent {
  readonly state: 'more' | 'idle' | 'down';
  /** A page shows something else now. */
  readonly changed: boolean;
  /** The partner asked to be left alone this long. */
  readonly retryAfterMs?: number;
}

/**
 * Sends the oldest waiting bundle to the partner and keeps its receipt. Answers `more` when there may be another, `idle`
 * when nothing waits, `down` when it has to wait.
 */
export async function sendNext(context: PartnerContext, partner: Partner, signal: AbortSignal): Promise<Sent> {
  const { records, clock } = context;
  const { desk } = partner.card;
  const waiting = await nextWaiting(records, desk);
  if (!waiting || partner.state !== 'active') return { state: 'idle', changed: false };
  const delivery = await signed(context, partner, waiting);
  let refused = false;
  let retryAfterMs: number | null = null;
  try {
    const answer = await post(context, partner, delivery, signal);
    refused = answer.refused;
    retryAfterMs = answer.retryAfterMs;
    if (answer.problem) throw answer.problem;
    const key = await believedKey(records, clock, partner, claimedKey(answer.receipt));
    const facts = await verifyReceipt(key, desk, context.desk.desk, delivery, answer.receipt);
    const letter = letterIn(delivery.envelope);
    const newKey = letter?.kind === 'key' ? await keyOfLetter(letter) : null;
    await records.transaction(async (tx) => {
      await keepReceipt(tx, context, partyOf(partner), facts, answer.receipt);
      // From here on the partner knows us by the new key, and all that follows is signed with it.
      if (newKey !== null) await noteOurKey(tx, desk, newKey);
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
    return { state: refused ? 'more' : 'down', changed: true, ...(retryAfterMs !== null && { retryAfterMs }) };
  }
}

/** Signed once, with the key that the partner knows; a repeated sending carries the same signature. */
async function signed(
  { records, keys, desk }: PartnerContext,
  partner: Partner,
  delivery: StoredDelivery,
): Promise<StoredDelivery & { readonly signature: string }> {
  const signer = signerFor(keys, partner);
  const { signature: before } = delivery;
  if (before !== null && claimedKey(before) === signer.keyId) return { ...delivery, signature: before };
  const signature = await signDelivery(signer, desk.desk, partner.card.desk, delivery.id, delivery.envelope);
  const keep = before === null ? keepSignature : signAnew;
  await records.transaction((tx) => keep(tx, partner.card.desk, delivery.id, signature));
  return { ...delivery, signature };
}

type Answer = { readonly retryAfterMs: number | null } & (
  | { readonly problem: GongjoError; readonly refused: boolean }
  | { readonly problem: null; readonly refused: false; readonly receipt: string }
);

async function post(
  { keys, clock, desk, wire = plainWire, random }: PartnerContext,
  partner: Partner,
  delivery: { readonly envelope: string; readonly signature: string },
  signal: AbortSignal,
): Promise<Answer> {
  const { card } = partner;
  const unreachable = (thrown: unknown) => ({
    problem: new GongjoError('partner-unreachable', { desk: card.desk, url: card.url, detail: detailOf(thrown) }),
    refused: false,
    retryAfterMs: null,
  });
  const token = await signToken(signerFor(keys, partner), clock, desk.desk, card.desk, random.uuid());
  let answer: Awaited<ReturnType<typeof wire>>;
  try {
    answer = await wire({
      url: new URL(inboxPath, card.url),
      headers: {
        accept: taxiiType,
        'content-type': taxiiType,
        authorization: `Bearer ${token}`,
        'gongjo-signature': delivery.signature,
      },
      body: delivery.envelope,
      signal,
      timeoutMs: answerTimeoutMs,
      bytesMax: answerBytesMax,
    });
  } catch (thrown) {
    return unreachable(thrown);
  }
  const { status, text, retryAfterS } = answer;
  const retryAfterMs = retryAfterS === null ? null : Math.min(retryAfterS, retryAfterSMax) * 1000;
  if (status === 202) {
    const parsed = zStatus.safeParse(json(text));
    if (parsed.success)
      return { problem: null, refused: false, receipt: parsed.data.gongjo_receipt, retryAfterMs: null };
    return unreachable(new Error('it answered without a receipt'));
  }
  const said = zTaxiiError.safeParse(json(text));
  // A partner's text, on a page or a terminal: it may not drive either.
  const detail = said.success ? said.data.title.replace(/\p{C}+/gu, ' ') : `HTTP ${status}`;
  return {
    problem: new GongjoError('partner-refused', { desk: card.desk, detail }),
    refused: finalStatuses.has(status),
    retryAfterMs,
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
