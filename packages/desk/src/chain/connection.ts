import type { AssetId, Problem } from '@gongjo/contract';
import type { LedgerWriter } from '../ledger/index.ts';
import type { Clock } from '../platform/index.ts';
import type { Meter, Progress } from './meter.ts';
import type { ChainReader } from './reader.ts';

/** How the source of a chain stands; the shape of `ChainStatus.source` on the wire. */
export interface SourceState {
  readonly state: 'starting' | 'following' | 'catching-up' | 'unreachable';
  readonly nodeHeight: number | null;
  readonly problem: Problem | null;
}

/** A node that answers, the ledger that it fills, and whom to tell; lives until the node fails. */
export interface Connection {
  readonly reader: ChainReader;
  readonly ledger: LedgerWriter;
  readonly from: number;
  readonly to: number | undefined;
  readonly mode: 'once' | 'follow';
  readonly pollMs: number;
  readonly batchBlocks: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly meter: Meter;
  /** Assets known to be in the ledger. */
  readonly knownAssets: Set<AssetId>;
  readonly onProgress: (progress: Progress) => void;
  readonly onState: (state: SourceState) => void;
  readonly onReorg: (kept: number) => void;
  /** A round went through, so the node is well. */
  readonly onRound: () => void;
}
