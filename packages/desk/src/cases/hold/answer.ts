import type { HoldAnswer } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { nothingElse, tell } from '../timeline.store.ts';
import type { HoldContext } from './context.ts';
import { findHold, keepHold } from './hold.store.ts';
import { stopNeedless } from './message.store.ts';
import { afterHappening, type Happened, heldKind, momentOf, wrongTime } from './progress.ts';
import { termsOf } from './terms.ts';

/**
 * A person enters what came back, or what they decided. Throws `hold-step-forbidden`, `hold-amount-wrong`, `hold-time-wrong`.
 */
export async function answerHold(context: HoldContext, id: string, answer: HoldAnswer, by: string): Promise<void> {
  const { records, clock } = context;
  await records.transaction(async (tx) => {
    const hold = await findHold(tx, id, true);
    const now = momentOf(hold.progress, clock.now());
    const { event, at = now, ...said } = answer;
    if (at > now) throw wrongTime(at, 'notAfter', now);
    const terms = termsOf(hold);
    const amounts = 'amounts' in said ? said.amounts : undefined;
    const kind = event === 'hold' ? (amounts ? heldKind(terms, amounts) : ('hold-full' as const)) : event;
    const happened: Happened = { ...said, kind, at, by };
    const progress = afterHappening(hold.progress, terms, happened);
    await keepHold(tx, clock, { ...hold, progress }, happened);
    await tell(tx, hold.incident, [
      {
        ...nothingElse,
        ...{ key: `hold-${kind}|${id}|${now}`, at, kind: 'hold-answered' as const },
        who: hold.addressee.name,
        address: hold.facts.address,
      },
    ]);
    await stopNeedless(tx, clock, { ...hold, progress });
    // The record holds no text of a case.
    const facts = Object.entries(said).filter(([key]) => key !== 'note' && key !== 'reason');
    await recordAudit(tx, clock, {
      actor: by,
      action: `hold.${kind}`,
      subject: id,
      details: { at, state: progress.state, ...Object.fromEntries(facts) },
    });
  });
}
