import { type AssetId, type ChainId, zAssetId, zChainId } from '@gongjo/contract';

/** One of the networks that Bitcoin Core runs (its `src/kernel/chainparams.cpp`). */
export interface BitcoinNetwork {
  /** As `getblockchaininfo` names it. */
  readonly name: 'main' | 'test' | 'signet' | 'regtest';
  /** CAIP-2 with the namespace `bip122`: the first half of the genesis block's hash. */
  readonly chain: ChainId;
  /** CAIP-19 with SLIP-44; all test networks share a coin type. */
  readonly asset: AssetId;
  readonly genesis: string;
  /** The four bytes before each block in a block file, as an unsigned little-endian number. */
  readonly magic: number;
  /** The easiest target that the network allows. */
  readonly targetMax: bigint;
  /** From this height on, every coinbase must name its height (BIP 34); null where each node may decide. */
  readonly namedHeightsFrom: number | null;
}

function network(
  name: BitcoinNetwork['name'],
  genesis: string,
  magic: number,
  targetMax: bigint,
  namedHeightsFrom: number | null,
): BitcoinNetwork {
  const chain = zChainId.parse(`bip122:${genesis.slice(0, 32)}`);
  const asset = zAssetId.parse(`${chain}/slip44:${name === 'main' ? 0 : 1}`);
  return { name, chain, asset, genesis, magic, targetMax, namedHeightsFrom };
}

export const bitcoinNetworks: readonly BitcoinNetwork[] = [
  network(
    'main',
    '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f',
    0xd9b4bef9,
    (1n << 224n) - 1n,
    227_931,
  ),
  network(
    'test',
    '000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943',
    0x0709110b,
    (1n << 224n) - 1n,
    21_111,
  ),
  network(
    'signet',
    '00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6',
    0x40cf030a,
    0x377aen << 216n,
    1,
  ),
  network(
    'regtest',
    '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206',
    0xdab5bffa,
    (1n << 255n) - 1n,
    null,
  ),
];

export function bitcoinNetwork(name: string): BitcoinNetwork | null {
  return bitcoinNetworks.find((it) => it.name === name) ?? null;
}

export function networkOf(chain: ChainId): BitcoinNetwork | null {
  return bitcoinNetworks.find((it) => it.chain === chain) ?? null;
}
