import type { Address, Asset, AssetId, ChainId, Instant, TxId } from '@gongjo/contract';
import { epochMs, type Position } from '../kernel/index.ts';
import type { Columns } from '../platform/index.ts';
import { type BlockStore, blockStore } from './block.store.ts';
import { addressBytes, addressHex, addressOfHex, storedHash, storedHashHex } from './bytes.ts';
import { clusterDdl, serverDdl } from './definition.ts';
import { readHistories } from './history.store.ts';
import { type ListStore, listStore } from './lists/index.ts';
import {
  type AccountRows,
  type Block,
  type BlockEntry,
  familyOf,
  type HistoryRows,
  type LedgerWriter,
  type Movement,
  movementKinds,
} from './model.ts';
import { type MovementRow, movementOf } from './movement-row.ts';
import { type OutgoingRows, readOutgoing } from './outgoing.store.ts';
import { RowBinaryWriter } from './row-binary.ts';
import { blockTables, ledgerSchema, movementStructure } from './schema.ts';
import { keptTags, type TagStore, tagStore } from './tags/index.ts';
import { removeFrom, type UtxoLedger, utxoLedger } from './utxo/utxo.store.ts';

/** The ledger as readers see it. Whatever is read is as of a block: rows above `atMost` do not exist. */
export interface Ledger extends LedgerWriter, TagStore, ListStore {
  /** Grows whenever tags change, so that whoever remembers what tags said knows that it may be old. */
  tagsVersion(): number;
  /** Chains of outputs. */
  readonly utxo: UtxoLedger;
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
  /** What addresses sent strictly after these positions (null: ever), fees left out; the first `movementsMax` each. */
  outgoing(
    chain: ChainId,
    asked: readonly { readonly address: Address; readonly after: Position | null }[],
    movementsMax: number,
    atMost: number,
  ): Promise<Map<Address, OutgoingRows>>;
  /** Which of these addresses any movement names; chains of accounts. */
  moved(chain: ChainId, addresses: readonly Address[], atMost: number): Promise<Set<Address>>;
  /** Movements of the blocks `from`…`to` in order. */
  movementsBetween(chain: ChainId, from: number, to: number): Promise<Movement[]>;
}

export async function openLedger(columns: Columns): Promise<Ledger> {
  const ddl = columns.cluster === null ? serverDdl(ledgerSchema) : clusterDdl(ledgerSchema, columns.cluster);
  for (const statement of ddl) await columns.command(statement);
  const blocks = blockStore(columns);
  const ledger = createLedger(columns, blocks);
  for (const chain of await ledger.chains())
    await removeAbove(columns, blocks, chain, (await ledger.coverage(chain))?.tip.height ?? -1);
  return ledger;
}

/** Takes away rows above a height that is the tip now: of a branch that died, or what a crash left. */
async function removeAbove(columns: Columns, blocks: BlockStore, chain: ChainId, height: number): Promise<void> {
  if (familyOf(chain) === 'utxo') return removeFrom(columns, chain, await blocks.transactionsUpTo(chain, height));
  for (const table of blockTables) {
    const above = 'chain = {chain:String} AND height > {height:Int64}';
    const [row] = await columns.rows(`SELECT 1 AS found FROM ${table} WHERE ${above} LIMIT 1`, { chain, height });
    if (row) await columns.remove(table, above, { chain, height });
  }
}

const movementColumns =
  'height, tx_index, ord, hex(txid) AS txid, toUnixTimestamp(time) AS time, kind, hex(from) AS from, hex(to) AS to, asset, toString(units) AS units, call';

function createLedger(columns: Columns, blocks: BlockStore): Ledger {
  const { forget, ...utxo } = utxoLedger(columns, blocks);

  const append = async (entries: readonly BlockEntry[]): Promise<void> => {
    const [first] = entries;
    if (!first) return;
    await blocks.check(
      first.block.chain,
      entries.map(({ block }) => block),
    );
    const movements = movementBytes(entries);
    if (movements) await columns.insert('movements', movementStructure, movements);
    await blocks.commit(
      entries.map(({ block, movements, internals }) => ({ block, movements: movements.length, internals })),
    );
  };

  const rollbackTo = async (chain: ChainId, height: number): Promise<void> => {
    // The commit points go first: a crash in between leaves rows that no reader sees and the next start removes.
    await blocks.uncommit(chain, height);
    await removeAbove(columns, blocks, chain, height);
    forget(chain);
  };

  return {
    ...keptTags(tagStore(columns)),
    ...listStore(columns),
    chains: async () =>
      (
        await columns.rows<{ chain: ChainId }>(
          `SELECT DISTINCT chain FROM (SELECT DISTINCT chain FROM blocks UNION ALL SELECT DISTINCT chain FROM movements
             UNION ALL SELECT DISTINCT chain FROM utxo_transactions) ORDER BY chain`,
        )
      ).map(({ chain }) => chain),
    utxo,
    coverage: blocks.coverage,
    blockAt: blocks.blockAt,
    movementCount: blocks.movementCount,
    append,
    rollbackTo,
    blockAtTime: blocks.blockAtTime,
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
      const ids = txids.map((txid) => storedHashHex(chain, txid));
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
    outgoing: (chain, asked, movementsMax, atMost) => readOutgoing(columns, chain, asked, movementsMax, atMost),
    moved: async (chain, addresses, atMost) => {
      if (addresses.length === 0) return new Set();
      const [found] = await columns.table<[string[]]>(
        `SELECT hex(address) FROM accounts WHERE chain = {chain:String}
           AND address IN (SELECT unhex(arrayJoin({addresses:Array(String)}))) AND height <= {atMost:Int64} LIMIT 1 BY address`,
        { chain, atMost, addresses: addresses.map((address) => addressHex(chain, address)) },
      );
      return new Set(found.map((hex) => addressOfHex(chain, hex)));
    },
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
    addresses: asked.map(({ address }) => addressHex(chain, address)),
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
  for (const row of openings) result.get(addressOfHex(chain, row.address))?.opening.set(row.asset, BigInt(row.units));
  for (const row of rows) {
    const account = result.get(addressOfHex(chain, row.address));
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
        .string(storedHash(chain, movement.txid))
        .uint32(epochMs(movement.time) / 1000)
        .uint8(movementKinds.indexOf(movement.kind))
        .string(movement.from === null ? '' : addressBytes(chain, movement.from))
        .string(movement.to === null ? '' : addressBytes(chain, movement.to))
        .string(movement.asset)
        .uint256(movement.units)
        .uint8(movement.call ? 1 : 0);
      count += 1;
    }
  }
  return count === 0 ? null : writer.done();
}
