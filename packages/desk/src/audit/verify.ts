import type { Db } from '../platform/index.ts';
import { entryRows, type StoredEntry } from './entry.store.ts';
import { entryLeaf, entryOf } from './entry.ts';
import { Compact, frontierOf } from './merkle/append.ts';
import type { Hash } from './merkle/hash.ts';
import { type ReadSubtrees, rootOf } from './merkle/subtree.ts';
import { hashesText, knownSubtrees, recordSize, storedSubtrees } from './tree.store.ts';

export interface Verified {
  /** How many entries hold. */
  readonly entries: number;
  /** The first entry that is not what was recorded, or the gap before it. */
  readonly brokenAt: number | null;
  /** Of the whole record, recomputed from what its entries say now; hexadecimal. */
  readonly root: string;
}

/** Recomputes every hash from the entries themselves. */
export async function verifyAudit(db: Db): Promise<Verified> {
  const tree = new Compact();
  let brokenAt: number | null = null;
  let holding = 0;
  for await (const { row, completed } of recomputed(db, tree)) {
    if (brokenAt === null && (row.seq !== tree.size || row.hashes !== hashesText(completed))) brokenAt = row.seq;
    if (brokenAt === null) holding = tree.size;
  }
  return { entries: holding, brokenAt, root: Buffer.from(tree.root()).toString('hex') };
}

/** The entries after `from` up to `to`, each with what its leaf completes. */
async function* recomputed(
  db: Db,
  tree: Compact,
  from?: number,
  to?: number,
): AsyncGenerator<{ readonly row: StoredEntry; readonly completed: Hash[] }> {
  for await (const rows of entryRows(db, from, to))
    for (const row of rows) yield { row, completed: tree.add(entryLeaf(entryOf(row))) };
}

/** The tree of a record as it stands: what its entries say now, not what was once said of them. */
export interface Tree {
  readonly size: number;
  readonly read: ReadSubtrees;
  root(size: number): Promise<Hash>;
}

/** Entries that one look recomputes; a longer record is gone through in turns, the newest each time. */
const entriesPerLook = 16_384;

/**
 * The tree that a checkpoint may be signed of. The newest entries and another part of the older ones are recomputed each time;
 * where one is not what the stored tree says, the whole tree is made anew from the entries, so that what is signed and shown
 * to witnesses is what the record says, and a record that somebody changed contradicts what they hold.
 */
export async function treeOf(db: Db, turn: number): Promise<Tree> {
  const size = await recordSize(db);
  const parts = Math.max(1, Math.ceil(size / entriesPerLook));
  const looks = new Set([(turn % parts) * entriesPerLook, (parts - 1) * entriesPerLook]);
  let holds = true;
  for (const from of looks) holds &&= await holdsFrom(db, from, Math.min(from + entriesPerLook, size));
  return holds ? treeWith(size, storedSubtrees(db)) : remake(db);
}

const treeWith = (size: number, read: ReadSubtrees): Tree => ({ size, read, root: (at) => rootOf(at, read) });

async function remake(db: Db): Promise<Tree> {
  const tree = new Compact();
  const nodes = new Map<string, Hash>();
  for await (const { completed } of recomputed(db, tree))
    for (const [level, hash] of completed.entries()) nodes.set(`${level}/${tree.size / 2 ** level - 1}`, hash);
  return treeWith(tree.size, async (asked) =>
    asked.flatMap(({ level, index }) => nodes.get(`${level}/${index}`) ?? []),
  );
}

/** Whether the entries after `from` up to `to` are what their stored hashes say. */
async function holdsFrom(db: Db, from: number, to: number): Promise<boolean> {
  const frontier = await knownSubtrees(db, frontierOf(from));
  if (frontier === null) return false;
  const tree = new Compact(from, frontier);
  for await (const { row, completed } of recomputed(db, tree, from, to))
    if (row.seq !== tree.size || row.hashes !== hashesText(completed)) return false;
  return tree.size === to;
}
