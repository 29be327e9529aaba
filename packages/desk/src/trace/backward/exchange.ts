import type { Address, AssetId } from '@gongjo/contract';
import type { Movement } from '../../ledger/index.ts';
import { isFee } from '../facts.ts';
import { movesValue } from '../lead.ts';
import { compareText } from '../tags.ts';

/** An exchange of one asset for others that one address makes in one transaction. */
export interface Exchange {
  readonly address: Address;
  readonly given: AssetId;
  readonly givenUnits: bigint;
  /** The movements by which the address gave, in order. */
  readonly outflows: readonly Movement[];
  readonly first: Movement;
  /** What it received of each other asset. */
  readonly taken: ReadonlyMap<AssetId, bigint>;
  /** Who took of the given asset and gave of a taken one; most of the given asset first. */
  readonly counterparties: readonly Address[];
  /** Whoever the address gave to directly. */
  readonly receivers: readonly Address[];
}

/**
 * What a transaction exchanges at an address, from all its movements: the address gives exactly one asset, gets others, and
 * neither gets back of the first nor gives of the others; someone nets in of the one and out of the others. Null where it is
 * otherwise, e.g. where a router refunds a part: a forward trace nets that, but going back the refund could not be told from
 * what paid for it.
 */
export function exchangeIn(movements: readonly Movement[], address: Address): Exchange | null {
  const moving = movements.filter((movement) => !isFee(movement) && movesValue(movement)).sort((a, b) => a.ord - b.ord);
  const outflows = moving.filter(({ from }) => from === address);
  const taken = new Map<AssetId, bigint>();
  for (const { to, asset, units } of moving) if (to === address) taken.set(asset, (taken.get(asset) ?? 0n) + units);
  const [first] = outflows;
  if (first === undefined || taken.size === 0) return null;
  const { asset: given } = first;
  if (taken.has(given) || outflows.some(({ asset }) => asset !== given)) return null;
  const nets = netsOf(moving);
  const gained = (other: Address) => nets.get(other)?.get(given) ?? 0n;
  const counterparties = [...nets.keys()]
    .filter((other) => other !== address && gained(other) > 0n)
    .filter((other) => [...taken.keys()].some((asset) => (nets.get(other)?.get(asset) ?? 0n) < 0n))
    .sort((a, b) => (gained(a) < gained(b) ? 1 : gained(a) > gained(b) ? -1 : compareText(a, b)));
  if (counterparties.length === 0) return null;
  const givenUnits = outflows.reduce((sum, { units }) => sum + units, 0n);
  const receivers = outflows.flatMap(({ to }) => (to === null ? [] : [to]));
  return { address, given, givenUnits, outflows, first, taken, counterparties, receivers };
}

function netsOf(movements: readonly Movement[]): Map<Address, Map<AssetId, bigint>> {
  const nets = new Map<Address, Map<AssetId, bigint>>();
  const add = (address: Address | null, asset: AssetId, units: bigint) => {
    if (address === null) return;
    const assets = nets.get(address) ?? new Map<AssetId, bigint>();
    nets.set(address, assets.set(asset, (assets.get(asset) ?? 0n) + units));
  };
  for (const { from, to, asset, units } of movements) {
    add(from, asset, -units);
    add(to, asset, units);
  }
  return nets;
}
