import type { ChainId } from '@gongjo/contract';
import type { Columns } from '../../platform/index.ts';
import type { TxNumber } from './model.ts';

/** Counts kept in memory, some 150 bytes each; with more, those of the state of the ledger that was asked about longest ago go. */
const countsKeptMax = 500_000;

/** How many outputs addresses received, by the 64-bit hash under which the ledger finds them. What was counted lately is kept. */
export class UsageReader {
  readonly #columns: Columns;
  /** The state asked about last stands last. */
  readonly #states = new Map<string, Map<string, number>>();
  #count = 0;

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
    this.#states.delete(key);
    this.#states.set(key, known);
    if (this.#count > countsKeptMax) this.#makeRoom();
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
    // Room may have been made of this state meanwhile; then nobody reads what is noted in it.
    const isKept = this.#states.get(key) === known;
    for (const hex of missing) {
      if (isKept && !known.has(hex)) this.#count += 1;
      known.set(hex, result.get(hex) as number);
    }
    return result;
  }

  #makeRoom(): void {
    for (const [key, counts] of this.#states) {
      if (this.#count <= countsKeptMax / 2) return;
      this.#states.delete(key);
      this.#count -= counts.size;
    }
  }

  /** After a reorganisation, a number stands for another transaction. */
  forget(): void {
    this.#states.clear();
    this.#count = 0;
  }
}
