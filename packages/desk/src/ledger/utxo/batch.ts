import { type ChainId, type OutputType, outputTypes } from '@gongjo/contract';
import { epochMs, invariant } from '../../kernel/index.ts';
import type { Block } from '../model.ts';
import type { TxNumber } from './model.ts';
import type { RecentTxids } from './recent-txids.ts';

/** The longest stored address: a kind and a witness program of 40 bytes. */
const storedMax = 41;

/**
 * Blocks on their way into the ledger of outputs, written straight into ClickHouse's `RowBinary`
 * (https://clickhouse.com/docs/interfaces/formats/RowBinary) as a parser meets them: no object for each output. Inputs wait
 * with the identifier that they name until `resolve` has found its number.
 */
export class UtxoBatch {
  readonly chain: ChainId;
  readonly blocks: Block[] = [];
  /** Of each block, its header where the reader has one. */
  readonly headers: (Uint8Array | undefined)[] = [];
  readonly #recent: RecentTxids;
  #transactions = new Rows();
  #outputs = new Rows();
  #next: TxNumber;
  #inBlock = 0;
  #height = 0;
  #timeS = 0;
  #inputCount = 0;
  #outputIndex = 0;
  #inputIndex = 0;
  /** Of each input: its transaction, index, the output's index, and the number of the transaction that it spends (−1: to be found). */
  #inputOf = new Float64Array(1 << 12);
  #inputAt = new Uint32Array(1 << 12);
  #previousIndex = new Uint32Array(1 << 12);
  #previous = new Float64Array(1 << 12);
  /** Identifiers of the inputs whose transaction is not among the recent ones, 32 bytes each, and which inputs they are. */
  #unknownTxids: Buffer = Buffer.alloc(1 << 12);
  readonly #unknown: number[] = [];

  constructor(chain: ChainId, next: TxNumber, recent: RecentTxids) {
    this.chain = chain;
    this.#next = next;
    this.#recent = recent;
  }

  get outputCount(): number {
    return this.#outputs.count;
  }

  get inputCount(): number {
    return this.#inputCount;
  }

  get transactionCount(): number {
    return this.#transactions.count;
  }

  /** The number that the next transaction will have. */
  get next(): TxNumber {
    return this.#next;
  }

  /** Begins a block; its transactions follow. The header is copied: a reader uses its buffers again. */
  block(block: Block, header?: Uint8Array): void {
    this.blocks.push(block);
    this.headers.push(header && Uint8Array.from(header));
    this.#inBlock = 0;
    this.#height = block.height;
    this.#timeS = epochMs(block.time) / 1000;
  }

  /** @param txid 32 bytes in `bytes` at `at`, in the order in which the chain hashes them. */
  transaction(bytes: Uint8Array, at: number, coinbase: boolean): void {
    const rows = this.#transactions;
    rows.room(64);
    rows.uint64(this.#next);
    rows.bytes(bytes, at, 32);
    rows.uint32(this.#height);
    rows.uint32(this.#inBlock);
    rows.uint32(this.#timeS);
    rows.uint8(coinbase ? 1 : 0);
    rows.count += 1;
    this.#recent.set(bytes, at, this.#next);
    this.#next += 1;
    this.#inBlock += 1;
    this.#inputIndex = 0;
    this.#outputIndex = 0;
  }

  /** An input of the transaction begun last; a coinbase has none. `bytes` holds the identifier that it spends from at `at`. */
  input(bytes: Uint8Array, at: number, previousIndex: number): void {
    const row = this.#inputCount;
    if (row === this.#inputOf.length) this.#growInputs();
    const previous = this.#recent.get(bytes, at);
    this.#inputOf[row] = this.#next - 1;
    this.#inputAt[row] = this.#inputIndex;
    this.#previousIndex[row] = previousIndex;
    this.#previous[row] = previous;
    if (previous < 0) {
      const end = (this.#unknown.length + 1) * 32;
      if (end > this.#unknownTxids.length) this.#unknownTxids = doubled(this.#unknownTxids);
      for (let byte = 0; byte < 32; byte += 1) this.#unknownTxids[end - 32 + byte] = bytes[at + byte] as number;
      this.#unknown.push(row);
    }
    this.#inputCount += 1;
    this.#inputIndex += 1;
  }

  /**
   * An output of the transaction begun last. `bytes` holds its value at `unitsAt`, 8 bytes little-endian; `address` its stored
   * address, `addressLength` bytes of it (0: nobody's).
   */
  output(bytes: Uint8Array, unitsAt: number, type: OutputType, address: Uint8Array, addressLength: number): void {
    invariant(addressLength <= storedMax, 'a stored address has at most 41 bytes');
    const rows = this.#outputs;
    rows.room(64);
    rows.uint64(this.#next - 1);
    rows.uint32(this.#outputIndex);
    rows.bytes(bytes, unitsAt, 8);
    rows.uint8(typeCode.get(type) as number);
    rows.uint8(addressLength);
    rows.bytes(address, 0, addressLength);
    rows.count += 1;
    this.#outputIndex += 1;
  }

  /** The identifiers that inputs spend from and that are not among the recent ones, as they are stored, in hexadecimal, each once. */
  unknownTxids(): string[] {
    const found = new Set<string>();
    for (let at = 0; at < this.#unknown.length; at += 1)
      found.add(this.#unknownTxids.toString('hex', at * 32, at * 32 + 32));
    return [...found];
  }

  /** Says which numbers those have; the others are outputs that the ledger does not hold. */
  resolve(numbers: ReadonlyMap<string, TxNumber>): void {
    for (const [at, row] of this.#unknown.entries()) {
      const number = numbers.get(this.#unknownTxids.toString('hex', at * 32, at * 32 + 32));
      if (number !== undefined) this.#previous[row] = number;
    }
  }

  /** The transactions whose outputs it spends; some more than once. */
  *spentFrom(): Generator<TxNumber> {
    for (let row = 0; row < this.#inputCount; row += 1) {
      const previous = this.#previous[row] as number;
      if (previous >= 0) yield previous;
    }
  }

  transactionRows(): Uint8Array {
    return this.#transactions.done();
  }

  outputRows(): Uint8Array {
    return this.#outputs.done();
  }

  inputRows(): Uint8Array {
    const rows = new Rows();
    for (let row = 0; row < this.#inputCount; row += 1) {
      const previous = this.#previous[row] as number;
      rows.room(32);
      rows.uint64(this.#inputOf[row] as number);
      rows.uint32(this.#inputAt[row] as number);
      rows.uint8(previous < 0 ? 0 : 1);
      rows.uint64(Math.max(previous, 0));
      rows.uint32(this.#previousIndex[row] as number);
    }
    return rows.done();
  }

  #growInputs(): void {
    this.#inputOf = twice(this.#inputOf, Float64Array);
    this.#inputAt = twice(this.#inputAt, Uint32Array);
    this.#previousIndex = twice(this.#previousIndex, Uint32Array);
    this.#previous = twice(this.#previous, Float64Array);
  }
}

const typeCode: ReadonlyMap<OutputType, number> = new Map(outputTypes.map((type, code) => [type, code]));

function twice<T extends Float64Array | Uint32Array>(from: T, make: new (length: number) => T): T {
  const larger = new make(from.length * 2);
  larger.set(from);
  return larger;
}

function doubled(from: Buffer): Buffer {
  const larger = Buffer.alloc(from.length * 2);
  from.copy(larger);
  return larger;
}

/** Rows in a buffer that grows; the caller makes room for a whole row first. */
class Rows {
  #bytes = Buffer.allocUnsafe(1 << 16);
  #at = 0;
  count = 0;

  room(bytes: number): void {
    if (this.#at + bytes > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(this.#bytes.length * 2);
      this.#bytes.copy(larger, 0, 0, this.#at);
      this.#bytes = larger;
    }
  }

  uint8(value: number): void {
    this.#bytes[this.#at++] = value;
  }

  uint32(value: number): void {
    const bytes = this.#bytes;
    bytes[this.#at++] = value;
    bytes[this.#at++] = value >>> 8;
    bytes[this.#at++] = value >>> 16;
    bytes[this.#at++] = value >>> 24;
  }

  /** A whole number below 2^53. */
  uint64(value: number): void {
    this.uint32(value % 0x1_0000_0000);
    this.uint32(Math.floor(value / 0x1_0000_0000));
  }

  bytes(from: Uint8Array, at: number, length: number): void {
    const to = this.#bytes;
    let end = this.#at;
    for (let byte = 0; byte < length; byte += 1) to[end++] = from[at + byte] as number;
    this.#at = end;
  }

  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }
}
