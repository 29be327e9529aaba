import type { Address, EntityBounds } from '@gongjo/contract';
import type { Coverage } from '../../model.ts';
import type { AddressOutputs, TxNumber, UtxoTransaction } from '../model.ts';

/**
 * What must be known next. `addresses`: the outputs that paid them, at most `outputsMax` each. `transactions`: whole, by
 * number. `firstPaid`: the first transaction that ever paid each.
 */
export interface EntityAsk {
  readonly addresses: readonly Address[];
  readonly outputsMax: number;
  readonly transactions: readonly TxNumber[];
  readonly firstPaid: readonly Address[];
}

/** The answer. It may leave out what was asked, which is then asked again, but tells something of it each time. */
export interface EntityRows {
  readonly coverage: Coverage;
  /** An address that nothing paid has no outputs, but is told. */
  readonly outputs: ReadonlyMap<Address, AddressOutputs>;
  readonly transactions: ReadonlyMap<TxNumber, UtxoTransaction>;
  readonly firstPaid: ReadonlyMap<Address, TxNumber>;
}

/**
 * Ten thousand addresses are a service, whose full extent a tag tells better; the answer still fits in a few megabytes.
 * Transactions: an address of a person is spent from a few times. Outputs: as a trace's hubs. Rounds: each is two questions to
 * the ledger, one after the other; inputs join within a few, but change follows change as long as a chain of payments is.
 */
export const defaultEntityBounds: EntityBounds = {
  addressesMax: 10_000,
  transactionsMax: 50_000,
  outputsPerAddressMax: 5_000,
  roundsMax: 1_000,
};

/** Addresses or transactions asked for at once, so that one answer stays small. */
export const askMax = 1_000;
/** Inputs of all transactions remembered: one transaction can have thousands, and this many are tens of megabytes. */
export const inputsMax = 1_000_000;
