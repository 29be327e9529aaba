import {
  type Disclosure,
  type IdentifierKind,
  type OverlapAsk,
  type OverlapItem,
  overlapItemsMax,
} from '@gongjo/contract';

/** What a person typed. */
export interface AskForm {
  readonly kind: IdentifierKind;
  /** The chain, bank, service or country; which, the kind says. */
  readonly within: string;
  readonly texts: string;
  /** Empty: every partner that agreed. */
  readonly partner: string;
  readonly purpose: string;
  readonly basis: string;
  readonly disclosure: Disclosure;
}

export type AskErrors = { readonly [field in keyof AskForm]?: 'nothing' | 'noPurpose' | 'tooMany' };

/** Within what each kind names something. */
export const withinOf = {
  address: 'chain',
  entity: 'chain',
  transaction: 'chain',
  iban: null,
  account: 'within',
  phone: 'country',
  email: null,
  domain: null,
  user: 'service',
} as const satisfies Record<IdentifierKind, 'chain' | 'within' | 'country' | 'service' | null>;

/** The question in the form of the desk, which says of each line that is nothing of its kind. */
export function readAskForm(form: AskForm): { readonly ask: OverlapAsk } | { readonly errors: AskErrors } {
  const lines = form.texts.split('\n').map((line) => line.trim());
  const texts = [...new Set(lines)].filter((line) => line !== '');
  const purpose = form.purpose.trim();
  // Lines that were left out would pass for "nothing in common".
  const wrong = texts.length === 0 ? 'nothing' : texts.length > overlapItemsMax ? 'tooMany' : null;
  if (wrong !== null || purpose === '') {
    return {
      errors: {
        ...(wrong !== null && { texts: wrong }),
        ...(purpose === '' && { purpose: 'noPurpose' as const }),
      },
    };
  }
  const within = withinOf[form.kind] === null ? '' : form.within.trim();
  const items: OverlapItem[] = texts.map((text) => ({ kind: form.kind, text, ...(within !== '' && { within }) }));
  const basis = form.basis.trim();
  const { partner, disclosure } = form;
  return {
    ask: {
      items,
      purpose,
      legalBasis: basis === '' ? null : basis,
      disclosure,
      ...(partner !== '' && { desk: partner }),
    },
  };
}
