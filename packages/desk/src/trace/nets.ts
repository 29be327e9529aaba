import type { AssetId } from '@gongjo/contract';
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
