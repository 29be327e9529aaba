import type { Address, AssetId } from '@gongjo/contract';
import type { Movement } from '../ledger/index.ts';
import type { Account } from './account.ts';
import { isFee, type Move } from './facts.ts';

/** What each address gained (positive) or lost (negative) of each asset in one transaction, fees left out. */
export type Nets = ReadonlyMap<Account, ReadonlyMap<AssetId, bigint>>;

export function netsOf(moves: readonly Move[]): Nets {
  const nets = new Map<Account, Map<AssetId, bigint>>();
  const add = (account: Account | null, asset: AssetId, units: bigint) => {
    if (account === null) return;
    let assets = nets.get(account);
    if (assets === undefined) {
      assets = new Map();
      nets.set(account, assets);
    }
    assets.set(asset, (assets.get(asset) ?? 0n) + units);
  };
  for (const { movement, from, to } of moves) {
    if (isFee(movement)) continue;
    add(from, movement.asset, -movement.units);
    add(to, movement.asset, movement.units);
  }
  return nets;
}

/** The assets that an address gave and took on balance, each sorted. */
export function givenAndTaken(net: ReadonlyMap<AssetId, bigint>): { given: AssetId[]; taken: AssetId[] } {
  const given: AssetId[] = [];
  const taken: AssetId[] = [];
  for (const [asset, units] of net) {
    if (units < 0n) given.push(asset);
    if (units > 0n) taken.push(asset);
  }
  return { given: given.sort(), taken: taken.sort() };
}

/** What addresses have less of after these movements than before, by address and asset; fees left out. */
export function lossesIn(movements: readonly Movement[]): Map<string, bigint> {
  const losses = new Map<string, bigint>();
  const add = (address: Address | null, asset: AssetId, units: bigint) => {
    if (address === null) return;
    const key = `${address} ${asset}`;
    losses.set(key, (losses.get(key) ?? 0n) + units);
  };
  for (const movement of movements) {
    if (isFee(movement)) continue;
    add(movement.from, movement.asset, movement.units);
    add(movement.to, movement.asset, -movement.units);
  }
  for (const [key, units] of losses) if (units <= 0n) losses.delete(key);
  return losses;
}
