import { type HoldSending, type HoldWay, holdTerms } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { Db } from '../../platform/index.ts';
import { nothingElse, tell } from '../timeline.store.ts';
import type { HoldContext } from './context.ts';
import { readDocuments } from './document.store.ts';
import { findHold, keepHold, type StoredHold } from './hold.store.ts';
import { queueRequest } from './message.store.ts';
import { afterHappening } from './progress.ts';
import { missingError, missingOf } from './required.ts';
import { afterEvent } from './states.ts';
import { termsOf } from './terms.ts';

/**
 * Sends what was approved. Mail and the addressee's interface take it from the queue, and the request is “sent” once they have
 * it; by a person it is sent when that person says so. Throws `hold-not-complete` with what the addressee requires and is
 * missing, `hold-way-missing`, `hold-step-forbidden`.
 */
export async function sendHold(context: HoldContext, id: string, asked: HoldSending, by: string): Promise<void> {
  const { records, clock, office } = context;
  await records.transaction(async (tx) => {
    const hold = await findHold(tx, id, true);
    afterEvent(hold.progress.state, 'send');
    const missing = missingOf(hold.addressee, hold.facts, { hasSeal: office.settings.seal !== undefined });
    if (missing.length > 0) throw missingError('hold-not-complete', missing, hold.addressee);
    // Damaged documents are noticed before anybody is told that they are on their way.
    await readDocuments(tx, id, hold.round);
    const to = asked.to ?? targetOf(hold, asked.way);
    if (asked.way === 'print') await noteSent(tx, context, hold, { way: 'print', to, by });
    else await queueRequest(tx, context, { hold: id, round: hold.round, way: asked.way, to, by });
    await recordAudit(tx, clock, {
      actor: by,
      action: 'hold.send-asked',
      subject: id,
      details: { way: asked.way, to, round: hold.round },
    });
  });
}

/** The request has left. */
export async function noteSent(
  tx: Db,
  { clock }: Pick<HoldContext, 'clock'>,
  hold: StoredHold,
  { way, to, by }: { readonly way: HoldWay; readonly to: string; readonly by: string },
): Promise<void> {
  const documents = await readDocuments(tx, hold.id, hold.round);
  const happened = { kind: 'send' as const, at: instant(clock.now()), by, way, to };
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
  await recordAudit(tx, clock, {
    actor: by,
    action: 'hold.sent',
    subject: hold.id,
    details: { way, to, number: hold.number, documents: documents.map(({ name, sha256 }) => ({ name, sha256 })) },
  });
}

function targetOf({ addressee }: StoredHold, way: HoldWay): string {
  const { kind, to } = addressee.channel;
  if (way === 'print') return to ?? kind;
  if (kind === way && to !== null) return to;
  throw new GongjoError('hold-way-missing', { way: holdTerms.way[way], addressee: addressee.name });
}
