import type { BlockWriter } from './block.ts';
import type { Coins } from './coins.ts';
import { type Draft, dataAddress } from './draft.ts';
import type { Random } from './random.ts';
import type { Scripts } from './scripts.ts';

/** Bytes of the largest transaction, without its witness and with it; far above what `inputsMax` and `outputsMax` allow. */
const scratchBytes = 4 << 20;
const stripped = Buffer.alloc(scratchBytes);
const witness = Buffer.alloc(scratchBytes);

/** Writes the draft into the block (BIP 144 where an input has a witness) and its identifier to the start of `txid`. */
export function writeTransaction(
  draft: Draft,
  coins: Coins,
  types: Uint8Array,
  scripts: Scripts,
  block: BlockWriter,
  random: Random,
  txid: Buffer,
): void {
  stripped.writeUInt32LE(2, 0);
  let at = writeCount(stripped, 4, draft.inputs);
  let witnessEnd = 0;
  let hasWitness = false;
  for (let i = 0; i < draft.inputs; i += 1) {
    const slot = draft.slots[i]!;
    const address = coins.addresses[slot]!;
    const type = types[address]!;
    at += coins.txids.copy(stripped, at, slot * 32, slot * 32 + 32);
    stripped.writeUInt32LE(coins.indexes[slot]!, at);
    at = scripts.input(stripped, at + 4, address, type);
    stripped.writeUInt32LE(0xffff_fffd, at);
    at += 4;
    hasWitness ||= scripts.hasWitness(address, type);
    witnessEnd = scripts.witness(witness, witnessEnd, address, type);
  }
  at = writeCount(stripped, at, draft.outputs);
  for (let i = 0; i < draft.outputs; i += 1) {
    writeUnits(stripped, at, draft.units[i]!);
    at += 8;
    const address = draft.addresses[i]!;
    if (address !== dataAddress) at = scripts.output(stripped, at, address, types[address]!);
    else at = writeData(stripped, at, draft.dataBytes, random);
  }
  // A good part of wallets locks to the height against fee sniping.
  stripped.writeUInt32LE(random.chance(0.3) ? block.height - 1 : 0, at);
  at += 4;

  const { bytes, end } = block;
  if (!hasWitness) {
    stripped.copy(bytes, end, 0, at);
    block.add(at, stripped.subarray(0, at), txid, 0);
    return;
  }
  stripped.copy(bytes, end, 0, 4);
  bytes[end + 4] = 0;
  bytes[end + 5] = 1;
  stripped.copy(bytes, end + 6, 4, at - 4);
  witness.copy(bytes, end + at + 2 - 4, 0, witnessEnd);
  stripped.copy(bytes, end + at + 2 - 4 + witnessEnd, at - 4, at);
  block.add(at + 2 + witnessEnd, stripped.subarray(0, at), txid, 0);
}

function writeCount(into: Buffer, at: number, count: number): number {
  if (count < 0xfd) {
    into[at] = count;
    return at + 1;
  }
  into[at] = 0xfd;
  into.writeUInt16LE(count, at + 1);
  return at + 3;
}

/** Eight bytes, little-endian; whole numbers below 2^53. */
export function writeUnits(into: Buffer, at: number, units: number): void {
  into.writeUInt32LE(units % 0x1_0000_0000, at);
  into.writeUInt32LE(Math.floor(units / 0x1_0000_0000), at + 4);
}

function writeData(into: Buffer, at: number, length: number, random: Random): number {
  into[at] = length + 2;
  into[at + 1] = 0x6a;
  into[at + 2] = length;
  for (let i = 0; i < length; i += 1) into[at + 3 + i] = random.uint32();
  return at + 3 + length;
}
