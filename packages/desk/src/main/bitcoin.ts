import type { ChainId } from '@gongjo/contract';
import {
  type BitcoinReading,
  bitcoinNode,
  bitcoinReader,
  blockFiles,
  type FileDamage,
  followOutputs,
  type Progress,
} from '../chain/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Clock } from '../platform/index.ts';

export interface BitcoinIngested {
  readonly chain: ChainId;
  /** Null when the ledger held all of it already. */
  readonly progress: Progress | null;
  /** Of files: what they hold besides the chain, and what in them is damaged. */
  readonly files: {
    readonly blocks: number;
    readonly stale: number;
    readonly unlinked: number;
    readonly damage: readonly FileDamage[];
  } | null;
}

export async function ingestBitcoin(
  options: BitcoinReading & {
    /** Blocks went: the source has another branch. */
    readonly onReorg: () => void;
    readonly ledger: Ledger;
    readonly clock: Clock;
    /** Makes sure that nobody else writes the chain, until it is given back. Throws `chain-being-read`. */
    readonly reserve: (chain: ChainId) => () => void;
  },
): Promise<BitcoinIngested> {
  const { source, network, reserve, onIndexed, follow, signal, ...common } = options;
  const mode = follow ? ('follow' as const) : ('once' as const);
  if ('rpc' in source) {
    const { rpc: url } = source;
    const { chain } = await bitcoinReader({ rpc: await bitcoinNode({ url }), network, signal });
    const free = reserve(chain);
    try {
      const progress = await followOutputs({
        ...common,
        mode,
        signal,
        open: async (inner) => bitcoinReader({ rpc: await bitcoinNode({ url }), network, signal: inner }),
      });
      return { chain, progress, files: null };
    } finally {
      free();
    }
  }
  const files = await blockFiles({ folder: source.blocks, network, signal, onIndexed });
  const free = reserve(files.chain);
  try {
    const progress = await followOutputs({
      ...common,
      from: Math.max(common.from, files.lowest),
      mode: 'once',
      signal,
      open: async () => files,
    });
    const { chain, blockCount, staleCount, unlinkedCount, damage } = files;
    return { chain, progress, files: { blocks: blockCount, stale: staleCount, unlinked: unlinkedCount, damage } };
  } finally {
    free();
  }
}
