import { createHash } from 'node:crypto';

/** Writes what the parser reads, independently of it: transactions and blocks of Bitcoin, mined for regtest. */
export interface DrawnInput {
  /** As nodes write it; null for what spends nothing. */
  readonly txid: string | null;
  readonly index: number;
  readonly script: Uint8Array;
  readonly sequence: number;
  readonly witness: readonly Uint8Array[];
}

export interface DrawnOutput {
  readonly units: bigint;
  readonly script: Uint8Array;
}

export interface DrawnTransaction {
  readonly version: number;
  readonly inputs: readonly DrawnInput[];
  readonly outputs: readonly DrawnOutput[];
  readonly lockTime: number;
}

export interface DrawnHeader {
  readonly version: number;
  readonly parent: string;
  readonly timeS: number;
  readonly bits: number;
  readonly nonce: number;
}

export const REGTEST_BITS = 0x207fffff;
export const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));

const concat = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
export const doubleHash = (bytes: Uint8Array) => new Uint8Array(sha(sha(bytes)));
export const reversedHex = (bytes: Uint8Array) => Buffer.from(bytes).reverse().toString('hex');
const hashOf = (text: string) => new Uint8Array(Buffer.from(text, 'hex').reverse());

export function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

export function compactSize(value: number): Uint8Array {
  if (value < 0xfd) return Uint8Array.of(value);
  if (value <= 0xffff) return Uint8Array.of(0xfd, value & 0xff, value >>> 8);
  return concat(Uint8Array.of(0xfe), u32(value));
}

export const counted = (bytes: Uint8Array) => concat(compactSize(bytes.length), bytes);

function units(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

/** Without witnesses: what the identifier is the hash of. */
export function strippedBytes(drawn: DrawnTransaction): Uint8Array {
  return concat(u32(drawn.version), listsOf(drawn), u32(drawn.lockTime));
}

export function transactionBytes(drawn: DrawnTransaction): Uint8Array {
  if (drawn.inputs.every(({ witness }) => witness.length === 0)) return strippedBytes(drawn);
  const witnesses = drawn.inputs.flatMap(({ witness }) => [compactSize(witness.length), ...witness.map(counted)]);
  return concat(u32(drawn.version), Uint8Array.of(0, 1), listsOf(drawn), ...witnesses, u32(drawn.lockTime));
}

function listsOf({ inputs, outputs }: DrawnTransaction): Uint8Array {
  return concat(
    compactSize(inputs.length),
    ...inputs.flatMap(({ txid, index, script, sequence }) => [
      txid === null ? new Uint8Array(32) : hashOf(txid),
      u32(index),
      counted(script),
      u32(sequence),
    ]),
    compactSize(outputs.length),
    ...outputs.flatMap((output) => [units(output.units), counted(output.script)]),
  );
}

export const txidOf = (drawn: DrawnTransaction) => reversedHex(doubleHash(strippedBytes(drawn)));

export function rootOf(txids: readonly Uint8Array[]): Uint8Array {
  let level = [...txids];
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < level.length; at += 2) {
      above.push(doubleHash(concat(level[at] as Uint8Array, (level[at + 1] ?? level[at]) as Uint8Array)));
    }
    level = above;
  }
  return level[0] ?? new Uint8Array(32);
}

export function headerBytes({ version, parent, timeS, bits, nonce }: DrawnHeader, root: Uint8Array): Uint8Array {
  return concat(u32(version), hashOf(parent), root, u32(timeS), u32(bits), u32(nonce));
}

export function blockBytes(header: DrawnHeader, transactions: readonly DrawnTransaction[]): Uint8Array {
  const root = rootOf(transactions.map((drawn) => doubleHash(strippedBytes(drawn))));
  return concat(headerBytes(header, root), compactSize(transactions.length), ...transactions.map(transactionBytes));
}

export const blockHash = (bytes: Uint8Array) => reversedHex(doubleHash(bytes.subarray(0, 80)));

/** The same block with the first nonce that meets regtest's target. */
export function mined(bytes: Uint8Array): Uint8Array {
  const block = Uint8Array.from(bytes);
  for (let nonce = 0; ; nonce += 1) {
    block.set(u32(nonce), 76);
    if ((doubleHash(block.subarray(0, 80))[31] as number) < 0x7f) return block;
  }
}

/** The script of a coinbase as BIP 34 demands it, with something to tell branches apart. */
export function coinbaseScript(height: number, salt = 0): Uint8Array {
  const digits: number[] = [];
  for (let left = height; left > 0; left = Math.floor(left / 256)) digits.push(left % 256);
  if ((digits.at(-1) ?? 0) >= 0x80) digits.push(0);
  const push = height === 0 ? [0] : height <= 16 ? [0x50 + height] : [digits.length, ...digits];
  return concat(Uint8Array.from(push), counted(u32(salt)));
}

export function coinbase(height: number, salt = 0): DrawnTransaction {
  return {
    version: 1,
    inputs: [
      { txid: null, index: 0xffffffff, script: coinbaseScript(height, salt), sequence: 0xffffffff, witness: [] },
    ],
    outputs: [{ units: 50_0000_0000n, script: bytesOf(`76a914${'11'.repeat(20)}88ac`) }],
    lockTime: 0,
  };
}

const GENESIS_KEY =
  '04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f';
const HEADLINE = 'The Times 03/Jan/2009 Chancellor on brink of second bailout for banks';

/** The one transaction that all networks begin with. */
export const genesisTransaction: DrawnTransaction = {
  version: 1,
  inputs: [
    {
      txid: null,
      index: 0xffffffff,
      script: concat(bytesOf('04ffff001d010445'), new TextEncoder().encode(HEADLINE)),
      sequence: 0xffffffff,
      witness: [],
    },
  ],
  outputs: [{ units: 50_0000_0000n, script: bytesOf(`41${GENESIS_KEY}ac`) }],
  lockTime: 0,
};

const nothing = '0'.repeat(64);

export const mainGenesis = blockBytes(
  { version: 1, parent: nothing, timeS: 1231006505, bits: 0x1d00ffff, nonce: 2083236893 },
  [genesisTransaction],
);
export const testGenesis = blockBytes(
  { version: 1, parent: nothing, timeS: 1296688602, bits: 0x1d00ffff, nonce: 414098458 },
  [genesisTransaction],
);
export const signetGenesis = blockBytes(
  { version: 1, parent: nothing, timeS: 1598918400, bits: 0x1e0377ae, nonce: 52613770 },
  [genesisTransaction],
);
export const regtestGenesis = blockBytes(
  { version: 1, parent: nothing, timeS: 1296688602, bits: REGTEST_BITS, nonce: 2 },
  [genesisTransaction],
);

/** A block on another, with these transactions after its coinbase. */
export function blockOn(
  parent: Uint8Array,
  height: number,
  { salt = 0, transactions = [] as readonly DrawnTransaction[], bits = REGTEST_BITS } = {},
): Uint8Array {
  const timeS = 1296688602 + 600 * height;
  const header = { version: 0x20000000, parent: blockHash(parent), timeS, bits, nonce: 0 };
  return mined(blockBytes(header, [coinbase(height, salt), ...transactions]));
}

/** `count` blocks on another one. */
export function branchOn(parent: Uint8Array, firstHeight: number, count: number, salt = 0): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let height = firstHeight; height < firstHeight + count; height += 1) {
    blocks.push(blockOn(blocks.at(-1) ?? parent, height, { salt }));
  }
  return blocks;
}
