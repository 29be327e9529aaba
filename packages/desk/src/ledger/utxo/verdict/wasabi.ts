import type { VerdictReason } from '@gongjo/contract';
import type { UtxoTransaction } from '../model.ts';
import { type CoinJoinVerdict, reason, type Shape, unknownInputs } from './shape.ts';

/** Around 0.1 BTC: the coordinator changed it a little from round to round (Dumplings, the wallet's own scanner: ± 0.02). */
const baseUnits = 10_000_000n;
const baseTolerance = 2_000_000n;
/** Fewer equal outputs than this were not worth a round; below it ordinary payouts of 0.1 BTC would be taken for one. */
const wasabi1ParticipantsMin = 10;
/** Doublings of the base looked for: 0.1 · 2^15 BTC is more than any round saw. */
const levelsMax = 15;
/** 0.003 % of the base for each participant and each member of its anonymity set, so of n participants n² · 3/100 000. */
const feeNumerator = 3n;
const feeDenominator = 100_000n;

/**
 * Wasabi 1 (ZeroLink, 2018–2022): at least ten outputs of one amount near 0.1 BTC, no more of them than inputs or than
 * addresses spent from, all to native SegWit addresses; further equal outputs at doublings of the base; one output with the
 * coordinator's fee. Schnoering, Vazirgiannis 2023, section on Wasabi 1; Ficsór, ZeroLink, 2017.
 *
 * Fails: rounds of a few participants, and the first rounds with other denominations, are seen as `equal-output` at best; a
 * service that pays ten people 0.1 BTC each out of ten of its addresses is taken for one.
 */
export function wasabi1(tx: UtxoTransaction, shape: Shape): CoinJoinVerdict | null {
  const { equal, inputAddresses, data } = shape;
  if (data || equal.count < wasabi1ParticipantsMin || inputAddresses < equal.count) return null;
  if (equal.units < baseUnits - baseTolerance || equal.units > baseUnits + baseTolerance) return null;
  if (!tx.outputs.every(({ type }) => type === 'p2wpkh')) return null;
  return {
    kind: 'wasabi-1',
    certainty: 'heuristic',
    reasons: [
      reason('base-denomination', { count: equal.count, units: equal.units }),
      reason('input-addresses', { count: inputAddresses, equal: equal.count }),
      ...levels(shape),
      ...coordinatorFee(shape),
      ...unknownInputs(shape),
    ],
  };
}

/** Doublings of the base that at least two outputs hold, each within a hundredth: the coordinator took its fee from them. */
function levels({ amounts, equal }: Shape): VerdictReason[] {
  let count = 0;
  for (let level = 1; level <= levelsMax; level += 1) {
    const wanted = equal.units << BigInt(level);
    for (const [units, outputs] of amounts) {
      const off = units > wanted ? units - wanted : wanted - units;
      if (outputs >= 2 && off * 100n <= wanted) {
        count += 1;
        break;
      }
    }
  }
  return count === 0 ? [] : [reason('denomination-levels', { count })];
}

/** An output of an amount of its own within a quarter of the fee that the base level owes. Supports the verdict only. */
function coordinatorFee({ amounts, equal }: Shape): VerdictReason[] {
  const owed = (equal.units * BigInt(equal.count) * BigInt(equal.count) * feeNumerator) / feeDenominator;
  let nearest: bigint | null = null;
  let nearestOff = owed / 4n;
  for (const [units, outputs] of amounts) {
    const off = units > owed ? units - owed : owed - units;
    if (outputs !== 1 || off > nearestOff) continue;
    if (off === nearestOff && nearest !== null && nearest > units) continue;
    nearest = units;
    nearestOff = off;
  }
  return nearest === null ? [] : [reason('coordinator-fee', { units: nearest })];
}

/** Coordinators since 2024 start rounds at twenty inputs; the first one started them at fifty. */
const wasabi2InputsMin = 20;
/** A consolidation has few outputs and a payout few inputs; a round has many of both. */
const wasabi2OutputsMin = 10;
const wasabi2InputAddressesMin = 10;
/** Everyone splits what they brought into several denominations; a payout of one round amount to many is no round. */
const wasabi2AmountsMin = 4;
/** No smaller output is allowed in a round. */
const standardMin = 5_000n;
/** All bitcoin there will be. */
const standardMax = 2_100_000_000_000_000n;

/**
 * The amounts that Wasabi 2 splits into: all of 2^k, 3^k, 2·3^k, 10^k, 2·10^k and 5·10^k satoshi between the smallest output
 * allowed and all bitcoin (the wallet's published denomination builder).
 */
export const standardDenominations: ReadonlySet<bigint> = new Set(
  [
    [1n, 2n],
    [1n, 3n],
    [2n, 3n],
    [1n, 10n],
    [2n, 10n],
    [5n, 10n],
  ].flatMap(([factor = 1n, base = 2n]) => {
    const amounts: bigint[] = [];
    for (let units = factor; units <= standardMax; units *= base) if (units >= standardMin) amounts.push(units);
    return amounts;
  }),
);

/**
 * Wasabi 2 (WabiSabi, since 2022): many inputs and outputs, both in descending order of amount, outputs to P2WPKH and P2TR
 * only and of several amounts, and more than four fifths of them exactly standard denominations (the share by which the wallet itself tells one).
 * Ficsór, Kogman, Ontivero, Seres, "WabiSabi: Centrally Coordinated CoinJoins with Variable Amounts", 2021; Schnoering,
 * Vazirgiannis 2023, section on Wasabi 2.
 *
 * Fails: rounds of fewer than twenty inputs; a service that pays many people round amounts in descending order out of many
 * coins in descending order is taken for one.
 */
export function wasabi2(tx: UtxoTransaction, shape: Shape): CoinJoinVerdict | null {
  const { inputs, outputs, inputAddresses, amounts } = shape;
  if (inputs < wasabi2InputsMin || outputs < wasabi2OutputsMin) return null;
  if (inputAddresses < wasabi2InputAddressesMin || amounts.size < wasabi2AmountsMin) return null;
  let standard = 0;
  for (const { units, type } of tx.outputs) {
    if (type !== 'p2wpkh' && type !== 'p2tr') return null;
    if (standardDenominations.has(units)) standard += 1;
  }
  if (standard * 5 <= outputs * 4 || !descends(tx.inputs) || !descends(tx.outputs)) return null;
  return {
    kind: 'wasabi-2',
    certainty: 'heuristic',
    reasons: [
      reason('standard-denominations', { count: standard, outputs }),
      reason('amounts-descend', { inputs, outputs }),
      reason('input-addresses', { count: inputAddresses, equal: shape.equal.count }),
      ...unknownInputs(shape),
    ],
  };
}

/** Amounts that the ledger does not know break no order. */
function descends(items: readonly { readonly units: bigint | null }[]): boolean {
  let last: bigint | null = null;
  for (const { units } of items) {
    if (units === null) continue;
    if (last !== null && units > last) return false;
    last = units;
  }
  return true;
}
