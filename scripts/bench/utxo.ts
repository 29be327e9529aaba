import type { Address, TxId } from '@gongjo/contract';
import { defaultEntityBounds, entityOn } from '../../packages/desk/src/ledger/index.ts';
import type { Reach } from '../chain-generator/following.ts';
import type { Truth } from '../chain-generator/truth.ts';
import { benchOutputs, generatedChain } from './chain.ts';
import { type DuckDb, openDuckDb } from './duckdb.ts';
import { type Figure, percentile, rate, timed } from './figure.ts';
import { type IngestedChain, ingestedChain, ledgerBytes, regtestChain } from './ledger.ts';
import { holdingsOf, traceOf } from './utxo-trace.ts';

/** Holdings of the traces that are timed. */
const sizes = [1_000, 100_000] as const;
/** Something is asked again, after a first time that warms caches up, until it was asked so often or so much time has passed. */
const roundsMax = 20;
const roundsMin = 2;
const roundsMs = 6_000;
/** Poison spreads over much of the chain from a lead whose FIFO trace is larger. */
const poisonMax = 5_000;
/** Addresses of the entity that is timed. */
const entitySize = 1_000;

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
    const entity = await entityFigure(ingested, truth);
    const memory = peakMb();

    const duck = await openDuckDb(chain, ingested);
    const bytes = await ledgerBytes(ingested);
    figures.push({
      what: `on disk an output, every lookup order, ${of}`,
      figure: `${(bytes / truth.outputs).toFixed(1)} bytes`,
      against: `${(duck.bytes / truth.outputs).toFixed(1)} bytes in DuckDB: outputs, inputs, an index on each`,
    });
    for (const trace of traces) figures.push(...(await traceFigures(ingested, duck, trace)));
    figures.push(entity);
    figures.push({ what: 'memory of this process at its peak, ingest and traces', figure: memory });
    duck.close();
    return figures;
  } finally {
    await ingested.close();
  }
}

interface TimedTrace extends Omit<Repeated<unknown>, 'value'> {
  readonly reach: Reach;
  readonly holdings: number;
  readonly poison: (Omit<Repeated<unknown>, 'value'> & { readonly holdings: number }) | null;
}

async function timeTrace({ ledger }: IngestedChain, reach: Reach): Promise<TimedTrace> {
  const ask = (method: 'fifo' | 'poison') => timed(() => traceOf(ledger, reach.txid, method, reach.untilHeight));
  const fifo = await repeated(() => ask('fifo'));
  const measured = { reach, ...fifo, holdings: holdingsOf(fifo.value), poison: null };
  if (reach.holdings > poisonMax) return measured;
  const poison = await repeated(() => ask('poison'));
  return { ...measured, poison: { ...poison, holdings: holdingsOf(poison.value) } };
}

interface Repeated<T> {
  readonly value: T;
  readonly coldMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly rounds: number;
}

async function repeated<T>(ask: () => Promise<{ readonly value: T; readonly ms: number }>): Promise<Repeated<T>> {
  const { value, ms: coldMs } = await ask();
  const times: number[] = [];
  for (let total = 0; times.length < roundsMin || (times.length < roundsMax && total < roundsMs); ) {
    const { ms } = await ask();
    times.push(ms);
    total += ms;
  }
  times.sort((a, b) => a - b);
  return { value, coldMs, p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95), rounds: times.length };
}

async function entityFigure({ ledger }: IngestedChain, { entities, tip }: Truth): Promise<Figure> {
  const named = entities.filter(({ addresses }) => addresses.length > 0);
  const distance = ({ size }: { readonly size: number }) => Math.abs(Math.log(size / entitySize));
  const [chosen] = named.toSorted((a, b) => distance(a) - distance(b));
  const coverage = (await ledger.coverage(regtestChain))!;
  const below = await ledger.utxo.numberAfter(regtestChain, tip.height);
  const question = {
    chain: regtestChain,
    address: chosen!.addresses[0] as Address,
    change: [],
    cuts: [],
    bounds: defaultEntityBounds,
  };
  const { p50Ms, p95Ms, coldMs } = await repeated(() => timed(() => entityOn(ledger.utxo, coverage, below, question)));
  return {
    what: `entity, multi-input, ${chosen!.size.toLocaleString('en')} addresses, warm: p50 / p95`,
    figure: `${p50Ms.toFixed(0)} / ${p95Ms.toFixed(0)} ms`,
    against: `the first time ${coldMs.toFixed(0)} ms`,
  };
}

async function traceFigures({ ledger }: IngestedChain, duck: DuckDb, trace: TimedTrace): Promise<Figure[]> {
  const { reach, holdings, p50Ms, p95Ms, coldMs } = trace;
  const below = await ledger.utxo.numberAfter(regtestChain, reach.untilHeight);
  const lead = (await ledger.utxo.numbers(regtestChain, [reach.txid as TxId], below)).get(reach.txid as TxId)!;
  const fifo = {
    what: `trace, FIFO, ${holdings.toLocaleString('en')} holdings, warm: p50 / p95`,
    figure: `${p50Ms.toFixed(0)} / ${p95Ms.toFixed(0)} ms`,
    against: `${rate(holdings, p50Ms, 'holdings')}; the first time ${coldMs.toFixed(0)} ms`,
  };
  if (!trace.poison) return [fifo];
  const { poison } = trace;
  const naive = await repeated(() => timed(() => duck.poisonReach(lead, below)));
  const perSecond = (count: number, ms: number) => count / ms;
  const ratio = perSecond(poison.holdings, poison.p50Ms) / perSecond(naive.value, naive.p50Ms);
  return [
    fifo,
    {
      what: `trace, poison, same lead and block, ${poison.holdings.toLocaleString('en')} holdings, warm: p50 / p95`,
      figure: `${poison.p50Ms.toFixed(0)} / ${poison.p95Ms.toFixed(0)} ms`,
      against: `${ratio.toFixed(2)} × the holdings a second of DuckDB's recursive query: ${naive.value.toLocaleString('en')} in ${naive.p50Ms.toFixed(0)} / ${naive.p95Ms.toFixed(0)} ms`,
    },
  ];
}

/** The known reach with about so many holdings. */
function nearest({ reaches }: Truth, holdings: number): Reach {
  const distance = (reach: Reach) => Math.abs(Math.log(reach.holdings / holdings));
  return reaches.reduce((best, it) => (distance(it) < distance(best) ? it : best));
}

const peakMb = () => `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`;
