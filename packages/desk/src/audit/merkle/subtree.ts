import { invariant } from '../../kernel/index.ts';
import { emptyRoot, type Hash, nodeHash } from './hash.ts';

/**
 * A perfect subtree: the `2^level` leaves that begin at leaf `index * 2^level`. Once its last leaf is there it never changes,
 * so its hash can be stored for good.
 */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** Leaves `from` to before `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Hashes of perfect subtrees, in the order asked for. */
export type ReadSubtrees = (asked: readonly Subtree[]) => Promise<readonly Hash[]>;

/** The largest power of two that is smaller than `n` (RFC 9162 section 2.1.1). Exact up to 2^53. */
export function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/**
 * The perfect subtrees that a range's hash is made of, from left to right. The range is one that RFC 9162 splits a tree into:
 * it begins at a multiple of a power of two that is no smaller than its length.
 */
export function subtreesOf({ from, to }: Range): Subtree[] {
  const found: Subtree[] = [];
  let at = from;
  let level = Math.floor(Math.log2(Math.max(1, to - from)));
  for (let width = 2 ** level; at < to; width /= 2, level -= 1) {
    if (width > to - at) continue;
    found.push({ level, index: at / width });
    at += width;
  }
  return found;
}

/** The hash of a range from the hashes of its perfect subtrees: the rightmost two are joined first. */
export function joinSubtrees(hashes: readonly Hash[]): Hash {
  let [root, ...rest] = [...hashes].reverse();
  if (root === undefined) return emptyRoot;
  for (const left of rest) root = nodeHash(left, root);
  return root;
}

/** The hashes of several ranges with one read. */
export async function hashesOf(ranges: readonly Range[], read: ReadSubtrees): Promise<Hash[]> {
  const parts = ranges.map(subtreesOf);
  const hashes = await read(parts.flat());
  let at = 0;
  return parts.map(({ length }) => {
    const own = hashes.slice(at, at + length);
    at += length;
    invariant(own.length === length, 'every subtree that was asked for was read');
    return joinSubtrees(own);
  });
}

/** Merkle Tree Hash of the first `size` leaves. */
export async function rootOf(size: number, read: ReadSubtrees): Promise<Hash> {
  const [root] = await hashesOf([{ from: 0, to: size }], read);
  return root ?? emptyRoot;
}
