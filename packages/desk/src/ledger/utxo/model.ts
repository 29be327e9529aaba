import type { Address, Instant, OutputType, TxId } from '@gongjo/contract';

/**
 * A transaction by its number: how many transactions of its chain the ledger holds before it. Numbers follow the chain's
 * order, so they compare as positions do; they belong to one ledger and never leave it.
 */
export type TxNumber = number;

/** One output of one transaction: a holding, while nothing has spent it. */
export interface Outpoint {
  readonly tx: TxNumber;
  readonly index: number;
}

export interface UtxoInput {
  /** The output that it spends; null for a coinbase's, and where the ledger does not hold the transaction spent from. */
  readonly of: Outpoint | null;
  /** What that output holds; null where `of` is. */
  readonly units: bigint | null;
  readonly address: Address | null;
}

export interface UtxoOutput {
  readonly units: bigint;
  readonly type: OutputType;
  /** Null where nobody can spend it (`op-return`). A script without an address of its own is `scripthash:` and its SHA-256. */
  readonly address: Address | null;
  /** The transaction that spent it and the index of its input; null where it is unspent. */
  readonly spentBy: { readonly tx: TxNumber; readonly input: number } | null;
}

/** A whole transaction as the ledger knows it, its inputs resolved and the spends of its outputs beside them. */
export interface UtxoTransaction {
  readonly number: TxNumber;
  readonly txid: TxId;
  readonly height: number;
  readonly index: number;
  readonly time: Instant;
  readonly coinbase: boolean;
  readonly inputs: readonly UtxoInput[];
  readonly outputs: readonly UtxoOutput[];
}

/** An address as the ledger of outputs sees it. */
export interface AddressOutputs {
  readonly address: Address;
  /** Outputs that paid it, in chain order, with what became of them. */
  readonly outputs: readonly (UtxoOutput & { readonly at: Outpoint })[];
  /** There were more than the bound; `outputs` is then the first part. */
  readonly truncated: boolean;
}
