import type { Alert, AssetId, ChainId, TxId } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import { type Clock, type Db, sha256Hex } from '../platform/index.ts';

/** What an alert says when it is raised; the rest of `Alert` happens to it later. */
export interface NewAlert extends Omit<Alert, 'id' | Later> {
  /** Which movement of the transaction it is about. */
  readonly ord: number;
}

type Later = 'raisedAt' | 'withdrawnAt' | 'acknowledgedAt' | 'acknowledgedBy';

interface Row {
  id: string;
  body: Omit<Alert, 'id' | Later>;
  raised_at: Date;
  withdrawn_at: Date | null;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
}

/** The pages show this many; older alerts stay in the record. */
const alertsListedMax = 500;

/** The same movement, rule and incident is the same alert however often it is found. */
export function alertId(alert: {
  rule: string;
  incident: { id: string } | null;
  txid: string;
  ord: number;
  asset: { id: AssetId };
}): string {
  return sha256Hex([alert.rule, alert.incident?.id ?? '', alert.txid, alert.ord, alert.asset.id].join('|'));
}

/**
 * Raises alerts, in the caller's transaction. Answers the new ones and those that had been withdrawn; one that stands already
 * is not raised again, but says the block in which its transaction is now.
 */
export async function raiseAlerts(tx: Db, clock: Clock, alerts: readonly NewAlert[]): Promise<Alert[]> {
  const found = new Map(alerts.map((alert) => [alertId(alert), alert]));
  const known = new Map(
    (
      await tx.query<{ id: string; height: number; withdrawn: boolean }>(
        'select id, height, withdrawn_at is not null as withdrawn from alerts where id = any($1)',
        [[...found.keys()]],
      )
    ).map((row) => [row.id, row]),
  );
  const raised: Alert[] = [];
  for (const [id, { ord: _, ...body }] of found) {
    const before = known.get(id);
    if (before && !before.withdrawn && before.height === body.height) continue;
    const rows = await tx.query<Row>(
      `insert into alerts (id, chain, height, incident, body, raised_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do update set height = excluded.height, body = excluded.body, withdrawn_at = null,
         raised_at = case when alerts.withdrawn_at is null then alerts.raised_at else excluded.raised_at end
       returning *`,
      [id, body.chain, body.height, body.incident?.id ?? null, JSON.stringify(body), instant(clock.now())],
    );
    if (!before || before.withdrawn) raised.push(...rows.map(alertOf));
  }
  return raised;
}

/** Withdraws the incident's alerts that are not among those found now: a reorganisation took their transactions away. */
export async function withdrawAlerts(
  tx: Db,
  clock: Clock,
  incident: string,
  found: readonly NewAlert[],
): Promise<void> {
  await tx.query(
    `update alerts set withdrawn_at = $2
     where incident = $1 and withdrawn_at is null and body ->> 'rule' <> 'indicator-moved' and not (id = any($3))`,
    [incident, instant(clock.now()), found.map(alertId)],
  );
}

/** The alerts about indicators, which no trace can confirm: withdraws those whose transactions are gone. */
export async function withdrawIndicatorAlerts(
  tx: Db,
  clock: Clock,
  chain: ChainId,
  isThere: (txids: readonly TxId[]) => Promise<ReadonlySet<TxId>>,
): Promise<void> {
  const rows = await tx.query<{ id: string; txid: TxId }>(
    `select id, body ->> 'txid' as txid from alerts
     where chain = $1 and withdrawn_at is null and body ->> 'rule' = 'indicator-moved'`,
    [chain],
  );
  const there = await isThere(rows.map(({ txid }) => txid));
  const gone = rows.filter(({ txid }) => !there.has(txid)).map(({ id }) => id);
  await tx.query('update alerts set withdrawn_at = $2 where id = any($1)', [gone, instant(clock.now())]);
}

export async function listAlerts(db: Db): Promise<Alert[]> {
  return (await db.query<Row>('select * from alerts order by raised_at desc, id limit $1', [alertsListedMax])).map(
    alertOf,
  );
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
  const [row] = await tx.query<Row>(
    `update alerts set acknowledged_at = coalesce(acknowledged_at, $2), acknowledged_by = coalesce(acknowledged_by, $3)
     where id = $1 returning *`,
    [id, instant(clock.now()), by],
  );
  if (!row) throw new GongjoError('not-found');
  return alertOf(row);
}

function alertOf(row: Row): Alert {
  return {
    ...row.body,
    id: row.id,
    raisedAt: instant(row.raised_at.getTime()),
    withdrawnAt: row.withdrawn_at && instant(row.withdrawn_at.getTime()),
    acknowledgedAt: row.acknowledged_at && instant(row.acknowledged_at.getTime()),
    acknowledgedBy: row.acknowledged_by,
  };
}
