import type { TxId } from '@gongjo/contract';
import { branchOf } from '../chain/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Trace } from '../trace/index.ts';
import type { BlocksFile } from './content.ts';
import { byText } from './rows/model.ts';
import { proofsOf, provedBlocksMax } from './verify/blocks.ts';

/** The blocks of a trace's transactions, with a Merkle proof of each transaction where the ledger holds the header. */
export async function blocksOf(ledger: Ledger, { chain, hops }: Trace): Promise<BlocksFile> {
  const byHeight = new Map<number, Set<TxId>>();
  for (const { height, txid } of hops) {
    const txids = byHeight.get(height) ?? new Set();
    byHeight.set(height, txids.add(txid));
  }
  const heights = [...byHeight.keys()].sort((a, b) => a - b).slice(0, provedBlocksMax);
  const proofs = proofsOf(chain);
  const headers = proofs === 'merkle' ? await ledger.utxo.headers(chain, heights) : new Map<number, string>();
  const blocks: BlocksFile['blocks'] = [];
  for (const height of heights) {
    const block = await ledger.blockAt(chain, height);
    if (!block) continue;
    const header = headers.get(height) ?? null;
    const all = header === null ? [] : await ledger.utxo.txidsAt(chain, height);
    const places = new Map(all.map((txid, index) => [txid, index]));
    const { hash, parent, time, transactionCount } = block;
    blocks.push({
      ...{ height, hash, parent, time, transactionCount, header },
      transactions: [...(byHeight.get(height) ?? [])].sort(byText).map((txid) => {
        const index = places.get(txid);
        const branch = index === undefined ? null : branchOf(all, index);
        return { txid, branch: branch && { index: branch.index, hashes: [...branch.hashes] } };
      }),
    });
  }
  return { chain, proofs, blocks };
}
