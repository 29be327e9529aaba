import { type Address, type ChainId, outputTypes, type TxId } from '@gongjo/contract';
import { invariant } from '../../kernel/index.ts';
import type { Columns } from '../../platform/index.ts';
import type { BlockStore } from '../block.store.ts';
import { hashOfHex, storedHash } from '../bytes.ts';
import { AddressTexts } from './address-texts.ts';
import { UtxoBatch } from './batch.ts';
import type { AddressOutputs, TxNumber, UtxoOutput, UtxoTransaction } from './model.ts';
import { RecentTxids } from './recent-txids.ts';
import { inputStructure, outputStructure, transactionStructure, utxoTables } from './schema.ts';
import { TransactionReader } from './transaction.store.ts';
import { UsageReader } from './usage.store.ts';

/** Chains of outputs. Reads are as of a block: transactions with a number at or above `below` do not exist (`below`). */
export interface UtxoLedger {
  /**
   * Blocks that continue the ledger's tip are written into this, then handed to `append`. With `after`, blocks that continue a
   * batch which is still on its way, so that one can be filled while the one before is written.
   */
  batch(chain: ChainId, after?: UtxoBatch): Promise<UtxoBatch>;
  /** When it returns, the batch's blocks survive `kill -9`; after a crash before, none of them is there. */
  append(batch: UtxoBatch): Promise<void>;
  /** How many transactions the ledger holds up to and including a block: the number that comes after the last of them. */
  numberAfter(chain: ChainId, height: number): Promise<TxNumber>;
  /** Of two transactions with one identifier (BIP 30), the later. */
  numbers(chain: ChainId, txids: readonly TxId[], below: TxNumber): Promise<Map<TxId, TxNumber>>;
  /** The identifiers of transactions. */
  identifiers(chain: ChainId, numbers: readonly TxNumber[]): Promise<Map<TxNumber, TxId>>;
  transactions(chain: ChainId, numbers: readonly TxNumber[], below: TxNumber): Promise<Map<TxNumber, UtxoTransaction>>;
  /** All transactions of the blocks `from`…`to`, in order. They are held in memory: the caller bounds their number. */
  transactionsBetween(chain: ChainId, from: number, to: number): Promise<UtxoTransaction[]>;
  /** The identifiers of all transactions of a block, in order: the leaves of its Merkle tree. */
  txidsAt(chain: ChainId, height: number): Promise<TxId[]>;
  /** Headers of blocks in hexadecimal, by height, where the ledger holds them. */
  headers(chain: ChainId, heights: readonly number[]): Promise<Map<number, string>>;
  /** What each transaction of a block paid, by its index: 0 for the coinbase, and where an input is not known. */
  fees(chain: ChainId, height: number): Promise<bigint[]>;
  /** The outputs that paid an address, at most `outputsMax` each, in chain order. */
  received(
    chain: ChainId,
    addresses: readonly Address[],
    outputsMax: number,
    below: TxNumber,
  ): Promise<Map<Address, AddressOutputs>>;
  /** How many outputs each address received, counted up to `countMax` + 1. A hash may count another's with it: an upper bound. */
  usage(
    chain: ChainId,
    addresses: readonly Address[],
    countMax: number,
    below: TxNumber,
  ): Promise<Map<Address, number>>;
}

/** Twice this many transactions of 40 bytes are remembered: some 600 MB when all of a large import has passed by. */
const recentTxidsMax = 7_000_000;

/** Identifiers asked for in one query; each is a string of 64 in its text. */
const txidsPerQuery = 10_000;

export function utxoLedger(columns: Columns, blocks: BlockStore): UtxoLedger & { forget(chain: ChainId): void } {
  const recent = new Map<ChainId, RecentTxids>();
  /** The batch handed out last. */
  const latest = new Map<ChainId, UtxoBatch>();
  const texts = new AddressTexts();
  const reader = new TransactionReader(columns, texts);
  const usage = new UsageReader(columns);
  /** Chains with rows above the tip, of a batch that could not be written whole. */
  const unclean = new Set<ChainId>();

  const numbersOf = async (chain: ChainId, ids: readonly string[], below: TxNumber) => {
    const found = new Map<string, TxNumber>();
    for (let from = 0; from < ids.length; from += txidsPerQuery) {
      const [txids, numbers] = await columns.table<[string[], number[]]>(
        `SELECT lower(hex(txid)) AS id, tx FROM utxo_transactions WHERE chain = {chain:String} AND tx IN (
           SELECT tx FROM utxo_txids WHERE chain = {chain:String} AND tx < {below:UInt64}
             AND hash IN (SELECT sipHash64(toFixedString(unhex(arrayJoin({ids:Array(String)})), 32))))
         AND txid IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 32)) ORDER BY tx`,
        { chain, below, ids: ids.slice(from, from + txidsPerQuery) },
      );
      for (const [at, txid] of txids.entries()) found.set(txid, numbers[at] as TxNumber);
    }
    return found;
  };

  const transactionsBetween = async (chain: ChainId, from: number, to: number) => {
    const first = await blocks.transactionsUpTo(chain, from - 1);
    const end = await blocks.transactionsUpTo(chain, to);
    const numbers = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
    const found = await reader.read(chain, numbers, end);
    return [...found.values()].sort((a, b) => a.number - b.number);
  };

  return {
    forget: (chain) => {
      recent.delete(chain);
      reader.forget(chain);
      usage.forget();
    },
    batch: async (chain, after) => {
      const tip = (await blocks.coverage(chain))?.tip.height ?? -1;
      const next = after ? after.next : await blocks.transactionsUpTo(chain, tip);
      // What a batch taught that was never appended must not be believed.
      if (latest.get(chain)?.next !== next) recent.delete(chain);
      const known = recent.get(chain) ?? new RecentTxids(recentTxidsMax);
      recent.set(chain, known);
      const batch = new UtxoBatch(chain, next, known);
      latest.set(chain, batch);
      return batch;
    },
    append: async (batch) => {
      const { chain } = batch;
      const first = batch.next - batch.transactionCount;
      try {
        const before = await blocks.coverage(chain);
        await blocks.check(chain, batch.blocks);
        if (unclean.has(chain)) await removeFrom(columns, chain, first);
        unclean.add(chain);
        const unknown = before ? batch.unknownTxids() : [];
        if (unknown.length > 0) batch.resolve(await numbersOf(chain, unknown, first));
        const same = { chain };
        await Promise.all([
          columns.insert('utxo_transactions', transactionStructure, batch.transactionRows(), same),
          columns.insert('utxo_outputs', outputStructure, batch.outputRows(), same),
          ...(batch.inputCount > 0 ? [columns.insert('utxo_inputs', inputStructure, batch.inputRows(), same)] : []),
        ]);
        await blocks.commit(batch.blocks.map((block, at) => ({ block, movements: 0, header: batch.headers[at] })));
        unclean.delete(chain);
        reader.spent(chain, batch.spentFrom());
      } catch (thrown) {
        // What was written stands above the tip and is taken away before the next try; what it taught must not be believed.
        recent.delete(chain);
        throw thrown;
      }
    },
    numberAfter: (chain, height) => blocks.transactionsUpTo(chain, height),
    numbers: async (chain, txids, below) => {
      const hexes = txids.map((txid) => storedHash(chain, txid).toString('hex'));
      const found = await numbersOf(chain, hexes, below);
      return new Map([...found].map(([hex, number]) => [hashOfHex(chain, hex) as TxId, number]));
    },
    identifiers: async (chain, numbers) => {
      if (numbers.length === 0) return new Map();
      const [txs, txids] = await columns.table<[number[], string[]]>(
        `SELECT tx, hex(txid) FROM utxo_transactions WHERE chain = {chain:String} AND tx IN {numbers:Array(UInt64)}`,
        { chain, numbers },
      );
      return new Map(txs.map((tx, at) => [tx, hashOfHex(chain, txids[at] as string) as TxId]));
    },
    transactions: (chain, numbers, below) => reader.read(chain, numbers, below),
    transactionsBetween,
    txidsAt: async (chain, height) => {
      const first = await blocks.transactionsUpTo(chain, height - 1);
      const end = await blocks.transactionsUpTo(chain, height);
      const [, txids] = await columns.table<[number[], string[]]>(
        `SELECT tx, hex(txid) FROM utxo_transactions
         WHERE chain = {chain:String} AND tx >= {first:UInt64} AND tx < {end:UInt64} ORDER BY tx`,
        { chain, first, end },
      );
      return txids.map((hex) => hashOfHex(chain, hex) as TxId);
    },
    headers: (chain, heights) => blocks.headers(chain, heights),
    fees: async (chain, height) => (await transactionsBetween(chain, height, height)).map(feeOf),
    received: async (chain, addresses, outputsMax, below) => {
      const found = new Map(
        addresses.map((address) => [address, { address, outputs: [] as ReceivedOutput[], truncated: false }]),
      );
      const hexes = hexesOf(texts, chain, addresses);
      if (hexes.length === 0) return found;
      const [places] = await columns.table<[number[]]>(
        `SELECT tx FROM utxo_addresses WHERE chain = {chain:String} AND tx < {below:UInt64}
           AND hash IN (SELECT sipHash64(unhex(arrayJoin({hexes:Array(String)})))) ORDER BY hash, tx, n
         LIMIT {most:UInt32} BY hash`,
        { chain, below, hexes, most: outputsMax + 1 },
      );
      if (places.length === 0) return found;
      const params = { chain, below, hexes, txs: [...new Set(places)] };
      const [outputs, spends] = await Promise.all([
        columns.table<OutputColumns>(
          `SELECT ${outputColumns} FROM utxo_outputs WHERE chain = {chain:String} AND tx IN {txs:Array(UInt64)}
             AND address IN (SELECT unhex(arrayJoin({hexes:Array(String)}))) ORDER BY tx, n`,
          params,
        ),
        columns.table<SpendColumns>(
          `SELECT of, n, tx, input FROM utxo_spends
           WHERE chain = {chain:String} AND of IN {txs:Array(UInt64)} AND tx < {below:UInt64} ORDER BY tx, input`,
          params,
        ),
      ]);
      const spentBy = new Map<string, NonNullable<UtxoOutput['spentBy']>>();
      for (const [at, of] of spends[0].entries()) {
        const key = `${of} ${spends[1][at]}`;
        if (!spentBy.has(key)) spentBy.set(key, { tx: spends[2][at] as TxNumber, input: spends[3][at] as number });
      }
      for (const [at, tx] of outputs[0].entries()) {
        const index = outputs[1][at] as number;
        const output = outputOf(outputs[2][at], outputs[3][at], texts.text(chain, outputs[4][at] ?? ''));
        const row = output.address === null ? undefined : found.get(output.address);
        if (!row) continue;
        if (row.outputs.length < outputsMax)
          row.outputs.push({ ...output, spentBy: spentBy.get(`${tx} ${index}`) ?? null, at: { tx, index } });
        else row.truncated = true;
      }
      return found;
    },
    usage: async (chain, addresses, countMax, below) => {
      const asked = addresses.map((address) => [address, texts.hex(chain, address) ?? ''] as const);
      const counts = await usage.read(
        chain,
        asked.flatMap(([, hex]) => (hex === '' ? [] : [hex])),
        countMax,
        below,
      );
      return new Map(asked.map(([address, hex]) => [address, counts.get(hex) ?? 0]));
    },
  };
}

/** What a transaction's inputs hold more than its outputs: whoever mined it earned that. */
function feeOf({ coinbase, inputs, outputs }: UtxoTransaction): bigint {
  if (coinbase) return 0n;
  let fee = 0n;
  for (const { units } of inputs) {
    if (units === null) return 0n;
    fee += units;
  }
  for (const { units } of outputs) fee -= units;
  return fee;
}

type OutputColumns = [tx: number[], n: number[], units: number[], type: number[], address: string[]];
type SpendColumns = [of: number[], n: number[], tx: number[], input: number[]];
type ReceivedOutput = AddressOutputs['outputs'][number];
const outputColumns = 'tx, n, units, type, lower(hex(address))';

type Output = Omit<UtxoOutput, 'spentBy'>;

function outputOf(units: number | undefined, type: number | undefined, address: Address | null): Output {
  const named = outputTypes[type ?? -1];
  invariant(units !== undefined && named, 'an output has units and a known type');
  return { units: BigInt(units), type: named, address };
}

function hexesOf(texts: AddressTexts, chain: ChainId, addresses: readonly Address[]): string[] {
  return [...new Set(addresses.flatMap((address) => texts.hex(chain, address) ?? []))];
}

/** Takes away what stands at or above a number: transactions of a branch that died, or what a crash left. */
export async function removeFrom(columns: Columns, chain: ChainId, first: TxNumber): Promise<void> {
  for (const table of utxoTables) {
    const from = 'chain = {chain:String} AND tx >= {first:UInt64}';
    const [row] = await columns.rows(`SELECT 1 AS found FROM ${table} WHERE ${from} LIMIT 1`, { chain, first });
    if (row) await columns.remove(table, from, { chain, first });
  }
}
