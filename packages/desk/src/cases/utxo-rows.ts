import type { Address, Tag, TxId } from '@gongjo/contract';
import type { Block, Ledger, TxNumber, UtxoTransaction } from '../ledger/index.ts';
import type { UtxoAsk, UtxoRows } from '../trace/index.ts';

/** Answers a trace through outputs from the ledger, all as of one block. */
export async function utxoRows(ledger: Ledger, asOf: Block): Promise<(ask: UtxoAsk) => Promise<UtxoRows>> {
  const { chain } = asOf;
  const { utxo } = ledger;
  const below = await utxo.numberAfter(chain, asOf.height);
  const from = (await ledger.coverage(chain))?.from ?? asOf.height;
  return async (ask) => {
    const [numbers, received, asked, tags, usage, fees] = await Promise.all([
      ask.txids.length > 0 ? utxo.numbers(chain, ask.txids, below) : new Map<TxId, TxNumber>(),
      ask.leadAddresses.length > 0 ? utxo.received(chain, ask.leadAddresses, ask.usageMax, below) : new Map(),
      utxo.transactions(chain, ask.transactions, below),
      ask.tags.length > 0 ? ledger.tags(chain, ask.tags) : new Map<Address, Tag[]>(),
      ask.usage.length > 0 ? utxo.usage(chain, ask.usage, ask.usageMax, below) : new Map<Address, number>(),
      Promise.all(ask.fees.map(async (height) => [height, await utxo.fees(chain, height)] as const)),
    ]);
    const leads = new Set<TxNumber>(numbers.values());
    for (const { outputs } of received.values()) for (const { at } of outputs) leads.add(at.tx);
    const transactions: Map<TxNumber, UtxoTransaction> = asked;
    if (leads.size > 0)
      for (const [number, tx] of await utxo.transactions(chain, [...leads], below)) transactions.set(number, tx);
    return {
      coverage: { chain, from, tip: asOf },
      transactions,
      numbers,
      received,
      tags,
      usage,
      fees: new Map(fees),
    };
  };
}
