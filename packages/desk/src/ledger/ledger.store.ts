import type { Address, Asset, AssetId, BlockHash, ChainId, Instant, TxId } from '@gongjo/contract';
import { epochMs, instant, invariant, type Position } from '../kernel/index.ts';
import type { Columns } from '../platform/index.ts';
import { storedBytes, storedHex, textOfStored } from './bytes.ts';
import { readHistories } from './history.store.ts';
import {
  type AccountRows,
  type Block,
  type BlockEntry,
  type Coverage,
  type HistoryRows,
  type LedgerWriter,
  type Movement,
  movementKinds,
} from './model.ts';
import { type MovementRow, movementOf } from './movement-row.ts';
import { RowBinaryWriter } from './row-binary.ts';
import { blockStructure, blockTables, ledgerSchema, movementStructure } from './schema.ts';
import { type TagStore, tagStore } from './tag.store.ts';

/** The ledger as readers see it. Whatever is read is as of a block: rows above `atMost` do not exist. */
export interface Ledger extends LedgerWriter, TagStore {
  chains(): Promise<ChainId[]>;
  /** Committed movements. */
  movementCount(chain: ChainId): Promise<number>;
  /** The last block of this time or before; null where the ledger holds none. */
  blockAtTime(chain: ChainId, time: Instant): Promise<Block | null>;
  transactions(chain: ChainId, txids: readonly TxId[], atMost: number): Promise<Map<TxId, Movement[]>>;
  /** Movements strictly after each address's position and its opening balances at that position; at most `movementsMax` each. */
  accounts(
    chain: ChainId,
    asked: readonly { readonly address: Address; readonly after: Position }[],
    movementsMax: number,
    atMost: number,
  ): Promise<Map<Address, AccountRows>>;
  /** Movements up to and with each address's position; the newest `movementsMax` each. */
  histories(
    chain: ChainId,
    asked: readonly { readonly address: Address; readonly upTo: Position }[],
    movementsMax: number,
    atMost: number,
  ): Promise<Map<Address, HistoryRows>>;
  /** Movements of the blocks `from`…`to` in order. */
  movementsBetween(chain: ChainId, from: number, to: number): Promise<Movement[]>;
}

export async function openLedger(columns: Columns): Promise<Ledger> {
  for (const statement of ledgerSchema) await columns.command(statement);
  const ledger = createLedger(columns);
  for (const chain of await ledger.chains())
    await clearRemains(columns, chain, (await ledger.coverage(chain))?.tip.height ?? null);
  return ledger;
}

/** Takes away what a crash left above the last committed block. */
async function clearRemains(columns: Columns, chain: ChainId, tip: number | null): Promise<void> {
  const above = tip ?? -1;
  const [row] = await columns.rows<{ n: string }>(
    'SELECT count() AS n FROM (SELECT 1 FROM movements WHERE chain = {chain:String} AND height > {above:Int64} LIMIT 1)',
    { chain, above },
  );
  if (Number(row?.n) === 0) return;
  for (const table of blockTables) {
    await columns.command(`DELETE FROM ${table} WHERE chain = {chain:String} AND height > {above:Int64}`, {
      chain,
      above,
    });
  }
}

const movementColumns =
  'height, tx_index, ord, hex(txid) AS txid, toUnixTimestamp(time) AS time, kind, hex(from) AS from, hex(to) AS to, asset, toString(units) AS units, call';
const blockColumns = 'height, hex(hash) AS hash, hex(parent) AS parent, toUnixTimestamp(time) AS time, transactions';
interface BlockRow {
  height: number;
  hash: string;
  parent: string;
  time: number;
  transactions: number;
}

function createLedger(columns: Columns): Ledger {
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
    const found = first && last ? { chain, from: first.height, tip: blockOf(chain, last) } : null;
    known.set(chain, found);
    return found;
  };

  const append = async (entries: readonly BlockEntry[]): Promise<void> => {
    const [first] = entries;
    if (!first) return;
    const { chain } = first.block;
    const before = await coverage(chain);
    let parent = before?.tip ?? null;
    for (const { block } of entries) {
      if (parent)
        invariant(
          block.parent === parent.hash && block.height === parent.height + 1,
          `block ${block.height} continues the chain`,
        );
      parent = block;
    }
    invariant(parent, 'there is a block');
    const movements = movementBytes(entries);
    if (movements) await columns.insert('movements', movementStructure, movements);
    await columns.insert('blocks', blockStructure, blockBytes(entries));
    known.set(chain, { chain, from: before?.from ?? first.block.height, tip: parent });
  };

  const rollbackTo = async (chain: ChainId, height: number): Promise<void> => {
    // The commit points go first: a crash in between leaves rows that no reader sees and the next start removes.
    for (const table of ['blocks', ...blockTables]) {
      await columns.command(`DELETE FROM ${table} WHERE chain = {chain:String} AND height > {height:Int64}`, {
        chain,
        height,
      });
      known.delete(chain);
    }
  };

  return {
    ...tagStore(columns),
    chains: async () =>
      (
        await columns.rows<{ chain: ChainId }>(
          'SELECT DISTINCT chain FROM blocks UNION DISTINCT SELECT DISTINCT chain FROM movements ORDER BY chain',
        )
      ).map(({ chain }) => chain),
    coverage,
    append,
    rollbackTo,
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
    movementCount: async (chain) => {
      const [row] = await columns.rows<{ n: string }>(
        'SELECT toString(sum(movements)) AS n FROM blocks WHERE chain = {chain:String}',
        { chain },
      );
      return Number(row?.n ?? 0);
    },
    assets: async (ids) => {
      if (ids.length === 0) return new Map();
      const rows = await columns.rows<Asset>(
        'SELECT asset AS id, symbol, decimals FROM assets FINAL WHERE asset IN {ids:Array(String)}',
        { ids },
      );
      return new Map(rows.map((asset) => [asset.id, asset]));
    },
    putAssets: async (assets) => {
      if (assets.length === 0) return;
      const writer = new RowBinaryWriter();
      for (const asset of assets) writer.string(asset.id).string(asset.symbol).uint8(asset.decimals);
      await columns.insert('assets', 'asset String, symbol String, decimals UInt8', writer.done());
    },
    transactions: async (chain, txids, atMost) => {
      const found = new Map<TxId, Movement[]>();
      if (txids.length === 0) return found;
      const ids = txids.map((txid) => storedHex(chain, txid));
      const places = await columns.rows<{ height: number; tx_index: number }>(
        `SELECT height, tx_index FROM transactions WHERE chain = {chain:String}
           AND txid IN (SELECT unhex(arrayJoin({ids:Array(String)}))) AND height <= {atMost:Int64}`,
        { chain, ids, atMost },
      );
      if (places.length === 0) return found;
      const rows = await columns.rows<MovementRow>(
        `SELECT ${movementColumns} FROM movements WHERE chain = {chain:String}
           AND (movements.height, movements.tx_index) IN (SELECT arrayJoin(arrayZip({heights:Array(UInt32)}, {indexes:Array(UInt32)})))
           AND movements.height IN {heights:Array(UInt32)}
         ORDER BY movements.height, movements.tx_index, movements.ord`,
        { chain, heights: places.map((place) => place.height), indexes: places.map((place) => place.tx_index) },
      );
      for (const row of rows) {
        const movement = movementOf(chain, row);
        const list = found.get(movement.txid);
        if (list) list.push(movement);
        else found.set(movement.txid, [movement]);
      }
      return found;
    },
    accounts: (chain, asked, movementsMax, atMost) => readAccounts(columns, chain, asked, movementsMax, atMost),
    histories: (chain, asked, movementsMax, atMost) => readHistories(columns, chain, asked, movementsMax, atMost),
    movementsBetween: async (chain, from, to) =>
      (
        await columns.rows<MovementRow>(
          `SELECT ${movementColumns} FROM movements WHERE chain = {chain:String} AND movements.height BETWEEN {from:UInt32} AND {to:UInt32}
           ORDER BY movements.height, movements.tx_index, movements.ord`,
          { chain, from, to },
        )
      ).map((row) => movementOf(chain, row)),
  };
}

async function readAccounts(
  columns: Columns,
  chain: ChainId,
  asked: readonly { readonly address: Address; readonly after: Position }[],
  movementsMax: number,
  atMost: number,
): Promise<Map<Address, AccountRows>> {
  const result = new Map<
    Address,
    { address: Address; opening: Map<AssetId, bigint>; movements: Movement[]; truncated: boolean }
  >();
  for (const { address } of asked)
    result.set(address, { address, opening: new Map(), movements: [], truncated: false });
  if (asked.length === 0) return result;
  const params = {
    chain,
    atMost,
    addresses: asked.map(({ address }) => storedHex(chain, address)),
    heights: asked.map(({ after }) => after.height),
    indexes: asked.map(({ after }) => after.txIndex),
    ords: asked.map(({ after }) => after.ord),
    most: movementsMax + 1,
  };
  const asking = `(SELECT unhex(q.1) AS address, (q.2, q.3, q.4) AS after
     FROM (SELECT arrayJoin(arrayZip({addresses:Array(String)}, {heights:Array(Int64)}, {indexes:Array(Int64)}, {ords:Array(Int64)})) AS q)) AS asking`;
  const within = `accounts.chain = {chain:String} AND accounts.address IN (SELECT unhex(arrayJoin({addresses:Array(String)}))) AND accounts.height <= {atMost:Int64}`;
  const [openings, rows] = await Promise.all([
    columns.rows<{ address: string; asset: AssetId; units: string }>(
      `SELECT hex(accounts.address) AS address, accounts.asset AS asset,
         toString(sum(if(accounts.side = 1, toInt256(accounts.units), -toInt256(accounts.units)))) AS units
       FROM accounts INNER JOIN ${asking} ON accounts.address = asking.address
       WHERE ${within} AND (toInt64(accounts.height), toInt64(accounts.tx_index), toInt64(accounts.ord)) <= asking.after
       GROUP BY accounts.address, accounts.asset`,
      params,
    ),
    columns.rows<Omit<MovementRow, 'from' | 'to'> & { address: string; other: string; side: number }>(
      `SELECT hex(accounts.address) AS address, accounts.side AS side, hex(accounts.other) AS other, accounts.height AS height,
         accounts.tx_index AS tx_index, accounts.ord AS ord, hex(accounts.txid) AS txid, toUnixTimestamp(accounts.time) AS time,
         accounts.kind AS kind, accounts.asset AS asset, toString(accounts.units) AS units, accounts.call AS call
       FROM accounts INNER JOIN ${asking} ON accounts.address = asking.address
       WHERE ${within} AND (toInt64(accounts.height), toInt64(accounts.tx_index), toInt64(accounts.ord)) > asking.after
         -- A transfer to oneself stands under the address twice, once a side; it is one movement.
         AND NOT (accounts.side = 1 AND accounts.other = accounts.address)
       ORDER BY accounts.address, accounts.height, accounts.tx_index, accounts.ord
       LIMIT {most:UInt32} BY accounts.address`,
      params,
    ),
  ]);
  for (const row of openings)
    result.get(textOfStored(chain, row.address) as Address)?.opening.set(row.asset, BigInt(row.units));
  for (const row of rows) {
    const account = result.get(textOfStored(chain, row.address) as Address);
    if (!account) continue;
    if (account.movements.length === movementsMax) {
      account.truncated = true;
      continue;
    }
    account.movements.push(
      movementOf(chain, {
        ...row,
        from: row.side === 0 ? row.address : row.other,
        to: row.side === 0 ? row.other : row.address,
      }),
    );
  }
  return result;
}

function blockOf(chain: ChainId, row: BlockRow): Block {
  return {
    chain,
    height: row.height,
    hash: textOfStored(chain, row.hash) as BlockHash,
    parent: textOfStored(chain, row.parent) as BlockHash,
    time: instant(row.time * 1000),
    transactionCount: row.transactions,
  };
}

function movementBytes(entries: readonly BlockEntry[]): Uint8Array | null {
  const writer = new RowBinaryWriter(1 << 20);
  let count = 0;
  for (const { movements } of entries) {
    for (const movement of movements) {
      const { chain } = movement;
      writer
        .string(chain)
        .uint32(movement.height)
        .uint32(movement.txIndex)
        .uint32(movement.ord)
        .string(storedBytes(chain, movement.txid))
        .uint32(epochMs(movement.time) / 1000)
        .uint8(movementKinds.indexOf(movement.kind))
        .string(movement.from === null ? '' : storedBytes(chain, movement.from))
        .string(movement.to === null ? '' : storedBytes(chain, movement.to))
        .string(movement.asset)
        .uint256(movement.units)
        .uint8(movement.call ? 1 : 0);
      count += 1;
    }
  }
  return count === 0 ? null : writer.done();
}

function blockBytes(entries: readonly BlockEntry[]): Uint8Array {
  const writer = new RowBinaryWriter();
  for (const { block, movements } of entries) {
    writer
      .string(block.chain)
      .uint32(block.height)
      .string(storedBytes(block.chain, block.hash))
      .string(storedBytes(block.chain, block.parent))
      .uint32(epochMs(block.time) / 1000)
      .uint32(block.transactionCount)
      .uint32(movements.length);
  }
  return writer.done();
}
