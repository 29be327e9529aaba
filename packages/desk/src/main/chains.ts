import type { ChainId, ChainStatus } from '@gongjo/contract';
import {
  type BitcoinReading,
  bitcoinNode,
  bitcoinReader,
  evmReader,
  type FilesIngested,
  type FilesReading,
  followAccounts,
  followOutputs,
  ingestFiles,
  type NodeReading,
  networkOf,
  type PendingMove,
  type Progress,
  pendingMoves,
  rpcClient,
  type SourceState,
} from '../chain/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { type Clock, type Log, type Source, startWorker, type Worker } from '../platform/index.ts';
import { type BitcoinIngested, ingestBitcoin } from './bitcoin.ts';
import { outputPool } from './output-pool.ts';

/** What reads chains into the ledger: one writer per chain at a time. */
export interface Chains {
  /** Follows a source from now on; `changed` is called when blocks came or the source's state changed. */
  start(source: Source): void;
  /** Reads a range, or follows until the signal aborts, for a command. Throws `chain-being-read`. */
  ingest(asked: NodeReading): Promise<Progress | null>;
  /** Reads a chain of Bitcoin's kin from files or a node, for a command. Throws `chain-being-read` and what the reader throws. */
  ingestBitcoin(asked: BitcoinReading): Promise<BitcoinIngested>;
  /** Reads blocks from files, for a command. Throws `chain-being-read` and what `chain`'s `ingestFiles` throws. */
  ingestFiles(asked: FilesReading): Promise<FilesIngested>;
  status(): Promise<ChainStatus[]>;
  stop(): Promise<void>;
}

interface Followed {
  readonly source: Source;
  state: SourceState;
  reorganised?: { readonly at: string; readonly blocks: number };
}

/** How often a node's pool is asked for: it is seconds that a transaction waits there. */
const poolEveryMs = 1_000;

export function createChains(options: {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  /** Blocks came or went. */
  readonly onBlocks: (chain: ChainId) => void;
  readonly onState: () => void;
  /** What the node's pool has now, where it shows one. */
  readonly onPending: (chain: ChainId, moves: readonly PendingMove[]) => Promise<void>;
}): Chains {
  const { ledger, clock, log, onBlocks, onState, onPending } = options;
  const ending = new AbortController();
  const sources = new Map<ChainId, Followed>();
  const reading = new Set<ChainId>();
  const ingesting = new Set<Promise<unknown>>();
  const readers: Worker[] = [];

  /** Connects at the first look. */
  function outputsWaiting({ chain, rpc: url }: Source) {
    let look: ReturnType<typeof outputPool> | null = null;
    return async (signal: AbortSignal) => {
      look ??= outputPool(ledger, chain, await bitcoinNode({ url }));
      return look(signal);
    };
  }

  return {
    start: (source) => {
      const { chain } = source;
      const followed: Followed = { source, state: { state: 'starting', nodeHeight: null, problem: null } };
      sources.set(chain, followed);
      reading.add(chain);
      const rpc = rpcClient({ url: source.rpc });
      const reader = startWorker({
        name: `read ${chain}`,
        everyMs: source.pollMs,
        clock,
        log,
        work: async (signal) => {
          const common = {
            ledger,
            from: source.from,
            mode: 'follow' as const,
            pollMs: source.pollMs,
            signal,
            clock,
            onProgress: () => onBlocks(chain),
            onReorg: (kept: number, taken: number) => {
              log.warn({ chain, kept, taken }, 'the chain reorganised');
              followed.reorganised = { at: instant(clock.now()), blocks: taken };
              onState();
              onBlocks(chain);
            },
            onState: (state: SourceState) => {
              if (state.problem && state.problem.code !== followed.state.problem?.code) {
                log.error({ chain, code: state.problem.code }, state.problem.text.en);
              }
              followed.state = state;
              onState();
            },
          };
          const network = networkOf(chain);
          if (network)
            await followOutputs({
              ...common,
              open: async (inner) =>
                bitcoinReader({ rpc: await bitcoinNode({ url: source.rpc }), network, signal: inner }),
            });
          else await followAccounts({ ...common, open: (inner) => evmReader({ rpc, chain, signal: inner }) });
          return 'idle';
        },
      });
      readers.push(reader);
      const look = networkOf(chain) ? outputsWaiting(source) : (s: AbortSignal) => pendingMoves(rpc, chain, s);
      readers.push(
        startWorker({
          name: `pool ${chain}`,
          everyMs: Math.max(poolEveryMs, source.pollMs),
          clock,
          log,
          work: async (signal) => {
            // A node that fails is told by whoever reads its blocks.
            const moves = await look(signal).catch(() => null);
            if (moves !== null) await onPending(chain, moves);
            return 'idle';
          },
        }),
      );
    },
    ingest: async ({ rpc: url, from, to, follow: goOn, signal, onProgress, onState: tell }) => {
      const rpc = rpcClient({ url });
      const { chain } = await evmReader({ rpc, signal });
      if (reading.has(chain)) throw new GongjoError('chain-being-read', { chain });
      reading.add(chain);
      const run = followAccounts({
        open: (inner) => evmReader({ rpc, chain, signal: inner }),
        ledger,
        from,
        to,
        mode: goOn ? 'follow' : 'once',
        signal: AbortSignal.any([signal, ending.signal]),
        clock,
        onProgress: (progress) => {
          onProgress(progress);
          onBlocks(chain);
        },
        onState: tell,
        onReorg: () => onBlocks(chain),
      }).finally(() => {
        reading.delete(chain);
        ingesting.delete(run);
      });
      ingesting.add(run);
      return run;
    },
    ingestBitcoin: (asked) => {
      let reserved: ChainId | null = null;
      const tellBlocks = () => {
        if (reserved) onBlocks(reserved);
      };
      const run = ingestBitcoin({
        ...asked,
        onProgress: (progress) => {
          asked.onProgress(progress);
          tellBlocks();
        },
        onReorg: tellBlocks,
        ledger,
        clock,
        signal: AbortSignal.any([asked.signal, ending.signal]),
        reserve: (chain) => {
          if (reading.has(chain)) throw new GongjoError('chain-being-read', { chain });
          reading.add(chain);
          reserved = chain;
          return () => reading.delete(chain);
        },
      }).finally(() => ingesting.delete(run));
      ingesting.add(run);
      return run;
    },
    ingestFiles: async (asked) => {
      const { chain } = asked;
      if (reading.has(chain)) throw new GongjoError('chain-being-read', { chain });
      reading.add(chain);
      const run = ingestFiles({
        ...asked,
        ledger,
        clock,
        signal: AbortSignal.any([asked.signal, ending.signal]),
        onProgress: (progress) => {
          asked.onProgress(progress);
          onBlocks(chain);
        },
      }).finally(() => {
        reading.delete(chain);
        ingesting.delete(run);
      });
      ingesting.add(run);
      return run;
    },
    status: async () => {
      const chains = new Set([...sources.keys(), ...(await ledger.chains())]);
      return Promise.all(
        [...chains].sort().map(async (chain) => {
          const coverage = await ledger.coverage(chain);
          const followed = sources.get(chain);
          return {
            chain,
            name: followed?.source.name ?? chain,
            tip: coverage && { height: coverage.tip.height, hash: coverage.tip.hash, time: coverage.tip.time },
            from: coverage?.from ?? null,
            movements: await ledger.movementCount(chain),
            source: followed
              ? { ...followed.state, ...(followed.reorganised ? { reorganised: followed.reorganised } : {}) }
              : null,
          };
        }),
      );
    },
    stop: async () => {
      ending.abort();
      await Promise.all(readers.map((reader) => reader.stop()));
      // What one of them failed of is told to whoever asked for it.
      await Promise.allSettled(ingesting);
    },
  };
}
