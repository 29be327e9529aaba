import { invariant } from '../../kernel/index.ts';
import type { Fingerprint } from './fingerprint.ts';

/** Fuller than this, a search looks at more and more slots; the table then doubles. */
const loadMax = 0.7;
const capacityMin = 1 << 10;
/** 2^27 slots are 1 GB and hold 90 million addresses. */
const capacityMax = 1 << 27;

/**
 * A set of 64-bit fingerprints: open addressing with linear probing (Knuth, The Art of Computer Programming 3, section 6.4,
 * algorithm L) in one typed array, two words a slot, eight bytes. Ten million take 134 MB, of which 80 MB are filled. What was
 * added is never taken out: an answer "maybe" too many costs a look at the stores, an answer "no" too many would cost a warning.
 */
export class FingerprintTable {
  #slots: Uint32Array;
  #mask: number;
  #size = 0;

  constructor(expected = 0) {
    let capacity = capacityMin;
    while (capacity * loadMax <= expected) capacity *= 2;
    invariant(capacity <= capacityMax, 'a table of fingerprints has an end');
    this.#slots = new Uint32Array(capacity * 2);
    this.#mask = capacity - 1;
  }

  /** A table as `slots` has it; null where these are no slots of one. */
  static of(slots: Uint32Array, size: number): FingerprintTable | null {
    const capacity = slots.length / 2;
    if (capacity < capacityMin || capacity > capacityMax || (capacity & (capacity - 1)) !== 0) return null;
    if (size > capacity * loadMax) return null;
    const table = new FingerprintTable();
    table.#slots = slots;
    table.#mask = capacity - 1;
    table.#size = size;
    return table;
  }

  /** Different fingerprints in it. */
  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** The words themselves, to be kept; the array is left behind when the table grows. */
  get slots(): Uint32Array {
    return this.#slots;
  }

  has(fingerprint: Fingerprint): boolean {
    const slots = this.#slots;
    const low = fingerprint[0] as number;
    const high = highOf(fingerprint);
    for (let slot = low & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const there = slots[2 * slot + 1] as number;
      if (there === 0) return false;
      if (there === high && slots[2 * slot] === low) return true;
    }
  }

  add(fingerprint: Fingerprint): void {
    if (this.#put(fingerprint[0] as number, highOf(fingerprint))) this.#size += 1;
    if (this.#size > (this.#mask + 1) * loadMax) this.#grow();
  }

  #put(low: number, high: number): boolean {
    const slots = this.#slots;
    let slot = low & this.#mask;
    for (;;) {
      const there = slots[2 * slot + 1] as number;
      if (there === 0) break;
      if (there === high && slots[2 * slot] === low) return false;
      slot = (slot + 1) & this.#mask;
    }
    slots[2 * slot] = low;
    slots[2 * slot + 1] = high;
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    invariant(old.length < capacityMax * 2, 'a table of fingerprints has an end');
    this.#slots = new Uint32Array(old.length * 2);
    this.#mask = this.#slots.length / 2 - 1;
    for (let at = 0; at < old.length; at += 2) {
      const high = old[at + 1] as number;
      if (high !== 0) this.#put(old[at] as number, high);
    }
  }
}

/** An empty slot has a second word of zero, so no fingerprint may. */
function highOf(fingerprint: Fingerprint): number {
  return (fingerprint[1] as number) || 1;
}
