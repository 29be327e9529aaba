import type { BlockHash, ChainId } from '@gongjo/contract';
import type { Db } from '../platform/index.ts';

/** The last block whose movements were screened. */
export interface Cursor {
  readonly height: number;
  readonly hash: BlockHash;
}

/** Places where rounds ended that are remembered, to find where another branch began: more than any reorganisation goes back. */
const marksMax = 200;

export async function readCursor(db: Db, chain: ChainId): Promise<Cursor | null> {
  const [row] = await db.query<Cursor>('select height, hash from watch_cursors where chain = $1', [chain]);
  return row ?? null;
}

export async function moveCursor(tx: Db, chain: ChainId, to: Cursor): Promise<void> {
  await tx.query(
    'insert into watch_cursors values ($1, $2, $3) on conflict (chain) do update set height = $2, hash = $3',
    [chain, to.height, to.hash],
  );
  await tx.query('insert into watch_marks values ($1, $2, $3) on conflict (chain, height) do update set hash = $3', [
    chain,
    to.height,
    to.hash,
  ]);
  await tx.query(
    `delete from watch_marks where chain = $1 and (height > $2 or height <= coalesce(
       (select height from watch_marks where chain = $1 order by height desc offset $3 limit 1), -1))`,
    [chain, to.height, marksMax],
  );
}

/** Where rounds ended, the newest first. */
export async function readMarks(db: Db, chain: ChainId): Promise<Cursor[]> {
  return db.query<Cursor>('select height, hash from watch_marks where chain = $1 order by height desc', [chain]);
}
