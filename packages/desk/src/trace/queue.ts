import type { Lot, Pool, Source } from './pool.ts';

/**
 * First in, first out. Lots never change once appended; what was taken of the first one stands beside them, so a mark is a
 * few fields and going back to it costs nothing: an append after a restore writes over what the undone appends had written.
 */
export class Queue<S = Source> implements Pool<S> {
  readonly #lots: Lot<S>[] = [];
  #head = 0;
  #taken = 0n;
  #clean = 0n;
  #traced = 0n;
  markedBy: object | null = null;
  complete: boolean;

  constructor(complete = true) {
    this.complete = complete;
  }

  get traced(): bigint {
    return this.#traced;
  }

  get pure(): boolean {
    return this.#clean === 0n && this.complete;
  }

  append(lot: Lot<S>): void {
    if (lot.units === 0n) return;
    this.#lots.push(lot);
    if (lot.source === 'clean') this.#clean += lot.units;
    else this.#traced += lot.units;
  }

  take(units: bigint): Lot<S>[] {
    const parts: Lot<S>[] = [];
    let missing = units;
    while (missing > 0n) {
      const lot = this.#lots[this.#head];
      if (lot === undefined) break;
      const left = lot.units - this.#taken;
      const whole = left <= missing;
      const taken = whole ? left : missing;
      if (whole) {
        this.#head += 1;
        this.#taken = 0n;
      } else {
        this.#taken += taken;
      }
      if (lot.source === 'clean') this.#clean -= taken;
      else this.#traced -= taken;
      missing -= taken;
      parts.push({ units: taken, source: lot.source });
    }
    return parts;
  }

  remaining(): Lot<S>[] {
    const lots = this.#lots.slice(this.#head);
    const first = lots[0];
    if (first !== undefined && this.#taken > 0n) lots[0] = { units: first.units - this.#taken, source: first.source };
    return lots.filter(({ source }) => source !== 'clean');
  }

  mark(): () => void {
    const { length } = this.#lots;
    const head = this.#head;
    const taken = this.#taken;
    const clean = this.#clean;
    const traced = this.#traced;
    const { complete } = this;
    return () => {
      this.#lots.length = length;
      this.#head = head;
      this.#taken = taken;
      this.#clean = clean;
      this.#traced = traced;
      this.complete = complete;
    };
  }
}
