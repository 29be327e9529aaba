import { emptyRoot, type Hash, nodeHash } from './hash.ts';
import type { ReadSubtrees } from './subtree.ts';

/** RFC 9162 sections 2.1.1, 2.1.3.1 and 2.1.4.1 as they are written, recursively, over all leaves. */
const split = (n: number): number => {
  let k = 1;
  while (k < n) k *= 2;
  return k / 2;
};

export function naiveRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return emptyRoot;
  const [first] = leaves as [Hash];
  if (leaves.length === 1) return first;
  // The definition is exponential over all sizes; what was hashed is remembered under the leaves that it was hashed of.
  const known = remembered.get(first) ?? new Map<string, Hash>();
  remembered.set(first, known);
  const key = leaves.map((leaf) => Buffer.from(leaf).toString('latin1', 0, 6)).join('');
  const before = known.get(key);
  if (before) return before;
  const k = split(leaves.length);
  const root = nodeHash(naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
  if (leaves.length <= 130) known.set(key, root);
  return root;
}
const remembered = new WeakMap<Hash, Map<string, Hash>>();

/** PATH(m, D_n). */
export function naivePath(m: number, leaves: readonly Hash[]): Hash[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...naivePath(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))]
    : [...naivePath(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))];
}

/** PROOF(m, D_n) = SUBPROOF(m, D_n, true). */
export function naiveProof(m: number, leaves: readonly Hash[]): Hash[] {
  return subproof(m, leaves, true);
}

function subproof(m: number, leaves: readonly Hash[], b: boolean): Hash[] {
  const n = leaves.length;
  if (m === n) return b ? [] : [naiveRoot(leaves)];
  const k = split(n);
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), b), naiveRoot(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), naiveRoot(leaves.slice(0, k))];
}

/** Reads subtrees from all leaves, and counts what was read. */
export function readerOf(leaves: readonly Hash[]): ReadSubtrees & { read: number } {
  const reader = async (asked: readonly { level: number; index: number }[]) => {
    reader.read += asked.length;
    return asked.map(({ level, index }) => naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
  };
  reader.read = 0;
  return reader;
}
