/**
 * A seeded source of numbers: sfc32 (Chris Doty-Humphrey, PractRand), its state filled by splitmix32. Fast, no secret, the
 * same numbers for the same seed on every machine.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(seed: number) {
    let state = seed | 0;
    const fill = () => {
      state = (state + 0x9e3779b9) | 0;
      return mix(state);
    };
    this.a = fill();
    this.b = fill();
    this.c = fill();
    for (let i = 0; i < 12; i += 1) this.uint32();
  }

  uint32(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t;
    this.c |= 0;
    return t >>> 0;
  }

  /** In [0, 1). */
  unit(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** A whole number in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.unit() * bound);
  }

  /** A whole number in [least, most]. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }

  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  /** Lomax (Pareto type II): P(X > x) = (1 + x / scale)^−shape. */
  lomax(scale: number, shape: number): number {
    return scale * ((1 - this.unit()) ** (-1 / shape) - 1);
  }

  /** A whole number in [least, most] with P(X ≥ x) = (least / x)^shape. */
  pareto(least: number, most: number, shape: number): number {
    return Math.min(most, Math.floor(least * (1 - this.unit()) ** (-1 / shape)));
  }
}

/** A 32-bit bijection without visible pattern (the finaliser of MurmurHash3). */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
