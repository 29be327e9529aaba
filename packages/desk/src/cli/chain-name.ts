import { type ChainId, type TraceRequest, zChainId } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';

/** Names that people type for chains; anything else is CAIP-2. */
const names: Readonly<Record<string, string>> = {
  ethereum: 'eip155:1',
  eth: 'eip155:1',
  sepolia: 'eip155:11155111',
  anvil: 'eip155:31337',
  bitcoin: 'bip122:000000000019d6689c085ae165831e93',
  btc: 'bip122:000000000019d6689c085ae165831e93',
  'bitcoin-test': 'bip122:000000000933ea01ad0ee984209779ba',
  'bitcoin-signet': 'bip122:00000008819873e925422c1ff0f99f7c',
  'bitcoin-regtest': 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328',
};

export function chainNamed(text: string): ChainId {
  const parsed = zChainId.safeParse(names[text.toLowerCase()] ?? text);
  if (!parsed.success)
    throw new GongjoError('usage-wrong', {
      detail: `${text}: CHAIN (${Object.keys(names).join(', ')}, eip155:…, bip122:…)`,
    });
  return parsed.data;
}

/** A transaction's hash, with the index of one of its movements or outputs where one is meant. */
const transaction = /^((?:0x)?[0-9a-f]{64})(?::(\d{1,9}))?$/i;

/** `TXID`, `TXID:INDEX` or an address; whether the chain has it, the desk says. */
export function leadNamed(chain: ChainId, text: string): NonNullable<TraceRequest['leads'][number]> {
  const [, txid, index] = transaction.exec(text) ?? [];
  if (txid === undefined) return { address: addressTyped(text) };
  return { txid: canonicalHex(chain, txid), ord: index === undefined ? null : Number(index) };
}

/** An address as typed. Only hexadecimal ones are the same in any case: base58 is another address, or none, in another. */
export function addressTyped(text: string): string {
  return /^0x[0-9a-f]*$/i.test(text) ? text.toLowerCase() : text;
}

/** Hexadecimal identifiers are typed in any case; the ledger knows one. */
export function canonicalHex(chain: ChainId, text: string): string {
  return /^(eip155|bip122):/.test(chain) ? text.toLowerCase() : text;
}
