import type { Address, ChangeHeuristic, VerdictReason } from '@gongjo/contract';
import type { TxNumber, UtxoOutput, UtxoTransaction } from '../model.ts';
import { amountsOf, peelOf } from '../verdict/peeling.ts';
import { reason } from '../verdict/shape.ts';
import { addressKind } from './address-kind.ts';

/** What heuristics need beyond the transaction. What is left out is not known, and those that need it stay silent. */
export interface ChangeFacts {
  /** The first transaction that ever paid each address. */
  readonly firstPaid?: ReadonlyMap<Address, TxNumber>;
  /** nLockTime of this transaction and of those that spent its outputs. The ledger does not hold it; a node tells it. */
  readonly locktimes?: ReadonlyMap<TxNumber, number>;
}

export interface Candidate {
  readonly output: number;
  readonly reasons: readonly VerdictReason[];
}

/** A candidate, `null` (no single one), or `facts-missing`. */
export type Answer = Candidate | null | 'facts-missing';
export type Heuristic = (tx: UtxoTransaction, facts: ChangeFacts) => Answer;

/** Payments are called round at a hundredth of a coin (10^6 of 10^8), BlockSci's default. */
const roundUnits = 1_000_000n;

/** The only output whose address is of the one kind that all inputs are of. */
const addressType: Heuristic = (tx) => {
  const kinds = new Set(tx.inputs.map(({ address }) => (address === null ? null : addressKind(address))));
  const [kind] = kinds;
  if (kinds.has(null)) return 'facts-missing';
  if (kinds.size !== 1 || kind === undefined) return null;
  const spendable = payable(tx);
  if (spendable.length < 2) return null;
  const values = { outputs: spendable.length, inputs: tx.inputs.length };
  return only(tx, ({ address }) => address !== null && addressKind(address) === kind, reason('change-type', values));
};

/** The only output to an address never paid before, where no output returns to an input's address (Meiklejohn's conditions). */
const firstUse: Heuristic = (tx, { firstPaid }) => {
  const spendable = payable(tx);
  if (firstPaid === undefined || spendable.some(({ address }) => address !== null && !firstPaid.has(address)))
    return 'facts-missing';
  if (spendable.length < 2 || reuse(tx, {}) !== null) return null;
  const fresh = ({ address }: UtxoOutput) => address !== null && firstPaid.get(address) === tx.number;
  return only(tx, fresh, reason('change-first-use', { others: spendable.length - 1 }));
};

/** The only output to the address of an input. */
const reuse: Heuristic = (tx) => {
  const own = new Map<Address, number>();
  for (const { address } of tx.inputs) if (address !== null) own.set(address, (own.get(address) ?? 0) + 1);
  const found = only(tx, ({ address }) => address !== null && own.has(address));
  const address = found === null ? null : tx.outputs[found.output]?.address;
  if (found === null || !address || payable(tx).length < 2) return null;
  return { ...found, reasons: [reason('change-reuse', { inputs: own.get(address) ?? 0 })] };
};

/** The only output smaller than every input: a payment of that size would not have needed the smallest input. */
const optimalChange: Heuristic = (tx) => {
  if (tx.inputs.length < 2 || payable(tx).length < 2) return null;
  let smallestUnits: bigint | null = null;
  for (const { units } of tx.inputs) {
    if (units === null) return 'facts-missing';
    if (smallestUnits === null || units < smallestUnits) smallestUnits = units;
  }
  const least = smallestUnits ?? 0n;
  const found = only(tx, ({ address, units }) => address !== null && units < least);
  if (found === null) return null;
  const units = tx.outputs[found.output]?.units ?? 0n;
  return { ...found, reasons: [reason('change-optimal', { units, smallestUnits: least })] };
};

/** The only output that is not round, where all others are. */
const roundAmounts: Heuristic = (tx) => {
  const others = payable(tx).length - 1;
  if (others < 1) return null;
  const odd = ({ address, units }: UtxoOutput) => address !== null && units % roundUnits !== 0n;
  return only(tx, odd, reason('change-round', { units: roundUnits, others }));
};

/** The only output spent by a transaction that sets a lock time (or none) as this one does, where all outputs are spent. */
const locktime: Heuristic = (tx, { locktimes }) => {
  const own = locktimes?.get(tx.number);
  if (locktimes === undefined || own === undefined) return 'facts-missing';
  const spendable = payable(tx);
  if (spendable.length < 2 || spendable.some(({ spentBy }) => spentBy === null)) return null;
  if (spendable.some(({ spentBy }) => spentBy !== null && !locktimes.has(spentBy.tx))) return 'facts-missing';
  const alike = ({ spentBy }: UtxoOutput) => spentBy !== null && (locktimes.get(spentBy.tx) ?? 0) > 0 === own > 0;
  return only(tx, alike, reason('change-locktime'));
};

/** What remains of a peel. */
const peeling: Heuristic = (tx) => {
  const peel = peelOf(tx);
  return peel === null ? null : { output: peel.remainder, reasons: [reason('change-peel', amountsOf(tx, peel))] };
};

/** By name; what each is, where it is described and how it fails stands in `contract` (`changeSources`, `changeFailure`). */
export const heuristics: Readonly<Record<ChangeHeuristic, Heuristic>> = {
  'address-type': addressType,
  'first-use': firstUse,
  reuse,
  'optimal-change': optimalChange,
  'round-amounts': roundAmounts,
  locktime,
  peeling,
};

/** Outputs that somebody can spend. */
function payable(tx: UtxoTransaction): readonly UtxoOutput[] {
  return tx.outputs.filter(({ address }) => address !== null);
}

/** The one output that fits; null where none or several do. */
function only(tx: UtxoTransaction, fits: (output: UtxoOutput) => boolean, why?: VerdictReason): Candidate | null {
  let found: number | null = null;
  for (const [output, each] of tx.outputs.entries()) {
    if (!fits(each)) continue;
    if (found !== null) return null;
    found = output;
  }
  return found === null ? null : { output: found, reasons: why === undefined ? [] : [why] };
}
