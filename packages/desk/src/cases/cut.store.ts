import type { ChainId, EntityCut, EntityCutRecord, TxId } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';

/** Cuts taken back that a list shows; the record itself keeps all. */
const takenBackShown = 500;

interface Row {
  chain: ChainId;
  txid: TxId;
  reason: string;
  by: string;
  at: Date;
  taken_back_reason: string | null;
  taken_back_by: string | null;
  taken_back_at: Date | null;
}

/** The cuts of a chain that stand, newest first: what every entity of the chain is asked with. */
export async function standingCuts(db: Db, chain: ChainId): Promise<EntityCut[]> {
  const rows = await db.query<Row>(
    'select * from entity_cuts where chain = $1 and taken_back_at is null order by seq desc',
    [chain],
  );
  return rows.map(cutOf);
}

export async function findCut(db: Db, chain: ChainId, txid: TxId): Promise<EntityCut | null> {
  const [row] = await db.query<Row>(
    'select * from entity_cuts where chain = $1 and txid = $2 and taken_back_at is null',
    [chain, txid],
  );
  return row ? cutOf(row) : null;
}

/** The cuts of a chain that stand, then those taken back, each newest first. */
export async function listCuts(db: Db, chain: ChainId): Promise<EntityCutRecord[]> {
  const takenBack = await db.query<Row>(
    'select * from entity_cuts where chain = $1 and taken_back_at is not null order by taken_back_at desc, seq desc limit $2',
    [chain, takenBackShown],
  );
  const standing = await standingCuts(db, chain);
  return [...standing.map((cut) => ({ ...cut, takenBack: null })), ...takenBack.map(recordOf)];
}

export async function countCuts(db: Db, chain: ChainId): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    'select count(*)::integer as n from entity_cuts where chain = $1 and taken_back_at is null',
    [chain],
  );
  return row?.n ?? 0;
}

export async function putCut(tx: Db, { chain, txid, reason, by, at }: EntityCut): Promise<void> {
  await tx.query('insert into entity_cuts (chain, txid, reason, by, at) values ($1, $2, $3, $4, $5)', [
    chain,
    txid,
    reason,
    by,
    at,
  ]);
}

/** Ends the cut that stands and keeps it; null where none stands. */
export async function endCut(
  tx: Db,
  { chain, txid }: Pick<EntityCut, 'chain' | 'txid'>,
  { reason, by, at }: Pick<EntityCut, 'reason' | 'by' | 'at'>,
): Promise<EntityCutRecord | null> {
  const [row] = await tx.query<Row>(
    `update entity_cuts set taken_back_reason = $3, taken_back_by = $4, taken_back_at = $5
     where chain = $1 and txid = $2 and taken_back_at is null returning *`,
    [chain, txid, reason, by, at],
  );
  return row ? recordOf(row) : null;
}

function cutOf({ chain, txid, reason, by, at }: Row): EntityCut {
  return { chain, txid, reason, by, at: instant(at.getTime()) };
}

function recordOf(row: Row): EntityCutRecord {
  const { taken_back_reason: reason, taken_back_by: by, taken_back_at: at } = row;
  const ended = reason !== null && by !== null && at !== null;
  return { ...cutOf(row), takenBack: ended ? { reason, by, at: instant(at.getTime()) } : null };
}
