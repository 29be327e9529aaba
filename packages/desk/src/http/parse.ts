import { type Address, type ChainId, inputFault, inputFaults, type Lead, type TxId } from '@gongjo/contract';
import type { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';
import { addressOn, txIdOn } from '../ledger/index.ts';

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
    if ('address' in lead) {
      const address = addressOn(chain, lead.address);
      if (address) return { address };
      throw new GongjoError('input-invalid', { detail: inputFault(`leads.${index}`, 'address', { chain }) });
    }
    const txid = txIdOn(chain, lead.txid);
    if (txid) return { txid, ord: lead.ord };
    throw new GongjoError('input-invalid', { detail: inputFault(`leads.${index}`, 'transaction', { chain }) });
  });
}

/** An address as the ledger knows it. Throws `input-invalid`, naming the field, for what is no address of the chain. */
export function parseAddress(chain: ChainId, field: string, text: string): Address {
  const address = addressOn(chain, text);
  if (!address) throw new GongjoError('input-invalid', { detail: inputFault(field, 'address', { chain }) });
  return address;
}

/** Transactions as the ledger knows them. Throws `input-invalid` for what is no transaction of the chain. */
export function parseTxIds(chain: ChainId, txids: readonly string[]): TxId[] {
  return txids.map((text, index) => {
    const txid = txIdOn(chain, text);
    if (!txid)
      throw new GongjoError('input-invalid', { detail: inputFault(`txids.${index}`, 'transaction', { chain }) });
    return txid;
  });
}
