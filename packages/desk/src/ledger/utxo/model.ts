import type { Address, BlockHash, ChainId, Instant, TxId } from '@gongjo/contract';

/**
 * What an output's script demands, by the templates of Bitcoin Core (`src/script/solver.h`): BIP 16 (`p2sh`), BIP 141
 * (`p2wpkh`, `p2wsh`), BIP 341 (`p2tr`), BIP 141's later witness versions (`witness-unknown`), bare multisig of 1–20 keys
 * (`multisig`), data (`op-return`, never spendable), and anything else as itself (`nonstandard`).
 */
export const outputTypes = [
  'p2pk',
  'p2pkh',
  'p2sh',
  'p2wpkh',
  'p2wsh',
  'p2tr',
  'witness-unknown',
  'multisig',
  'op-return',
  'nonstandard',
] as const;
export type OutputType = (typeof outputTypes)[number];

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

/** The block that a chain's reader hands over; `transactions` is what the ledger's own binary writer takes (`UtxoBatch`). */
export interface UtxoBlock {
  readonly chain: ChainId;
  readonly height: number;
  readonly hash: BlockHash;
  readonly parent: BlockHash;
  readonly time: Instant;
  readonly transactionCount: number;
}
