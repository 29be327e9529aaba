import type { Problem } from '@gongjo/contract';
import type { ChainWriter } from '../ledger/index.ts';
import type { Clock } from '../platform/index.ts';
import type { Meter, Progress } from './meter.ts';
import type { ChainEntry, ChainReader } from './reader.ts';

/** How the source of a chain stands; the shape of `ChainStatus.source` on the wire. */
export interface SourceState {
  readonly state: 'starting' | 'following' | 'catching-up' | 'stalled' | 'unreachable';
  readonly nodeHeight: number | null;
  readonly problem: Problem | null;
}

/**
 * Finds out what the ledger must know before it is given these entries, while it is still writing those before; the act
 * that comes back tells it, and is done right before they are appended.
 */
export type Prepare<Entry extends ChainEntry, Reader extends ChainReader<Entry>> = (
  reader: Reader,
  entries: readonly Entry[],
  signal: AbortSignal,
) => Promise<() => Promise<void>>;

/** A node that answers, the ledger that it fills, and whom to tell; lives until the node fails. */
export interface Connection<Entry extends ChainEntry, Reader extends ChainReader<Entry>> {
  readonly reader: Reader;
  readonly ledger: ChainWriter<Entry>;
  readonly prepare: Prepare<Entry, Reader>;
  readonly from: number;
  readonly to: number | undefined;
  readonly mode: 'once' | 'follow';
  readonly pollMs: number;
  readonly batchBlocks: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly onProgress: (progress: Progress) => void;
  readonly onState: (state: SourceState) => void;
  readonly onReorg: (kept: number, taken: number) => void;
  /** A round went through, so the node is well. */
  readonly onRound: () => void;
}
