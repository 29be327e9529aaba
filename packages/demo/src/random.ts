import { keccak256, stringToBytes } from 'viem';

/** Numbers that only look random: the same seed gives the same ones, on every machine. Not for secrets. */
export interface Dice {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  pick<T>(items: readonly T[]): T;
}

/** Counter mode over Keccak-256 of the label; two labels are two independent rows of numbers. */
export function dice(seed: number, label: string): Dice {
  let counter = 0;
  const next = (): bigint => BigInt(keccak256(stringToBytes(`${seed}/${label}/${counter++}`)));
  const between = (low: number, high: number): number => low + Number(next() % BigInt(high - low + 1));
  return {
    between,
    pick: <T>(items: readonly T[]): T => {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new RangeError('pick needs at least one item');
      return item;
    },
  };
}
