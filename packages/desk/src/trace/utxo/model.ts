import type { Address, Asset, Tag, TxId } from '@gongjo/contract';
import type { AddressOutputs, Coverage, TxNumber, UtxoTransaction } from '../../ledger/index.ts';
import type { Stop } from '../model.ts';

/** What a trace through outputs needs next. The host answers with `UtxoRows`, every time as of the same block. */
export interface UtxoAsk {
  /** Leads, by identifier. */
  readonly txids: readonly TxId[];
  readonly transactions: readonly TxNumber[];
  /** Leads: all outputs that these addresses received, in chain order, at most `usageMax` of each. */
  readonly leadAddresses: readonly Address[];
  /** The tags of these addresses. */
  readonly tags: readonly Address[];
  /** How many outputs each of these received, counted up to `usageMax + 1`. */
  readonly usage: readonly Address[];
  readonly usageMax: number;
  /**
   * Heights of blocks of which the fees are to be known (only where fees are followed): what a coinbase paid out is its new
   * coins, then the fees of its block in the order of the transactions, so the fees before one must all be known.
   */
  readonly fees: readonly number[];
}

/**
 * An answer. Transactions and fees may be left out and are asked for again, as long as something that was asked is told; tags
 * and usage that are left out count as none.
 */
export interface UtxoRows {
  /** The same in every answer to one trace. */
  readonly coverage: Coverage;
  /** Those asked for by number or identifier, and those that made the outputs of lead addresses. */
  readonly transactions: ReadonlyMap<TxNumber, UtxoTransaction>;
  readonly numbers: ReadonlyMap<TxId, TxNumber>;
  readonly received: ReadonlyMap<Address, AddressOutputs>;
  readonly tags: ReadonlyMap<Address, readonly Tag[]>;
  readonly usage: ReadonlyMap<Address, number>;
  /** By height: what each transaction of the block paid, by its index (0 for the coinbase; 0 where inputs are not known). */
  readonly fees: ReadonlyMap<number, readonly bigint[]>;
}

/** What the engine is told of a chain besides its rows. */
export interface UtxoRules {
  /** The coin that its outputs hold. */
  readonly coin: Asset;
  /** Whether a transaction is a CoinJoin: then nothing is followed through it. */
  readonly coinJoin: (tx: UtxoTransaction) => boolean;
}

/** Why value is not followed from where it stands. */
export interface End {
  readonly kind: Stop['kind'];
  readonly tag: Tag | null;
}
