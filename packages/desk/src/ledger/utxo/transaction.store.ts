import { type Address, type ChainId, type OutputType, outputTypes, type TxId } from '@gongjo/contract';
import { instant, invariant } from '../../kernel/index.ts';
import type { Columns } from '../../platform/index.ts';
import { hashOfHex } from '../bytes.ts';
import type { AddressTexts } from './address-texts.ts';
import type { TxNumber, UtxoTransaction } from './model.ts';

/**
 * Value moves on soon, so the transactions asked for next stand close to those asked for now: with each its neighbours are
 * read, in stretches of this many, because a query costs more than the rows that it answers.
 */
const stretch = 256;

/** Stretches read for one question; where more are touched, only the transactions themselves are read. */
const stretchesMax = 8;

/** Transactions asked for in one query; their numbers are in its text. */
const numbersPerQuery = 20_000;

/** Outputs kept in memory, some 300 bytes each with all that belongs to them. */
const outputsKeptMax = 1_500_000;

/** What a transaction's outputs hold and whose they are, by index; stored addresses in hexadecimal. */
interface Paid {
  readonly units: number[];
  readonly addresses: string[];
}

/** A transaction as its rows say, before its inputs are resolved. `spends` pairs with `outputs`; −1: unspent. */
interface Row extends Paid {
  readonly txid: string;
  readonly height: number;
  readonly index: number;
  readonly timeS: number;
  readonly coinbase: boolean;
  readonly types: number[];
  readonly spentBy: TxNumber[];
  readonly spentInput: number[];
  /** −1: not in the ledger. */
  readonly inputOf: TxNumber[];
  readonly inputAt: number[];
  /** Made when it is first asked for. */
  whole: UtxoTransaction | null;
}

type Output = { readonly units: bigint; readonly address: Address | null };

/** Whole transactions by number, with what was read lately kept in memory. One process writes the ledger, so it knows when that is stale. */
export class TransactionReader {
  readonly #columns: Columns;
  readonly #texts: AddressTexts;
  readonly #chains = new Map<ChainId, Map<TxNumber, Row>>();
  #outputs = 0;
  /** Grows with every change of the ledger; what was being read meanwhile is not kept. */
  #version = 0;

  constructor(columns: Columns, texts: AddressTexts) {
    this.#columns = columns;
    this.#texts = texts;
  }

  /** Those with a number below `below`, spends from there on left out. */
  async read(chain: ChainId, numbers: readonly TxNumber[], below: TxNumber): Promise<Map<TxNumber, UtxoTransaction>> {
    const wanted = numbers.filter((number) => number < below);
    const rows = await this.#rows(chain, wanted);
    const missing = new Set<TxNumber>();
    for (const row of rows.values()) {
      if (row.whole) continue;
      for (const of of row.inputOf) if (of >= 0 && !rows.has(of)) missing.add(of);
    }
    const before = await this.#outputsOf(chain, [...missing]);
    const found = new Map<TxNumber, UtxoTransaction>();
    for (const [number, row] of rows) {
      row.whole ??= this.#whole(chain, number, row, (of) => rows.get(of) ?? before.get(of));
      found.set(number, asOf(row.whole, below));
    }
    return found;
  }

  /** What these transactions spent is spent. */
  spent(chain: ChainId, of: Iterable<TxNumber>): void {
    this.#version += 1;
    const kept = this.#chains.get(chain);
    if (!kept || kept.size === 0) return;
    for (const number of of) this.#drop(kept, number);
  }

  forget(chain: ChainId): void {
    this.#version += 1;
    for (const number of this.#chains.get(chain)?.keys() ?? []) this.#drop(this.#chains.get(chain), number);
  }

  #drop(kept: Map<TxNumber, Row> | undefined, number: TxNumber): void {
    const row = kept?.get(number);
    if (!row) return;
    kept?.delete(number);
    this.#outputs -= row.units.length;
  }

  /** What earlier transactions paid out: all that is needed of them to know what spends them. */
  async #outputsOf(chain: ChainId, numbers: readonly TxNumber[]): Promise<Map<TxNumber, Paid>> {
    const found = new Map<TxNumber, Paid>();
    const missing: TxNumber[] = [];
    for (const number of numbers) {
      const row = this.#chains.get(chain)?.get(number);
      if (row) found.set(number, row);
      else missing.push(number);
    }
    await Promise.all(
      chunks(missing, numbersPerQuery).map(async (part) => {
        const [txs, indexes, units, addresses] = await this.#columns.table<[number[], number[], number[], string[]]>(
          `SELECT tx, n, units, lower(hex(address)) FROM utxo_outputs
           WHERE chain = {chain:String} AND tx IN {numbers:Array(UInt64)}`,
          { chain, numbers: part },
        );
        for (const [at, tx] of txs.entries()) {
          const paid = found.get(tx) ?? { units: [], addresses: [] };
          found.set(tx, paid);
          paid.units[indexes[at] as number] = units[at] as number;
          paid.addresses[indexes[at] as number] = addresses[at] as string;
        }
      }),
    );
    return found;
  }

  async #rows(chain: ChainId, numbers: readonly TxNumber[]): Promise<Map<TxNumber, Row>> {
    const kept = this.#chains.get(chain) ?? new Map<TxNumber, Row>();
    this.#chains.set(chain, kept);
    const found = new Map<TxNumber, Row>();
    const missing: TxNumber[] = [];
    for (const number of numbers) {
      const row = kept.get(number);
      if (row) found.set(number, row);
      else missing.push(number);
    }
    if (missing.length === 0) return found;
    const version = this.#version;
    const stretches = [...new Set(missing.map((number) => Math.floor(number / stretch)))];
    const queries =
      stretches.length <= stretchesMax
        ? [this.#query(chain, ranges(stretches), {})]
        : chunks(missing, numbersPerQuery).map((part) =>
            this.#query(chain, (column) => `${column} IN {numbers:Array(UInt64)}`, { numbers: part }),
          );
    for (const read of await Promise.all(queries)) {
      for (const number of missing) {
        const row = read.get(number);
        if (row) found.set(number, row);
      }
      // A block that came meanwhile may have spent what was read as unspent.
      if (version === this.#version) this.#keep(kept, read);
    }
    return found;
  }

  #keep(kept: Map<TxNumber, Row>, read: ReadonlyMap<TxNumber, Row>): void {
    if (this.#outputs > outputsKeptMax) this.#makeRoom();
    for (const [number, row] of read) {
      if (kept.has(number)) continue;
      kept.set(number, row);
      this.#outputs += row.units.length;
    }
  }

  /** Neighbours that nobody asked for go first, then what was read first. */
  #makeRoom(): void {
    for (const neighbours of [true, false]) {
      for (const chain of this.#chains.values()) {
        for (const [number, row] of chain) {
          if (this.#outputs <= outputsKeptMax / 2) return;
          if (!neighbours || row.whole === null) this.#drop(chain, number);
        }
      }
    }
  }

  async #query(
    chain: ChainId,
    within: (column: string) => string,
    params: Readonly<Record<string, unknown>>,
  ): Promise<Map<TxNumber, Row>> {
    const asked = { chain, ...params };
    const where = (column: string) => `chain = {chain:String} AND (${within(column)})`;
    const [heads, outputs, spends, inputs] = await Promise.all([
      this.#columns.table<[number[], string[], number[], number[], number[], number[]]>(
        `SELECT tx, hex(txid), height, tx_index, toUnixTimestamp(time), coinbase FROM utxo_transactions WHERE ${where('tx')}`,
        asked,
      ),
      this.#columns.table<[number[], number[], number[], number[], string[]]>(
        `SELECT tx, n, units, type, lower(hex(address)) FROM utxo_outputs WHERE ${where('tx')}`,
        asked,
      ),
      this.#columns.table<[number[], number[], number[], number[]]>(
        `SELECT of, n, tx, input FROM utxo_spends WHERE ${where('of')}`,
        asked,
      ),
      this.#columns.table<[number[], number[], number[], number[], number[]]>(
        `SELECT tx, input, known, of, n FROM utxo_inputs WHERE ${where('tx')}`,
        asked,
      ),
    ]);
    const rows = new Map<TxNumber, Row>();
    const rowOf = (tx: TxNumber) => {
      const row = rows.get(tx);
      invariant(row, 'rows belong to a transaction');
      return row;
    };
    for (const [at, tx] of heads[0].entries()) {
      rows.set(tx, {
        txid: heads[1][at] as string,
        height: heads[2][at] as number,
        index: heads[3][at] as number,
        timeS: heads[4][at] as number,
        coinbase: heads[5][at] === 1,
        units: [],
        types: [],
        addresses: [],
        spentBy: [],
        spentInput: [],
        inputOf: [],
        inputAt: [],
        whole: null,
      });
    }
    for (const [at, tx] of outputs[0].entries()) {
      const row = rowOf(tx);
      const n = outputs[1][at] as number;
      row.units[n] = outputs[2][at] as number;
      row.types[n] = outputs[3][at] as number;
      row.addresses[n] = outputs[4][at] as string;
      row.spentBy[n] = -1;
      row.spentInput[n] = 0;
    }
    for (const [at, of] of spends[0].entries()) {
      const row = rowOf(of);
      const n = spends[1][at] as number;
      const by = spends[2][at] as TxNumber;
      const known = row.spentBy[n];
      // Two spends of one output can stand in a ledger only for a transaction that exists twice (BIP 30); the first counts.
      if (known === undefined || (known >= 0 && known <= by)) continue;
      row.spentBy[n] = by;
      row.spentInput[n] = spends[3][at] as number;
    }
    for (const [at, tx] of inputs[0].entries()) {
      const row = rowOf(tx);
      const input = inputs[1][at] as number;
      row.inputOf[input] = inputs[2][at] === 1 ? (inputs[3][at] as TxNumber) : -1;
      row.inputAt[input] = inputs[4][at] as number;
    }
    return rows;
  }

  #whole(chain: ChainId, number: TxNumber, row: Row, paidBy: (number: TxNumber) => Paid | undefined): UtxoTransaction {
    const outputAt = (of: TxNumber, index: number): Output | null => {
      const before = paidBy(of);
      const units = before?.units[index];
      if (!before || units === undefined) return null;
      return { units: BigInt(units), address: this.#texts.text(chain, before.addresses[index] ?? '') };
    };
    return {
      number,
      txid: hashOfHex(chain, row.txid) as TxId,
      height: row.height,
      index: row.index,
      time: instant(row.timeS * 1000),
      coinbase: row.coinbase,
      inputs: row.inputOf.map((of, at) => {
        const index = row.inputAt[at] as number;
        const output = of < 0 ? null : outputAt(of, index);
        return output ? { of: { tx: of, index }, ...output } : { of: null, units: null, address: null };
      }),
      outputs: row.units.map((units, n) => ({
        units: BigInt(units),
        type: typeOf(row.types[n]),
        address: this.#texts.text(chain, row.addresses[n] ?? ''),
        spentBy:
          (row.spentBy[n] as number) < 0 ? null : { tx: row.spentBy[n] as number, input: row.spentInput[n] as number },
      })),
    };
  }
}

function typeOf(code: number | undefined): OutputType {
  const type = outputTypes[code ?? -1];
  invariant(type, 'the stored type of an output is known');
  return type;
}

/** The transaction as it was when `below` was the next number: what spent its outputs later does not exist. */
function asOf(tx: UtxoTransaction, below: TxNumber): UtxoTransaction {
  if (tx.outputs.every(({ spentBy }) => spentBy === null || spentBy.tx < below)) return tx;
  return {
    ...tx,
    outputs: tx.outputs.map((output) =>
      output.spentBy && output.spentBy.tx >= below ? { ...output, spentBy: null } : output,
    ),
  };
}

/** Stretches that follow each other are one range. */
function ranges(stretches: readonly number[]): (column: string) => string {
  const joined: { from: number; to: number }[] = [];
  for (const at of [...stretches].sort((a, b) => a - b)) {
    const last = joined.at(-1);
    if (last && last.to === at) last.to = at + 1;
    else joined.push({ from: at, to: at + 1 });
  }
  return (column) =>
    joined.map(({ from, to }) => `${column} >= ${from * stretch} AND ${column} < ${to * stretch}`).join(' OR ');
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += size) parts.push(all.slice(from, from + size));
  return parts;
}
