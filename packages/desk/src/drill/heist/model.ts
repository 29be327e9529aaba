import type { Address, AlertRule, AssetId, ChainId, OutputType, Tag, TxId } from '@gongjo/contract';
import type { MovementKind } from '../../ledger/index.ts';

/** Which heist: the same plan is the same heist, on every desk. */
export interface HeistPlan {
  readonly seed: number;
  /** Addresses through which the thief launders, at least. */
  readonly addresses: number;
  /** Whose services the value comes to: ISO 3166-1 alpha-2, at least one. */
  readonly countries: readonly string[];
  readonly chains: Readonly<Record<'accounts' | 'outputs', ChainId>>;
}

/** Value that one address gives another in a transaction. */
export interface PlayedMove {
  readonly from: Address | null;
  readonly to: Address | null;
  readonly asset: AssetId;
  readonly units: bigint;
  /** Of a recorded one; else the asset tells. */
  readonly kind?: MovementKind;
  readonly call?: boolean;
}

export interface PlayedTx {
  readonly txid: TxId;
  readonly moves: readonly PlayedMove[];
}

export interface PlayedOutput {
  /** Null where nobody can spend it. */
  readonly address: Address | null;
  readonly units: bigint;
  /** Of a recorded one; else `p2wpkh`. */
  readonly type?: OutputType;
}

/** A transaction of outputs; a coinbase has no inputs. */
export interface PlayedSpend {
  readonly txid: TxId;
  readonly inputs: readonly { readonly txid: TxId; readonly index: number }[];
  readonly outputs: readonly PlayedOutput[];
}

/** A block at its second of the heist; before the heist began: negative. */
export interface PlayedBlock<Tx> {
  readonly atS: number;
  readonly txs: readonly Tx[];
}

/** What somebody reports: the transactions that took the value, by chain, the main chain first. */
export interface PlayedReport {
  readonly atS: number;
  readonly moved: readonly { readonly chain: ChainId; readonly txids: readonly TxId[] }[];
}

/** A deposit of stolen value at a service. */
export interface BookDeposit {
  readonly chain: ChainId;
  readonly txid: TxId;
  readonly height: number;
  readonly from: readonly Address[];
  readonly address: Address;
  /** The directory's identifier of the service. */
  readonly service: string;
  readonly country: string;
  readonly asset: AssetId;
  readonly units: bigint;
}

/** Something that a rule is made for, and the transactions by which it shows. */
export interface BookAct {
  readonly rule: AlertRule;
  readonly chain: ChainId;
  /** Any one of them is what the rule may speak of. */
  readonly txids: readonly TxId[];
}

/** Stolen value that came to stay where its holder or its issuer could freeze it, and the rule that says so. */
export interface BookFreezable {
  readonly rule: 'deposit-to-service' | 'freezable-now';
  readonly chain: ChainId;
  readonly txid: TxId;
  readonly asset: AssetId;
  readonly units: bigint;
}

/** Where stolen value ended. */
export type BookEnd = 'service' | 'mixer' | 'bridge' | 'coinjoin' | 'fee' | 'unspent';

/** What the generator knows because it made it so. Nothing in it is asked of the desk. */
export interface Book {
  readonly stolen: readonly { readonly chain: ChainId; readonly asset: AssetId; readonly units: bigint }[];
  /** Addresses through which stolen value went, by chain. */
  readonly laundering: ReadonlyMap<ChainId, ReadonlySet<Address>>;
  readonly deposits: readonly BookDeposit[];
  readonly acts: readonly BookAct[];
  readonly freezable: readonly BookFreezable[];
  /** Every transaction of the thief and of whoever works with the thief. */
  readonly thiefs: ReadonlyMap<ChainId, ReadonlySet<TxId>>;
  /** All of the stolen value, by where it ended and in which asset. */
  readonly ends: readonly { readonly kind: BookEnd; readonly asset: AssetId; readonly units: bigint }[];
}

/** A heist over two chains: what is to be played, what is known beforehand, and the truth about it. */
export interface Heist {
  readonly plan: HeistPlan;
  readonly accounts: readonly PlayedBlock<PlayedTx>[];
  readonly outputs: readonly PlayedBlock<PlayedSpend>[];
  readonly assets: readonly { readonly id: AssetId; readonly symbol: string; readonly decimals: number }[];
  /** Whose the addresses of services are. The source is left to whoever plays it. */
  readonly tags: readonly Omit<Tag, 'source'>[];
  /** Addresses of an earlier case that somebody orders to be watched. */
  readonly watched: readonly { readonly chain: ChainId; readonly address: Address }[];
  readonly reports: readonly PlayedReport[];
  readonly book: Book;
}
