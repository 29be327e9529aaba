import { HASH_BYTES, sameHash, sha256d } from './hash.ts';

/** Reused between calls, because one level of a large block is some hundred kilobytes; as large as the largest block seen. */
let level = new Uint8Array(4096 * HASH_BYTES);

/**
 * The root of Bitcoin's Merkle tree over `count` hashes, in `root`. A level of odd length repeats its last node, so that
 * different lists can have one root (CVE-2012-2459).
 *
 * @returns whether two neighbours that would be hashed together are equal: the list is then not the one that was mined
 */
export function merkleRoot(hashes: Uint8Array, count: number, root: Uint8Array): { readonly malleated: boolean } {
  if (level.length < (count + 1) * HASH_BYTES) level = new Uint8Array((count + 1) * HASH_BYTES);
  level.set(hashes.subarray(0, count * HASH_BYTES));
  let malleated = false;
  let width = count;
  while (width > 1) {
    for (let node = 0; node + 1 < width; node += 2) {
      if (sameHash(level, node * HASH_BYTES, level, (node + 1) * HASH_BYTES)) malleated = true;
    }
    if (width % 2 === 1) {
      level.copyWithin(width * HASH_BYTES, (width - 1) * HASH_BYTES, width * HASH_BYTES);
      width += 1;
    }
    for (let node = 0; node < width; node += 2) {
      sha256d(level, node * HASH_BYTES, (node + 2) * HASH_BYTES, level, (node / 2) * HASH_BYTES);
    }
    width /= 2;
  }
  root.set(level.subarray(0, HASH_BYTES));
  return { malleated };
}
