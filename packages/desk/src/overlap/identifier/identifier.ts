import { identifierTextMax } from '@gongjo/contract';
import { bytesOf } from '../bytes.ts';
import { ibanText, koreanAccountText } from './account.ts';
import { domainText } from './domain.ts';
import type { ChainForms, Identifier, Named } from './kinds.ts';
import { addressText, transactionText } from './on-chain.ts';
import { emailText, userText } from './person.ts';
import { phoneText } from './phone.ts';

/** The identifier that a text names, in its standard's form; null where it names none of the kind. */
export function identifierOf({ kind, text, within }: Named, forms: ChainForms): Identifier | null {
  if (text.length > identifierTextMax) return null;
  const canonical = canonicalText({ kind, text, ...(within === undefined ? {} : { within }) }, forms);
  return canonical === null ? null : ({ kind, text: canonical } as Identifier);
}

function canonicalText({ kind, text, within = '' }: Named, forms: ChainForms): string | null {
  switch (kind) {
    case 'address':
    case 'entity':
      return addressText(within, text, forms);
    case 'transaction':
      return transactionText(within, text, forms);
    case 'iban':
      return ibanText(text);
    case 'account':
      return koreanAccountText(within, text);
    case 'phone':
      return phoneText(text, within);
    case 'email':
      return emailText(text);
    case 'domain':
      return domainText(text);
    case 'user':
      return userText(within, text);
  }
}

/** The name of an identifier on this desk, by which rows and maps find it. */
export const nameOf = ({ kind, text }: Identifier): string => `${kind} ${text}`;

/** Changes when a rule of normalisation changes: desks with different rules must not believe that they compared. */
const domain = 'gongjo overlap 1';

/** What the function is evaluated on: purpose and version, kind, text, with a sign between them that none of them holds. */
export const inputOf = ({ kind, text }: Identifier): Uint8Array => bytesOf(`${domain}\0${kind}\0${text}`);
