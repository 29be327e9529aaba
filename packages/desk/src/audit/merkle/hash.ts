import { createHash } from 'node:crypto';

/** A node of the tree: 32 bytes of SHA-256. */
export type Hash = Uint8Array;

export const hashBytes = 32;

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** RFC 9162 section 2.1.1: `SHA-256(0x00 || entry)`. The prefix keeps a leaf from being passed off as an inner node. */
export function leafHash(entry: Uint8Array | string): Hash {
  return createHash('sha256').update(leafPrefix).update(entry).digest();
}

/** RFC 9162 section 2.1.1: `SHA-256(0x01 || left || right)`. */
export function nodeHash(left: Hash, right: Hash): Hash {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

/** RFC 9162 section 2.1.1: the root of a tree without entries. */
export const emptyRoot: Hash = createHash('sha256').digest();

export function sameHash(a: Hash, b: Hash): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
