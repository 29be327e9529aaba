import { parseArgs } from 'node:util';
import { killUnderLoad } from '../tests/kill-load.fixture.ts';

/** `npm run kill-hundred`: two real desks under load, killed a hundred times; see docs/simulator.md. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: process.env.GONGJO_SEED ?? String(Date.now() % 1_000_000) },
  },
});

console.log(`seed ${values.seed}`);
const startedMs = performance.now();
await using house = new AsyncDisposableStack();
const outcome = await killUnderLoad(house, Number(values.seed), Number(values.kills), (line) => console.log(line));
const [out, back] = outcome.exchanged;
console.log(
  `${outcome.kills} kills in ${((performance.now() - startedMs) / 1000).toFixed(0)} s; a restart took ${outcome.restartMs.median} ms at the median, ${outcome.restartMs.most} ms at most`,
);
console.log(`${outcome.thefts} thefts over ${outcome.blocks} blocks`);
console.log(`Seoul to Washington: ${out?.deliveries} deliveries, ${out?.objects} objects, each once, all receipted`);
console.log(`Washington to Seoul: ${back?.deliveries} deliveries, ${back?.objects} objects, each once, all receipted`);
