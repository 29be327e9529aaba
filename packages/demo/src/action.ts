import type { Address, AssetId } from '@gongjo/contract';
import { encodeAbiParameters, encodeFunctionData, type Hex, keccak256, parseAbi, stringToBytes } from 'viem';
import { coin, tokenAsset } from './assets.ts';
import type { Book, Effect } from './book.ts';
import { type Cast, lowerCase, type Role } from './cast.ts';

export type TokenName = 'won' | 'dollar';

/** A fixed amount, or parts per million of what the address holds when the block begins. */
export type Amount = bigint | { readonly ppm: number };

/** One transaction of the play. `by` signs it and pays its fee. */
export type Action = { readonly by: Role } & (
  | { readonly do: 'send-coin'; readonly to: Address; readonly amount: bigint }
  | { readonly do: 'transfer'; readonly token: TokenName; readonly to: Address; readonly amount: Amount }
  | { readonly do: 'mint'; readonly token: TokenName; readonly to: Address; readonly amount: bigint }
  | { readonly do: 'burn'; readonly token: TokenName; readonly amount: Amount }
  | { readonly do: 'approve'; readonly token: TokenName; readonly spender: Address; readonly amount: Amount }
  | { readonly do: 'swap'; readonly give: TokenName; readonly amount: Amount }
  | { readonly do: 'add-liquidity'; readonly won: bigint; readonly dollar: bigint }
  | { readonly do: 'mix'; readonly what: MixerName; readonly note: string }
  | { readonly do: 'unmix'; readonly what: MixerName; readonly note: string; readonly to: Address }
  | { readonly do: 'open-deposit-address' }
  | { readonly do: 'sweep'; readonly deposit: Address; readonly token: TokenName }
  /** A look-alike event of the real token: nobody's consent is needed to move nothing. */
  | { readonly do: 'move-nothing'; readonly token: TokenName; readonly from: Address; readonly to: Address }
  /** A look-alike event of the counterfeit token. */
  | { readonly do: 'claim'; readonly from: Address; readonly to: Address; readonly units: bigint }
);

export type MixerName = 'coin' | 'won';
/** What goes into a mixer at a time: 10 coins, 50 million won. */
export const denominations: Readonly<Record<MixerName, bigint>> = {
  coin: 10n * 10n ** 18n,
  won: 50_000_000n * 10n ** 6n,
};

/** What a transaction says on the chain, and what it does to balances. */
export interface Performed {
  readonly to: Address;
  readonly value: bigint;
  readonly data: Hex;
  readonly gas: bigint;
  readonly effects: readonly Effect[];
}

export const abi = {
  token: parseAbi([
    'function transfer(address to, uint256 value)',
    'function transferFrom(address from, address to, uint256 value)',
    'function approve(address spender, uint256 value)',
    'function mint(address to, uint256 value)',
    'function burn(uint256 value)',
  ]),
  pool: parseAbi([
    'function addLiquidity(uint256 amountA, uint256 amountB)',
    'function swap(address tokenIn, uint256 amountIn, uint256 minOut)',
  ]),
  mixer: parseAbi([
    'function deposit(bytes32 commitment) payable',
    'function withdraw(bytes32 secret, address recipient)',
  ]),
  exchange: parseAbi(['function openDepositAddress()', 'function sweep(address deposit, address token)']),
  counterfeit: parseAbi(['function claim(address from, address to, uint256 value)']),
} as const;

/** Gas limits: what a plain send costs, and more than any call of the contracts needs (the dearest opens a deposit address). */
const plainGas = 21_000n;
const callGas = 600_000n;

/** A swap accepts at least this share of the quoted amount, in percent: others may trade first in the same block. */
const minimumOutPercent = 95n;

export function assetOf(cast: Cast, token: TokenName): AssetId {
  return tokenAsset(cast.contracts[token]);
}

/** The transaction for an action, with amounts resolved by the book as it stands when the block begins. */
export function perform(action: Action, cast: Cast, book: Book): Performed {
  const by = cast.address(action.by);
  const { contracts } = cast;
  const call = (to: Address, data: Hex, effects: readonly Effect[] = [], value = 0n): Performed => ({
    to,
    value,
    data,
    gas: callGas,
    effects,
  });
  const amountOf = (token: TokenName, amount: Amount): bigint =>
    typeof amount === 'bigint' ? amount : (book.balance(assetOf(cast, token), by) * BigInt(amount.ppm)) / 1_000_000n;

  switch (action.do) {
    case 'send-coin': {
      const effects: Effect[] = [{ kind: 'move', asset: coin, from: by, to: action.to, units: action.amount }];
      return { to: action.to, value: action.amount, data: '0x', gas: plainGas, effects };
    }
    case 'transfer': {
      const units = amountOf(action.token, action.amount);
      const data = encodeFunctionData({ abi: abi.token, functionName: 'transfer', args: [hex(action.to), units] });
      return call(contracts[action.token], data, [
        { kind: 'move', asset: assetOf(cast, action.token), from: by, to: action.to, units },
      ]);
    }
    case 'mint': {
      const data = encodeFunctionData({ abi: abi.token, functionName: 'mint', args: [hex(action.to), action.amount] });
      return call(contracts[action.token], data, [
        { kind: 'mint', asset: assetOf(cast, action.token), to: action.to, units: action.amount },
      ]);
    }
    case 'burn': {
      const units = amountOf(action.token, action.amount);
      const data = encodeFunctionData({ abi: abi.token, functionName: 'burn', args: [units] });
      return call(contracts[action.token], data, [
        { kind: 'burn', asset: assetOf(cast, action.token), from: by, units },
      ]);
    }
    case 'approve': {
      const units = amountOf(action.token, action.amount);
      const data = encodeFunctionData({ abi: abi.token, functionName: 'approve', args: [hex(action.spender), units] });
      return call(contracts[action.token], data);
    }
    case 'swap': {
      const units = amountOf(action.give, action.amount);
      const give = assetOf(cast, action.give);
      const get = assetOf(cast, action.give === 'won' ? 'dollar' : 'won');
      const minimum = (book.quote(contracts.pool, give, get, units) * minimumOutPercent) / 100n;
      const args = [hex(contracts[action.give]), units, minimum] as const;
      const data = encodeFunctionData({ abi: abi.pool, functionName: 'swap', args });
      return call(contracts.pool, data, [{ kind: 'swap', trader: by, pool: contracts.pool, give, get, units }]);
    }
    case 'add-liquidity': {
      const data = encodeFunctionData({
        abi: abi.pool,
        functionName: 'addLiquidity',
        args: [action.won, action.dollar],
      });
      return call(contracts.pool, data, [
        { kind: 'move', asset: assetOf(cast, 'won'), from: by, to: contracts.pool, units: action.won },
        { kind: 'move', asset: assetOf(cast, 'dollar'), from: by, to: contracts.pool, units: action.dollar },
      ]);
    }
    case 'mix': {
      const { mixer, asset } = mixerOf(cast, action.what);
      const units = denominations[action.what];
      const commitment = keccak256(encodeAbiParameters([{ type: 'bytes32' }], [secretOf(cast, action.note)]));
      const data = encodeFunctionData({ abi: abi.mixer, functionName: 'deposit', args: [commitment] });
      const effects: Effect[] = [{ kind: 'move', asset, from: by, to: mixer, units }];
      return call(mixer, data, effects, action.what === 'coin' ? units : 0n);
    }
    case 'unmix': {
      const { mixer, asset } = mixerOf(cast, action.what);
      const args = [secretOf(cast, action.note), hex(action.to)] as const;
      const data = encodeFunctionData({ abi: abi.mixer, functionName: 'withdraw', args });
      return call(mixer, data, [
        { kind: 'move', asset, from: mixer, to: action.to, units: denominations[action.what] },
      ]);
    }
    case 'open-deposit-address':
      return call(contracts.exchange, encodeFunctionData({ abi: abi.exchange, functionName: 'openDepositAddress' }));
    case 'sweep': {
      const asset = assetOf(cast, action.token);
      const units = book.balance(asset, action.deposit);
      const args = [hex(action.deposit), hex(contracts[action.token])] as const;
      const data = encodeFunctionData({ abi: abi.exchange, functionName: 'sweep', args });
      return call(contracts.exchange, data, [
        { kind: 'move', asset, from: action.deposit, to: cast.address('pacific-hot-wallet'), units },
      ]);
    }
    case 'move-nothing': {
      const args = [hex(action.from), hex(action.to), 0n] as const;
      return call(contracts[action.token], encodeFunctionData({ abi: abi.token, functionName: 'transferFrom', args }));
    }
    case 'claim': {
      const args = [hex(action.from), hex(action.to), action.units] as const;
      return call(contracts.counterfeit, encodeFunctionData({ abi: abi.counterfeit, functionName: 'claim', args }));
    }
  }
}

function mixerOf(cast: Cast, what: MixerName): { mixer: Address; asset: AssetId } {
  return what === 'coin'
    ? { mixer: cast.contracts.coinMixer, asset: coin }
    : { mixer: cast.contracts.wonMixer, asset: assetOf(cast, 'won') };
}

/** What the depositor of `note` keeps secret until the money is taken out. */
function secretOf(cast: Cast, note: string): Hex {
  return keccak256(stringToBytes(`gongjo demo/${cast.seed}/note/${note}`));
}

/** The contract's brand of an address as the `0x…` that viem takes. */
export function hex(address: Address): Hex {
  return lowerCase(address) as string as Hex;
}
