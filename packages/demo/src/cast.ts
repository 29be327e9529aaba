import { type Address, type ChainId, zChainId } from '@gongjo/contract';
import { getContractAddress, type Hex, keccak256, type LocalAccount, stringToBytes } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

export const chainNumber = 31337;
export const chain: ChainId = zChainId.parse(`eip155:${chainNumber}`);

/** Everyone in the play who signs transactions. */
export const roles = [
  'deployer',
  'validator',
  'victim-hot-wallet',
  'pacific-hot-wallet',
  'pacific-operator',
  'poisoner',
  'relayer',
  'otc-trader',
  'otc-customer',
  'user-1',
  'user-2',
  'user-3',
  'user-4',
  'user-5',
  'user-6',
  'thief-gas',
  'thief-landing',
  'thief-coin',
  'thief-dollars',
  'thief-mule',
  'thief-fresh-coin',
  'thief-fresh-won',
] as const;

/** A role, or one of the thief's numbered addresses, as many as the plan needs. */
export type Role = (typeof roles)[number] | `thief-split-${number}` | `thief-hop-${number}` | `thief-peel-${number}`;

export interface Contracts {
  readonly won: Address;
  readonly dollar: Address;
  readonly pool: Address;
  readonly coinMixer: Address;
  readonly wonMixer: Address;
  readonly exchange: Address;
  /** Deposit addresses at Pacific Exchange: an innocent customer's, and the one that the thief's mule opened. */
  readonly customerDeposit: Address;
  readonly muleDeposit: Address;
  readonly counterfeit: Address;
}

export interface Cast {
  readonly seed: number;
  account(role: Role): LocalAccount;
  address(role: Role): Address;
  readonly contracts: Contracts;
}

/** Canonical text of an EVM address: lower-case. */
export function lowerCase(address: string): Address {
  return address.toLowerCase() as Address;
}

/** Where `from` creates its contract number `nonce` (EVM `CREATE`). */
function created(from: Address, nonce: number): Address {
  return lowerCase(getContractAddress({ from: from as Hex, nonce: BigInt(nonce) }));
}

/**
 * All keys and addresses of a seed. Keys are hashes of public words: worthless anywhere but on the local chain.
 * Contract addresses follow from the order in which `world.ts` deploys.
 */
export function castOf(seed: number): Cast {
  const accounts = new Map<Role, LocalAccount>();
  const account = (role: Role): LocalAccount => {
    const known = accounts.get(role);
    if (known) return known;
    const made = privateKeyToAccount(keccak256(stringToBytes(`gongjo demo/${seed}/${role}`)));
    accounts.set(role, made);
    return made;
  };
  const address = (role: Role): Address => lowerCase(account(role).address);

  const deployed = (nonce: number) => created(address('deployer'), nonce);
  const exchange = deployed(5);
  return {
    seed,
    account,
    address,
    contracts: {
      won: deployed(0),
      dollar: deployed(1),
      pool: deployed(2),
      coinMixer: deployed(3),
      wonMixer: deployed(4),
      exchange,
      // A contract's first creation has nonce 1 (EIP-161).
      customerDeposit: created(exchange, 1),
      muleDeposit: created(exchange, 2),
      counterfeit: created(address('poisoner'), 0),
    },
  };
}

/** Same first and last four digits as `address`, another address all the same: what a hurried reader mistakes for it. */
export function lookAlike(address: Address, salt: string): Address {
  const other = keccak256(stringToBytes(`${address}/${salt}`)).slice(2, 34);
  return `${address.slice(0, 6)}${other}${address.slice(-4)}` as Address;
}
