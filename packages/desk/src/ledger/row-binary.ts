/**
 * Writes rows in ClickHouse's `RowBinary`: fixed-size integers little-endian, strings with a LEB128 length.
 * https://clickhouse.com/docs/interfaces/formats/RowBinary
 */
export class RowBinaryWriter {
  #bytes: Buffer;
  #at = 0;

  constructor(initialBytes = 1 << 16) {
    this.#bytes = Buffer.allocUnsafe(initialBytes);
  }

  uint8(value: number): this {
    this.#room(1);
    this.#bytes[this.#at++] = value;
    return this;
  }

  uint32(value: number): this {
    this.#room(4);
    this.#at = this.#bytes.writeUInt32LE(value, this.#at);
    return this;
  }

  /** An unsigned 256-bit integer. Throws on what does not fit. */
  uint256(value: bigint): this {
    if (value < 0n || value >> 256n !== 0n) throw new RangeError('uint256: value out of range');
    this.#room(32);
    let rest = value;
    for (let word = 0; word < 4; word += 1) {
      this.#at = this.#bytes.writeBigUInt64LE(rest & 0xffff_ffff_ffff_ffffn, this.#at);
      rest >>= 64n;
    }
    return this;
  }

  string(value: string | Uint8Array): this {
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
    this.#room(bytes.length + 5);
    this.#length(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
    return this;
  }

  /** `Array(String)`. */
  strings(values: readonly string[]): this {
    this.#room(5);
    this.#length(values.length);
    for (const value of values) this.string(value);
    return this;
  }

  /** What has been written; a view, valid until the next write. */
  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  /** LEB128, unsigned; whoever calls has made room for five bytes. */
  #length(value: number): void {
    let length = value;
    while (length >= 0x80) {
      this.#bytes[this.#at++] = (length & 0x7f) | 0x80;
      length >>>= 7;
    }
    this.#bytes[this.#at++] = length;
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + bytes));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
