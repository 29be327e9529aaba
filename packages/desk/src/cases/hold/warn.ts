import { recordAudit } from '../../audit/index.ts';
import { instant } from '../../kernel/index.ts';
import { ownAgencies, type Reach, type Way, waysTo } from '../notice.ts';
import { nothingElse, tell } from '../timeline.store.ts';
import { warningsDue } from './clocks.ts';
import type { HoldContext } from './context.ts';
import { runningHolds, type StoredHold } from './hold.store.ts';
import { noteWarning, queueWarning, warnedKeys } from './message.store.ts';

/**
 * Looks at every clock that runs, at the hour of the desk's clock, and tells this desk's people what is due: on the page, by
 * mail and by webhook, as the directory says. Answers how many warnings were given.
 */
export async function warnOfHolds(context: HoldContext): Promise<number> {
  const { records, clock, directory, desk, settings } = context;
  const reach: Reach = { desk, partners: [], book: directory.book };
  let given = 0;
  for (const hold of await runningHolds(records)) {
    const now = instant(clock.now());
    const { due, passed } = warningsDue(hold.progress, settings, now, await warnedKeys(records, hold.id));
    if (due.length + passed.length === 0) continue;
    given += await records.transaction(async (tx) => {
      for (const warning of passed) await noteWarning(tx, clock, hold.id, warning, false);
      let told = 0;
      for (const warning of due) {
        if (!(await queueWarning(tx, context, hold.id, warning, waysOf(reach, hold)))) continue;
        told += 1;
        await tell(tx, hold.incident, [
          {
            ...nothingElse,
            key: `hold-warned|${hold.id}|${warning.key}`,
            at: now,
            kind: warning.kind === 'unacknowledged' ? 'hold-unacknowledged' : 'hold-expiring',
            who: hold.addressee.name,
            count: warning.hours,
          },
        ]);
        await recordAudit(tx, clock, {
          actor: 'desk',
          action: 'hold.warning',
          subject: hold.id,
          details: { kind: warning.kind, hours: warning.hours, dueAt: warning.dueAt },
        });
      }
      return told;
    });
  }
  return given;
}

/** Whoever is on duty here, and whoever runs the desk. */
function waysOf(reach: Reach, { drill }: StoredHold): Way[] {
  return ownAgencies(reach).flatMap((agency) => waysTo(reach, agency, 'duty-officer', drill));
}
