import type { Lot, Pool, Source } from './pool.ts';

interface Brought<S> {
  readonly source: S;
  readonly before: Brought<S> | null;
}

/**
 * Value without an order: two totals, traced and clean.
 *
 * `haircut`: of `u` units that leave out of `h`, `⌊u × traced ÷ h⌋` are traced. What rounding holds back stays traced where it
 * is, so no unit is lost and none is made, and the last unit that leaves takes the rest with it.
 *
 * `poison`: one traced unit makes everything beside it traced, and whatever comes later, until the address is empty.
 *
 * Which hops brought what is left is not told apart: all since it was last empty did.
 */
export class Mixture<S = Source> implements Pool<S> {
  readonly #poison: boolean;
  #clean = 0n;
  #traced = 0n;
  #mixed = false;
  #brought: Brought<S> | null = null;
  markedBy: object | null = null;
  complete: boolean;

  constructor(method: 'haircut' | 'poison', complete = true) {
    this.#poison = method === 'poison';
    this.complete = complete;
  }

  get traced(): bigint {
    return this.#traced;
  }

  get pure(): boolean {
    return this.#clean === 0n && !this.#mixed && this.complete;
  }

  append({ units, source }: Lot<S>): void {
    if (units === 0n) return;
    if (source === 'clean') {
      this.#clean += units;
    } else {
      this.#traced += units;
      this.#brought = { source, before: this.#brought };
    }
    if (this.#poison && this.#traced > 0n && this.#clean > 0n) {
      this.#traced += this.#clean;
      this.#clean = 0n;
      this.#mixed = true;
    }
  }

  take(units: bigint): Lot<S>[] {
    const held = this.#clean + this.#traced;
    const taken = units < held ? units : held;
    if (taken === 0n) return [];
    const traced = (this.#traced * taken) / held;
    const source = this.#brought?.source;
    this.#traced -= traced;
    this.#clean -= taken - traced;
    if (this.#traced === 0n) this.#brought = null;
    if (taken === held) this.#mixed = false;
    const parts: Lot<S>[] = [];
    if (traced > 0n && source !== undefined) parts.push({ units: traced, source });
    if (taken > traced) parts.push({ units: taken - traced, source: 'clean' });
    return parts;
  }

  /** The whole with the newest source; the others with nothing, only to name them. */
  remaining(): Lot<S>[] {
    const lots: Lot<S>[] = [];
    for (let one = this.#brought; one !== null; one = one.before) {
      lots.push({ units: lots.length === 0 ? this.#traced : 0n, source: one.source });
    }
    return lots;
  }

  mark(): () => void {
    const clean = this.#clean;
    const traced = this.#traced;
    const mixed = this.#mixed;
    const brought = this.#brought;
    const { complete } = this;
    return () => {
      this.#clean = clean;
      this.#traced = traced;
      this.#mixed = mixed;
      this.#brought = brought;
      this.complete = complete;
    };
  }
}
