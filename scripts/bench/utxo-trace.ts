import type { AssetId, TraceMethod, TxId } from '@gongjo/contract';
import { utxoRows } from '../../packages/desk/src/cases/utxo-rows.ts';
import { coinJoinVerdict, type Ledger } from '../../packages/desk/src/ledger/index.ts';
import { completeQuestion, type Trace, traceUtxo } from '../../packages/desk/src/trace/index.ts';
import type { Reach } from '../chain-generator/following.ts';
import type { Truth } from '../chain-generator/truth.ts';
import type { DuckDb } from './duckdb.ts';
import { type Figure, rate } from './figure.ts';
import { regtestChain } from './ledger.ts';
import { mean, repeat, spread, whole } from './repeat.ts';

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

/** Leads timed in turn, so that the spread is one of questions and not only of moments. */
const leadsMax = 8;

/** FIFO forward from leads whose reach is about so large. */
export async function fifoFigure(ledger: Ledger, { reaches }: Truth, holdings: number): Promise<Figure> {
  const near = nearest(reaches, holdings);
  const timed = await repeat(near, ({ txid, untilHeight }) => traceOf(ledger, txid, 'fifo', untilHeight));
  const found = mean(timed.answers.map(holdingsOf));
  return {
    what: `trace, FIFO, ${whole(found)} holdings (${near.length} leads), warm: p50 / p95`,
    figure: spread(timed),
    against: `${rate(found, timed.p50Ms, 'holdings')}; the first time ${timed.coldMs.toFixed(0)} ms`,
  };
}

/**
 * Poison forward, because that is what a recursive query in SQL can say: both sides follow one lead up to the block by which it
 * has spread to about so many outputs. The desk stops at CoinJoins and tells every hop, with amounts, addresses and certainty;
 * the query stops at nothing and counts.
 */
export async function poisonFigure(ledger: Ledger, duck: DuckDb, truth: Truth, outputs: number): Promise<Figure> {
  const { txid, height } = nearest(truth.reaches, outputs)[0]!;
  const lead = (await ledger.utxo.numbers(regtestChain, [txid as TxId], Number.MAX_SAFE_INTEGER)).get(txid as TxId)!;
  const reachedBy = async (until: number) => duck.poisonReach(lead, await ledger.utxo.numberAfter(regtestChain, until));
  let low = height;
  let until = truth.tip.height;
  while (low < until) {
    const middle = Math.floor((low + until) / 2);
    if ((await reachedBy(middle)) >= outputs) until = middle;
    else low = middle + 1;
  }
  const naive = await repeat([until], reachedBy);
  const desk = await repeat([until], () => traceOf(ledger, txid, 'poison', until));
  const [count] = naive.answers;
  const found = holdingsOf(desk.answers[0]!);
  const ratio = found / desk.p50Ms / (count! / naive.p50Ms);
  return {
    what: `trace, poison, ${whole(found)} holdings, warm: p50 / p95`,
    figure: spread(desk),
    against: `${ratio.toFixed(2)} × the outputs a second of a recursive query in DuckDB (${whole(count!)} in ${spread(naive)})`,
  };
}

/** The known reaches of about so many holdings, or the nearest one that there is. */
function nearest(reaches: readonly Reach[], holdings: number): Reach[] {
  const distance = (reach: Reach) => Math.abs(Math.log(reach.holdings / holdings));
  const sorted = reaches.toSorted((a, b) => distance(a) - distance(b));
  const near = sorted.filter((reach) => distance(reach) < Math.log(1.25));
  return (near.length > 0 ? near : sorted.slice(0, 1)).slice(0, holdings > 10_000 ? 2 : leadsMax);
}
