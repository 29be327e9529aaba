import { merkleRoot, sha256d } from './sha256d.ts';
import { shapes } from './shapes.ts';

/** Regtest's parameters (Bitcoin Core, `src/kernel/chainparams.cpp`). */
export const regtest = {
  magic: Buffer.from('fabfb5da', 'hex'),
  bits: 0x207fffff,
  genesisTimeS: 1296688602,
  genesis: Buffer.from(
    '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f20020000000101000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000',
    'hex',
  ),
} as const;

const headerBytes = 80;
/** Blocks are at most 4 MB; one transaction more fits behind the bound that ends a block. */
const blockBytesMax = 8 << 20;
const transactionsMax = 16_384;
/** The count of transactions is written in one or three bytes, so the block begins at 0 or 2 of its buffer. */
const coinbaseAt = headerBytes + 3;

/** Collects the transactions of one block after another. */
export class BlockWriter {
  readonly bytes = Buffer.alloc(blockBytesMax);
  /** Hash of the last block, internal order. */
  readonly hash = Buffer.alloc(32);
  height = 0;
  count = 0;
  end = 0;
  weight = 0;
  private readonly txids = Buffer.alloc(transactionsMax * 32);
  private readonly wtxids = Buffer.alloc(transactionsMax * 32);
  private readonly coinbase = Buffer.alloc(256);
  private coinbaseEnd = 0;

  constructor() {
    sha256d(regtest.genesis.subarray(0, headerBytes), this.hash, 0);
  }

  get full(): boolean {
    return this.weight >= shapes.blockWeightMax || this.count >= transactionsMax - 1;
  }

  /** @param script the miner's output script with its length */
  begin(height: number, script: Buffer): void {
    this.height = height;
    this.count = 1;
    this.weight = 4000;
    this.coinbaseEnd = writeCoinbase(this.coinbase, height, script);
    this.end = coinbaseAt + this.coinbaseEnd + witnessOfCoinbase;
  }

  /** A transaction that stands at `this.end` of `bytes`, `length` long; `stripped` is it without its witness. */
  add(length: number, stripped: Buffer, txids: Buffer, txidAt: number): void {
    const at = this.count * 32;
    sha256d(stripped, this.txids, at);
    if (stripped.length === length) this.txids.copy(this.wtxids, at, at, at + 32);
    else sha256d(this.bytes.subarray(this.end, this.end + length), this.wtxids, at);
    this.txids.copy(txids, txidAt, at, at + 32);
    this.count += 1;
    this.end += length;
    this.weight += stripped.length * 3 + length;
  }

  /** Completes the block: fees to the coinbase, BIP 141's commitment, Merkle root and proof of work. @returns the block */
  finish(timeS: number, coinbaseUnits: number, coinbaseTxid: Buffer): Buffer {
    const { bytes, coinbase, coinbaseEnd, txids, wtxids } = this;
    coinbase.writeBigUInt64LE(BigInt(coinbaseUnits), unitsAt(coinbase));
    wtxids.fill(0, 0, 32);
    merkleRoot(wtxids, this.count);
    const commitment = Buffer.alloc(64);
    wtxids.copy(commitment, 0, 0, 32);
    sha256d(commitment, coinbase, coinbaseEnd - 4 - 32);
    sha256d(coinbase.subarray(0, coinbaseEnd), txids, 0);
    txids.copy(coinbaseTxid, 0, 0, 32);

    let at = coinbaseAt;
    coinbase.copy(bytes, at, 0, 4);
    bytes[at + 4] = 0;
    bytes[at + 5] = 1;
    coinbase.copy(bytes, at + 6, 4, coinbaseEnd - 4);
    at += coinbaseEnd + 2 - 4;
    bytes[at] = 1;
    bytes[at + 1] = 32;
    bytes.fill(0, at + 2, at + 34);
    coinbase.copy(bytes, at + 34, coinbaseEnd - 4, coinbaseEnd);

    merkleRoot(txids, this.count);
    const start = this.count < 0xfd ? 2 : 0;
    const header = bytes.subarray(start, start + headerBytes);
    header.writeUInt32LE(0x2000_0000, 0);
    this.hash.copy(header, 4);
    txids.copy(header, 36, 0, 32);
    header.writeUInt32LE(timeS, 68);
    header.writeUInt32LE(regtest.bits, 72);
    let nonce = 0;
    do {
      header.writeUInt32LE(nonce++, 76);
      sha256d(header, this.hash, 0);
    } while (!isBelowTarget(this.hash));
    if (start === 2) bytes[start + headerBytes] = this.count;
    else {
      bytes[headerBytes] = 0xfd;
      bytes.writeUInt16LE(this.count, headerBytes + 1);
    }
    return bytes.subarray(start, this.end);
  }
}

/** Below regtest's target, 7fffff followed by zeros. */
const isBelowTarget = (hash: Buffer) => ((hash[31]! << 16) | (hash[30]! << 8) | hash[29]!) < 0x7fffff;

/** Marker and flag, and the witness: one item of 32 zero bytes. */
const witnessOfCoinbase = 2 + 34;

/** Without its witness: BIP 34's height, the miner's output, BIP 141's commitment (still zeros). @returns its length */
function writeCoinbase(into: Buffer, height: number, script: Buffer): number {
  into.fill(0);
  into.writeUInt32LE(2, 0);
  into[4] = 1;
  into.writeUInt32LE(0xffff_ffff, 37);
  let at = 42;
  if (height <= 16) into[at++] = 0x50 + height;
  else {
    const length = height < 0x80 ? 1 : height < 0x8000 ? 2 : height < 0x80_0000 ? 3 : 4;
    into[at++] = length;
    into.writeUIntLE(height, at, length);
    at += length;
  }
  into[at++] = 8;
  into.writeUInt32LE(height, at);
  at += 8;
  into[41] = at - 42;
  into.writeUInt32LE(0xffff_ffff, at);
  at += 4;
  into[at++] = 2;
  at += 8;
  at += script.copy(into, at);
  at += 8;
  at += Buffer.from('266a24aa21a9ed', 'hex').copy(into, at);
  return at + 32 + 4;
}

/** Behind version, count, outpoint, script, sequence and count. */
const unitsAt = (coinbase: Buffer) => 42 + coinbase[41]! + 4 + 1;
