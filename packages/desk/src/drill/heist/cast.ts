import type { Address, AssetId, ChainId, Tag, TxId } from '@gongjo/contract';
import { addressText } from '../../ledger/index.ts';
import { sha256Hex } from '../../platform/index.ts';
import type { HeistPlan } from './model.ts';

/** Stored addresses of chains of outputs: a witness program of version 0, 20 bytes (BIP 141). */
const witnessV0 = 0x10;

/** The contract of the token that its issuer can freeze, the same in every exercise. */
const dollarContract = `0xd0${'11a5'.repeat(9)}d0`;
const wonContract = `0xe0${'3090'.repeat(9)}e0`;

export function drillAssets(chains: HeistPlan['chains']) {
  return {
    coin: { id: `${chains.accounts}/slip44:60` as AssetId, symbol: 'DRILL', decimals: 18 },
    won: { id: `${chains.accounts}/erc20:${wonContract}` as AssetId, symbol: 'DWON', decimals: 6 },
    dollar: { id: `${chains.accounts}/erc20:${dollarContract}` as AssetId, symbol: 'DUSD', decimals: 6 },
    bit: { id: `${chains.outputs}/slip44:1` as AssetId, symbol: 'BTC', decimals: 8 },
  } as const;
}

/** Whether it is the token of an exercise that its issuer can freeze. */
export function isDrillDollar(asset: string): boolean {
  return asset.startsWith('gongjo:drill-accounts-') && asset.endsWith(`/erc20:${dollarContract}`);
}

/** Two in each country: a thief uses several. */
export const exchangesPerCountry = 2;
const actorPattern = /^drill-exchange-([a-z]{2})-(\d)$/;

/** The directory's identifier of an exchange of an exercise. */
export function exchangeOf(country: string, number: number): string {
  return `drill-exchange-${country.toLowerCase()}-${number}`;
}

export function exchangeNamed(id: string): { readonly country: string; readonly number: string } | null {
  const [, country, number] = actorPattern.exec(id) ?? [];
  return country !== undefined && number !== undefined ? { country: country.toUpperCase(), number } : null;
}

/**
 * Gives out names: addresses and identifiers that follow from the seed and from which exercise it is. No two exercises share
 * one, for objects about wallets and transactions are the same objects wherever their names are.
 */
export class Cast {
  readonly #seed: number;
  readonly #chains: HeistPlan['chains'];
  #count = 0;

  constructor({ seed, chains }: Pick<HeistPlan, 'seed' | 'chains'>) {
    this.#seed = seed;
    this.#chains = chains;
  }

  account(): Address {
    return `0x${this.#digest('account').slice(0, 40)}` as Address;
  }

  /** An account with the same four digits at each end as another. */
  imitationOf(address: Address): Address {
    return (address.slice(0, 6) + this.#digest('imitation').slice(0, 32) + address.slice(-4)) as Address;
  }

  owner(): Address {
    const program = Buffer.from(this.#digest('owner').slice(0, 40), 'hex');
    return addressText(this.#chains.outputs, Buffer.from([witnessV0, ...program]));
  }

  tx(chain: ChainId): TxId {
    const digest = this.#digest('tx');
    return (chain === this.#chains.accounts ? `0x${digest}` : digest) as TxId;
  }

  #digest(what: string): string {
    this.#count += 1;
    return sha256Hex(`${this.#chains.accounts} ${this.#seed} ${what} ${this.#count}`);
  }
}

type Place = Pick<Tag, 'chain' | 'address'>;

export function placeTag(
  place: Place,
  category: Tag['category'],
  label: string,
  actor: string | null,
): Omit<Tag, 'source'> {
  return { ...place, category, label: `[DRILL] ${label}`, actor, confidence: 95 };
}
