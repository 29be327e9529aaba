import type { ChainId } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import type { ChainWriter } from '../ledger/index.ts';
import type { Clock } from '../platform/index.ts';
import type { Prepare, SourceState } from './connection.ts';
import { meter, type Progress } from './meter.ts';
import type { ChainEntry, ChainReader, OpenReader } from './reader.ts';
import { runRounds } from './rounds.ts';

export interface FollowOptions<Entry extends ChainEntry, Reader extends ChainReader<Entry> = ChainReader<Entry>> {
  /** Connects to the node; called again after each failure, so that a node exchanged meanwhile is noticed. */
  readonly open: OpenReader<Reader>;
  readonly ledger: ChainWriter<Entry>;
  readonly prepare?: Prepare<Entry, Reader> | undefined;
  /** Where an empty ledger starts; a ledger that holds blocks goes on after its tip. */
  readonly from: number;
  /** The last block to read; `once` ends at the node's tip of the moment at the latest, `follow` without it never. */
  readonly to?: number | undefined;
  /** `once` throws what goes wrong; `follow` reports it and tries again, for ever. */
  readonly mode: 'once' | 'follow';
  /** How often the node is asked for news when there was none. */
  readonly pollMs?: number | undefined;
  /** Blocks that are read and written together. */
  readonly batchBlocks?: number | undefined;
  /** Ends the run; what is written stays written. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** After each write. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** When something in the state has changed. */
  readonly onState?: ((state: SourceState) => void) | undefined;
  /** The blocks above `kept`, so many, have been taken out of the ledger: the node's main chain has them no longer. */
  readonly onReorg?: ((kept: number, taken: number) => void) | undefined;
}

/** A quarter of the second within which a movement should be known; asking a node for its tip costs it nothing. */
const POLL_MS = 250;

/** Many small blocks share one write; large ones, twice with the prefetch, stay within some hundred megabytes. */
const BATCH_BLOCKS = 64;

const RETRY_FIRST_MS = 500;
/** A node that comes back is noticed within this time. */
const RETRY_MAX_MS = 15_000;

/**
 * Keeps the ledger equal to a node's main chain.
 *
 * Reads on from the ledger's tip, the next batch already while the present one is written. Where the first new block's parent is not the ledger's tip, and whenever the
 * node has another block at the tip's height, the common ancestor is searched, the ledger rolled back to it and the
 * node's branch read instead. When nothing is in common, a ledger with few blocks, none of them the genesis block, starts
 * again at `from`; any other is left as it is, and the problem is `chain-mismatch`.
 *
 * Resolves with the last progress (null when nothing was written) when the aim is reached or the signal aborts.
 *
 * @throws GongjoError in mode `once`: `node-unreachable`, `node-answer-invalid`, `chain-mismatch`. In both modes, whatever
 * the ledger throws.
 */
export async function follow<Entry extends ChainEntry, Reader extends ChainReader<Entry>>(
  options: FollowOptions<Entry, Reader>,
): Promise<Progress | null> {
  const { open, mode, signal, clock } = options;
  const progress = meter(clock);
  const onState = changesOnly(options.onState);
  /** The chain that the first connection served; later ones must serve the same. */
  let chain: ChainId | null = null;
  let failures = 0;

  onState({ state: 'starting', nodeHeight: null, problem: null });
  while (!signal.aborted) {
    try {
      const reader = await open(signal);
      chain ??= reader.chain;
      if (reader.chain !== chain) {
        throw new GongjoError('chain-mismatch', { url: reader.url, found: reader.chain, wanted: chain });
      }
      await runRounds({
        reader,
        ledger: options.ledger,
        prepare: options.prepare ?? nothingToPrepare,
        from: options.from,
        to: options.to,
        mode,
        pollMs: options.pollMs ?? POLL_MS,
        batchBlocks: options.batchBlocks ?? BATCH_BLOCKS,
        signal,
        clock,
        meter: progress,
        onProgress: options.onProgress ?? (() => {}),
        onState,
        onReorg: options.onReorg ?? (() => {}),
        onRound: () => {
          failures = 0;
        },
      });
      break;
    } catch (error) {
      if (signal.aborted) break;
      if (mode === 'once' || !isNodeTrouble(error)) throw error;
      onState({ state: 'unreachable', nodeHeight: null, problem: error.problem });
      const waitMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** failures);
      failures += 1;
      await clock.sleep(waitMs, signal);
    }
  }
  return progress.latest;
}

const nothingToPrepare = async () => async () => {};

/** What another try can mend, because somebody starts, repairs or exchanges the node. */
function isNodeTrouble(error: unknown): error is GongjoError {
  return (
    error instanceof GongjoError && ['node-unreachable', 'node-answer-invalid', 'chain-mismatch'].includes(error.code)
  );
}

/** The same state twice in a row is told once. */
function changesOnly(tell: ((state: SourceState) => void) | undefined): (state: SourceState) => void {
  let told = '';
  return (state) => {
    const now = JSON.stringify(state);
    if (now !== told) tell?.(state);
    told = now;
  };
}
