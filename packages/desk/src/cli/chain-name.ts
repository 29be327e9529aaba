import { type ChainId, type TraceRequest, zChainId } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';

/** Names that people type for chains; anything else is CAIP-2. */
const names: Readonly<Record<string, string>> = {
  ethereum: 'eip155:1',
  eth: 'eip155:1',
  sepolia: 'eip155:11155111',
  anvil: 'eip155:31337',
};

export function chainNamed(text: string): ChainId {
  const parsed = zChainId.safeParse(names[text.toLowerCase()] ?? text);
  if (!parsed.success)
    throw new GongjoError('usage-wrong', { detail: `${text}: CHAIN (${Object.keys(names).join(', ')}, eip155:…)` });
  return parsed.data;
}

/** A transaction's hash, with the index of one of its movements or outputs where one is meant. */
const transaction = /^((?:0x)?[0-9a-f]{64})(?::(\d{1,9}))?$/i;

/** `TXID`, `TXID:INDEX` or an address; whether the chain has it, the desk says. */
export function leadNamed(chain: ChainId, text: string): NonNullable<TraceRequest['leads'][number]> {
  const [, txid, index] = transaction.exec(text) ?? [];
  if (txid === undefined) return { address: canonicalHex(chain, text) };
  return { txid: canonicalHex(chain, txid), ord: index === undefined ? null : Number(index) };
}

/** Hexadecimal identifiers are typed in any case; the ledger knows one. */
export function canonicalHex(chain: ChainId, text: string): string {
  return chain.startsWith('eip155:') ? text.toLowerCase() : text;
}
