import type { TxId } from '@gongjo/contract';
import { z } from 'zod';
import { lacksMethod, type Rpc, resultOf } from '../evm/rpc.client.ts';

/** A transaction that no block has yet, by the outputs that it spends. */
export interface PendingSpend {
  readonly txid: TxId;
  readonly spends: readonly { readonly txid: TxId; readonly index: number }[];
}

/** What the node's pool has now: every identifier, and the transactions that were not asked for before. */
export interface PoolView {
  readonly txids: ReadonlySet<TxId>;
  readonly fresh: readonly PendingSpend[];
}

const zTxid = z.string().regex(/^[0-9a-f]{64}$/);
const zTxids = z.array(zTxid);
const zTransaction = z.object({
  txid: zTxid,
  vin: z.array(z.object({ txid: zTxid, vout: z.int().min(0).max(0xffff_ffff) })),
});

/** A pool of 300 MB, as Bitcoin Core keeps it, holds a few hundred thousand; what is beyond is looked at when blocks have made room. */
const transactionsMax = 500_000;
/** At one look: a pool that has filled up for days is read within minutes, seven a second in between. */
const freshMax = 2_000;
/** In one answer; transactions of 100 kB are few. */
const askedAtOnce = 250;

/**
 * Reads a pool of Bitcoin Core: `getrawmempool` for what is there, `getrawtransaction` for each that is not `known`. Null where
 * the node has no pool (`-blocksonly` still shows its own). What left the pool between the two questions is passed over.
 *
 * @throws GongjoError `node-unreachable`, `node-answer-invalid`
 */
export async function pendingSpends(
  rpc: Rpc,
  known: Pick<ReadonlySet<TxId>, 'has'>,
  signal?: AbortSignal,
): Promise<PoolView | null> {
  const [list] = await rpc.batch([{ method: 'getrawmempool', params: [] }], signal);
  if (!list || (!list.ok && lacksMethod(list))) return null;
  const { success, data } = zTxids.safeParse(resultOf(list, rpc.url, 'getrawmempool'));
  if (!success) return null;
  const txids = data.slice(0, transactionsMax) as TxId[];
  const wanted = txids.filter((txid) => !known.has(txid)).slice(0, freshMax);
  const fresh: PendingSpend[] = [];
  for (let from = 0; from < wanted.length; from += askedAtOnce) {
    const some = wanted.slice(from, from + askedAtOnce);
    const answers = await rpc.batch(
      some.map((txid) => ({ method: 'getrawtransaction', params: [txid, true] })),
      signal,
    );
    for (const [index, txid] of some.entries()) {
      const answer = answers[index];
      const read = answer?.ok ? zTransaction.safeParse(answer.result) : null;
      if (!read?.success || read.data.txid !== txid) continue;
      fresh.push({ txid, spends: read.data.vin.map((input) => ({ txid: input.txid as TxId, index: input.vout })) });
    }
  }
  return { txids: new Set(txids), fresh };
}
