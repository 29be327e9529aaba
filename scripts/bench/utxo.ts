import type { TxId } from '@gongjo/contract';
import type { Reach } from '../chain-generator/following.ts';
import type { Truth } from '../chain-generator/truth.ts';
import { benchOutputs, generatedChain } from './chain.ts';
import { type DuckDb, openDuckDb } from './duckdb.ts';
import { type Figure, percentile, rate, timed } from './figure.ts';
import { type IngestedChain, ingestedChain, ledgerBytes, regtestChain } from './ledger.ts';
import { holdingsOf, traceOf } from './utxo-trace.ts';

/** Holdings of the traces that are timed. */
const sizes = [1_000, 100_000] as const;
/** Times a trace is asked again, after a first time that warms caches up; large ones less often. */
const rounds = (holdings: number) => (holdings < 10_000 ? 20 : 5);

/** A chain of outputs from block files to answers: `GONGJO_BENCH_OUTPUTS` of them, a million where it does not say. */
export async function benchUtxo(): Promise<Figure[]> {
  const chain = generatedChain(benchOutputs);
  const { truth } = chain;
  const of = `${truth.outputs.toLocaleString('en')} outputs`;
  const ingested = await ingestedChain(chain, process.env.GONGJO_BENCH_KEEP !== '1');
  try {
    const figures: Figure[] = [];
    if (ingested.ingestMs !== null) {
      figures.push({
        what: `ingest, block files to chDB, ${of}`,
        figure: rate(truth.outputs, ingested.ingestMs, 'outputs'),
        against: `${(ingested.ingestMs / 1000).toFixed(1)} s; memory of this process at its peak ${peakMb()}`,
      });
    }
    const traces: TimedTrace[] = [];
    for (const size of sizes) traces.push(await timeTrace(ingested, nearest(truth, size)));
    const memory = peakMb();

    const duck = await openDuckDb(chain, ingested);
    const bytes = await ledgerBytes(ingested);
    figures.push({
      what: `on disk an output, every lookup order, ${of}`,
      figure: `${(bytes / truth.outputs).toFixed(1)} bytes`,
      against: `${(duck.bytes / truth.outputs).toFixed(1)} bytes in DuckDB: outputs, inputs, an index on each`,
    });
    for (const trace of traces) figures.push(...(await traceFigures(ingested, duck, trace)));
    figures.push({ what: 'memory of this process at its peak, ingest and traces', figure: memory });
    duck.close();
    return figures;
  } finally {
    await ingested.close();
  }
}

interface TimedTrace {
  readonly reach: Reach;
  readonly holdings: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly poisonHoldings: number;
  readonly poisonMs: number;
}

async function timeTrace({ ledger }: IngestedChain, reach: Reach): Promise<TimedTrace> {
  const ask = (method: 'fifo' | 'poison') => timed(() => traceOf(ledger, reach.txid, method, reach.untilHeight));
  const first = await ask('fifo');
  const times: number[] = [];
  for (let round = 0; round < rounds(reach.holdings); round += 1) times.push((await ask('fifo')).ms);
  times.sort((a, b) => a - b);
  const poison = await ask('poison');
  const again = await ask('poison');
  return {
    reach,
    holdings: holdingsOf(first.value),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    poisonHoldings: holdingsOf(poison.value),
    poisonMs: Math.min(poison.ms, again.ms),
  };
}

async function traceFigures({ ledger }: IngestedChain, duck: DuckDb, trace: TimedTrace): Promise<Figure[]> {
  const { reach, holdings, p50Ms, p95Ms } = trace;
  const below = await ledger.utxo.numberAfter(regtestChain, reach.untilHeight);
  const lead = (await ledger.utxo.numbers(regtestChain, [reach.txid as TxId], below)).get(reach.txid as TxId)!;
  await duck.poisonReach(lead, below);
  const naive = await timed(() => duck.poisonReach(lead, below));
  const perSecond = (count: number, ms: number) => (count * 1000) / ms;
  const ratio = perSecond(trace.poisonHoldings, trace.poisonMs) / perSecond(naive.value, naive.ms);
  return [
    {
      what: `trace, FIFO, ${holdings.toLocaleString('en')} holdings, warm: p50 / p95`,
      figure: `${p50Ms.toFixed(0)} / ${p95Ms.toFixed(0)} ms`,
      against: rate(holdings, p50Ms, 'holdings'),
    },
    {
      what: `trace, poison, same lead and block, ${trace.poisonHoldings.toLocaleString('en')} holdings, warm`,
      figure: `${trace.poisonMs.toFixed(0)} ms`,
      against: `${ratio.toFixed(1)} × the holdings a second of DuckDB's recursive query (${naive.value.toLocaleString('en')} outputs in ${naive.ms.toFixed(0)} ms)`,
    },
  ];
}

/** The known reach with about so many holdings. */
function nearest({ reaches }: Truth, holdings: number): Reach {
  const distance = (reach: Reach) => Math.abs(Math.log(reach.holdings / holdings));
  return reaches.reduce((best, it) => (distance(it) < distance(best) ? it : best));
}

const peakMb = () => `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`;
