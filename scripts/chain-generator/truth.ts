import { addressText } from './address.ts';
import type { Kind } from './draft.ts';
import type { Reach } from './following.ts';
import type { Scripts } from './scripts.ts';

/** What is known of a generated chain because it was made so. */
export interface Truth {
  readonly network: 'regtest';
  readonly seed: number;
  readonly tip: { readonly height: number; readonly hash: string };
  /** Of the whole chain, genesis and coinbases included. */
  readonly transactions: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly feeUnits: number;
  readonly people: number;
  readonly addresses: number;
  /** Transactions by kind, coinbases left out. */
  readonly kinds: Readonly<Record<Kind, number>>;
  /** FIFO forward, stopping at the CoinJoins of this chain only; CoinJoins apart, nothing else stops it. */
  readonly reaches: readonly Reach[];
  /** Identifiers of CoinJoins by kind, the first of them. */
  readonly coinJoins: Readonly<Record<string, readonly string[]>>;
  /** What the multi-input heuristic joins, CoinJoins left out: how many addresses, and some of them. */
  readonly entities: readonly { readonly size: number; readonly addresses: readonly string[] }[];
}

export function truthOf(known: {
  readonly seed: number;
  readonly height: number;
  readonly tip: string;
  readonly count: {
    readonly transactions: number;
    readonly inputs: number;
    readonly outputs: number;
    readonly fees: number;
    readonly kinds: Readonly<Record<Kind, number>>;
  };
  readonly people: number;
  readonly addresses: number;
  readonly reached: readonly Reach[];
  readonly atTip: readonly Reach[];
  readonly coinJoins: ReadonlyMap<string, readonly string[]>;
  readonly clusters: readonly { readonly size: number; readonly members: readonly number[] }[];
  readonly types: Uint8Array;
  readonly scripts: Scripts;
}): Truth {
  const { count, types, scripts } = known;
  return {
    network: 'regtest',
    seed: known.seed,
    tip: { height: known.height, hash: known.tip },
    transactions: count.transactions,
    inputs: count.inputs,
    outputs: count.outputs,
    feeUnits: count.fees,
    people: known.people,
    addresses: known.addresses,
    kinds: count.kinds,
    reaches: [...known.reached, ...known.atTip],
    coinJoins: Object.fromEntries(known.coinJoins),
    entities: known.clusters.map(({ size, members }) => ({
      size,
      addresses: members.flatMap(
        (member) => addressText(scripts.payload(member, types[member]!), types[member]!) ?? [],
      ),
    })),
  };
}
