import type { Asset, AssetId, BlockHash, ChainId } from '@gongjo/contract';
import type { BlockEntry } from '../ledger/index.ts';

/** One chain's node, whatever the chain: what the follower needs of it. Every failure is a `GongjoError` of the catalogue. */
export interface ChainReader {
  readonly chain: ChainId;
  /** Where the node is, fit to be shown: scheme, host and port, never credentials. */
  readonly url: string;
  /** The node's highest block. */
  tip(signal?: AbortSignal): Promise<{ readonly height: number; readonly hash: BlockHash }>;
  /** Blocks `from`…`to` (inclusive), in order and linked by `parent`; shorter where the node does not have them (any more). */
  blocks(from: number, to: number, signal?: AbortSignal): Promise<readonly BlockEntry[]>;
  /** The block's hash at a height on the node's main chain; null where it has none. */
  hashAt(height: number, signal?: AbortSignal): Promise<BlockHash | null>;
  /** What the assets' contracts say of themselves; hostile text is bounded and cleaned, missing answers become defaults. */
  describe(assets: readonly AssetId[], signal?: AbortSignal): Promise<readonly Asset[]>;
}

/** Connects to the node and makes sure that it serves the expected chain. Called again after each failure. */
export type OpenReader = (signal?: AbortSignal) => Promise<ChainReader>;
