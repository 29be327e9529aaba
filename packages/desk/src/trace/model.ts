import type {
  Address,
  Asset,
  AssetId,
  BlockHash,
  ChainId,
  Gap,
  Instant,
  Tag,
  TxId,
  Decoy as WireDecoy,
  Hop as WireHop,
  Stop as WireStop,
} from '@gongjo/contract';
import type { Position } from '../kernel/index.ts';
import type { AccountRows, Coverage, Movement } from '../ledger/index.ts';

/** The shape of `W` with its amounts as `bigint` instead of decimal strings. */
type Exact<W, K extends keyof W> = Omit<W, K> & { [key in K]: bigint };

export type Hop = Omit<Exact<WireHop, 'units' | 'movementUnits'>, 'received'> & {
  received: { asset: AssetId; units: bigint; movementUnits: bigint }[];
};
export type Stop = Exact<WireStop, 'units'>;
export type Decoy = Exact<WireDecoy, 'units'>;
export type { Gap };

export interface Balance {
  asset: AssetId;
  lead: bigint;
  swappedIn: bigint;
  swappedOut: bigint;
  stops: Partial<Record<WireStop['kind'], bigint>>;
}

/** What is asked of a trace. The lead is every value that left its owner in these transactions. */
export interface Question {
  readonly chain: ChainId;
  readonly lead: readonly TxId[];
  readonly bounds?: Partial<Bounds>;
}

/**
 * The first transaction in chain order that would exceed `hopsMax` or `addressesMax` is not followed, nor any after it: value
 * that its holder moves from there on stands as a stop `limit` where it was, the rest as unspent.
 */
export interface Bounds {
  /** Hops in the result. */
  readonly hopsMax: number;
  /** Addresses that value is followed to. On the way there, rows may be asked of some that turn out to come too late. */
  readonly addressesMax: number;
  /** Movements of one address after value reached it; beyond it the address is a hub and the trace stops there. */
  readonly movementsPerAddressMax: number;
}

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
  readonly tags: ReadonlyMap<Address, readonly Tag[]>;
  readonly assets: ReadonlyMap<AssetId, Asset>;
}

export interface Trace {
  chain: ChainId;
  lead: TxId[];
  method: 'fifo';
  asOf: { height: number; hash: BlockHash; time: Instant };
  hops: Hop[];
  stops: Stop[];
  gaps: Gap[];
  decoys: Decoy[];
  balances: Balance[];
  assets: Asset[];
}
