import type { BitcoinNetwork } from './bitcoin/network.ts';
import type { SourceState } from './connection.ts';
import type { Progress } from './meter.ts';

/** What whoever has a chain read for a command says, whatever the chain. */
export interface Reading {
  /** Where an empty ledger starts. */
  readonly from: number;
  readonly to?: number | undefined;
  /** Go on with new blocks until the signal aborts. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly onState: (state: SourceState) => void;
}

export interface NodeReading extends Reading {
  readonly rpc: string;
}

export interface BitcoinReading extends Reading {
  /** The folder in which Bitcoin Core keeps blocks, or a node. */
  readonly source: { readonly blocks: string } | { readonly rpc: string };
  /** Without it, the one that the files or the node are of. */
  readonly network?: BitcoinNetwork | undefined;
  /** While the headers of files are read. */
  readonly onIndexed: (files: number, of: number) => void;
}
