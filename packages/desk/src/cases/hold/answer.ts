import type { HoldAnswer } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import type { Clock, Db } from '../../platform/index.ts';
import { nothingElse, tell } from '../timeline.store.ts';
import type { HoldContext } from './context.ts';
import { findHold, keepHold, type StoredHold } from './hold.store.ts';
import { stopNeedless } from './message.store.ts';
import { afterHappening, type Happened, type HoldTerms, heldKind, momentOf, wrongTime } from './progress.ts';
import { termsOf } from './terms.ts';

/** Who says it, and when it happened. */
interface Saying {
  readonly at: string;
  readonly by: string;
  /** The addressee's own desk, where it said so itself. */
  readonly desk?: string;
  /** The object in which that desk said it. */
  readonly object?: string;
}

/**
 * A person enters what came back, or what they decided. Throws `hold-step-forbidden`, `hold-amount-wrong`, `hold-time-wrong`.
 */
export async function answerHold(context: HoldContext, id: string, answer: HoldAnswer, by: string): Promise<void> {
  const { records, clock } = context;
  await records.transaction(async (tx) => {
    const hold = await findHold(tx, id, true);
    const now = momentOf(hold.progress, clock.now());
    const { at = now } = answer;
    if (at > now) throw wrongTime(at, 'notAfter', now);
    const stopped = await applyAnswer(tx, clock, hold, answer, { at, by });
    await context.exchange?.stop(tx, stopped);
  });
}

/** What happens by an answer. Throws `hold-amount-wrong`. */
export function happenedOf(terms: HoldTerms, answer: HoldAnswer, { at, by, desk }: Saying): Happened {
  const { event, at: _, ...said } = answer;
  const amounts = 'amounts' in said ? said.amounts : undefined;
  const kind = event === 'hold' ? (amounts ? heldKind(terms, amounts) : ('hold-full' as const)) : event;
  return { ...said, kind, at, by, ...(desk !== undefined && { desk }) };
}

/**
 * An answer counts, whoever gave it, in the caller's transaction, which has locked the request. Answers the notes that are not to go
 * any more. Throws as `answerHold`.
 */
export async function applyAnswer(
  tx: Db,
  clock: Clock,
  hold: StoredHold,
  answer: HoldAnswer,
  saying: Saying,
): Promise<string[]> {
  const { id } = hold;
  const { at, by, object } = saying;
  const now = momentOf(hold.progress, clock.now());
  const terms = termsOf(hold);
  const happened = happenedOf(terms, answer, saying);
  const progress = afterHappening(hold.progress, terms, happened);
  await keepHold(tx, clock, { ...hold, progress }, happened);
  await tell(tx, hold.incident, [
    {
      ...nothingElse,
      ...{ key: `hold-${happened.kind}|${id}|${now}`, at, kind: 'hold-answered' as const },
      who: hold.addressee.name,
      address: hold.facts.address,
    },
  ]);
  const stopped = await stopNeedless(tx, clock, { ...hold, progress });
  await recordAudit(tx, clock, {
    actor: by,
    action: `hold.${happened.kind}`,
    subject: id,
    details: { at, state: progress.state, ...recordedOf(answer), ...(object !== undefined && { object }) },
  });
  return stopped;
}

/** What the record says of an answer: it holds no text of a case. */
export function recordedOf({ event: _, at: __, ...said }: HoldAnswer): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(said).filter(([key]) => key !== 'note' && key !== 'reason'));
}
