import type { Address } from '@gongjo/contract';
import { defaultEntityBounds, entityOn, type Ledger } from '../../packages/desk/src/ledger/index.ts';
import type { Truth } from '../chain-generator/truth.ts';
import { benchOutputs, generatedChain } from './chain.ts';
import { openDuckDb } from './duckdb.ts';
import { type Figure, rate } from './figure.ts';
import { ingestedChain, ledgerBytes, regtestChain } from './ledger.ts';
import { repeat, spread, whole } from './repeat.ts';
import { fifoFigure, poisonFigure } from './utxo-trace.ts';

/** Holdings of the traces that are timed, and addresses of the entity. */
const sizes = [1_000, 100_000] as const;
const entitySize = 1_000;

/** A chain of outputs from block files to answers: `GONGJO_BENCH_OUTPUTS` of them, a million where it does not say. */
export async function benchUtxo(): Promise<Figure[]> {
  const chain = generatedChain(benchOutputs);
  const { truth } = chain;
  const of = `${whole(truth.outputs)} outputs`;
  const ingested = await ingestedChain(chain, process.env.GONGJO_BENCH_KEEP !== '1');
  try {
    const { ledger, ingestMs } = ingested;
    const figures: Figure[] = [];
    if (ingestMs !== null)
      figures.push({
        what: `ingest, block files to chDB, ${of}`,
        figure: rate(truth.outputs, ingestMs, 'outputs'),
        against: `${(ingestMs / 1000).toFixed(1)} s; memory of this process at its peak ${peakMb()}`,
      });
    for (const size of sizes) figures.push(await fifoFigure(ledger, truth, size));
    figures.push(await entityFigure(ledger, truth));
    figures.push({ what: 'memory of this process at its peak, ingest and questions', figure: peakMb() });

    const duck = await openDuckDb(chain, ingested);
    const bytes = await ledgerBytes(ingested);
    figures.push({
      what: `on disk an output, every lookup order, ${of}`,
      figure: `${(bytes / truth.outputs).toFixed(1)} bytes`,
      against: `${(duck.bytes / truth.outputs).toFixed(1)} bytes in DuckDB: outputs, inputs, an index on each`,
    });
    for (const size of sizes) figures.push(await poisonFigure(ledger, duck, truth, size));
    duck.close();
    return figures;
  } finally {
    await ingested.close();
  }
}

async function entityFigure(ledger: Ledger, { entities, tip }: Truth): Promise<Figure> {
  const distance = ({ size }: { readonly size: number }) => Math.abs(Math.log(size / entitySize));
  const named = entities.filter(({ addresses }) => addresses.length > 0).sort((a, b) => distance(a) - distance(b));
  const { size, addresses } = named[0]!;
  const coverage = (await ledger.coverage(regtestChain))!;
  const below = await ledger.utxo.numberAfter(regtestChain, tip.height);
  const timed = await repeat(addresses.slice(0, 1), (address) =>
    entityOn(ledger.utxo, coverage, below, {
      chain: regtestChain,
      address: address as Address,
      change: [],
      cuts: [],
      bounds: defaultEntityBounds,
    }),
  );
  return {
    what: `entity, multi-input, ${whole(size)} addresses, warm: p50 / p95`,
    figure: spread(timed),
    against: `the first time ${timed.coldMs.toFixed(0)} ms`,
  };
}

const peakMb = () => `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`;
