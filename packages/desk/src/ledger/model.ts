import type { Address, Asset, AssetId, BlockHash, ChainId, Instant, Tag, TxId } from '@gongjo/contract';
import type { Position } from '../kernel/index.ts';
import { namespaceOf } from './namespace.ts';

/**
 * What moved value:
 * `native` – the chain's own coin, as the transaction says; `token` – a token's transfer event; `fee` – the part of the
 * fee that the block's producer earns; `burn` – the part of the fee that is destroyed (`to` is null); `internal` – the
 * chain's own coin that contracts send on within a transaction, as its execution trace says; `issuance` – coin that the
 * chain's rules credit without a transaction: block rewards, validators' withdrawals (`from` is null).
 * The ledger stores a kind by its place in this list, so new ones go to the end.
 */
export const movementKinds = ['native', 'token', 'fee', 'burn', 'internal', 'issuance'] as const;
export type MovementKind = (typeof movementKinds)[number];

/** One movement of one asset from one address to another. Minting has no `from`, burning has no `to`. */
export interface Movement extends Position {
  readonly chain: ChainId;
  readonly txid: TxId;
  readonly time: Instant;
  readonly kind: MovementKind;
  readonly from: Address | null;
  readonly to: Address | null;
  readonly asset: AssetId;
  /** In the asset's smallest unit; zero is possible and kept. */
  readonly units: bigint;
  /** The transaction called a contract's code at `to` (native movements only). */
  readonly call: boolean;
}

/**
 * How a chain keeps value: `utxo` – outputs that one transaction makes and another spends; `account` – balances. A property
 * of the chain's kin, which the first part of its CAIP-2 name tells.
 */
export type Family = 'utxo' | 'account';

export function familyOf(chain: ChainId): Family {
  return namespaceOf(chain) === 'bip122' ? 'utxo' : 'account';
}

export interface Block {
  readonly chain: ChainId;
  readonly height: number;
  readonly hash: BlockHash;
  readonly parent: BlockHash;
  readonly time: Instant;
  readonly transactionCount: number;
}

/** One block with everything that moved in it: what a chain's reader hands to the ledger. */
export interface BlockEntry {
  readonly block: Block;
  readonly movements: readonly Movement[];
  /** The execution was read, so the `internal` movements are among them, even if there are none; absent: it was not. */
  readonly internals?: boolean;
}

/** Heights `from`…`to`, both inclusive. */
export interface HeightSpan {
  readonly from: number;
  readonly to: number;
}

/** The part of a chain that the ledger holds, without holes. */
export interface Coverage {
  readonly chain: ChainId;
  readonly from: number;
  readonly tip: Block;
  /** Where the `internal` movements are known, in ascending order; absent: nowhere. */
  readonly internals?: readonly HeightSpan[];
}

/** An address's movements of all assets after a position, both directions, and what it held at that position. */
export interface AccountRows {
  readonly address: Address;
  /** Σ in − Σ out of the ledger up to and including the position, per asset; can be negative where the ledger starts late. */
  readonly opening: ReadonlyMap<AssetId, bigint>;
  /** In chain order. */
  readonly movements: readonly Movement[];
  /** There were more than the bound; `movements` is then the first part. */
  readonly truncated: boolean;
}

/** An address's movements of all assets up to and with a position, both directions. */
export interface HistoryRows {
  readonly address: Address;
  /** In chain order. */
  readonly movements: readonly Movement[];
  /** There were more than the bound; `movements` is then the newest part. */
  readonly truncated: boolean;
}

/** A ledger as the reader of a chain sees it, whatever the entries of the chain are. One process writes one chain at a time. */
export interface ChainWriter<Entry> {
  /** What the ledger holds of a chain; null when nothing. */
  coverage(chain: ChainId): Promise<Coverage | null>;
  blockAt(chain: ChainId, height: number): Promise<Block | null>;
  /**
   * Adds blocks that continue the tip (or start the chain), in order and linked by `parent`; all or, after a crash, the
   * first part of them. When it returns, the blocks survive `kill -9`.
   */
  append(entries: readonly Entry[]): Promise<void>;
  /** Takes away every block above `height`, for a reorganisation. */
  rollbackTo(chain: ChainId, height: number): Promise<void>;
}

/** The ledger of accounts: blocks are movements, of assets that it must know before. */
export interface LedgerWriter extends ChainWriter<BlockEntry> {
  /** Which of these assets the ledger knows already. */
  assets(ids: readonly AssetId[]): Promise<ReadonlyMap<AssetId, Asset>>;
  putAssets(assets: readonly Asset[]): Promise<void>;
}

export type { Address, Asset, AssetId, BlockHash, ChainId, Instant, Tag, TxId };
