import type { Address, AssetId } from '@gongjo/contract';
import { type Cast, chain } from './cast.ts';

export const coin = `${chain}/slip44:60` as AssetId;
/** Both tokens have six decimals, the chain's coin has 18. */
export const tokenDecimals = 6;
export const coinDecimals = 18;

/** Whole won or dollars, and thousandths of the coin, in smallest units. */
export const tokens = (whole: number): bigint => BigInt(whole) * 10n ** 6n;
export const milliCoins = (thousandths: number): bigint => BigInt(thousandths) * 10n ** 15n;

export function tokenAsset(contract: Address): AssetId {
  return `${chain}/erc20:${contract}` as AssetId;
}

/** Symbol and decimals of the assets in the play, for the lines that a person reads. */
export function assetNames(cast: Cast): ReadonlyMap<AssetId, { symbol: string; decimals: number }> {
  return new Map([
    [coin, { symbol: 'ETH', decimals: coinDecimals }],
    [tokenAsset(cast.contracts.won), { symbol: 'KRWT', decimals: tokenDecimals }],
    [tokenAsset(cast.contracts.dollar), { symbol: 'USDG', decimals: tokenDecimals }],
  ]);
}
