import type { Instant } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import type { ToldOf } from './escalate.ts';

/** An escalation's steps end within a week of the notice (`zEscalationStep`); a day more for a desk that was down. */
const escalatedForMs = 8 * 24 * 3_600_000;

interface Row {
  incident: string;
  agency: string;
  drill: boolean;
  quiet: boolean;
  notified: Date;
  acknowledged: Date | null;
  steps: string[];
}

/**
 * Agencies that were told and whose silence is not answered. What a partner's desk has received is that desk's to escalate;
 * while it has not, it is ours. Whoever was told of another's silence and acknowledges answers for both.
 */
export async function unanswered(db: Db, clock: Clock): Promise<ToldOf[]> {
  const rows = await db.query<Row>(
    `with told as (
       select n.incident, n.agency, bool_or(n.drill) as drill,
         bool_or(n.drill and not coalesce((i.body ->> 'notifyAll')::boolean, false)) as quiet, min(n.at) as notified,
         min(coalesce(n.acknowledged_at, case when n.channel = 'desk' then n.delivered_at end)) as acknowledged
       from notices n join incidents i on i.id = n.incident and i.recalled_at is null and i.body ->> 'mainId' is null
       where n.cause = 'must-know' and n.state <> 'dropped' and n.at > $1 group by n.incident, n.agency
     ), taken as (
       select e.incident, e.agency, array_agg(e.step) as steps, min(n.acknowledged_at) as acknowledged
       from escalations e left join notices n on n.incident = e.incident and n.agency = e.target group by e.incident, e.agency
     )
     select told.incident, told.agency, told.drill, told.quiet, told.notified,
       least(told.acknowledged, taken.acknowledged) as acknowledged, coalesce(taken.steps, '{}') as steps
     from told left join taken using (incident, agency)
     where told.acknowledged is null and taken.acknowledged is null order by told.notified, told.incident, told.agency`,
    [instant(clock.now() - escalatedForMs)],
  );
  return rows.map(({ incident, agency, drill, quiet, notified, acknowledged, steps }) => ({
    incident,
    agency,
    drill,
    quiet,
    notifiedAt: instant(notified.getTime()),
    acknowledgedAt: acknowledged && instant(acknowledged.getTime()),
    done: new Set(steps),
  }));
}

/** Notes that a step was taken. False where it was already. */
export async function noteStep(
  tx: Db,
  clock: Clock,
  taken: { incident: string; agency: string; step: string; at: Instant; target: string },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into escalations (incident, agency, step, at, target, done_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning step`,
    [taken.incident, taken.agency, taken.step, taken.at, taken.target, instant(clock.now())],
  );
  return rows.length === 1;
}

/** Main incidents whose notices are to be looked at again, oldest first: something about them changed since, or `all` did. */
export async function toBePlanned(db: Db, clock: Clock, all: boolean): Promise<{ id: string; basis: string | null }[]> {
  return db.query<{ id: string; basis: string | null }>(
    `select i.id, t.basis from incidents i left join incidents_told t on t.incident = i.id
     where i.recalled_at is null and i.body ->> 'mainId' is null and coalesce(t.basis, '') <> 'before'
       and (t.incident is null or ($1 and i.opened_at > $2)
         or exists (select 1 from incidents p where (p.id = i.id or p.body ->> 'mainId' = i.id) and p.updated_at > t.planned_at))
     order by i.opened_at, i.id`,
    [all, instant(clock.now() - plannedForMs)],
  );
}

/** The directory's newest word reaches incidents of the last month. */
const plannedForMs = 31 * 24 * 3_600_000;

export async function notePlanned(tx: Db, clock: Clock, incident: string, basis: string): Promise<void> {
  await tx.query(
    `insert into incidents_told (incident, basis, planned_at) values ($1, $2, $3)
     on conflict (incident) do update set basis = excluded.basis, planned_at = excluded.planned_at`,
    [incident, basis, instant(clock.now())],
  );
}
