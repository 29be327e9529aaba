import { BlockDamage } from './damage.ts';

/**
 * Reads Bitcoin's wire format (https://developer.bitcoin.org/reference/block_chain.html) from front to back and never past
 * the end. Every failure is a `BlockDamage` that says where.
 */
export class Cursor {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.at = at;
  }

  get left(): number {
    return this.end - this.at;
  }

  skip(count: number, what: string): void {
    if (count > this.end - this.at) throw new BlockDamage(this.at, `the block ends within ${what}`);
    this.at += count;
  }

  u8(what: string): number {
    const at = this.at;
    this.skip(1, what);
    return this.bytes[at] as number;
  }

  u32(what: string): number {
    const at = this.at;
    this.skip(4, what);
    return u32At(this.bytes, at);
  }

  /** A count or length; only the shortest spelling of a number is one (as `ReadCompactSize` of Bitcoin Core demands). */
  compactSize(what: string): number {
    const at = this.at;
    const first = this.u8(what);
    if (first < 0xfd) return first;
    if (first === 0xff) throw new BlockDamage(at, `${what} is larger than any block`);
    const bytes = this.bytes;
    if (first === 0xfd) {
      this.skip(2, what);
      const value = (bytes[at + 1] as number) | ((bytes[at + 2] as number) << 8);
      if (value < 0xfd) throw new BlockDamage(at, `${what} is not written in its shortest form`);
      return value;
    }
    this.skip(4, what);
    const value = u32At(bytes, at + 1);
    if (value <= 0xffff) throw new BlockDamage(at, `${what} is not written in its shortest form`);
    return value;
  }
}

/** Unsigned, little-endian. The caller has made sure that the bytes are there. */
export function u32At(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}
