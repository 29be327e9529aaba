/**
 * Wrapped coins (WETH9 and its like) create and destroy their token with `Deposit(address,uint256)` and
 * `Withdrawal(address,uint256)`, without a `Transfer`. Vaults, bridges and games use events of the same name and shape for
 * other things, and a symbol proves nothing. So such events count as minting and burning
 * - of the contracts below, which are what each chain's users know as its wrapped coin, and
 * - of any other contract only where the same transaction moved at least as much of the chain's coin into the contract as
 *   it says was deposited, and out of it as it says was withdrawn.
 * Known way to fail: where the execution is not read, coin that reached another contract through a router is not seen, and
 * its wrapping is left out.
 */
import type { Address, ChainId } from '@gongjo/contract';

/** Contracts by chain, each as the chain's own documentation names it. */
const wrappedCoins: Readonly<Record<string, string>> = {
  'eip155:1': '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2', // WETH, Ethereum
  'eip155:10': '0x4200000000000000000000000000000000000006', // WETH, OP Mainnet
  'eip155:56': '0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c', // WBNB, BNB Smart Chain
  'eip155:100': '0xe91d153e0b41518a2ce8dd3d7944fa863463a97d', // WXDAI, Gnosis
  'eip155:137': '0x0d500b1d8e8ef31e21c99d1db9a6444d3adf1270', // WPOL, Polygon
  'eip155:8217': '0x19aac5f612f524b754ca7e7c41cbfa2e981a4432', // WKAIA, Kaia
  'eip155:8453': '0x4200000000000000000000000000000000000006', // WETH, Base
  'eip155:42161': '0x82af49447d8a07e3bd95bd0d56f35241523fbab1', // WETH, Arbitrum One
  'eip155:43114': '0xb31f66aa3c1e785363f0875a1b74e27b85fd66c7', // WAVAX, Avalanche
  'eip155:11155111': '0xfff9976782d46cc05630d1f6ebab18b2324d6b14', // WETH, Sepolia
};

/** A movement of the chain's coin; null ends are none. */
export interface CoinMove {
  readonly from: Address | null;
  readonly to: Address | null;
  readonly units: bigint;
}

/** Whether a contract's deposits and withdrawals of one transaction, in sum, are wrapping and unwrapping. */
export type IsWrapping = (contract: Address, deposited: bigint, withdrawn: bigint) => boolean;

/** The rule above for one transaction; `moved`: the coin that it is known to have moved. */
export function wrappingRule(chain: ChainId, moved: readonly CoinMove[]): IsWrapping {
  return (contract, deposited, withdrawn) => {
    if (wrappedCoins[chain] === contract) return true;
    let entered = 0n;
    let left = 0n;
    for (const { from, to, units } of moved) {
      if (to === contract) entered += units;
      if (from === contract) left += units;
    }
    return entered >= deposited && left >= withdrawn;
  };
}
