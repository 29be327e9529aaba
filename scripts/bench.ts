import os from 'node:os';
import { benchExchange } from './bench/exchange.ts';
import { benchFlow } from './bench/flow.ts';
import { benchIngest } from './bench/ingest.ts';
import { benchLive } from './bench/live.ts';
import { benchOverlap } from './bench/overlap.ts';
import { benchPage } from './bench/page.ts';
import { benchParse } from './bench/parse.ts';
import { benchScreen } from './bench/screen.ts';
import { benchTags } from './bench/tags.ts';
import { benchTaxii } from './bench/taxii.ts';
import { benchTrace } from './bench/trace.ts';
import { benchUtxo } from './bench/utxo.ts';
import { benchWarning } from './bench/warning.ts';

/**
 * Measures what DESIGN calls budgets, as figures and, where one exists, as a ratio to a named alternative in the same run.
 * A benchmark is no test: it never fails because something was slow. `npm run bench -- trace` runs one part.
 */
const parts = {
  parse: benchParse,
  utxo: benchUtxo,
  tags: benchTags,
  ingest: benchIngest,
  trace: benchTrace,
  taxii: benchTaxii,
  live: benchLive,
  screen: benchScreen,
  warning: benchWarning,
  exchange: benchExchange,
  overlap: benchOverlap,
  flow: benchFlow,
  page: benchPage,
} as const;
const asked = process.argv.slice(2);

console.log(
  `${new Date().toISOString()}  Node.js ${process.version}  ${os.availableParallelism()} cores  ${os.cpus()[0]?.model ?? ''}`,
);
for (const [name, run] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const { what, figure, against } of await run())
    console.log(`${what.padEnd(64)} ${figure.padStart(24)}  ${against ?? ''}`.trimEnd());
}
process.exit(0);
