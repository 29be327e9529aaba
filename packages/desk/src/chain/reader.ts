import type { Asset, AssetId, BlockHash, ChainId } from '@gongjo/contract';
import type { Block, BlockEntry } from '../ledger/index.ts';

/** What every chain's entry has; the rest is between its reader and its ledger. */
export interface ChainEntry {
  readonly block: Block;
  /** Counted in the progress, where the chain has them. */
  readonly movements?: { readonly length: number };
}

/** One chain's node or files, whatever the chain: what the follower needs of it. Every failure is a `GongjoError` of the catalogue. */
export interface ChainReader<Entry extends ChainEntry> {
  readonly chain: ChainId;
  /** Where the node is, fit to be shown: scheme, host and port, never credentials; or the folder of the files. */
  readonly url: string;
  /** The lowest block that can be read, where that is not the first of the chain. */
  readonly lowest?: number;
  /** The node's highest block. */
  tip(signal?: AbortSignal): Promise<{ readonly height: number; readonly hash: BlockHash }>;
  /** Blocks `from`…`to` (inclusive), in order and linked by `parent`; shorter where the node does not have them (any more). */
  blocks(from: number, to: number, signal?: AbortSignal): Promise<readonly Entry[]>;
  /** The block's hash at a height on the node's main chain; null where it has none. */
  hashAt(height: number, signal?: AbortSignal): Promise<BlockHash | null>;
}

/** A chain of accounts, whose movements name assets that the ledger must know before. */
export interface AccountReader extends ChainReader<BlockEntry> {
  /** What the assets' contracts say of themselves; hostile text is bounded and cleaned, missing answers become defaults. */
  describe(assets: readonly AssetId[], signal?: AbortSignal): Promise<readonly Asset[]>;
}

/** Connects to the node and makes sure that it serves the expected chain. Called again after each failure. */
export type OpenReader<Reader> = (signal?: AbortSignal) => Promise<Reader>;
