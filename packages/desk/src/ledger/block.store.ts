import type { BlockHash, ChainId, Instant } from '@gongjo/contract';
import { epochMs, instant, invariant } from '../kernel/index.ts';
import type { Columns } from '../platform/index.ts';
import { hashOfHex, storedHash } from './bytes.ts';
import { internalSpansMax, withEntries } from './internals.ts';
import type { Block, Coverage, HeightSpan } from './model.ts';
import { RowBinaryWriter } from './row-binary.ts';
import { blockStructure } from './schema.ts';

/** A block with how many movements it brought (none on chains of outputs). */
export interface CountedBlock {
  readonly block: Block;
  readonly movements: number;
  /** Whether the movements within transactions are among them. */
  readonly internals?: boolean | undefined;
  /** The header as the chain hashes it, where it says its transactions' Merkle root: 80 bytes on Bitcoin. */
  readonly header?: Uint8Array | undefined;
}

/** The rows of `blocks`: the commit points of all chains. */
export interface BlockStore {
  coverage(chain: ChainId): Promise<Coverage | null>;
  blockAt(chain: ChainId, height: number): Promise<Block | null>;
  /** The last block of a time; null where the ledger begins later. */
  blockAtTime(chain: ChainId, time: Instant): Promise<Block | null>;
  /** Throws where the blocks do not continue the tip, each linked to the one before. */
  check(chain: ChainId, blocks: readonly Block[]): Promise<void>;
  /** Makes checked blocks part of the ledger: from here on they survive `kill -9`. */
  commit(blocks: readonly CountedBlock[]): Promise<void>;
  /** Takes away the commit points above `height`. */
  uncommit(chain: ChainId, height: number): Promise<void>;
  /** Σ of the transactions of all blocks up to and including `height`. */
  transactionsUpTo(chain: ChainId, height: number): Promise<number>;
  movementCount(chain: ChainId): Promise<number>;
  /** Headers in hexadecimal, by height; of those heights that the ledger holds one of. */
  headers(chain: ChainId, heights: readonly number[]): Promise<Map<number, string>>;
}

interface BlockRow {
  height: number;
  hash: string;
  parent: string;
  time: number;
  transactions: number;
}
const blockColumns = 'height, hex(hash) AS hash, hex(parent) AS parent, toUnixTimestamp(time) AS time, transactions';

export function blockStore(columns: Columns): BlockStore {
  /** The committed part of each chain, kept here because this process alone writes it. */
  const known = new Map<ChainId, Coverage | null>();

  const coverage = async (chain: ChainId): Promise<Coverage | null> => {
    const held = known.get(chain);
    if (held !== undefined) return held;
    const [first] = await columns.rows<BlockRow>(
      `SELECT ${blockColumns} FROM blocks WHERE chain = {chain:String} ORDER BY blocks.height LIMIT 1`,
      { chain },
    );
    const [last] = await columns.rows<BlockRow>(
      `SELECT ${blockColumns} FROM blocks WHERE chain = {chain:String} ORDER BY blocks.height DESC LIMIT 1`,
      { chain },
    );
    const found =
      first && last
        ? { chain, from: first.height, tip: blockOf(chain, last), internals: await readInternals(columns, chain) }
        : null;
    known.set(chain, found);
    return found;
  };

  return {
    coverage,
    blockAt: async (chain, height) => {
      const [row] = await columns.rows<BlockRow>(
        `SELECT ${blockColumns} FROM blocks WHERE chain = {chain:String} AND blocks.height = {height:UInt32}`,
        { chain, height },
      );
      return row ? blockOf(chain, row) : null;
    },
    blockAtTime: async (chain, time) => {
      // Clocks of block producers differ, so the last block of a time is not the one with the latest time.
      const [row] = await columns.rows<BlockRow>(
        `SELECT ${blockColumns} FROM blocks WHERE chain = {chain:String} AND toUnixTimestamp(blocks.time) <= {seconds:Int64}
         ORDER BY blocks.height DESC LIMIT 1`,
        { chain, seconds: Math.floor(epochMs(time) / 1000) },
      );
      return row ? blockOf(chain, row) : null;
    },
    check: async (chain, blocks) => {
      let parent = (await coverage(chain))?.tip ?? null;
      for (const block of blocks) {
        invariant(block.chain === chain, 'one chain is written at a time');
        if (parent)
          invariant(
            block.parent === parent.hash && block.height === parent.height + 1,
            `block ${block.height} continues the chain`,
          );
        parent = block;
      }
    },
    commit: async (blocks) => {
      const first = blocks[0]?.block;
      const last = blocks.at(-1)?.block;
      if (!first || !last) return;
      const before = await coverage(first.chain);
      await columns.insert('blocks', blockStructure, blockBytes(blocks));
      const internals = withEntries(before?.internals ?? [], blocks);
      known.set(first.chain, { chain: first.chain, from: before?.from ?? first.height, tip: last, internals });
    },
    uncommit: async (chain, height) => {
      known.delete(chain);
      await columns.remove('blocks', 'chain = {chain:String} AND height > {height:Int64}', {
        chain,
        height,
      });
      known.delete(chain);
    },
    transactionsUpTo: async (chain, height) => {
      const [row] = await columns.rows<{ n: string }>(
        'SELECT toString(sum(transactions)) AS n FROM blocks WHERE chain = {chain:String} AND height <= {height:Int64}',
        { chain, height },
      );
      return Number(row?.n ?? 0);
    },
    movementCount: async (chain) => {
      const [row] = await columns.rows<{ n: string }>(
        'SELECT toString(sum(movements)) AS n FROM blocks WHERE chain = {chain:String}',
        { chain },
      );
      return Number(row?.n ?? 0);
    },
    headers: async (chain, heights) => {
      if (heights.length === 0) return new Map();
      const rows = await columns.rows<{ height: number; header: string }>(
        `SELECT height, lower(hex(header)) AS header FROM blocks
         WHERE chain = {chain:String} AND blocks.height IN {heights:Array(UInt32)} AND blocks.header != ''`,
        { chain, heights },
      );
      return new Map(rows.map(({ height, header }) => [height, header]));
    },
  };
}

/** Where internal transfers are known: the blocks at which that changes, paired up. */
async function readInternals(columns: Columns, chain: ChainId): Promise<HeightSpan[]> {
  const rows = await columns.rows<{ from: number; to: number }>(
    `SELECT min(h) AS from, max(h) AS to FROM (
       SELECT height AS h, toInt64(height) - row_number() OVER (ORDER BY height) AS island
       FROM blocks WHERE chain = {chain:String} AND internals = 1
     ) GROUP BY island ORDER BY from DESC LIMIT {most:UInt32}`,
    { chain, most: internalSpansMax },
  );
  return rows.map(({ from, to }) => ({ from, to })).reverse();
}

function blockOf(chain: ChainId, row: BlockRow): Block {
  return {
    chain,
    height: row.height,
    hash: hashOfHex(chain, row.hash) as BlockHash,
    parent: hashOfHex(chain, row.parent) as BlockHash,
    time: instant(row.time * 1000),
    transactionCount: row.transactions,
  };
}

const nothing = new Uint8Array();

function blockBytes(blocks: readonly CountedBlock[]): Uint8Array {
  const writer = new RowBinaryWriter();
  for (const { block, movements, internals, header } of blocks) {
    writer
      .string(block.chain)
      .uint32(block.height)
      .string(storedHash(block.chain, block.hash))
      .string(storedHash(block.chain, block.parent))
      .uint32(epochMs(block.time) / 1000)
      .uint32(block.transactionCount)
      .uint32(movements)
      .uint8(internals === true ? 1 : 0)
      .string(header ?? nothing);
  }
  return writer.done();
}
