import { type Actors, owner, peelers } from './actors.ts';
import type { Coins } from './coins.ts';
import { clear, type Draft, dataAddress, inputsMax, pay, swapOutputs, take } from './draft.ts';
import type { Random } from './random.ts';
import { shapes } from './shapes.ts';

export interface Market {
  readonly random: Random;
  readonly coins: Coins;
  readonly actors: Actors;
  readonly draft: Draft;
  /** Coins made in the last block, at least 1: what an age in blocks means in coins. */
  coinsPerBlock: number;
  /** How far the unspent coins are above their share: 1 is as wished. */
  pressure: number;
  /** Of each peeling chain. */
  readonly peelStepsLeft: Int32Array;
}

/** Fills the draft; false where nobody could make such a transaction now. */
export type Maker = (market: Market) => boolean;

const { dustUnits } = shapes;
const triesMax = 64;

/** A coin of a person, younger ones sooner; −1 where a fair number of draws found none. */
export function coinOfPerson({ random, coins, coinsPerBlock }: Market, unitsMin = 0): number {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const age = random.lomax(shapes.spendAge.scaleBlocks * coinsPerBlock, shapes.spendAge.shape);
    if (age > 0x7fff_ffff) continue;
    const slot = coins.aged(1 + Math.floor(age));
    if (slot >= 0 && coins.owners[slot]! >= owner.people && coins.units[slot]! >= unitsMin) return slot;
  }
  return -1;
}

/** At some sat per virtual byte; sizes as of P2WPKH. At most half of what is taken. */
export function feeOf({ random, draft }: Market, outputs: number): number {
  const { median, sigma, most } = shapes.feeRate;
  const rate = Math.min(most, Math.max(1, random.logNormal(median, sigma)));
  const fee = Math.ceil(rate * (11 + 68 * draft.inputs + 31 * outputs));
  return Math.max(1, Math.min(fee, Math.floor(draft.taken / 2)));
}

/** Takes up to `more` other coins of the coin's owner, newest first. */
export function takeMore({ coins, draft }: Market, first: number, more: number): void {
  let left = Math.min(more, inputsMax - draft.inputs);
  for (let slot = coins.newestOf(coins.owners[first]!); slot >= 0 && left > 0; slot = coins.olderThan(slot)) {
    if (slot === first) continue;
    take(draft, slot, coins.units[slot]!);
    left -= 1;
  }
}

function payPayee({ random, actors, draft }: Market, payer: number, units: number): void {
  const { exchange, merchant } = shapes.payees;
  const draw = random.unit();
  if (draw < exchange && payer >= owner.people) {
    const deposit = actors.deposit(payer);
    pay(draft, deposit.owner, deposit.address, units);
  } else if (draw < exchange + merchant) {
    const payee = owner.merchant(Math.floor(shapes.merchants * random.unit() ** 3));
    pay(draft, payee, actors.address(payee), units);
  } else {
    const payee = actors.person();
    pay(draft, payee, actors.address(payee), units);
  }
}

function amount(random: Random, available: number): number {
  let units = Math.floor(random.logNormal(shapes.payment.medianUnits, shapes.payment.sigma));
  if (units > available) units = random.chance(0.2) ? available : Math.floor(available * random.unit());
  if (random.chance(shapes.roundShare)) {
    const unit = 10 ** Math.max(3, Math.floor(Math.log10(units + 1)) - 1);
    units = Math.floor(units / unit) * unit;
  }
  return Math.max(dustUnits, units);
}

/** Someone pays one payee, now and then several, and gets change. */
export const payment: Maker = (market) => {
  const { random, coins, actors, draft } = market;
  clear(draft, 'payment');
  const first = coinOfPerson(market);
  if (first < 0) return false;
  const payer = coins.owners[first]!;
  take(draft, first, coins.units[first]!);
  const { least, most, shape } = shapes.paymentInputs;
  let more = random.pareto(least, most, shape) - 1;
  if (market.pressure > 1) more += random.pareto(1, most, Math.max(0.6, 2 - market.pressure));
  takeMore(market, first, more);
  const payees = random.chance(0.05) ? random.between(2, 4) : 1;
  const available = draft.taken - feeOf(market, payees + 1);
  if (available < dustUnits * payees) return false;
  let left = available;
  for (let i = 0; i < payees; i += 1) {
    const reserved = dustUnits * (payees - 1 - i);
    const units = Math.min(left - reserved, amount(random, left - reserved));
    const leaves = left - units;
    payPayee(market, payer, i === payees - 1 && leaves < dustUnits ? left : units);
    left = i === payees - 1 && leaves < dustUnits ? 0 : leaves;
  }
  if (left > 0) {
    const change = random.chance(shapes.changeReuseShare) ? coins.addresses[first]! : actors.newAddress(payer);
    pay(draft, payer, change, left);
    swapOutputs(draft, random.below(draft.outputs), draft.outputs - 1);
  }
  return true;
};

/** An exchange pays withdrawals, or a mining pool its miners, many at once. */
export const payout: Maker = (market) => {
  const { random, coins, actors, draft } = market;
  clear(draft, 'payout');
  const isPool = random.chance(0.15);
  const payer = isPool ? owner.pool(random.below(shapes.pools)) : owner.hot(actors.exchange());
  const first = coins.newestOf(payer);
  if (first < 0) return false;
  take(draft, first, coins.units[first]!);
  takeMore(market, first, random.pareto(1, 60, 1.3));
  const { least, most, shape } = shapes.payoutOutputs;
  const wanted = random.pareto(least, most, shape);
  const available = draft.taken - feeOf(market, wanted + 1);
  const outputs = Math.min(wanted, Math.floor(available / 20_000));
  if (outputs < 2) return false;
  const even = Math.floor(available / outputs);
  let left = available;
  for (let i = 0; i < outputs && left > dustUnits; i += 1) {
    const drawn = isPool
      ? random.logNormal(even * 0.8, 0.7)
      : Math.min(even, random.logNormal(shapes.payment.medianUnits, shapes.payment.sigma));
    const units = Math.min(left, Math.max(dustUnits, Math.floor(drawn)));
    const payee = actors.person();
    pay(draft, payee, actors.address(payee), units);
    left -= units;
  }
  if (left >= dustUnits) pay(draft, payer, actors.address(payer), left);
  return true;
};

/** An exchange sweeps deposit addresses into its hot wallet, or a service consolidates. */
export const sweep: Maker = (market) => {
  const { random, coins, actors, draft } = market;
  clear(draft, 'sweep');
  const exchange = actors.exchange();
  const isService = random.chance(0.15);
  const from = isService ? owner.merchant(Math.floor(shapes.merchants * random.unit() ** 3)) : owner.deposits(exchange);
  if (coins.countOf(from) < 2) return false;
  const { least, most, shape } = shapes.sweepInputs;
  const first = coins.newestOf(from);
  take(draft, first, coins.units[first]!);
  takeMore(market, first, random.pareto(least, most, shape));
  const units = draft.taken - feeOf(market, 1);
  if (units < dustUnits) return false;
  if (isService) {
    const deposit = actors.deposit(actors.person());
    pay(draft, deposit.owner, deposit.address, units);
  } else pay(draft, owner.hot(exchange), actors.address(owner.hot(exchange)), units);
  return true;
};

/** OP_RETURN and change; every third time a token of the smallest amount moves beside it. */
export const data: Maker = (market) => {
  const { random, coins, actors, draft } = market;
  clear(draft, 'data');
  const first = coinOfPerson(market, 20_000);
  if (first < 0) return false;
  const payer = coins.owners[first]!;
  take(draft, first, coins.units[first]!);
  let left = draft.taken - feeOf(market, 3);
  draft.dataBytes = random.between(8, 75);
  pay(draft, 0, dataAddress, 0);
  if (random.chance(1 / 3)) {
    const payee = actors.person();
    pay(draft, payee, actors.address(payee), dustUnits);
    left -= dustUnits;
  }
  if (left < dustUnits) return false;
  pay(draft, payer, actors.address(payer), left);
  return true;
};

/** One step of a peeling chain: a large coin pays a small part away, and the rest goes on at a new address. */
export const peel: Maker = (market) => {
  const { random, coins, actors, draft } = market;
  clear(draft, 'peel');
  const steps = market.peelStepsLeft;
  const peeler = random.below(peelers);
  const of = owner.peeler(peeler);
  const coin = coins.newestOf(of);
  if (coin < 0) {
    const first = coinOfPerson(market, 50_000_000);
    if (first < 0) return false;
    take(draft, first, coins.units[first]!);
    steps[peeler] = random.pareto(shapes.peelSteps.least, shapes.peelSteps.most, shapes.peelSteps.shape);
    pay(draft, of, actors.newAddress(of), draft.taken - feeOf(market, 1));
    return true;
  }
  take(draft, coin, coins.units[coin]!);
  const available = draft.taken - feeOf(market, 2);
  steps[peeler]! -= 1;
  const part = Math.floor(available * (0.002 + 0.03 * random.unit()));
  const to = actors.person();
  const payee = random.chance(0.6) ? actors.deposit(to) : { owner: to, address: actors.address(to) };
  if (available < dustUnits) return false;
  if (steps[peeler]! <= 0 || part < dustUnits) pay(draft, payee.owner, payee.address, available);
  else {
    pay(draft, payee.owner, payee.address, part);
    pay(draft, of, actors.newAddress(of), available - part);
    if (random.chance(0.5)) swapOutputs(draft, 0, 1);
  }
  return true;
};

/** Dust on addresses of many people, to join them when they spend it. */
export const dust: Maker = (market) => {
  const { random, coins, actors, draft } = market;
  clear(draft, 'dust');
  const outputs = random.between(50, 400);
  const first = coinOfPerson(market, outputs * dustUnits * 4 + 100_000);
  if (first < 0) return false;
  const payer = coins.owners[first]!;
  take(draft, first, coins.units[first]!);
  let left = draft.taken - feeOf(market, outputs + 1);
  for (let i = 0; i < outputs && left > 2 * dustUnits; i += 1) {
    const payee = actors.person();
    pay(draft, payee, actors.lastAddress(payee), dustUnits);
    left -= dustUnits;
  }
  if (left < dustUnits) return false;
  pay(draft, payer, actors.newAddress(payer), left);
  return true;
};
