import { z } from 'zod';
import { zRefTo } from '../id.ts';
import { zObservable } from './object.ts';
import { under, zIdentityRef, zName, zTimestamp } from './values.ts';

/** The published extension observables for money (stix2extensions): wallets, transactions and bank accounts. */

export const walletExtension = 'extension-definition--be78509e-6958-51b1-8b26-d17ee0eba2d7';
export const transactionExtension = 'extension-definition--151d042d-4dcf-5e44-843f-1024440318e5';
export const bankAccountExtension = 'extension-definition--f19f3291-6a84-5674-b311-d75a925d5bd9';

/** We write `value`; `address` is the name that earlier versions of the published schema gave it. */
export const zWallet = under(
  zObservable.extend({
    type: z.literal('cryptocurrency-wallet'),
    value: zName.optional(),
    address: zName.optional(),
    holder_ref: zIdentityRef.optional(),
  }),
  { holds: (it) => it.value !== undefined || it.address !== undefined, says: 'needs value' },
);

const zSide = z.array(
  z.looseObject({
    address_ref: zRefTo('cryptocurrency-wallet').optional(),
    amount: z.number().min(0, 'below zero').optional(),
  }),
);

/**
 * We write `value`; `hash` is its earlier name. The schema's `fee` and `amount` are floating-point numbers, so we leave
 * them out and carry exact amounts in our extension.
 */
export const zTransaction = under(
  zObservable.extend({
    type: z.literal('cryptocurrency-transaction'),
    symbol: zName,
    value: zName.optional(),
    hash: zName.optional(),
    execution_time: zTimestamp.optional(),
    input: zSide.optional(),
    output: zSide.optional(),
  }),
  { holds: (it) => it.value !== undefined || it.hash !== undefined, says: 'needs value' },
);

/** The schema demands no property; an account without a number in any form would be nothing to look for, but is legal. */
export const zBankAccount = zObservable.extend({
  type: z.literal('bank-account'),
  country_ref: zRefTo('location').optional(),
  currency: z.string().optional(),
  issuer_ref: zIdentityRef.optional(),
  holder_ref: zIdentityRef.optional(),
  account_number: z.string().optional(),
  iban: z.string().optional(),
  bic: z.string().optional(),
});

export type Wallet = z.infer<typeof zWallet>;
export type Transaction = z.infer<typeof zTransaction>;
export type BankAccount = z.infer<typeof zBankAccount>;
