import type { Address } from '@gongjo/contract';
import { denominations } from './action.ts';
import { milliCoins, tokens } from './assets.ts';
import { type Cast, castOf, lookAlike, type Role } from './cast.ts';
import { victimWon } from './history.ts';
import { type Dice, dice } from './random.ts';

/** What the thief of a seed decides beforehand: whom, how much, how often. Shares are parts per million. */
export interface Scheme {
  readonly cast: Cast;
  readonly stolenWon: bigint;
  readonly stolenCoin: bigint;
  /** Where the stolen won go first. The first four have parts to play, others keep theirs. */
  readonly splits: readonly { readonly role: Role; readonly sharePpm: number }[];
  readonly swapper: Role;
  readonly secondSwapper: Role;
  readonly secondSwapPpm: number;
  readonly peeler: Role;
  readonly mixer: Role;
  readonly hops: readonly { readonly role: Role; readonly peel: Role; readonly peelPpm: number }[];
  readonly coinNotes: readonly [string, ...string[]];
  readonly wonNotes: readonly [string, ...string[]];
  /** Coin sent along with what is mixed. */
  readonly coinRemainder: bigint;
  readonly traderPpm: number;
  /** More than the trader's own 40 million, so that loot is in it; less than the least that the trader can have. */
  readonly traderPaysOn: bigint;
  readonly depositDollarsPpm: number;
  readonly depositWonPpm: number;
  readonly burnPpm: number;
  readonly twins: Twins;
}

/** Addresses made to be mistaken for the thief's, by whom they imitate. */
export interface Twins {
  readonly splits: readonly [Address, ...Address[]];
  readonly dollars: Address;
  readonly deposit: Address;
}

export function schemeOf(seed: number): Scheme {
  const cast = castOf(seed);
  const chance = dice(seed, 'theft');
  // Nobody drains a hot wallet to the last unit.
  const stolenWon = (victimWon / 100n) * BigInt(chance.between(25, 70)) + tokens(chance.between(1, 999_999));
  const stolenCoin = milliCoins(chance.between(55_000, 130_000));
  const shares = sharesOf(chance, chance.between(4, 6));
  const splits = shares.map((sharePpm, index) => ({ role: `thief-split-${index + 1}` as const, sharePpm }));
  const hops = Array.from({ length: chance.between(3, 6) }, (_, index) => ({
    role: `thief-hop-${index + 1}` as const,
    peel: `thief-peel-${index + 1}` as const,
    peelPpm: chance.between(30_000, 120_000),
  }));
  const mixable = (stolenWon * BigInt(shares[3] ?? 0)) / 1_000_000n / denominations.won;
  return {
    cast,
    stolenWon,
    stolenCoin,
    splits,
    swapper: 'thief-split-1',
    secondSwapper: 'thief-split-2',
    secondSwapPpm: chance.between(400_000, 800_000),
    peeler: 'thief-split-3',
    mixer: 'thief-split-4',
    hops,
    coinNotes: notes('coin', Number(stolenCoin / denominations.coin) - 2),
    wonNotes: notes('won', chance.between(1, Math.min(5, Number(mixable)))),
    coinRemainder: milliCoins(chance.between(500, 5_000)),
    traderPpm: chance.between(300_000, 900_000),
    traderPaysOn: tokens(chance.between(40_100_000, 41_200_000)),
    depositDollarsPpm: chance.between(500_000, 950_000),
    depositWonPpm: chance.between(600_000, 970_000),
    burnPpm: chance.between(1_000, 9_000),
    twins: {
      splits: [
        lookAlike(cast.address('thief-split-1'), 'twin'),
        ...splits.slice(1).map(({ role }) => lookAlike(cast.address(role), 'twin')),
      ],
      dollars: lookAlike(cast.address('thief-dollars'), 'twin'),
      deposit: lookAlike(cast.contracts.muleDeposit, 'twin'),
    },
  };
}

/** Uneven shares of what was stolen; 3 to 10 % stay where they are. */
function sharesOf(chance: Dice, count: number): number[] {
  const weights = Array.from({ length: count }, () => chance.between(60, 140));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const givenPpm = chance.between(900_000, 970_000);
  return weights.map((weight) => Math.floor((givenPpm * weight) / all));
}

function notes(what: string, count: number): [string, ...string[]] {
  return [`thief-${what}-1`, ...Array.from({ length: count - 1 }, (_, index) => `thief-${what}-${index + 2}`)];
}
