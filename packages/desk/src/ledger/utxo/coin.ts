import { type Asset, type AssetId, type ChainId, zAssetId } from '@gongjo/contract';

/** The coins of chains of outputs, by their numbers in SLIP-44 (https://github.com/satoshilabs/slips/blob/master/slip-0044.md). */
const coins: Readonly<Record<string, readonly [slip44: number, symbol: string]>> = {
  'bip122:000000000019d6689c085ae165831e93': [0, 'BTC'],
  'bip122:12a765e31ffd4059bada1e25190f6e98': [2, 'LTC'],
  'bip122:1a91e3dace36e2be3bf030a65679fe82': [3, 'DOGE'],
  'bip122:00000ffd590b1485b3caadc19b22e637': [5, 'DASH'],
  'bip122:7497ea1b465eb39f1c8f507bc877078f': [20, 'DGB'],
  'bip122:00000fc63692467faeb20cdb3b53200d': [77, 'XVG'],
  'bip122:00040fe8ec8471911baa1db1266ea15d': [133, 'ZEC'],
  'bip122:000000000000000000651ef99cb9fcbe': [145, 'BCH'],
  'bip122:000000000000000001d956714215d96f': [236, 'BSV'],
};

/** SLIP-44 has one number for the coins of all test networks; a chain that is not known counts as one. */
const testCoin = [1, 'BTC'] as const;

/** The coin that a chain's outputs hold. All of them divide into a hundred million units. */
export function coinOf(chain: ChainId): Asset {
  const [slip44, symbol] = coins[chain] ?? testCoin;
  const id: AssetId = zAssetId.parse(`${chain}/slip44:${slip44}`);
  return { id, symbol, decimals: 8 };
}
