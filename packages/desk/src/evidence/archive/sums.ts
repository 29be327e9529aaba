import { createHash } from 'node:crypto';

/**
 * What the manifest says of a file. SHA-256 proves that it is unchanged; the two sums only help to find what changed. With
 * one byte changed by `d` at place `i` (from 1), the plain sum changes by `d` and the weighted sum by `d * i`, so their quotient
 * is the place: the two syndromes of a code that corrects one error. What they name is believed only when the file with that
 * byte put back has the digest again.
 */
export interface Sums {
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  readonly sum: number;
  readonly weighted: number;
}

/** A prime below 2^26: products of two residues stay exact. */
const modulus = 67_108_859;

export function sumsOf(bytes: Uint8Array): Sums {
  let sum = 0;
  let weighted = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    sum += byte;
    weighted = (weighted + byte * ((at + 1) % modulus)) % modulus;
  }
  return { bytes: bytes.length, sha256: sha256(bytes), sum: sum % modulus, weighted };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export interface Changed {
  readonly at: number;
  readonly expected: number;
}

/** The one byte that was changed; null where more than one was. */
export function locate(bytes: Uint8Array, was: Sums): Changed | null {
  if (bytes.length !== was.bytes) return null;
  const is = sumsOf(bytes);
  const change = signed(is.sum - was.sum);
  if (change === 0 || Math.abs(change) > 255) return null;
  const place = Number((BigInt(mod(is.weighted - was.weighted)) * inverse(mod(change))) % BigInt(modulus));
  for (let at = place - 1; at < bytes.length; at += modulus) {
    const expected = (bytes[at] ?? 0) - change;
    if (at < 0 || expected < 0 || expected > 255) continue;
    const mended = Uint8Array.from(bytes);
    mended[at] = expected;
    if (sha256(mended) === was.sha256) return { at, expected };
  }
  return null;
}

const mod = (n: number): number => ((n % modulus) + modulus) % modulus;
const signed = (n: number): number => (mod(n) > modulus / 2 ? mod(n) - modulus : mod(n));

/** By Fermat: a^(p-2). */
function inverse(a: number): bigint {
  let result = 1n;
  let base = BigInt(a);
  for (let power = BigInt(modulus - 2); power > 0n; power >>= 1n) {
    if ((power & 1n) === 1n) result = (result * base) % BigInt(modulus);
    base = (base * base) % BigInt(modulus);
  }
  return result;
}
