import type { Address, AssetId, ChainId } from '@gongjo/contract';

/** Ether's coin type in SLIP-44, which CAIP-19 uses to name a chain's own coin. */
const COIN = 'slip44:60';
const TOKEN = 'erc20:';

/** How the chain's own coin is shown. */
export const ETHER = { symbol: 'ETH', decimals: 18 };

export function nativeAsset(chain: ChainId): AssetId {
  return `${chain}/${COIN}` as AssetId;
}

/** The token is its contract. */
export function tokenAsset(chain: ChainId, contract: Address): AssetId {
  return `${chain}/${TOKEN}${contract}` as AssetId;
}

/** The contract of a token; null for the chain's own coin. */
export function contractOf(asset: AssetId): Address | null {
  const name = asset.slice(asset.indexOf('/') + 1);
  return name.startsWith(TOKEN) ? (name.slice(TOKEN.length) as Address) : null;
}
