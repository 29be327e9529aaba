import type { Lot, Pool, Source } from './pool.ts';

interface Layer<S> {
  readonly lot: Lot<S>;
  readonly below: Layer<S> | null;
}

/**
 * Last in, first out. The layers are an immutable list, so a mark keeps the top one and nothing else. What is taken keeps the
 * order in which it lay: a slice off the top goes on as the same slice, so that it does not matter in how many lots it came.
 */
export class Stack<S = Source> implements Pool<S> {
  #top: Layer<S> | null = null;
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
    this.#top = { lot, below: this.#top };
    this.#count(lot.source, lot.units);
  }

  take(units: bigint): Lot<S>[] {
    const parts: Lot<S>[] = [];
    let missing = units;
    while (missing > 0n && this.#top !== null) {
      const { lot, below } = this.#top;
      const taken = lot.units <= missing ? lot.units : missing;
      const left = lot.units - taken;
      this.#top = left === 0n ? below : { lot: { units: left, source: lot.source }, below };
      this.#count(lot.source, -taken);
      missing -= taken;
      parts.push({ units: taken, source: lot.source });
    }
    return parts.reverse();
  }

  remaining(): Lot<S>[] {
    const lots: Lot<S>[] = [];
    for (let layer = this.#top; layer !== null; layer = layer.below) {
      if (layer.lot.source !== 'clean') lots.push(layer.lot);
    }
    return lots.reverse();
  }

  mark(): () => void {
    const top = this.#top;
    const clean = this.#clean;
    const traced = this.#traced;
    const { complete } = this;
    return () => {
      this.#top = top;
      this.#clean = clean;
      this.#traced = traced;
      this.complete = complete;
    };
  }

  #count(source: S | 'clean', units: bigint): void {
    if (source === 'clean') this.#clean += units;
    else this.#traced += units;
  }
}
