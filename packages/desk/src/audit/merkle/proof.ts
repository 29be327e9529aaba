import { invariant } from '../../kernel/index.ts';
import { type Hash, nodeHash, sameHash } from './hash.ts';
import { hashesOf, type Range, type ReadSubtrees, splitOf } from './subtree.ts';

/**
 * Proofs of RFC 9162 ("Certificate Transparency Version 2.0"), section 2.1. Making one reads O(log n) stored hashes in one
 * question; verifying needs the proof alone. Verification follows the algorithms of sections 2.1.3.2 and 2.1.4.2 to the
 * letter, which also refuse proofs that are too long or too short.
 */

/** The proof that leaf `index` is in the tree of `size` leaves (section 2.1.3.1), from the leaf upwards. */
export function inclusionProof(index: number, size: number, read: ReadSubtrees): Promise<Hash[]> {
  invariant(index >= 0 && index < size, 'the leaf is in the tree');
  const siblings: Range[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    const isLeft = index < middle;
    siblings.push(isLeft ? { from: middle, to } : { from, to: middle });
    if (isLeft) to = middle;
    else from = middle;
  }
  return hashesOf(siblings.reverse(), read);
}

/** The proof that the tree of `first` leaves is the beginning of that of `second` (section 2.1.4.1). */
export function consistencyProof(first: number, second: number, read: ReadSubtrees): Promise<Hash[]> {
  invariant(
    first > 0 && first <= second,
    'a proof of consistency goes from a smaller tree with leaves to a larger one',
  );
  const nodes: Range[] = [];
  let from = 0;
  let to = second;
  // Whether the smaller tree is a node of the larger, which the verifier then has already.
  let isWhole = true;
  while (first < to) {
    const middle = from + splitOf(to - from);
    if (first <= middle) {
      nodes.push({ from: middle, to });
      to = middle;
    } else {
      nodes.push({ from, to: middle });
      from = middle;
      isWhole = false;
    }
  }
  if (!isWhole) nodes.push({ from, to });
  return hashesOf(nodes.reverse(), read);
}

/** Section 2.1.3.2. */
export function verifyInclusion(index: number, size: number, leaf: Hash, proof: readonly Hash[], root: Hash): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else hash = nodeHash(hash, sibling);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && sameHash(hash, root);
}

/** Section 2.1.4.2; two trees of one size are consistent if they are the same, and every tree continues the empty one. */
export function verifyConsistency(
  first: number,
  second: number,
  firstRoot: Hash,
  secondRoot: Hash,
  proof: readonly Hash[],
): boolean {
  if (!isCount(first) || !isCount(second) || first > second) return false;
  if (first === second) return proof.length === 0 && sameHash(firstRoot, secondRoot);
  if (first === 0) return proof.length === 0;
  if (proof.length === 0) return false;
  const isPowerOfTwo = first === 1 || splitOf(first) * 2 === first;
  const path = isPowerOfTwo ? [firstRoot, ...proof] : proof;
  let fn = first - 1;
  let sn = second - 1;
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  const [start, ...rest] = path;
  if (start === undefined) return false;
  let fr = start;
  let sr = start;
  for (const node of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(node, fr);
      sr = nodeHash(node, sr);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else sr = nodeHash(sr, node);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && sameHash(fr, firstRoot) && sameHash(sr, secondRoot);
}

const isCount = (n: number) => Number.isSafeInteger(n) && n >= 0;
const isOdd = (n: number) => n % 2 === 1;
const half = (n: number) => Math.floor(n / 2);
