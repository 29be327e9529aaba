import type { BlockHash, ChainId } from '@gongjo/contract';
import type { Db } from '../platform/index.ts';

/** The last block whose movements were screened. */
export interface Cursor {
  readonly height: number;
  readonly hash: BlockHash;
}

export async function readCursor(db: Db, chain: ChainId): Promise<Cursor | null> {
  const [row] = await db.query<Cursor>('select height, hash from watch_cursors where chain = $1', [chain]);
  return row ?? null;
}

export async function moveCursor(tx: Db, chain: ChainId, to: Cursor): Promise<void> {
  await tx.query(
    'insert into watch_cursors values ($1, $2, $3) on conflict (chain) do update set height = $2, hash = $3',
    [chain, to.height, to.hash],
  );
}
