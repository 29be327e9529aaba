import { invariant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { emptyRoot, type Hash, hashBytes } from './merkle/hash.ts';
import type { ReadSubtrees, Subtree } from './merkle/subtree.ts';

/**
 * The tree is stored with the entries: `hashes` of the entry at place `seq` holds, level by level, the hash of each perfect
 * subtree that ends with it. Two hashes an entry on average, none ever changed, and none left over when an entry goes.
 */
const hexChars = 2 * hashBytes;

export const hashesText = (hashes: readonly Hash[]): string =>
  hashes.map((hash) => Buffer.from(hash).toString('hex')).join('');

export const hashOf = (hex: string): Hash => Buffer.from(hex, 'hex');

/** Where the hash of a subtree stands: the last of its entries. */
const placeOf = ({ level, index }: Subtree): number => (index + 1) * 2 ** level;

/** Reads subtrees in one query, by primary key; null where the record does not hold one of them. */
export async function knownSubtrees(db: Db, asked: readonly Subtree[]): Promise<Hash[] | null> {
  if (asked.length === 0) return [];
  const rows = await db.query<{ seq: number; hashes: string | null }>(
    'select seq, hashes from audit_entries where seq = any($1)',
    [[...new Set(asked.map(placeOf))]],
  );
  const known = new Map(rows.map(({ seq, hashes }) => [seq, hashes ?? '']));
  const found: Hash[] = [];
  for (const subtree of asked) {
    const hex = known.get(placeOf(subtree))?.slice(subtree.level * hexChars, (subtree.level + 1) * hexChars);
    if (hex?.length !== hexChars) return null;
    found.push(hashOf(hex));
  }
  return found;
}

export function storedSubtrees(db: Db): ReadSubtrees {
  return async (asked) => {
    const found = await knownSubtrees(db, asked);
    invariant(found !== null, 'the record holds the nodes of its tree');
    return found;
  };
}

/**
 * How many entries there are, and the hashes of the tree's frontier, with one query. Where somebody has removed entries that
 * the frontier stands on, nothing stands in their place: the desk goes on recording, and every checkpoint from then on
 * contradicts those before.
 */
export async function readFrontier(db: Db): Promise<{ readonly size: number; readonly frontier: Hash[] }> {
  const rows = await db.query<{ size: number; level: number | null; hash: string | null }>(
    `select n.size, l.level, substr(e.hashes, 1 + ${hexChars} * l.level, ${hexChars}) as hash
     from (select coalesce(max(seq), 0) as size from audit_entries) n
     left join generate_series(0, 30) as l(level) on (n.size >> l.level) % 2 = 1
     left join audit_entries e on e.seq = (n.size >> l.level) << l.level
     order by l.level desc`,
  );
  const size = rows[0]?.size ?? 0;
  if (size === 0) return { size, frontier: [] };
  return {
    size,
    frontier: rows.map(({ hash }) => (hash?.length === hexChars ? hashOf(hash) : emptyRoot)),
  };
}

/** How many entries the record says that it holds. */
export async function recordSize(db: Db): Promise<number> {
  const [row] = await db.query<{ size: number }>('select coalesce(max(seq), 0) as size from audit_entries');
  return row?.size ?? 0;
}
