import { type CheckedBlock, checkBlock } from './check.ts';
import { u32At } from './cursor.ts';
import { HASH_BYTES } from './hash.ts';

/**
 * Told what a block holds, in the block's order: each transaction, then its inputs, then its outputs. `bytes` is the block,
 * offsets are into it; both, and `txid`, are valid only during the call.
 */
export interface BlockSink {
  /** `txid`: 32 bytes in internal order. */
  transaction(
    bytes: Uint8Array,
    txid: Uint8Array,
    index: number,
    inputCount: number,
    outputCount: number,
    coinbase: boolean,
  ): void;
  /** `txidAt`: where the previous transaction's identifier (32 bytes, internal order) stands. Told of a coinbase's input, too. */
  input(bytes: Uint8Array, txidAt: number, previousIndex: number): void;
  /** `unitsAt`: where the value (8 bytes, little-endian, ≤ `UNITS_MAX`) stands; the script is bytes `scriptAt`…`scriptEnd`. */
  output(bytes: Uint8Array, unitsAt: number, scriptAt: number, scriptEnd: number): void;
}

/**
 * Checks a serialised block (`checkBlock`), then tells the sink what it holds: of a damaged block, a sink hears nothing.
 *
 * @throws BlockDamage
 */
export function parseBlock(bytes: Uint8Array, sink: BlockSink): CheckedBlock {
  const block = checkBlock(bytes);
  tellBlock(block, sink);
  return block;
}

/** Tells the sink what a checked block holds. Allocates nothing per transaction. */
export function tellBlock(block: CheckedBlock, sink: BlockSink): void {
  const { bytes, txids, offsets, transactionCount } = block;
  const txid = new Uint8Array(HASH_BYTES);
  for (let index = 0; index < transactionCount; index += 1) {
    for (let byte = 0; byte < HASH_BYTES; byte += 1) txid[byte] = txids[index * HASH_BYTES + byte] as number;
    tellTransaction(bytes, (offsets[index] as number) + 4, txid, index, sink);
  }
}

/** `start` is where the counts begin, after the version. Everything was checked: no read can leave the block. */
function tellTransaction(bytes: Uint8Array, start: number, txid: Uint8Array, index: number, sink: BlockSink): void {
  // A zero is the marker of BIP 144, before the flag.
  const inputsAt = bytes[start] === 0 ? start + 2 : start;
  const inputCount = sizeAt(bytes, inputsAt);
  const outputsAt = afterInputs(bytes, inputsAt, inputCount);
  const outputCount = sizeAt(bytes, outputsAt);
  sink.transaction(bytes, txid, index, inputCount, outputCount, index === 0);

  let at = inputsAt + sizeWidth(bytes, inputsAt);
  for (let input = 0; input < inputCount; input += 1) {
    sink.input(bytes, at, u32At(bytes, at + HASH_BYTES));
    at = afterInput(bytes, at);
  }
  at += sizeWidth(bytes, at);
  for (let output = 0; output < outputCount; output += 1) {
    const scriptAt = at + 8 + sizeWidth(bytes, at + 8);
    const scriptEnd = scriptAt + sizeAt(bytes, at + 8);
    sink.output(bytes, at, scriptAt, scriptEnd);
    at = scriptEnd;
  }
}

function afterInputs(bytes: Uint8Array, inputsAt: number, count: number): number {
  let at = inputsAt + sizeWidth(bytes, inputsAt);
  for (let input = 0; input < count; input += 1) at = afterInput(bytes, at);
  return at;
}

/** Previous output (36), script with its length, sequence (4). */
function afterInput(bytes: Uint8Array, at: number): number {
  return at + 36 + sizeWidth(bytes, at + 36) + sizeAt(bytes, at + 36) + 4;
}

function sizeWidth(bytes: Uint8Array, at: number): 1 | 3 | 5 {
  const first = bytes[at] as number;
  return first < 0xfd ? 1 : first === 0xfd ? 3 : 5;
}

function sizeAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0xfd) return first;
  if (first === 0xfd) return (bytes[at + 1] as number) | ((bytes[at + 2] as number) << 8);
  return u32At(bytes, at + 1);
}
