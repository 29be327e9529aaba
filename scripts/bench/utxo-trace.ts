import type { AssetId, TraceMethod, TxId } from '@gongjo/contract';
import { utxoRows } from '../../packages/desk/src/cases/utxo-rows.ts';
import { coinJoinVerdict, type Ledger } from '../../packages/desk/src/ledger/index.ts';
import { completeQuestion, type Trace, traceUtxo } from '../../packages/desk/src/trace/index.ts';
import { regtestChain } from './ledger.ts';

const rules = {
  coin: { id: `${regtestChain}/slip44:1` as AssetId, symbol: 'BTC', decimals: 8 },
  coinJoin: (tx: Parameters<typeof coinJoinVerdict>[0]) => coinJoinVerdict(tx) !== null,
};

/** Bounds as wide as they can be asked, so that only CoinJoins end a trace before its value is at rest: no hub, no payout. */
const bounds = {
  hopsMax: 1_000_000,
  addressesMax: 1_000_000,
  movementsPerAddressMax: 1_000_000,
  fanOutMax: 1_000_000,
};

/** One trace through the desk's own host and ledger, as of a block. */
export async function traceOf(ledger: Ledger, txid: string, method: TraceMethod, untilHeight: number): Promise<Trace> {
  const asOf = await ledger.blockAt(regtestChain, untilHeight);
  if (!asOf) throw new Error(`no block ${untilHeight}`);
  const leads = [{ txid: txid as TxId, ord: null }];
  const provide = await utxoRows(ledger, asOf);
  const run = traceUtxo(completeQuestion({ chain: regtestChain, leads, method, bounds }), rules);
  let step = run.next();
  while (!step.done) step = run.next(await provide(step.value));
  return step.value;
}

/** Outputs that held traced value at some time; what went to fees stands in none. */
export function holdingsOf({ hops }: Trace): number {
  return new Set(hops.filter(({ rule }) => rule !== 'fee').map(({ txid, ord }) => `${txid}:${ord}`)).size;
}
