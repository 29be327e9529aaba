import type { Alert, AlertAct, AssetId, ChainId, TxId } from '@gongjo/contract';
import { canonicalJson, GongjoError, instant } from '../kernel/index.ts';
import { type Clock, type Db, sha256Hex } from '../platform/index.ts';
import { basisOf, groupIdOf, placeOf } from './alert-group.ts';

/** What an alert says when it is raised; the rest of `Alert` happens to it later. */
export interface NewAlert extends Omit<Alert, 'id' | Later> {
  /** Which movement of the transaction it is about. */
  readonly ord: number;
}

type Later = 'raisedAt' | 'withdrawnAt' | 'acknowledgedAt' | 'acknowledgedBy' | 'group' | 'silenced';

export interface AlertRow {
  id: string;
  body: Omit<Alert, 'id' | Later>;
  raised_at: Date;
  withdrawn_at: Date | null;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  group_id: string | null;
  silenced: boolean;
}

/** The pages show this many; older alerts stay in the record. */
const alertsListedMax = 500;

/** The same movement, rule and incident is the same alert however often it is found. */
export function alertId(alert: {
  rule: string;
  incident: { id: string } | null;
  watch?: { id: string } | undefined;
  txid: string;
  ord: number;
  asset: { id: AssetId };
}): string {
  return sha256Hex(
    [alert.rule, alert.incident?.id ?? alert.watch?.id ?? '', alert.txid, alert.ord, alert.asset.id].join('|'),
  );
}

/**
 * Raises alerts, in the caller's transaction. Answers the new ones and those that had been withdrawn; one that stands already
 * is not raised again, but says what is found now: another block, or a higher count.
 */
export async function raiseAlerts(tx: Db, clock: Clock, alerts: readonly NewAlert[]): Promise<Alert[]> {
  if (alerts.length === 0) return [];
  const found = new Map(alerts.map((alert) => [alertId(alert), alert]));
  const known = new Map(
    (
      await tx.query<{ id: string; body: string; withdrawn: boolean }>(
        'select id, body::text as body, withdrawn_at is not null as withdrawn from alerts where id = any($1)',
        [[...found.keys()]],
      )
    ).map((row) => [row.id, row]),
  );
  const changed = [...found].filter(([id, { ord: _, ...body }]) => {
    const before = known.get(id);
    return !before || before.withdrawn || canonicalJson(JSON.parse(before.body)) !== canonicalJson(body);
  });
  if (changed.length === 0) return [];
  const silenced = await ensureGroups(
    tx,
    clock,
    changed.map(([, alert]) => alert),
  );
  const raised: Alert[] = [];
  const returned = new Map<string, number>();
  for (const [id, { ord: _, ...body }] of changed) {
    const before = known.get(id);
    const group = groupIdOf(body);
    const rows = await tx.query<AlertRow>(
      `insert into alerts (id, chain, height, incident, body, raised_at, group_id, basis, silenced)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (id) do update set height = excluded.height, body = excluded.body, withdrawn_at = null,
         group_id = excluded.group_id,
         raised_at = case when alerts.withdrawn_at is null then alerts.raised_at else excluded.raised_at end
       returning *`,
      [
        ...[id, body.chain, body.height, body.incident?.id ?? null, JSON.stringify(body), instant(clock.now())],
        ...[group, basisOf(body.rule), silenced.has(group)],
      ],
    );
    if (!before || before.withdrawn) raised.push(...rows.map(alertOf));
    if (before?.withdrawn) returned.set(group, (returned.get(group) ?? 0) + 1);
  }
  await noteActs(tx, clock, 'returned', returned);
  return raised;
}

/** The groups of these alerts are there when it returns; answers those of them that are silenced now. */
async function ensureGroups(tx: Db, clock: Clock, alerts: readonly NewAlert[]): Promise<Set<string>> {
  const groups = new Map(alerts.map((alert) => [groupIdOf(alert), alert]));
  const all = [...groups];
  await tx.query(
    `insert into alert_groups (id, rule, incident, chain, place)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[]) on conflict do nothing`,
    [
      all.map(([id]) => id),
      all.map(([, { rule }]) => rule),
      all.map(([, { incident }]) => incident?.id ?? null),
      all.map(([, { chain }]) => chain),
      all.map(([, alert]) => JSON.stringify(placeOf(alert))),
    ],
  );
  const rows = await tx.query<{ id: string }>(
    'select id from alert_groups where id = any($1) and silenced_until > $2',
    [[...groups.keys()], instant(clock.now())],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Notes what befell so many alerts of each group. */
export async function noteActs(
  tx: Db,
  clock: Clock,
  act: AlertAct['act'],
  counts: ReadonlyMap<string, number>,
): Promise<void> {
  if (counts.size === 0) return;
  await tx.query(
    `insert into alert_acts (group_id, at, act, count) select g, $1, $2, n from unnest($3::text[], $4::integer[]) as t (g, n)`,
    [instant(clock.now()), act, [...counts.keys()], [...counts.values()]],
  );
}

async function withdraw(tx: Db, clock: Clock, where: string, params: readonly unknown[]): Promise<number> {
  const rows = await tx.query<{ group_id: string | null }>(
    `update alerts set withdrawn_at = $1 where withdrawn_at is null and ${where} returning group_id`,
    [instant(clock.now()), ...params],
  );
  const counts = new Map<string, number>();
  for (const { group_id: group } of rows) if (group !== null) counts.set(group, (counts.get(group) ?? 0) + 1);
  await noteActs(tx, clock, 'withdrawn', counts);
  return rows.length;
}

/** Withdraws the incident's alerts that are not among those its trace says now: a reorganisation took their transactions away. */
export async function withdrawAlerts(
  tx: Db,
  clock: Clock,
  incident: string,
  found: readonly NewAlert[],
): Promise<void> {
  await withdraw(tx, clock, `incident = $2 and basis = 'trace' and not (id = any($3))`, [incident, found.map(alertId)]);
}

/** Withdraws what was freezable and stands there no more. */
export async function withdrawMovedOn(
  tx: Db,
  clock: Clock,
  incident: string,
  found: readonly NewAlert[],
): Promise<void> {
  await withdraw(
    tx,
    clock,
    `incident = $2 and basis = 'trace' and body ->> 'rule' = 'freezable-now' and not (id = any($3))`,
    [incident, found.filter(({ rule }) => rule === 'freezable-now').map(alertId)],
  );
}

/** The alerts that stand on rows of blocks, which no trace can confirm: withdraws those whose transactions are gone. */
export async function withdrawGone(
  tx: Db,
  clock: Clock,
  chain: ChainId,
  isThere: (txids: readonly TxId[]) => Promise<ReadonlySet<TxId>>,
): Promise<void> {
  const rows = await tx.query<{ id: string; txid: TxId }>(
    `select id, body ->> 'txid' as txid from alerts where chain = $1 and withdrawn_at is null and basis = 'block'`,
    [chain],
  );
  const there = await isThere(rows.map(({ txid }) => txid));
  const gone = rows.filter(({ txid }) => !there.has(txid)).map(({ id }) => id);
  if (gone.length > 0) await withdraw(tx, clock, 'id = any($2)', [gone]);
}

/** Withdraws these alerts: what they announced did not come, or has come and says so itself. */
export async function withdrawThese(tx: Db, clock: Clock, ids: readonly string[]): Promise<number> {
  return ids.length === 0 ? 0 : withdraw(tx, clock, 'id = any($2)', [ids]);
}

export async function listAlerts(db: Db): Promise<Alert[]> {
  return (await db.query<AlertRow>('select * from alerts order by raised_at desc, id limit $1', [alertsListedMax])).map(
    alertOf,
  );
}

export async function findAlert(db: Db, id: string): Promise<Alert | null> {
  const [row] = await db.query<AlertRow>('select * from alerts where id = $1', [id]);
  return row ? alertOf(row) : null;
}

/** How many alerts stand, by incident; without an incident, of all. */
export async function countAlerts(db: Db, incident?: string): Promise<Map<string, number>> {
  const rows = await db.query<{ incident: string; n: number }>(
    `select incident, count(*)::integer as n from alerts
     where withdrawn_at is null and incident is not null and ($1::text is null or incident = $1) group by incident`,
    [incident ?? null],
  );
  return new Map(rows.map((row) => [row.incident, row.n]));
}

export async function acknowledgeAlert(tx: Db, clock: Clock, id: string, by: string): Promise<Alert> {
  const [row] = await tx.query<AlertRow>(
    `update alerts set acknowledged_at = coalesce(acknowledged_at, $2), acknowledged_by = coalesce(acknowledged_by, $3)
     where id = $1 returning *`,
    [id, instant(clock.now()), by],
  );
  if (!row) throw new GongjoError('not-found');
  return alertOf(row);
}

export function alertOf(row: AlertRow): Alert {
  return {
    ...row.body,
    ...(row.group_id === null ? {} : { group: row.group_id }),
    ...(row.silenced ? { silenced: true } : {}),
    id: row.id,
    raisedAt: instant(row.raised_at.getTime()),
    withdrawnAt: row.withdrawn_at && instant(row.withdrawn_at.getTime()),
    acknowledgedAt: row.acknowledged_at && instant(row.acknowledged_at.getTime()),
    acknowledgedBy: row.acknowledged_by,
  };
}
