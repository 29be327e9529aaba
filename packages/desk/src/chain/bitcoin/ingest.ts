import { coinOf, type Ledger } from '../../ledger/index.ts';
import { type FollowOptions, follow } from '../follow.ts';
import type { Progress } from '../meter.ts';
import type { ChainReader } from '../reader.ts';
import { addBlock } from './batch-sink.ts';
import type { RawBlock } from './raw-block.ts';

export interface FollowOutputsOptions<Reader extends ChainReader<RawBlock>>
  extends Omit<FollowOptions<RawBlock, Reader>, 'ledger' | 'prepare' | 'batchBlocks'> {
  readonly ledger: Ledger;
}

/** The reader ends an answer by its size; the blocks of the first years are so small that thousands share one. */
const batchBlocks = 4_000;

/** `follow` for a chain of outputs: raw blocks of a node or of files into the ledger's batches. */
export async function followOutputs<Reader extends ChainReader<RawBlock>>(
  options: FollowOutputsOptions<Reader>,
): Promise<Progress | null> {
  const { ledger } = options;
  let coinIsKnown = false;
  return follow<RawBlock, Reader>({
    ...options,
    batchBlocks,
    ledger: {
      coverage: (chain) => ledger.coverage(chain),
      blockAt: (chain, height) => ledger.blockAt(chain, height),
      rollbackTo: (chain, height) => ledger.rollbackTo(chain, height),
      append: async (entries) => {
        const chain = entries[0]?.block.chain;
        if (!chain) return;
        if (!coinIsKnown) await ledger.putAssets([coinOf(chain)]);
        coinIsKnown = true;
        const batch = await ledger.utxo.batch(chain);
        for (const entry of entries) addBlock(batch, entry.block, entry);
        await ledger.utxo.append(batch);
      },
    },
  });
}
