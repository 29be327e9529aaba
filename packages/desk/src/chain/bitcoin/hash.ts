import { hash } from 'node:crypto';

export const HASH_BYTES = 32;

export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}

const once = Buffer.alloc(HASH_BYTES);
const twice = Buffer.alloc(HASH_BYTES);

/**
 * SHA-256 of SHA-256, Bitcoin's hash of transactions, blocks and Merkle nodes, of bytes `from`…`to`, into `out` at `outAt`.
 * Digests come as Latin-1 strings: Node.js makes those several times as fast as a buffer each, and they are most of the work.
 */
export function sha256d(bytes: Uint8Array, from: number, to: number, out: Uint8Array, outAt: number): void {
  once.write(hash('sha256', bytes.subarray(from, to), 'binary'), 0, HASH_BYTES, 'binary');
  twice.write(hash('sha256', once, 'binary'), 0, HASH_BYTES, 'binary');
  out.set(twice, outAt);
}

/** A hash as people and nodes write it: hexadecimal, the bytes reversed. */
export function hashText(bytes: Uint8Array, at = 0): string {
  return Buffer.from(bytes.subarray(at, at + HASH_BYTES))
    .reverse()
    .toString('hex');
}

/** The inverse of `hashText`; the caller has made sure that the text is 64 hexadecimal digits. */
export function hashBytes(text: string): Uint8Array {
  return Buffer.from(text, 'hex').reverse();
}

export function sameHash(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number): boolean {
  for (let index = 0; index < HASH_BYTES; index += 1) if (a[aAt + index] !== b[bAt + index]) return false;
  return true;
}
