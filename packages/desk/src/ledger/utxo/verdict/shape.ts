import type { CoinJoinKind, ReasonRule, Verdict, VerdictReason } from '@gongjo/contract';
import type { UtxoTransaction } from '../model.ts';

export interface CoinJoinVerdict extends Verdict {
  readonly kind: CoinJoinKind;
}

/** What the CoinJoin rules look at, counted once. */
export interface Shape {
  readonly inputs: number;
  readonly outputs: number;
  /**
   * How many different addresses its inputs spend from, at most: an input that the ledger does not hold counts as one of its
   * own, because joining strangers does more harm than joining too little.
   */
  readonly inputAddresses: number;
  /** Inputs whose transaction the ledger does not hold. */
  readonly inputsUnknown: number;
  /** The amount that most outputs hold (the larger, where two are as frequent), and how many different addresses hold it. */
  readonly equal: { readonly units: bigint; readonly count: number };
  /** How many outputs hold each amount. */
  readonly amounts: ReadonlyMap<bigint, number>;
  /** It carries data (OP_RETURN): no CoinJoin software writes any into the CoinJoin itself. */
  readonly data: boolean;
}

export function shapeOf(tx: UtxoTransaction): Shape {
  const inputAddresses = new Set<string>();
  let inputsUnknown = 0;
  for (const { address, of } of tx.inputs) {
    if (of === null || address === null) inputsUnknown += 1;
    else inputAddresses.add(address);
  }
  const amounts = new Map<bigint, number>();
  let data = false;
  for (const { units, type } of tx.outputs) {
    if (type === 'op-return') data = true;
    else amounts.set(units, (amounts.get(units) ?? 0) + 1);
  }
  return {
    inputs: tx.inputs.length,
    outputs: tx.outputs.length,
    inputAddresses: inputAddresses.size + inputsUnknown,
    inputsUnknown,
    equal: equalOutputs(tx, amounts),
    amounts,
    data,
  };
}

/** Equal outputs to one address are one participant's, so they count once. */
function equalOutputs(tx: UtxoTransaction, amounts: ReadonlyMap<bigint, number>): Shape['equal'] {
  let most = { units: 0n, count: 0 };
  for (const [units, count] of amounts) {
    if (count > most.count || (count === most.count && units > most.units)) most = { units, count };
  }
  const addresses = new Set<string>();
  for (const { units, address } of tx.outputs) if (units === most.units && address !== null) addresses.add(address);
  return { units: most.units, count: addresses.size };
}

export function reason(rule: ReasonRule, values: Readonly<Record<string, number | bigint>> = {}): VerdictReason {
  const wire = Object.entries(values).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]);
  return { rule, values: Object.fromEntries(wire) };
}

/** Said with every verdict on a transaction that the ledger knows in part. */
export function unknownInputs({ inputsUnknown }: Shape): VerdictReason[] {
  return inputsUnknown === 0 ? [] : [reason('inputs-unknown', { count: inputsUnknown })];
}
