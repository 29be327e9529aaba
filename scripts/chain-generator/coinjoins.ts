import { owner } from './actors.ts';
import { clear, type Draft, dataAddress, pay, swapOutputs, take } from './draft.ts';
import { coinOfPerson, feeOf, type Maker, type Market, takeMore } from './payments.ts';
import type { Random } from './random.ts';
import { scriptTypes, shapes } from './shapes.ts';

const { dustUnits } = shapes;

const p2wpkh = scriptTypes.indexOf('p2wpkh');
const p2tr = scriptTypes.indexOf('p2tr');

/** Coins of `wanted` different people who hold such types, each worth at least `unitsMin` with a few others of its owner. */
function participants(market: Market, wanted: number, unitsMin: number, types: readonly number[]): Map<number, number> {
  const { coins, draft, random, actors } = market;
  const found = new Map<number, number>();
  for (let tries = 0; tries < wanted * 6 && found.size < wanted; tries += 1) {
    const first = coinOfPerson(market);
    if (first < 0) continue;
    const person = coins.owners[first]!;
    if (found.has(person) || !types.includes(actors.types[coins.addresses[first]!]!)) continue;
    const inputsBefore = draft.inputs;
    const takenBefore = draft.taken;
    take(draft, first, coins.units[first]!);
    takeMore(market, first, random.below(3));
    if (draft.taken - takenBefore >= unitsMin) found.set(person, draft.taken - takenBefore);
    else {
      draft.inputs = inputsBefore;
      draft.taken = takenBefore;
    }
  }
  return found;
}

function shuffle(random: Random, draft: Draft): void {
  for (let i = draft.outputs - 1; i > 0; i -= 1) swapOutputs(draft, i, random.below(i + 1));
  const { slots } = draft;
  for (let i = draft.inputs - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [slots[i], slots[j]] = [slots[j]!, slots[i]!];
  }
}

/** Equal outputs for everyone, change for most (Ficsór, ZeroLink, 2017; JoinMarket; Wasabi 1). */
function equalOutputs(
  market: Market,
  wanted: number,
  least: number,
  denomination: number,
  coordinator: boolean,
): boolean {
  const { random, actors, draft } = market;
  const feeEach = 15_000;
  const people = participants(market, wanted, denomination + feeEach, [p2wpkh]);
  if (people.size < least) return false;
  for (const [person, units] of people) {
    pay(draft, person, actors.newAddress(person, p2wpkh), denomination);
    const change = units - denomination - feeEach;
    if (change >= 5_000) pay(draft, person, actors.newAddress(person, p2wpkh), change);
  }
  if (coordinator) {
    const fee = Math.max(dustUnits, people.size * 3_000);
    pay(draft, owner.merchant(0), actors.newAddress(owner.merchant(0), p2wpkh), fee);
  }
  shuffle(random, draft);
  return true;
}

/** Wasabi Wallet 1: tens of equal outputs of about 0.1 BTC, change, and the coordinator's fee; all of them P2WPKH. */
export const wasabi1: Maker = (market) => {
  clear(market.draft, 'wasabi1');
  const { random } = market;
  return equalOutputs(market, random.between(15, 90), 10, 10_000_000 - random.below(200_000), true);
};

/** JoinMarket: a taker and some makers, equal outputs of any amount. */
export const joinmarket: Maker = (market) => {
  clear(market.draft, 'joinmarket');
  const { random } = market;
  return equalOutputs(market, random.between(4, 10), 3, 1_000_000 + random.below(20_000_000), false);
};

/** The standard denominations of Wasabi Wallet 2: powers of 2, of 3 and of 10, and twice or five times some, of sats. */
const denominations = (() => {
  const all = new Set<number>();
  for (let power = 0; power < 40; power += 1) {
    all.add(2 ** power);
    all.add(3 ** power);
    all.add(2 * 3 ** power);
    all.add(10 ** power);
    all.add(2 * 10 ** power);
    all.add(5 * 10 ** power);
  }
  return [...all].filter((it) => it >= 5_000 && it <= 137_438_953_472).sort((a, b) => b - a);
})();

/** Wasabi Wallet 2 (WabiSabi, Ficsór et al. 2021): many inputs, outputs only of standard denominations, both largest first. */
export const wasabi2: Maker = (market) => {
  const { random, coins, actors, draft } = market;
  clear(draft, 'wasabi2');
  const people = participants(market, random.between(40, 130), 60_000, [p2wpkh, p2tr]);
  if (people.size < 25) return false;
  const made: (readonly [person: number, units: number])[] = [];
  for (const [person, units] of people) {
    let left = units - 12_000;
    let parts = 0;
    for (const units of denominations) {
      while (left >= units && parts < 8) {
        made.push([person, units]);
        left -= units;
        parts += 1;
      }
    }
  }
  made.sort(([, a], [, b]) => b - a);
  for (const [person, units] of made)
    pay(draft, person, actors.newAddress(person, random.chance(0.5) ? p2wpkh : p2tr), units);
  const inputs = draft.slots.subarray(0, draft.inputs);
  inputs.sort((a, b) => coins.units[b]! - coins.units[a]!);
  return true;
};

const pool = 1_000_000;
const premixExtra = 4_000;

/** Samourai Whirlpool: five inputs, five equal outputs; new coins of a `tx0` pay the fee, remixed coins are exact. */
export const whirlpool: Maker = (market) => {
  const { random, coins, actors, draft } = market;
  const waiting: number[] = [];
  let hasPremix = false;
  for (let slot = coins.newestOf(owner.mix); slot >= 0 && waiting.length < 200; slot = coins.olderThan(slot)) {
    waiting.push(slot);
    if (coins.units[slot]! > pool) hasPremix = true;
  }
  if (!hasPremix || waiting.length < 12) return tx0(market);
  clear(draft, 'whirlpool');
  const premix = waiting.filter((slot) => coins.units[slot]! > pool).slice(0, 2);
  const remix = waiting.filter((slot) => coins.units[slot] === pool);
  for (let i = remix.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [remix[i], remix[j]] = [remix[j]!, remix[i]!];
  }
  const chosen = [...premix, ...remix, ...waiting.filter((slot) => coins.units[slot]! > pool).slice(2)].slice(0, 5);
  for (const slot of chosen) take(draft, slot, coins.units[slot]!);
  for (let i = 0; i < 5; i += 1) {
    const to = random.chance(0.5) ? owner.mix : actors.person();
    pay(draft, to, actors.newAddress(to, p2wpkh), pool);
  }
  shuffle(random, draft);
  return true;
};

/** Whirlpool's entry: a coin is cut into equal premix coins, a fee, change, and data. */
const tx0: Maker = (market) => {
  const { random, coins, actors, draft } = market;
  clear(draft, 'tx0');
  const first = coinOfPerson(market, 4 * (pool + premixExtra) + 200_000);
  if (first < 0) return false;
  const person = coins.owners[first]!;
  take(draft, first, coins.units[first]!);
  const parts = Math.min(random.between(3, 25), Math.floor((draft.taken - 150_000) / (pool + premixExtra)));
  const left = draft.taken - feeOf(market, parts + 3) - 50_000 - parts * (pool + premixExtra);
  if (left < dustUnits) return false;
  draft.dataBytes = 64;
  pay(draft, 0, dataAddress, 0);
  pay(draft, owner.merchant(1), actors.newAddress(owner.merchant(1)), 50_000);
  for (let i = 0; i < parts; i += 1) pay(draft, owner.mix, actors.newAddress(owner.mix, p2wpkh), pool + premixExtra);
  pay(draft, person, actors.newAddress(person), left);
  return true;
};
