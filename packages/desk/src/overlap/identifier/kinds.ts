/**
 * What two desks can compare. Each kind is a domain of its own: a text under one kind never meets the same text under another.
 * `entity` is the question at the level of clusters: the address that stands for all that the multi-input heuristic joins with
 * the one at hand. It is asked apart, because its answer rests on a heuristic and on how much of the chain each desk has read.
 */
export const identifierKinds = [
  'address',
  'entity',
  'transaction',
  'iban',
  'account',
  'phone',
  'email',
  'domain',
  'user',
] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** What a person or a list says. */
export interface Named {
  readonly kind: IdentifierKind;
  readonly text: string;
  /**
   * Within what the text names something: the chain (CAIP-2) of an address, entity or transaction; the bank's code (KFTC) of a
   * Korean account; the country (ISO 3166-1) of a telephone number that is written without one; the service of a user name.
   */
  readonly within?: string;
}

/** An identifier in the one form in which every desk writes it. Made only by `identifierOf`. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly text: string;
  readonly __canonical: true;
}

/** The forms of chains, which the ledger knows: null where the text is none of the chain. */
export interface ChainForms {
  address(chain: string, text: string): string | null;
  transaction(chain: string, text: string): string | null;
}
