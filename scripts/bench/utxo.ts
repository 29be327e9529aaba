import { benchOutputs, generatedChain } from './chain.ts';
import { openDuckDb } from './duckdb.ts';
import { type Figure, rate } from './figure.ts';
import { ingestedChain, ledgerBytes } from './ledger.ts';

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
        against: `${(ingested.ingestMs / 1000).toFixed(1)} s`,
      });
    }
    const bytes = await ledgerBytes(ingested);
    const duck = await openDuckDb(chain, ingested);
    figures.push({
      what: `bytes on disk an output, all lookup orders, ${of}`,
      figure: `${(bytes / truth.outputs).toFixed(1)} bytes`,
      against: `${(duck.bytes / truth.outputs).toFixed(1)} bytes in DuckDB, two tables and an index`,
    });
    figures.push({
      what: 'memory of this process at its peak',
      figure: `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
    });
    return figures;
  } finally {
    await ingested.close();
  }
}
