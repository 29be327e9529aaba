/** A seeded source of chances (mulberry32 by Tommy Ettinger): the same for the same seed on every machine. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
    // Neighbouring seeds begin alike; after a few turns they do not.
    for (let turn = 0; turn < 4; turn += 1) this.unit();
  }

  /** In [0, 1). */
  unit(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(bound: number): number {
    return Math.floor(this.unit() * bound);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  happens(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(from: readonly [T, ...T[]] | readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }

  /** One of the kinds, each as likely as its weight says. */
  weighed<K extends string>(weights: Readonly<Record<K, number>>): K {
    const kinds = Object.entries<number>(weights) as [K, number][];
    let left = this.unit() * kinds.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [kind, weight] of kinds) {
      left -= weight;
      if (left < 0) return kind;
    }
    throw new Error('no kind has a weight');
  }

  /** A UUID of version 4 (RFC 9562). */
  uuid(): string {
    const hex = Array.from({ length: 8 }, () => this.below(0x1_0000).toString(16).padStart(4, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
