import type {
  Address,
  Asset,
  AssetId,
  BlockHash,
  ChainId,
  Gap,
  Instant,
  Lead,
  Tag,
  TraceQuestion,
  TxId,
  Decoy as WireDecoy,
  Hop as WireHop,
  Stop as WireStop,
} from '@gongjo/contract';
import type { Position } from '../kernel/index.ts';
import type { AccountRows, Coverage, HistoryRows, Movement } from '../ledger/index.ts';

/** The shape of `W` with its amounts as `bigint` instead of decimal strings. */
type Exact<W, K extends keyof W> = Omit<W, K> & { [key in K]: bigint };

export type Hop = Omit<Exact<WireHop, 'units' | 'movementUnits'>, 'received'> & {
  received: { asset: AssetId; units: bigint; movementUnits: bigint }[];
};
export type Stop = Omit<Exact<WireStop, 'units'>, 'holdings'> & {
  holdings?: { txid: TxId; ord: number; units: bigint }[];
};
export type Decoy = Exact<WireDecoy, 'units'>;
export type { Gap, Lead };

export interface Balance {
  asset: AssetId;
  lead: bigint;
  swappedIn: bigint;
  swappedOut: bigint;
  stops: Partial<Record<WireStop['kind'], bigint>>;
}

/**
 * Bounds of a trace, as the contract describes them, with amounts as `bigint`. The first transaction in chain order that would
 * exceed `hopsMax` or `addressesMax` is not followed, nor any after it: value that its holder moves from there on stands as a
 * stop `limit` where it was, the rest as unspent.
 */
export type Bounds = Readonly<Exact<TraceQuestion['bounds'], 'unitsMin'>>;

/** What is asked of a trace, complete. Made from what a person says by `completeQuestion`. */
export interface Question extends Readonly<Omit<TraceQuestion, 'bounds' | 'leads'>> {
  readonly leads: readonly Lead[];
  readonly bounds: Bounds;
}

type Optional<T> = { readonly [key in keyof T]?: T[key] | undefined };

/** A question as a person puts it; what it leaves out is what `completeQuestion` says. */
export type Asked = Pick<Question, 'chain' | 'leads'> &
  Optional<Pick<Question, 'method' | 'direction' | 'fees'>> & { readonly bounds?: Optional<Bounds> | undefined };

/** What the trace needs next. The host answers with `Rows`; everything as of the same block (`Rows.coverage.tip`). */
export interface Ask {
  /** All movements of these transactions. */
  readonly transactions: readonly TxId[];
  /**
   * What these addresses held at, and moved after, these positions; at most `movementsMax` movements each. The position is
   * that of the movement that first brought traced value: the opening balance counts it, the movements begin after it.
   * An address that tags stop (`stopByTags`) may be left out of the answer.
   */
  readonly accounts: readonly { readonly address: Address; readonly after: Position }[];
  /**
   * What moved at these addresses up to and with these positions; the newest `movementsMax` movements each. Only backward
   * traces ask it.
   */
  readonly histories: readonly { readonly address: Address; readonly upTo: Position }[];
  readonly movementsMax: number;
  /** Tags of these addresses. */
  readonly tags: readonly Address[];
  /** What is known of these assets. */
  readonly assets: readonly AssetId[];
}

export interface Rows {
  /** The same in every answer to one trace. */
  readonly coverage: Coverage;
  readonly transactions: ReadonlyMap<TxId, readonly Movement[]>;
  readonly accounts: ReadonlyMap<Address, AccountRows>;
  readonly histories: ReadonlyMap<Address, HistoryRows>;
  readonly tags: ReadonlyMap<Address, readonly Tag[]>;
  readonly assets: ReadonlyMap<AssetId, Asset>;
}

export interface Trace {
  chain: ChainId;
  lead: TxId[];
  method: Question['method'];
  question: Question;
  asOf: { height: number; hash: BlockHash; time: Instant };
  hops: Hop[];
  stops: Stop[];
  gaps: Gap[];
  decoys: Decoy[];
  balances: Balance[];
  assets: Asset[];
}
