import { hash } from 'node:crypto';

const once = Buffer.alloc(32);

/**
 * SHA-256 twice, as Bitcoin hashes everything, of `from` to `into` at `at`. Digests travel as Latin-1 strings: for short messages
 * that is several times as fast in Node.js as a new buffer for each.
 */
export function sha256d(from: Uint8Array, into: Buffer, at: number): void {
  once.write(hash('sha256', from, 'binary'), 0, 32, 'binary');
  into.write(hash('sha256', once, 'binary'), at, 32, 'binary');
}

const pair = Buffer.alloc(64);

/** The Merkle root of `count` hashes of 32 bytes at the start of `hashes`, which it overwrites; the root is then the first. */
export function merkleRoot(hashes: Buffer, count: number): void {
  for (let width = count; width > 1; width = (width + 1) >>> 1) {
    for (let left = 0; left < width; left += 2) {
      const right = left + 1 < width ? left + 1 : left;
      hashes.copy(pair, 0, left * 32, left * 32 + 32);
      hashes.copy(pair, 32, right * 32, right * 32 + 32);
      sha256d(pair, hashes, left * 16);
    }
  }
}
