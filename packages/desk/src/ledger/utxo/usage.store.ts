import type { ChainId } from '@gongjo/contract';
import type { Columns } from '../../platform/index.ts';
import type { TxNumber } from './model.ts';

/** Counts kept of one state of the ledger; some 150 bytes each. */
const countsKeptMax = 500_000;
/** States of the ledger of which counts are kept: those that traces are being run as of. */
const statesKeptMax = 4;

/** How many outputs addresses received, by the 64-bit hash under which the ledger finds them. What was counted lately is kept. */
export class UsageReader {
  readonly #columns: Columns;
  readonly #states = new Map<string, Map<string, number>>();

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  /** @param hexes stored addresses in hexadecimal. Counts end at `countMax` + 1. */
  async read(
    chain: ChainId,
    hexes: readonly string[],
    countMax: number,
    below: TxNumber,
  ): Promise<ReadonlyMap<string, number>> {
    const key = `${chain} ${countMax} ${below}`;
    const known = this.#states.get(key) ?? new Map<string, number>();
    if (known.size > countsKeptMax) known.clear();
    this.#states.delete(key);
    this.#states.set(key, known);
    for (const oldest of this.#states.keys()) {
      if (this.#states.size <= statesKeptMax) break;
      this.#states.delete(oldest);
    }
    const result = new Map<string, number>();
    const missing: string[] = [];
    for (const hex of hexes) {
      const count = known.get(hex);
      if (count === undefined) missing.push(hex);
      else result.set(hex, count);
    }
    if (missing.length === 0) return result;
    const [found, counts] = await this.#columns.table<[string[], number[]]>(
      `SELECT asking.hex, counted.uses FROM (
         SELECT arrayJoin({hexes:Array(String)}) AS hex, sipHash64(unhex(hex)) AS hash) AS asking
       INNER JOIN (SELECT hash, least(count(), {most:UInt32}) AS uses FROM utxo_addresses
         WHERE chain = {chain:String} AND tx < {below:UInt64}
           AND hash IN (SELECT sipHash64(unhex(arrayJoin({hexes:Array(String)})))) GROUP BY hash) AS counted
       ON asking.hash = counted.hash`,
      { chain, below, hexes: missing, most: countMax + 1 },
    );
    for (const hex of missing) result.set(hex, 0);
    for (const [at, hex] of found.entries()) result.set(hex, counts[at] as number);
    for (const hex of missing) known.set(hex, result.get(hex) as number);
    return result;
  }

  /** After a reorganisation, a number stands for another transaction. */
  forget(): void {
    this.#states.clear();
  }
}
