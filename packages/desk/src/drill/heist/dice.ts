import { sha256Hex } from '../../platform/index.ts';

/**
 * Numbers that only look random: the same seed and label give the same ones on every machine. No secret rests on them.
 * Mulberry32 (Tommy Ettinger, 2017, public domain): 32 bits of state, which the digest of seed and label fills.
 */
export class Dice {
  #state: number;

  constructor(seed: number, label: string) {
    this.#state = Number.parseInt(sha256Hex(`${seed}|${label}`).slice(0, 8), 16);
  }

  /** In [0, 1). */
  unit(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number in [least, most]. */
  between(least: number, most: number): number {
    return least + Math.floor(this.unit() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const item = from[this.between(0, from.length - 1)];
    if (item === undefined) throw new RangeError('there is nothing to pick from');
    return item;
  }

  /** In place (Fisher and Yates). */
  shuffle<T>(items: T[]): T[] {
    for (let at = items.length - 1; at > 0; at -= 1) {
      const other = this.between(0, at);
      const [a, b] = [items[at] as T, items[other] as T];
      items[at] = b;
      items[other] = a;
    }
    return items;
  }

  /** Parts that make the whole, none the same as the next one: each within half of an equal share. */
  parts(whole: bigint, count: number): bigint[] {
    const weights = Array.from({ length: count }, () => BigInt(this.between(500_000, 1_500_000)));
    const sum = weights.reduce((all, weight) => all + weight, 0n);
    const parts = weights.map((weight) => (whole * weight) / sum);
    parts[0] = (parts[0] ?? 0n) + whole - parts.reduce((all, part) => all + part, 0n);
    return parts;
  }
}
