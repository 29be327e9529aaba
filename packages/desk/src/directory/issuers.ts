import type { AssetId } from '@gongjo/contract';

/**
 * Tokens whose contract lets the issuer freeze the balance of any address, by contract: `addBlackList` (Tether),
 * `blacklist` (Circle's FiatToken), `freeze` (Paxos), as the issuers publish their contracts. A token that is not here may
 * have such a function, too. Symbols decide nothing.
 */
const issuers: Readonly<Record<string, string>> = {
  'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7': 'Tether',
  'eip155:1/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48': 'Circle',
  'eip155:1/erc20:0x1abaea1f7c830bd89acc67ec4af516284b1bc33c': 'Circle',
  'eip155:1/erc20:0x6c3ea9036406852006290770bedfcaba0e23a0e8': 'Paxos',
  'eip155:1/erc20:0x8e870d67f660d95d5be530380d0ec0bd388289e1': 'Paxos',
  'eip155:1/erc20:0x45804880de22913dafe09f4980848ece6ecbaf78': 'Paxos',
};

/** Who can freeze a token wherever it stands; null where that is not known. */
export function freezingIssuerOf(asset: AssetId): string | null {
  return issuers[asset.toLowerCase()] ?? null;
}
