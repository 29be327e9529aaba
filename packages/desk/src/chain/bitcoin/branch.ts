import { HASH_BYTES, hashBytes, hashText, sha256d } from './hash.ts';

/**
 * Merkle branches: the hashes beside the path from a transaction to the root that its block's header names. Whoever has the
 * header sees from them that the transaction is in the block. Each is text as nodes write it (64 hexadecimal digits, bytes
 * reversed), from the leaves upwards.
 */
export interface Branch {
  readonly index: number;
  readonly hashes: readonly string[];
}

/** The branch of one of a block's transactions; a level of odd length repeats its last node. */
export function branchOf(txids: readonly string[], index: number): Branch {
  let level = txids.map(hashBytes);
  const hashes: string[] = [];
  for (let at = index; level.length > 1; at = at >> 1) {
    const sibling = level[at ^ 1] ?? level[at];
    if (sibling) hashes.push(hashText(sibling));
    const above: Uint8Array[] = [];
    for (let node = 0; node < level.length; node += 2)
      above.push(joined(level[node] as Uint8Array, level[node + 1] ?? (level[node] as Uint8Array)));
    level = above;
  }
  return { index, hashes };
}

/** The root that a branch leads to from this transaction. */
export function rootOfBranch(txid: string, { index, hashes }: Branch): string {
  let hash = hashBytes(txid);
  let at = index;
  for (const sibling of hashes) {
    hash = at % 2 === 1 ? joined(hashBytes(sibling), hash) : joined(hash, hashBytes(sibling));
    at = Math.floor(at / 2);
  }
  return hashText(hash);
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const both = Buffer.concat([left, right]);
  const out = new Uint8Array(HASH_BYTES);
  sha256d(both, 0, both.length, out, 0);
  return out;
}
