import type { Alert, AssetId, BlockHash, ChainId } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import { type Clock, type Db, sha256Hex } from '../platform/index.ts';

/** What an alert says when it is raised; the rest of `Alert` happens to it later. */
export type NewAlert = Omit<Alert, 'id' | 'raisedAt' | 'withdrawnAt' | 'acknowledgedAt' | 'acknowledgedBy'> & {
  readonly ord: number;
  readonly blockHash: BlockHash;
};

interface Row {
  id: string;
  body: Omit<Alert, 'id' | 'raisedAt' | 'withdrawnAt' | 'acknowledgedAt' | 'acknowledgedBy'>;
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

/** Raises alerts, in the caller's transaction; one that is known already, is only brought back if it was withdrawn. Answers the new ones. */
export async function raiseAlerts(tx: Db, clock: Clock, alerts: readonly NewAlert[]): Promise<Alert[]> {
  const raised: Alert[] = [];
  for (const { ord, blockHash, ...body } of alerts) {
    const rows = await tx.query<Row>(
      `insert into alerts (id, chain, height, block_hash, incident, body, raised_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id) do update set height = excluded.height, block_hash = excluded.block_hash, body = excluded.body,
         raised_at = excluded.raised_at, withdrawn_at = null
       where alerts.withdrawn_at is not null
       returning *`,
      [
        alertId({ ...body, ord }),
        body.chain,
        body.height,
        blockHash,
        body.incident?.id ?? null,
        JSON.stringify(body),
        instant(clock.now()),
      ],
    );
    raised.push(...rows.map(alertOf));
  }
  return raised;
}

/** Withdraws the incident's alerts that its trace no longer finds, because their blocks left the chain. */
export async function withdrawAlerts(
  tx: Db,
  clock: Clock,
  chain: ChainId,
  isOnChain: (height: number, hash: BlockHash) => boolean | Promise<boolean>,
): Promise<number> {
  let withdrawn = 0;
  const rows = await tx.query<{ id: string; height: number; block_hash: BlockHash }>(
    'select id, height, block_hash from alerts where chain = $1 and withdrawn_at is null order by height desc',
    [chain],
  );
  for (const { id, height, block_hash } of rows) {
    // Below the first block that still stands, everything stands.
    if (await isOnChain(height, block_hash)) break;
    await tx.query('update alerts set withdrawn_at = $2 where id = $1', [id, instant(clock.now())]);
    withdrawn += 1;
  }
  return withdrawn;
}

export async function listAlerts(db: Db): Promise<Alert[]> {
  return (await db.query<Row>('select * from alerts order by raised_at desc, id limit $1', [alertsListedMax])).map(
    alertOf,
  );
}

export async function countAlerts(db: Db, incident: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    'select count(*)::integer as n from alerts where incident = $1 and withdrawn_at is null',
    [incident],
  );
  return row?.n ?? 0;
}

export async function acknowledgeAlert(tx: Db, clock: Clock, id: string, by: string): Promise<Alert> {
  const [row] = await tx.query<Row>(
    `update alerts set acknowledged_at = coalesce(acknowledged_at, $2), acknowledged_by = coalesce(acknowledged_by, $3)
     where id = $1 returning *`,
    [id, instant(clock.now()), by],
  );
  if (!row) throw new GongjoError('not-found', { what: 'alert' });
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
