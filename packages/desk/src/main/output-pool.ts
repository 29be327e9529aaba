import type { ChainId, TxId } from '@gongjo/contract';
import { type PendingMove, type PendingSpend, pendingSpends, type Rpc } from '../chain/index.ts';
import { coinOf, type Ledger } from '../ledger/index.ts';

/** What is known of a transaction in the pool: what it moves, and how often its outputs were looked for in vain. */
interface Pooled {
  readonly spend: PendingSpend;
  moves: readonly PendingMove[] | null;
  tries: number;
}

/** The ledger is a block or two behind its node at most while it follows; what it does not know then, it does not hold. */
const triesMax = 30;

/**
 * The pool of a node of Bitcoin, carried on from look to look: each transaction is asked for once. What an address is about to
 * give is the sum of its outputs that a waiting transaction spends, by the ledger's own amounts. Outputs that are themselves
 * still waiting have no place in the ledger: what spends them is told once their own transaction is in a block.
 */
export function outputPool(ledger: Pick<Ledger, 'coverage' | 'utxo'>, chain: ChainId, rpc: Rpc) {
  const pooled = new Map<TxId, Pooled>();

  return async function look(signal?: AbortSignal): Promise<PendingMove[] | null> {
    const view = await pendingSpends(rpc, pooled, signal);
    if (view === null) return null;
    for (const txid of pooled.keys()) if (!view.txids.has(txid)) pooled.delete(txid);
    for (const spend of view.fresh) pooled.set(spend.txid, { spend, moves: null, tries: 0 });
    const open = [...pooled.values()].filter(({ moves, tries }) => moves === null && tries < triesMax);
    await resolve(open.filter(({ spend }) => !spend.spends.some(({ txid }) => pooled.has(txid))));
    return [...pooled.values()].flatMap(({ moves }) => moves ?? []);
  };

  async function resolve(open: readonly Pooled[]): Promise<void> {
    const tip = (await ledger.coverage(chain))?.tip.height;
    if (tip === undefined || open.length === 0) return;
    const below = await ledger.utxo.numberAfter(chain, tip);
    const sources = [...new Set(open.flatMap(({ spend }) => spend.spends.map(({ txid }) => txid)))];
    const numbers = await ledger.utxo.numbers(chain, sources, below);
    const transactions = await ledger.utxo.transactions(chain, [...new Set(numbers.values())], below);
    const asset = coinOf(chain).id;
    for (const one of open) {
      const sums = new Map<PendingMove['from'], { ord: number; units: bigint }>();
      let whole = true;
      for (const [ord, { txid, index }] of one.spend.spends.entries()) {
        const number = numbers.get(txid);
        const output = number === undefined ? undefined : transactions.get(number)?.outputs[index];
        if (output === undefined) {
          whole = false;
          continue;
        }
        if (output.address === null) continue;
        const sum = sums.get(output.address);
        if (sum) sum.units += output.units;
        else sums.set(output.address, { ord, units: output.units });
      }
      one.tries += 1;
      // Half of what an address gives would be a wrong amount: it is told when all of it is known, or never will be.
      if (!whole && one.tries < triesMax) continue;
      one.moves = [...sums].map(([from, { ord, units }]) => ({
        ...{ txid: one.spend.txid, ord, from, to: null, asset, units },
      }));
    }
  }
}
