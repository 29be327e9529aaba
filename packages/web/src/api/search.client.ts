import {
  type AddressView,
  type EntityView,
  type HeldObjectDetail,
  type HeldObjectView,
  type KnownAddress,
  type KnownTransaction,
  type SearchAnswer,
  type UtxoTransactionView,
  zAccountTransactionView,
  zAddressView,
  zEntityView,
  zHeldObject,
  zHeldObjectDetail,
  zKnownAddress,
  zKnownTransaction,
  zSearchAnswer,
  zUtxoTransactionView,
} from '@gongjo/contract';
import { z } from 'zod';
import { get, parse, send } from './fetch.client.ts';

const zObjects = z.object({ objects: z.array(zHeldObject), next: z.int().nullable() });
const zTransaction = z.union([zUtxoTransactionView, zAccountTransactionView]);
export type TransactionView = UtxoTransactionView | z.infer<typeof zAccountTransactionView>;

const at = (...parts: readonly string[]) => `/api/${parts.map(encodeURIComponent).join('/')}`;

/** Which objects a list asks for; what is absent does not count. */
export interface ObjectsAsked {
  readonly type?: string | undefined;
  readonly origin?: string | undefined;
  readonly text?: string | undefined;
}

/** The search, and all that is known of one thing. */
export const finding = {
  line: (q: string): Promise<SearchAnswer> => get(`/api/search?q=${encodeURIComponent(q)}`, zSearchAnswer),
  text: async (text: string): Promise<SearchAnswer> =>
    parse(await send('POST', '/api/search', { text }), zSearchAnswer),
  knownAddress: (chain: string, address: string): Promise<KnownAddress> =>
    get(at('known', 'addresses', chain, address), zKnownAddress),
  knownTransaction: (chain: string, txid: string): Promise<KnownTransaction> =>
    get(at('known', 'transactions', chain, txid), zKnownTransaction),
  address: (chain: string, address: string): Promise<AddressView> =>
    get(at('ledger', chain, 'addresses', address), zAddressView),
  entity: (chain: string, address: string): Promise<EntityView> =>
    get(at('ledger', chain, 'entities', address), zEntityView),
  transaction: (chain: string, txid: string): Promise<TransactionView> =>
    get(at('ledger', chain, 'transactions', txid), zTransaction),
  objects: (
    { type, origin, text }: ObjectsAsked,
    before: number | null,
  ): Promise<{ objects: HeldObjectView[]; next: number | null }> => {
    const query = new URLSearchParams({ limit: '100' });
    for (const [key, value] of Object.entries({ type, origin, text })) if (value) query.set(key, value);
    if (before !== null) query.set('before', String(before));
    return get(`/api/objects?${query}`, zObjects);
  },
  object: (id: string): Promise<HeldObjectDetail> => get(at('objects', id), zHeldObjectDetail),
};
