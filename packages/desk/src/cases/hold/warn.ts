import { recordAudit } from '../../audit/index.ts';
import { instant } from '../../kernel/index.ts';
import { ownAgencies, type Reach, type Way, waysTo } from '../notice.ts';
import { nothingElse, tell } from '../timeline.store.ts';
import { hoursLeft, warningsDue } from './clocks.ts';
import type { HoldContext } from './context.ts';
import { runningHolds, type StoredHold } from './hold.store.ts';
import { noteWarning, queueWarning } from './message.store.ts';

const hourMs = 3_600_000;

/** How the timeline of the incident says each. */
const told = { expiry: 'hold-expiring', expired: 'hold-expired', unacknowledged: 'hold-unacknowledged' } as const;

/**
 * Looks at the clocks that may have run out, at the hour of the desk's clock, and tells this desk's people what is due: on the
 * page, by mail and by webhook, as the directory says. Answers how many warnings were given.
 */
export async function warnOfHolds(context: HoldContext): Promise<number> {
  const { records, clock, directory, desk, settings } = context;
  const reach: Reach = { desk, partners: [], book: directory.book };
  const nowMs = clock.now();
  const now = instant(nowMs);
  const running = await runningHolds(records, {
    sentBefore: instant(nowMs - settings.acknowledgeHours * hourMs),
    endsBefore: instant(nowMs + Math.max(...settings.warnHours) * hourMs),
  });
  let given = 0;
  for (const hold of running) {
    const { due, passed } = warningsDue(hold.progress, settings, now, hold.warned);
    if (due.length + passed.length === 0) continue;
    given += await records.transaction(async (tx) => {
      for (const warning of passed) await noteWarning(tx, clock, hold.id, warning, false);
      let queued = 0;
      for (const warning of due) {
        if (!(await queueWarning(tx, context, hold.id, warning, waysOf(reach, hold)))) continue;
        queued += 1;
        await tell(tx, hold.incident, [
          {
            ...nothingElse,
            ...{ key: `hold-warned|${hold.id}|${warning.key}`, at: now, kind: told[warning.kind] },
            who: hold.addressee.name,
            count: hoursLeft(warning.dueAt, now),
          },
        ]);
        await recordAudit(tx, clock, {
          actor: 'desk',
          action: 'hold.warning',
          subject: hold.id,
          details: { kind: warning.kind, hours: warning.hours, dueAt: warning.dueAt },
        });
      }
      return queued;
    });
  }
  return given;
}

/** Whoever is on duty here, and whoever runs the desk. */
function waysOf(reach: Reach, { drill }: StoredHold): Way[] {
  return ownAgencies(reach).flatMap((agency) => waysTo(reach, agency, 'duty-officer', drill));
}
