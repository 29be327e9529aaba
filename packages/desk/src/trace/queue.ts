import type { Hop } from './model.ts';

/** What brought a lot: a hop; `lead` where a lead has just taken it from its owner; `clean` where it is not traced. */
export type Source = Hop | 'lead' | 'clean';

/** Some units of one asset at one address. */
export interface Lot {
  readonly units: bigint;
  readonly source: Source;
}

/** A queue's state at one moment, small enough to take before every change. */
interface Mark {
  readonly head: number;
  readonly taken: bigint;
  readonly length: number;
  readonly clean: bigint;
  readonly traced: bigint;
  readonly complete: boolean;
}

/**
 * The lots of one asset at one address, first in, first out. Lots never change once appended; what was taken of the
 * first one stands beside them, so a mark is six fields and going back to it costs nothing. Marks must be restored
 * latest first, because an append after a restore writes over what the undone appends had written.
 */
export class Queue {
  readonly #lots: Lot[] = [];
  #head = 0;
  #taken = 0n;
  #clean = 0n;
  #traced = 0n;
  /** Whoever last took a mark of this queue. */
  markedBy: object | null = null;
  /** False once it is known that the ledger does not know all that the address holds. */
  complete: boolean;

  constructor(complete = true) {
    this.complete = complete;
  }

  get clean(): bigint {
    return this.#clean;
  }

  get traced(): bigint {
    return this.#traced;
  }

  append(lot: Lot): void {
    if (lot.units === 0n) return;
    this.#lots.push(lot);
    if (lot.source === 'clean') this.#clean += lot.units;
    else this.#traced += lot.units;
  }

  /** Takes units from the front, in order; less than asked when the queue holds less. */
  take(units: bigint): Lot[] {
    const parts: Lot[] = [];
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

  /** The lots that are still there, in order. */
  remaining(): Lot[] {
    const lots = this.#lots.slice(this.#head);
    const first = lots[0];
    if (first !== undefined && this.#taken > 0n) lots[0] = { units: first.units - this.#taken, source: first.source };
    return lots;
  }

  mark(): Mark {
    return {
      head: this.#head,
      taken: this.#taken,
      length: this.#lots.length,
      clean: this.#clean,
      traced: this.#traced,
      complete: this.complete,
    };
  }

  restore(mark: Mark): void {
    this.#lots.length = mark.length;
    this.#head = mark.head;
    this.#taken = mark.taken;
    this.#clean = mark.clean;
    this.#traced = mark.traced;
    this.complete = mark.complete;
  }
}

/** Σ of the lots that are traced. */
export function tracedUnits(lots: readonly Lot[]): bigint {
  let sum = 0n;
  for (const lot of lots) if (lot.source !== 'clean') sum += lot.units;
  return sum;
}

/** Σ of all lots. */
export function lotUnits(lots: readonly Lot[]): bigint {
  let sum = 0n;
  for (const lot of lots) sum += lot.units;
  return sum;
}
