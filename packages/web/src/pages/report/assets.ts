import { type Asset, type Incident, zAssetId } from '@gongjo/contract';

/** Assets of a chain in which a report may name amounts: its coin first, then what the desk's incidents have met there. */
export function assetsOn(chain: string, incidents: readonly Pick<Incident, 'assets'>[]): Asset[] {
  const found = new Map<string, Asset>();
  const coin = coinOf(chain);
  if (coin !== null) found.set(coin.id, coin);
  for (const { assets } of incidents)
    for (const asset of assets) if (asset.id.startsWith(`${chain}/`)) found.set(asset.id, asset);
  const isCoin = ({ id }: Asset) => id.includes('/slip44:');
  return [...found.values()].sort(
    (a, b) => Number(isCoin(b)) - Number(isCoin(a)) || a.symbol.localeCompare(b.symbol) || a.id.localeCompare(b.id),
  );
}

const bitcoin = 'bip122:000000000019d6689c085ae165831e93';

/** On EVM chains the desk's ledger calls the coin so, whatever the chain calls it. Others are known once one was met. */
function coinOf(chain: string): Asset | null {
  if (chain.startsWith('eip155:')) return { id: zAssetId.parse(`${chain}/slip44:60`), symbol: 'ETH', decimals: 18 };
  return chain === bitcoin ? { id: zAssetId.parse(`${chain}/slip44:0`), symbol: 'BTC', decimals: 8 } : null;
}
