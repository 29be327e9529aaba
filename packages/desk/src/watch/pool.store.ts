import type { ChainId, TxId } from '@gongjo/contract';
import type { Clock, Db } from '../platform/index.ts';
import { noteActs, withdrawThese } from './alert.store.ts';

/** A transaction that is not in the pool and in no block after so long was replaced or forgotten; nodes drop within hours. */
const forgottenMs = 10 * 60_000;

/**
 * What became of what was about to move: a block has it – the alert is then of that block, as any other –, or neither a block
 * nor the pool has it for ten minutes – then it is withdrawn. Answers how many alerts changed.
 */
export async function settlePool(
  tx: Db,
  clock: Clock,
  chain: ChainId,
  pool: ReadonlySet<TxId>,
  heightsOf: (txids: readonly TxId[]) => Promise<ReadonlyMap<TxId, number>>,
): Promise<number> {
  const rows = await tx.query<{ id: string; txid: TxId; group_id: string; raised_at: Date }>(
    `select id, body ->> 'txid' as txid, group_id, raised_at from alerts where chain = $1 and basis = 'pool' and withdrawn_at is null`,
    [chain],
  );
  if (rows.length === 0) return 0;
  const heights = await heightsOf(rows.map(({ txid }) => txid));
  const confirmed = rows.flatMap((row) => {
    const height = heights.get(row.txid);
    return height === undefined ? [] : [{ ...row, height }];
  });
  for (const { id, height } of confirmed)
    await tx.query(
      `update alerts set basis = 'block', height = $2, body = body || jsonb_build_object('unconfirmed', false, 'height', $2::integer) where id = $1`,
      [id, height],
    );
  const counts = new Map<string, number>();
  for (const { group_id: group } of confirmed) counts.set(group, (counts.get(group) ?? 0) + 1);
  await noteActs(tx, clock, 'confirmed', counts);
  const before = clock.now() - forgottenMs;
  const gone = rows.filter(
    ({ txid, raised_at: at }) => !heights.has(txid) && !pool.has(txid) && at.getTime() <= before,
  );
  return (
    confirmed.length +
    (await withdrawThese(
      tx,
      clock,
      gone.map(({ id }) => id),
    ))
  );
}

/** Which of these transactions a standing alert has been confirmed for already; the pool may still name them. */
export async function confirmedAlready(tx: Db, chain: ChainId, txids: readonly TxId[]): Promise<Set<TxId>> {
  const rows = await tx.query<{ txid: TxId }>(
    `select body ->> 'txid' as txid from alerts
     where chain = $1 and basis = 'block' and body ->> 'rule' = 'about-to-move' and body ->> 'txid' = any($2)`,
    [chain, txids],
  );
  return new Set(rows.map(({ txid }) => txid));
}

/** The transactions that a standing alert says are about to move. */
export async function toldFromPool(tx: Db, chain: ChainId): Promise<Set<TxId>> {
  const rows = await tx.query<{ txid: TxId }>(
    `select body ->> 'txid' as txid from alerts where chain = $1 and basis = 'pool' and withdrawn_at is null`,
    [chain],
  );
  return new Set(rows.map(({ txid }) => txid));
}
