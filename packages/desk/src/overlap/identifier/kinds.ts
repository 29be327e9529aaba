import type { IdentifierKind } from '@gongjo/contract';

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
