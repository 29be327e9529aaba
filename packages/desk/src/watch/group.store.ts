import {
  type Alert,
  type AlertAct,
  type AlertGroup,
  type AlertGroupDetail,
  type AlertRule,
  type ChainId,
  inputFault,
} from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import { type AlertRow, alertOf } from './alert.store.ts';
import type { GroupPlace } from './alert-group.ts';

/** The pages show this many; older groups stay in the record. */
const groupsListedMax = 500;
/** Alerts of one group that are shown one by one. */
const alertsShownMax = 500;
const actsShownMax = 500;

interface GroupRow {
  id: string;
  rule: AlertRule;
  chain: ChainId;
  place: GroupPlace;
  about: Alert['incident'];
  urgent: boolean | null;
  count: number;
  open: number;
  withdrawn: number;
  unconfirmed: number;
  first_at: Date;
  last_at: Date;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  assigned_to: string | null;
  silenced_by: string | null;
  silence_reason: string | null;
  silenced_until: Date | null;
}

interface SumRow {
  group_id: string;
  asset: AlertGroup['sums'][number]['asset'];
  symbol: string;
  decimals: number;
  units: string;
}

/** Groups, the one with the newest alert first; with `openOnly` those with an alert that nobody has acknowledged. */
export async function listGroups(db: Db, clock: Clock, openOnly = false): Promise<AlertGroup[]> {
  return groupsWhere(db, clock, null, openOnly);
}

/** Throws `not-found`. */
export async function groupDetail(db: Db, clock: Clock, id: string): Promise<AlertGroupDetail> {
  const [group] = await groupsWhere(db, clock, id, false);
  if (!group) throw new GongjoError('not-found');
  const alerts = await db.query<AlertRow>(
    'select * from alerts where group_id = $1 order by raised_at desc, id limit $2',
    [id, alertsShownMax],
  );
  const acts = await db.query<{
    at: Date;
    act: AlertAct['act'];
    by_whom: string | null;
    detail: string | null;
    count: number | null;
  }>('select at, act, by_whom, detail, count from alert_acts where group_id = $1 order by seq desc limit $2', [
    id,
    actsShownMax,
  ]);
  return {
    ...group,
    alerts: alerts.map(alertOf),
    acts: acts.map(({ at, by_whom: by, ...act }) => ({ at: instant(at.getTime()), by, ...act })),
  };
}

async function groupsWhere(db: Db, clock: Clock, id: string | null, openOnly: boolean): Promise<AlertGroup[]> {
  const rows = await db.query<GroupRow>(
    `select g.*, s.* from alert_groups g join (
       select group_id, (array_agg(body -> 'incident' order by raised_at desc))[1] as about,
         bool_or(body ->> 'urgency' = 'act') filter (where withdrawn_at is null) as urgent,
         count(*) filter (where withdrawn_at is null)::integer as count,
         count(*) filter (where withdrawn_at is null and acknowledged_at is null)::integer as open,
         count(*) filter (where withdrawn_at is not null)::integer as withdrawn,
         count(*) filter (where withdrawn_at is null and body ->> 'unconfirmed' = 'true')::integer as unconfirmed,
         min(raised_at) as first_at, max(raised_at) as last_at
       from alerts where group_id is not null and ($1::text is null or group_id = $1) group by group_id) s on s.group_id = g.id
     where ($1::text is null or g.id = $1) and (not $2 or s.open > 0)
     order by s.last_at desc, g.id limit $3`,
    [id, openOnly, groupsListedMax],
  );
  const sums = await db.query<SumRow>(
    `select group_id, body -> 'asset' ->> 'id' as asset, min(body -> 'asset' ->> 'symbol') as symbol,
       min((body -> 'asset' ->> 'decimals')::integer) as decimals, sum((body ->> 'units')::numeric)::text as units
     from alerts where group_id = any($1) and withdrawn_at is null group by 1, 2 order by 1, 2`,
    [rows.map((row) => row.id)],
  );
  const byGroup = Map.groupBy(sums, (sum) => sum.group_id);
  const now = clock.now();
  return rows.map((row) => groupOf(row, byGroup.get(row.id) ?? [], now));
}

function groupOf(row: GroupRow, sums: readonly SumRow[], now: number): AlertGroup {
  const { silenced_by: by, silence_reason: reason, silenced_until: until } = row;
  return {
    id: row.id,
    rule: row.rule,
    urgency: row.urgent ? 'act' : 'know',
    incident: row.about,
    chain: row.chain,
    place: row.place,
    count: row.count,
    open: row.open,
    withdrawn: row.withdrawn,
    unconfirmed: row.unconfirmed,
    firstAt: instant(row.first_at.getTime()),
    lastAt: instant(row.last_at.getTime()),
    sums: sums.map(({ group_id: _, ...sum }) => sum),
    acknowledgedAt: row.acknowledged_at && instant(row.acknowledged_at.getTime()),
    acknowledgedBy: row.acknowledged_by,
    assignedTo: row.assigned_to,
    silence:
      by !== null && reason !== null && until !== null && until.getTime() > now
        ? { by, reason, until: instant(until.getTime()) }
        : null,
  };
}

/** What a person does to a group. */
export type GroupAct =
  | { readonly act: 'acknowledged' }
  | { readonly act: 'assigned'; readonly to: string }
  | { readonly act: 'unassigned' }
  | { readonly act: 'silenced'; readonly reason: string; readonly until: string }
  | { readonly act: 'unsilenced' };

/** Longer, a silence is forgotten; whoever still wants it says so again. */
const silenceMaxMs = 30 * 24 * 3_600_000;

/**
 * Does it, in the caller's transaction, and notes who did. Acknowledging takes all alerts that have come so far; one that
 * comes later is open again. Throws `not-found`, and `input-invalid` for a silence that has no end ahead, or one too far.
 */
export async function actOnGroup(
  tx: Db,
  clock: Clock,
  id: string,
  by: string,
  asked: GroupAct,
): Promise<AlertGroupDetail> {
  const now = instant(clock.now());
  const set = changeOf(asked, by, now, clock.now());
  const names = Object.keys(set);
  const changed = await tx.query(
    `update alert_groups set ${names.map((name, at) => `${name} = $${at + 2}`).join(', ')} where id = $1 returning id`,
    [id, ...names.map((name) => set[name])],
  );
  if (changed.length === 0) throw new GongjoError('not-found');
  let count: number | null = null;
  if (asked.act === 'acknowledged') {
    const rows = await tx.query(
      `update alerts set acknowledged_at = $2, acknowledged_by = $3
       where group_id = $1 and acknowledged_at is null and withdrawn_at is null returning id`,
      [id, now, by],
    );
    count = rows.length;
  }
  const detail =
    asked.act === 'assigned' ? asked.to : asked.act === 'silenced' ? `${asked.until} ${asked.reason}` : null;
  await tx.query('insert into alert_acts (group_id, at, act, by_whom, detail, count) values ($1, $2, $3, $4, $5, $6)', [
    ...[id, now, asked.act, by, detail, count],
  ]);
  return groupDetail(tx, clock, id);
}

function changeOf(asked: GroupAct, by: string, now: string, nowMs: number): Record<string, string | null> {
  switch (asked.act) {
    case 'acknowledged':
      return { acknowledged_at: now, acknowledged_by: by };
    case 'assigned':
      return { assigned_to: asked.to };
    case 'unassigned':
      return { assigned_to: null };
    case 'silenced': {
      const untilMs = Date.parse(asked.until);
      if (untilMs <= nowMs || untilMs > nowMs + silenceMaxMs)
        throw new GongjoError('input-invalid', { detail: inputFault('until', 'within30Days') });
      return { silenced_by: by, silence_reason: asked.reason, silenced_until: asked.until };
    }
    case 'unsilenced':
      return { silenced_by: null, silence_reason: null, silenced_until: null };
  }
}
