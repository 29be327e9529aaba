import { type HoldSending, type HoldWay, holdTerms, type Instant, terms } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError } from '../../kernel/index.ts';
import type { Db } from '../../platform/index.ts';
import { takeIntoCustody } from '../custody.store.ts';
import { nothingElse, tell } from '../timeline.store.ts';
import { parcelsOf } from './asked.store.ts';
import type { HoldContext } from './context.ts';
import { readDocuments } from './document.store.ts';
import { leaving, type MadeDocument, mediaTypes } from './documents.ts';
import { findHold, keepHold, type StoredHold } from './hold.store.ts';
import { type HoldMessage, messagesOf, queueRequest } from './message.store.ts';
import { afterHappening, momentOf, wrongTime } from './progress.ts';
import { missingError, missingOf } from './required.ts';
import { afterEvent } from './states.ts';
import { termsOf } from './terms.ts';

/**
 * Sends what was approved. Mail and the addressee's interface take it from the queue, and the request is “sent” once they have
 * it; by a person it is sent when that person says so. Throws `hold-not-complete` with what the addressee requires and is
 * missing, `hold-marking-changed`, `hold-way-missing`, `hold-desk-not-paired`, `hold-desk-has-it`, `hold-step-forbidden`, `hold-time-wrong`.
 */
export async function sendHold(context: HoldContext, id: string, asked: HoldSending, by: string): Promise<void> {
  const { records, clock, office } = context;
  await records.transaction(async (tx) => {
    const hold = await findHold(tx, id, true);
    afterEvent(hold.progress.state, 'send');
    if (hold.tlp !== hold.roundTlp) throw new GongjoError('hold-marking-changed', { tlp: terms.tlp[hold.tlp] });
    const missing = missingOf(hold.addressee, hold.facts, { hasSeal: office.settings.seal !== undefined });
    if (missing.length > 0) throw missingError('hold-not-complete', missing, hold.addressee);
    // Damaged documents are noticed before anybody is told that they are on their way.
    const documents = await readDocuments(tx, id, hold.round);
    const { way, at, to = targetOf(hold, way) } = asked;
    if (way === 'desk' && !(await context.exchange?.partner(tx, to)))
      throw new GongjoError('hold-desk-not-paired', { desk: to });
    if (way === 'desk' && (await messagesOf(tx, id)).some((it) => hasIt(it, hold.round, to)))
      throw new GongjoError('hold-desk-has-it', { desk: to });
    const now = momentOf(hold.progress, clock.now());
    if (at !== undefined && at > now) throw wrongTime(at, 'notAfter', now);
    await recordAudit(tx, clock, {
      actor: by,
      action: 'hold.send-asked',
      subject: id,
      details: { way, to, round: hold.round },
    });
    if (way === 'print') await noteSent(tx, context, hold, { way, to, by, at, documents });
    else {
      const replaced = await queueRequest(tx, context, { hold: id, round: hold.round, way, to, by });
      await context.exchange?.stop(tx, replaced);
    }
  });
}

/** What left, by which way, to whom. */
export interface Sent {
  readonly way: HoldWay;
  readonly to: string;
  readonly by: string;
  /** When a person handed it over. */
  readonly at?: Instant | undefined;
  /** All of its round; those that leave by this way did. */
  readonly documents: readonly MadeDocument[];
}

/** The request has left. */
export async function noteSent(
  tx: Db,
  context: Pick<HoldContext, 'clock' | 'random'>,
  hold: StoredHold,
  sent: Sent,
): Promise<StoredHold> {
  const { clock } = context;
  const { way, to, by } = sent;
  const at = sent.at ?? momentOf(hold.progress, clock.now());
  const happened = { kind: 'send' as const, at, by, way, to };
  const progress = afterHappening(hold.progress, termsOf(hold), happened);
  await keepHold(tx, clock, { ...hold, progress }, happened);
  await tell(tx, hold.incident, [
    {
      ...nothingElse,
      ...{ key: `hold-sent|${hold.id}|${happened.at}`, at: happened.at, kind: 'hold-sent' as const },
      who: hold.addressee.name,
      address: hold.facts.address,
    },
  ]);
  await noteLeft(tx, context, hold, sent, 'hold.sent');
  return { ...hold, progress };
}

/** Documents are out of the house: exactly these are in the audit record and in the chain of custody, whatever became of the request. */
export async function noteLeft(
  tx: Db,
  { clock, random }: Pick<HoldContext, 'clock' | 'random'>,
  hold: StoredHold,
  { way, to, by, documents }: Sent,
  action: 'hold.sent' | 'hold.sent-too-late',
): Promise<void> {
  const left = leaving(documents, way);
  await recordAudit(tx, clock, {
    actor: by,
    action,
    subject: hold.id,
    details: {
      ...{ way, to, number: hold.number, state: hold.progress.state },
      documents: left.map(({ name, sha256 }) => ({ name, sha256 })),
    },
  });
  for (const { name, form, content } of left)
    await takeIntoCustody(
      tx,
      { clock, random },
      {
        ...{ incident: hold.incident, direction: 'out', name, mediaType: mediaTypes[form], bytes: content, who: by },
        why: `${hold.id} ${way} ${to}`,
      },
    );
}

/** Of a round, the documents whose files are on their way to the addressee's desk, or there. */
export async function documentsLeft(
  tx: Db,
  { hold, round, object }: Pick<HoldMessage, 'hold' | 'round' | 'object'>,
): Promise<MadeDocument[]> {
  if (object === null) return [];
  const left = await parcelsOf(tx, object);
  return (await readDocuments(tx, hold, round)).filter(({ sha256 }) => left.has(sha256));
}

/** Mail can be lost and sent once more; what a desk has signed for is there. */
function hasIt({ channel, round, target, state }: HoldMessage, asked: number, to: string): boolean {
  return channel === 'desk' && round === asked && target === to && state === 'sent';
}

function targetOf({ addressee }: StoredHold, way: HoldWay): string {
  const { kind, to } = addressee.channel;
  if (way === 'print') return to ?? kind;
  if (way === 'desk' && addressee.desk) return addressee.desk;
  if (way !== 'desk' && kind === way && to !== null) return to;
  throw new GongjoError('hold-way-missing', { way: holdTerms.way[way], addressee: addressee.name });
}
