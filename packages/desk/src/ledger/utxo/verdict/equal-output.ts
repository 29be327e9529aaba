import type { UtxoTransaction } from '../model.ts';
import { type Division, division } from './division.ts';
import { type CoinJoinVerdict, reason, type Shape, unknownInputs } from './shape.ts';

const participantsMin = 2;
/** Two equal outputs and one change are too often one person paying two, so two participants must both have change. */
const participantsWithoutOneChangeMin = 3;
/** Without change outputs the shape says less, so it takes more participants (Whirlpool's number) and all inputs known. */
const participantsWithoutChangeMin = 5;
/** Equal outputs of dust carry messages or tokens (546 and 2730 satoshi are the usual ones: Goldfeder et al. 2018). */
const dustUnitsMax = 2_730n;
/** What a participant may earn from the others, as the larger of both: 10 000 satoshi, a hundredth of the equal amount. */
const earnedUnitsMax = 10_000n;
const earnedShare = 100n;

/**
 * A CoinJoin with equal outputs, as JoinMarket makes them: n participants, n outputs of exactly one amount to n addresses, at
 * most one change output for each participant (and one participant may have none), inputs from at least n addresses, and the
 * inputs can be divided so that every participant brought what they took out. Maurer, Neudecker, Florian, "Anonymous CoinJoin
 * Transactions with Arbitrary Values", 2017; Goldfeder, Kalodner, Reisman, Narayanan, "When the Cookie Meets the
 * Blockchain", 2018; Schnoering, Vazirgiannis 2023; Stütz, Stockinger, Moreno-Sanchez, Haslhofer, Maffei, "Adoption and
 * Actual Privacy of Decentralized CoinJoin Implementations in Bitcoin", 2022.
 *
 * Fails: a service that pays equal amounts is taken for one, if its coins lie on as many addresses as it makes equal payouts
 * and happen to divide; one payout from a few addresses, the usual case, is not. Not seen: two participants of whom one has no
 * change, CoinJoins whose outputs have no equal amounts (Knapsack, PayJoin), participants with two change outputs, more than
 * one without change.
 */
export function equalOutput(tx: UtxoTransaction, shape: Shape): CoinJoinVerdict | null {
  const { equal, outputs, inputAddresses, data, amounts } = shape;
  const n = equal.count;
  if (data || n < participantsMin || inputAddresses < n || equal.units <= dustUnitsMax) return null;
  if (amounts.get(equal.units) !== n) return null;
  const changes = outputs - n;
  const withoutChange = changes === 0 && n >= participantsWithoutChangeMin && shape.inputsUnknown === 0;
  const withoutOneChange = changes === n - 1 && n >= participantsWithoutOneChangeMin;
  if (changes !== n && !withoutOneChange && !withoutChange) return null;
  const divides = shape.inputsUnknown > 0 ? 'undecided' : dividesAmong(tx, equal.units, n);
  // Of two participants the division is the evidence; of more, their number is.
  if (divides === 'impossible' || (n === 2 && divides === 'undecided')) return null;
  return {
    kind: 'equal-output',
    certainty: 'heuristic',
    reasons: [
      reason('equal-outputs', { count: n, units: equal.units }),
      reason('input-addresses', { count: inputAddresses, equal: n }),
      withoutChange ? reason('no-change-outputs') : reason('change-outputs', { count: changes, participants: n }),
      reason(divides === 'possible' ? 'inputs-divide' : 'inputs-division-undecided', { participants: n }),
      ...unknownInputs(shape),
    ],
  };
}

function dividesAmong(tx: UtxoTransaction, equalUnits: bigint, participants: number): Division {
  const parts = new Map<string, bigint>();
  for (const { address, units } of tx.inputs) {
    if (address === null || units === null) continue;
    parts.set(address, (parts.get(address) ?? 0n) + units);
  }
  const changes = tx.outputs.flatMap(({ units }) => (units === equalUnits ? [] : [units]));
  const share = equalUnits / earnedShare;
  const earned = share > earnedUnitsMax ? share : earnedUnitsMax;
  const goals = Array.from({ length: participants }, (_, at) => equalUnits + (changes[at] ?? 0n) - earned);
  return division([...parts.values()], goals);
}
