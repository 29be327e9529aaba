import type { ChainId, RefusalReason } from '@gongjo/contract';
import { addressCodec } from './chains.ts';

/** Chains whose addresses carry a checksum or a form of their own, so that a text of theirs is no other chain's by chance. */
const distinct = [
  'bip122:000000000019d6689c085ae165831e93',
  'eip155:1',
  'tron:0x2b6653dc',
  'bip122:12a765e31ffd4059bada1e25190f6e98',
  'bip122:000000000000000000651ef99cb9fcbe',
  'bip122:1a91e3dace36e2be3bf030a65679fe82',
  'bip122:00000ffd590b1485b3caadc19b22e637',
  'bip122:00040fe8ec8471911baa1db1266ea15d',
  'bip122:000000000933ea01ad0ee984209779ba',
  'bip122:0f9188f13cb7b2c71f2a335e3a4fc328',
  'xrpl:0',
  'slip44:128',
] as const;
const bech32 = /^(?:bc|tb|bcrt|ltc|btg|dgb|cosmos|bnb|terra)1[02-9ac-hj-np-z]{6,}$/i;
const base58 = /^[1-9A-HJ-NP-Za-km-z]{25,110}$/;
/** Long enough to be an address in base58, whose letters of both cases are its digits. */
const oneCase = /^(?:[0-9a-z]{25,110}|[0-9A-Z]{25,110})$/;
const evm = /^0x[0-9a-f]{40}$/i;
/** A hash or a number. */
const hex = /^(?:0x)?[0-9a-f]+$/i;

/**
 * Why a text is no address of the chain, as far as it shows: `address-chain` it is one of another chain; `address-checksum`
 * the form fits and the checksum does not; `address-case` base58 in one letter case, by which it is lost for good; otherwise
 * `address-form`. A best guess for a person who corrects a list; that the text is no address is certain.
 */
export function addressFault(chain: ChainId, text: string): RefusalReason {
  if (distinct.some((other) => other !== chain && addressCodec(other).stored(text) !== null)) return 'address-chain';
  if (evm.test(text)) return chain.startsWith('eip155:') ? 'address-checksum' : 'address-form';
  if (bech32.test(text)) return 'address-checksum';
  if (hex.test(text)) return 'address-form';
  if (oneCase.test(text)) return 'address-case';
  if (chain.startsWith('eip155:')) return 'address-form';
  return base58.test(text) ? 'address-checksum' : 'address-form';
}

/**
 * What addresses of these chains begin with and how long they are; where one fits, a text was meant for it. Letters that
 * base58 does not have are among them, for they are what people mistype.
 */
const meant: readonly (readonly [chain: string, form: RegExp])[] = [
  ['bip122:000000000019d6689c085ae165831e93', /^(?:[13][0-9A-Za-z]{25,34}|bc1[0-9a-z]{10,87}|BC1[0-9A-Z]{10,87})$/],
  ['bip122:000000000933ea01ad0ee984209779ba', /^tb1[0-9a-z]{10,87}$/],
  ['bip122:12a765e31ffd4059bada1e25190f6e98', /^(?:[LM][0-9A-Za-z]{33}|ltc1[0-9a-z]{10,87})$/],
  ['tron:0x2b6653dc', /^T[0-9A-Za-z]{33}$/],
  ['bip122:1a91e3dace36e2be3bf030a65679fe82', /^D[0-9A-Za-z]{33}$/],
  ['bip122:00000ffd590b1485b3caadc19b22e637', /^X[0-9A-Za-z]{33}$/],
  ['bip122:00040fe8ec8471911baa1db1266ea15d', /^t[13][0-9A-Za-z]{33}$/],
  ['xrpl:0', /^r[0-9A-Za-z]{27,34}$/],
  ['slip44:128', /^[48][0-9A-Za-z]{94}$/],
  ['eip155:1', /^0x[0-9a-f]{36,46}$/i],
];

/** A hash of 32 letters can begin like an address, and what has no digit is a word. */
const noAddress = /^(?:[0-9a-f]+|[^0-9]+)$/;

/**
 * The chain whose address a text was meant to be, by how it begins and its length, and why it is none; null where the text
 * looks like no address at all. For texts that are an address of no chain.
 */
export function addressMeant(text: string): { readonly chain: ChainId; readonly reason: RefusalReason } | null {
  if (noAddress.test(text)) return null;
  const found = meant.find(([, form]) => form.test(text));
  if (found === undefined) return null;
  const chain = found[0] as ChainId;
  return { chain, reason: addressFault(chain, text) };
}
