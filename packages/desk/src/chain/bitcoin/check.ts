import { Cursor, u32At } from './cursor.ts';
import { BlockDamage } from './damage.ts';
import { HASH_BYTES, hashText, sha256d } from './hash.ts';
import { type BlockHeader, HEADER_BYTES, readHeader } from './header.ts';
import { merkleRoot } from './merkle.ts';

/** BIP 141: four million weight units, of which a byte counts at least one. */
export const BLOCK_BYTES_MAX = 4_000_000;

/** All bitcoins there will ever be (less a remainder), in satoshi; no output can hold more. Exact in 51 bits. */
export const UNITS_MAX = 21e14;

/** Version, one input with an empty script, one output with an empty script, lock time; counts take a byte each. */
const TRANSACTION_BYTES_MIN = 60;
/** Previous output, an empty script's length, sequence. */
const INPUT_BYTES_MIN = 41;
/** Value, an empty script's length. */
const OUTPUT_BYTES_MIN = 9;
/** The sizes that consensus allows for the script of a coinbase's input. */
const COINBASE_SCRIPT_BYTES_MIN = 2;
const COINBASE_SCRIPT_BYTES_MAX = 100;

const NO_INDEX = 0xffffffff;
const TWO_32 = 4294967296;

/** A block that was walked through to its last byte and whose Merkle root is that of its transactions. */
export interface CheckedBlock {
  readonly bytes: Uint8Array;
  readonly header: BlockHeader;
  readonly transactionCount: number;
  /** 32 bytes each, in internal order. */
  readonly txids: Uint8Array;
  /** Where each transaction begins. */
  readonly offsets: Uint32Array;
}

/**
 * Checks a serialised block: every count and length within its bounds and in its shortest form, every value possible, the
 * first transaction and no other a coinbase, nothing left over, and the header's Merkle root that of the transactions.
 * (Because the first must be a coinbase, no inner node of the tree can be taken for a transaction: CVE-2017-12842.)
 * Scripts, signatures and the witness commitment are not verified: the ledger takes over what a node has accepted, and of a
 * witness it keeps nothing.
 *
 * @throws BlockDamage
 */
export function checkBlock(bytes: Uint8Array): CheckedBlock {
  if (bytes.length > BLOCK_BYTES_MAX) throw new BlockDamage(BLOCK_BYTES_MAX, 'the block is larger than a block can be');
  const header = readHeader(bytes);
  const cursor = new Cursor(bytes, HEADER_BYTES);
  const transactionCount = cursor.compactSize('the number of transactions');
  if (transactionCount === 0) throw new BlockDamage(HEADER_BYTES, 'the block holds no transaction');
  if (transactionCount * TRANSACTION_BYTES_MIN > cursor.left) {
    throw new BlockDamage(HEADER_BYTES, `the block is too short for ${transactionCount} transactions`);
  }
  const txids = new Uint8Array(transactionCount * HASH_BYTES);
  const offsets = new Uint32Array(transactionCount);
  for (let index = 0; index < transactionCount; index += 1) {
    offsets[index] = cursor.at;
    checkTransaction(cursor, index === 0, txids, index * HASH_BYTES);
  }
  if (cursor.left > 0) throw new BlockDamage(cursor.at, `${cursor.left} bytes follow the last transaction`);

  const root = new Uint8Array(HASH_BYTES);
  const { malleated } = merkleRoot(txids, transactionCount, root);
  if (malleated) throw new BlockDamage(HEADER_BYTES, 'transactions are repeated at the end (CVE-2012-2459)');
  if (hashText(root) !== header.merkleRoot) {
    throw new BlockDamage(36, `the Merkle root is ${header.merkleRoot}, that of the transactions is ${hashText(root)}`);
  }
  return { bytes, header, transactionCount, txids, offsets };
}

/** Walks over one transaction and puts its identifier where it belongs. */
function checkTransaction(cursor: Cursor, coinbase: boolean, txids: Uint8Array, txidAt: number): void {
  const start = cursor.at;
  cursor.skip(4, 'the version of a transaction');
  let countsAt = cursor.at;
  let inputCount = cursor.compactSize('the number of inputs');
  let witness = false;
  if (inputCount === 0) {
    // BIP 144: no transaction is without inputs, so a zero here marks the form that carries witnesses.
    if (cursor.u8('the witness flag') !== 1) throw new BlockDamage(countsAt, 'a transaction has no inputs');
    witness = true;
    countsAt = cursor.at;
    inputCount = cursor.compactSize('the number of inputs');
    if (inputCount === 0) throw new BlockDamage(countsAt, 'a transaction has no inputs');
  }
  checkInputs(cursor, inputCount, coinbase);
  checkOutputs(cursor);
  const countsEnd = cursor.at;
  if (witness) checkWitnesses(cursor, inputCount);
  cursor.skip(4, 'the lock time of a transaction');

  // The identifier leaves the witnesses out (BIP 141), so that those who only relay a transaction cannot change it.
  const { bytes } = cursor;
  if (!witness) {
    sha256d(bytes, start, cursor.at, txids, txidAt);
    return;
  }
  const size = 8 + countsEnd - countsAt;
  if (stripped.length < size) stripped = new Uint8Array(size);
  stripped.set(bytes.subarray(start, start + 4));
  stripped.set(bytes.subarray(countsAt, countsEnd), 4);
  stripped.set(bytes.subarray(cursor.at - 4, cursor.at), size - 4);
  sha256d(stripped, 0, size, txids, txidAt);
}

/** A transaction without its witnesses, while it is hashed; never larger than the largest block. */
let stripped = new Uint8Array(64 * 1024);

function checkInputs(cursor: Cursor, count: number, coinbase: boolean): void {
  if (count * INPUT_BYTES_MIN > cursor.left)
    throw new BlockDamage(cursor.at, `the block is too short for ${count} inputs`);
  if (coinbase && count !== 1) throw new BlockDamage(cursor.at, 'the first transaction is no coinbase');
  for (let index = 0; index < count; index += 1) {
    const at = cursor.at;
    cursor.skip(36, 'an input');
    const spendsNothing = u32At(cursor.bytes, at + 32) === NO_INDEX && isZero(cursor.bytes, at, at + 32);
    if (spendsNothing !== coinbase) {
      const detail = coinbase ? 'the first transaction is no coinbase' : 'an input spends nothing';
      throw new BlockDamage(at, detail);
    }
    const scriptBytes = cursor.compactSize('the length of an input script');
    if (coinbase && (scriptBytes < COINBASE_SCRIPT_BYTES_MIN || scriptBytes > COINBASE_SCRIPT_BYTES_MAX)) {
      throw new BlockDamage(at, `the script of the coinbase has ${scriptBytes} bytes`);
    }
    cursor.skip(scriptBytes, 'an input script');
    cursor.skip(4, 'the sequence of an input');
  }
}

function checkOutputs(cursor: Cursor): void {
  const countAt = cursor.at;
  const count = cursor.compactSize('the number of outputs');
  if (count === 0) throw new BlockDamage(countAt, 'a transaction has no outputs');
  if (count * OUTPUT_BYTES_MIN > cursor.left) {
    throw new BlockDamage(countAt, `the block is too short for ${count} outputs`);
  }
  for (let index = 0; index < count; index += 1) {
    const at = cursor.at;
    cursor.skip(8, 'the value of an output');
    // Exact where it matters: a high part that passes makes a sum below 2⁵³.
    if (u32At(cursor.bytes, at + 4) * TWO_32 + u32At(cursor.bytes, at) > UNITS_MAX) {
      throw new BlockDamage(at, 'an output holds more than 21 million bitcoins');
    }
    cursor.skip(cursor.compactSize('the length of an output script'), 'an output script');
  }
}

function checkWitnesses(cursor: Cursor, inputCount: number): void {
  const start = cursor.at;
  let items = 0;
  for (let index = 0; index < inputCount; index += 1) {
    const count = cursor.compactSize('the number of witness items');
    if (count > cursor.left) throw new BlockDamage(cursor.at, `the block is too short for ${count} witness items`);
    for (let item = 0; item < count; item += 1) {
      cursor.skip(cursor.compactSize('the length of a witness item'), 'a witness item');
    }
    items += count;
  }
  // BIP 144: a transaction without witnesses is written without them.
  if (items === 0) throw new BlockDamage(start, 'the witnesses of a transaction are all empty');
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] !== 0) return false;
  return true;
}
