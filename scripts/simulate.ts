import { spawnSync } from 'node:child_process';
import { registerHooks } from 'node:module';
import { parseArgs } from 'node:util';
import { type Mutant, mutants } from '../packages/desk/src/main/simulator/mutants.fixture.ts';

/**
 * Plays seeds of the simulator of three desks; see docs/simulator.md.
 *
 *     npm run simulate -- --seeds 5000 --from 1
 *     npm run simulate -- --mutants             each planted fault, until a seed finds it
 *     npm run simulate -- --mutant 3 --seeds 5  one of them, by its place in the list, with what the seeds say
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: process.env.GONGJO_SEED ?? '1' },
    mutants: { type: 'boolean', default: false },
    mutant: { type: 'string' },
    'first-failure': { type: 'boolean', default: false },
  },
});

// Whatever a failed seed left open ends with the process.
process.exit(values.mutants ? findAll() : await play());

/** Every fault in a process of its own, because a module is read once. */
function findAll(): number {
  let missed = 0;
  for (const [place, { name }] of mutants.entries()) {
    const args = ['--mutant', String(place), '--first-failure', '--seeds', values.seeds, '--from', values.from];
    const { status, stdout } = spawnSync(process.execPath, [import.meta.filename, ...args], { encoding: 'utf8' });
    const found = status === 1 && /^found by seed/m.test(stdout);
    if (!found) missed += 1;
    console.log(`${found ? 'found ' : 'MISSED'} ${name}\n       ${stdout.trim().split('\n').at(-1)}`);
  }
  console.log(`${mutants.length - missed} of ${mutants.length} planted faults found`);
  return missed === 0 ? 0 : 1;
}

async function play(): Promise<number> {
  const mutant = values.mutant === undefined ? null : mutants[Number(values.mutant)];
  if (mutant === undefined) throw new Error(`there are ${mutants.length} planted faults`);
  if (mutant) plant(mutant);
  const { openSimulator, playSeed } = await import('../packages/desk/src/main/simulator/play.fixture.ts');
  const [seeds, from] = [Number(values.seeds), Number(values.from)];
  const desks = await openSimulator();
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  let events = 0;
  const sum = new Map<string, number>();
  const failed: number[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    try {
      const { steps, counts } = await playSeed(desks, seed);
      events += steps;
      for (const [what, n] of counts) sum.set(what, (sum.get(what) ?? 0) + n);
    } catch (thrown) {
      failed.push(seed);
      const said = thrown instanceof Error ? thrown.message : String(thrown);
      if (!values['first-failure']) console.error(said);
      else {
        console.log(`found by seed ${seed}, the ${seed - from + 1}th: ${said.split('\n')[0]?.slice(0, 200)}`);
        return 1;
      }
    }
  }
  const ms = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(cpu);
  const per = (total: number) => (total / seeds).toFixed(0);
  console.log(
    `${seeds} seeds from ${from}: ${failed.length} failed; each ${per(ms)} ms (processor ${per((user + system) / 1000)} ms) and ${per(events)} events`,
  );
  for (const [what, n] of [...sum].sort()) console.log(`  ${what}: ${n}`);
  if (failed.length > 0) console.log(`failed: ${failed.join(' ')}`);
  return failed.length === 0 ? 0 : 1;
}

/** From now on its modules are read with the fault in them. */
function plant({ edits }: Mutant): void {
  registerHooks({
    load: (asked, context, next) => {
      const read = next(asked, context);
      const here = edits.filter(({ file }) => asked === new URL(`../packages/desk/src/${file}`, import.meta.url).href);
      if (here.length === 0) return read;
      const source = here.reduce((text, { file, find, replace }) => {
        if (!text.includes(find)) throw new Error(`${file} does not hold ${JSON.stringify(find)}`);
        return text.replace(find, () => replace);
      }, String(read.source));
      return { ...read, source };
    },
  });
}
