import { type Address, type ChainId, inputFault, inputFaults, type Lead, type TxId, zChainId } from '@gongjo/contract';
import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';
import { addressOn, txIdOn } from '../ledger/index.ts';

/** What a path names on a chain; the chain's own form is told by `parseAddress` and `parseTxId`. */
export const zAddressPath = z.strictObject({ chain: zChainId, address: z.string().min(1).max(128) });
export const zTransactionPath = z.strictObject({ chain: zChainId, txid: z.string().min(1).max(128) });

/** Checks what came from outside, once. Throws `input-invalid` that names every wrong field. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const { en, ko } = inputFaults(parsed.error, input);
  throw new GongjoError('input-invalid', { detail: { en: en.slice(0, 500), ko: ko.slice(0, 500) } });
}

/** Leads as the ledger knows them. Throws `input-invalid` for what is no transaction or address of the chain. */
export function parseLeads(chain: ChainId, leads: readonly Lead[]): Lead[] {
  return leads.map((lead, index) => {
    if ('address' in lead) return { address: parseAddress(chain, `leads.${index}`, lead.address) };
    return { txid: parseTxId(chain, `leads.${index}`, lead.txid), ord: lead.ord };
  });
}

/** An address as the ledger knows it. Throws `input-invalid`, naming the field, for what is no address of the chain. */
export function parseAddress(chain: ChainId, field: string, text: string): Address {
  const address = addressOn(chain, text);
  if (!address) throw new GongjoError('input-invalid', { detail: inputFault(field, 'address', { chain }) });
  return address;
}

/** A transaction as the ledger knows it. Throws `input-invalid`, naming the field, for what is no transaction of the chain. */
export function parseTxId(chain: ChainId, field: string, text: string): TxId {
  const txid = txIdOn(chain, text);
  if (!txid) throw new GongjoError('input-invalid', { detail: inputFault(field, 'transaction', { chain }) });
  return txid;
}

/** Transactions as the ledger knows them. Throws as `parseTxId` does. */
export function parseTxIds(chain: ChainId, txids: readonly string[]): TxId[] {
  return txids.map((text, index) => parseTxId(chain, `txids.${index}`, text));
}
