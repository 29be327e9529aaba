import type { TxNumber } from './model.ts';

/** Fewer than three quarters of the slots are taken, so that a search ends after a few steps. */
const slotsPerEntry = 4 / 3;
const wordsPerTxid = 8;

/**
 * The numbers of the transactions seen last, by identifier: most outputs are spent soon, and whoever is found here need not be
 * asked for. Two generations of `entriesMax` transactions each; when the younger is full the elder is forgotten. Keys are
 * whole identifiers, 40 bytes an entry. Slots are chosen with a secret, because identifiers can be ground to collide.
 */
export class RecentTxids {
  readonly #entriesMax: number;
  readonly #secret = crypto.getRandomValues(new Uint32Array(1))[0] as number;
  #young: Generation;
  #elder: Generation | null = null;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
    this.#young = new Generation(Math.min(entriesMax, firstEntries), entriesMax, this.#secret);
  }

  /** Remembers a transaction; the same identifier again means the later one. */
  set(bytes: Uint8Array, at: number, number: TxNumber): void {
    if (this.#young.full) {
      this.#elder = this.#young;
      this.#young = new Generation(this.#entriesMax, this.#entriesMax, this.#secret);
    }
    this.#young.set(bytes, at, number);
  }

  /** The number of the transaction whose identifier stands in `bytes` at `at`; −1 where it is not remembered. */
  get(bytes: Uint8Array, at: number): TxNumber {
    const young = this.#young.get(bytes, at);
    return young >= 0 || this.#elder === null ? young : this.#elder.get(bytes, at);
  }
}

/** A desk that follows one block at a time needs little; the table doubles as it fills. */
const firstEntries = 1 << 14;

class Generation {
  readonly #entriesMax: number;
  readonly #secret: number;
  #capacity: number;
  #words: Uint32Array;
  #numbers: Float64Array;
  #slots: Uint32Array;
  #mask: number;
  #count = 0;
  readonly #key = new Uint32Array(wordsPerTxid);
  readonly #keyBytes = new Uint8Array(this.#key.buffer);

  constructor(capacity: number, entriesMax: number, secret: number) {
    this.#entriesMax = entriesMax;
    this.#secret = secret;
    this.#capacity = capacity;
    this.#words = new Uint32Array(capacity * wordsPerTxid);
    this.#numbers = new Float64Array(capacity);
    const slots = 2 ** Math.ceil(Math.log2(capacity * slotsPerEntry));
    this.#slots = new Uint32Array(slots);
    this.#mask = slots - 1;
  }

  get full(): boolean {
    return this.#count >= this.#entriesMax;
  }

  set(bytes: Uint8Array, at: number, number: TxNumber): void {
    if (this.#count === this.#capacity) this.#grow();
    this.#load(bytes, at);
    let slot = this.#slotOf(this.#key, 0);
    for (let entry = this.#slots[slot]; entry; slot = (slot + 1) & this.#mask, entry = this.#slots[slot]) {
      if (!this.#is(entry - 1)) continue;
      this.#numbers[entry - 1] = number;
      return;
    }
    this.#words.set(this.#key, this.#count * wordsPerTxid);
    this.#numbers[this.#count] = number;
    this.#count += 1;
    this.#slots[slot] = this.#count;
  }

  get(bytes: Uint8Array, at: number): TxNumber {
    this.#load(bytes, at);
    let slot = this.#slotOf(this.#key, 0);
    for (let entry = this.#slots[slot]; entry; slot = (slot + 1) & this.#mask, entry = this.#slots[slot])
      if (this.#is(entry - 1)) return this.#numbers[entry - 1] as number;
    return -1;
  }

  #load(bytes: Uint8Array, at: number): void {
    const key = this.#keyBytes;
    for (let byte = 0; byte < 32; byte += 1) key[byte] = bytes[at + byte] as number;
  }

  #slotOf(words: Uint32Array, from: number): number {
    let mixed = this.#secret;
    for (let word = from; word < from + wordsPerTxid; word += 1) {
      mixed = Math.imul(mixed ^ (words[word] as number), 0x9e37_79b1);
      mixed ^= mixed >>> 15;
    }
    return mixed & this.#mask;
  }

  #is(entry: number): boolean {
    const words = this.#words;
    const key = this.#key;
    const from = entry * wordsPerTxid;
    for (let word = 0; word < wordsPerTxid; word += 1) if (words[from + word] !== key[word]) return false;
    return true;
  }

  #grow(): void {
    const words = this.#words;
    const numbers = this.#numbers;
    this.#capacity = Math.min(this.#capacity * 2, this.#entriesMax);
    this.#words = new Uint32Array(this.#capacity * wordsPerTxid);
    this.#words.set(words);
    this.#numbers = new Float64Array(this.#capacity);
    this.#numbers.set(numbers);
    const slots = 2 ** Math.ceil(Math.log2(this.#capacity * slotsPerEntry));
    this.#slots = new Uint32Array(slots);
    this.#mask = slots - 1;
    for (let entry = 0; entry < this.#count; entry += 1) {
      let slot = this.#slotOf(this.#words, entry * wordsPerTxid);
      while (this.#slots[slot]) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = entry + 1;
    }
  }
}
