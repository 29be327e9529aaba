/** Bytes as the RFCs write them. */

const utf8 = new TextEncoder();

export const bytesOf = (text: string): Uint8Array => utf8.encode(text);

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** I2OSP(value, 2) of RFC 8017 section 4.1. */
export function twoBytes(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff) throw new RangeError(`not a two-byte number: ${value}`);
  return Uint8Array.of(value >> 8, value & 0xff);
}

/** Bytes after their length in two bytes. */
export const prefixed = (bytes: Uint8Array): Uint8Array => concat(twoBytes(bytes.length), bytes);

/** Whether two byte strings are the same, in a time that depends on their lengths alone. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at += 1) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}

/** Unguessable bytes, handed in: the desk's source of randomness, or a seeded one in tests. */
export type RandomBytes = (count: number) => Uint8Array;
