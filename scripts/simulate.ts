import { parseArgs } from 'node:util';
import { openSimulator, playSeed } from '../packages/desk/src/main/simulator/play.fixture.ts';

/** `npm run simulate -- --seeds 5000 --from 1`: plays seeds of the simulator of three desks; see docs/simulator.md. */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, from: { type: 'string', default: '1' } },
});
const [seeds, from] = [Number(values.seeds), Number(values.from)];

const desks = await openSimulator();
const startedMs = performance.now();
let steps = 0;
const failed: number[] = [];
for (let seed = from; seed < from + seeds; seed += 1) {
  try {
    steps += (await playSeed(desks, seed)).steps;
  } catch (thrown) {
    failed.push(seed);
    console.error(thrown instanceof Error ? thrown.message : thrown);
  }
}
const ms = performance.now() - startedMs;
for (const desk of desks) await desk.close();
console.log(`${seeds} seeds from ${from}: ${failed.length} failed, ${(ms / seeds).toFixed(0)} ms and ${(steps / seeds).toFixed(0)} events each`);
if (failed.length > 0) console.log(`failed: ${failed.join(' ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
