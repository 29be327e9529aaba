import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * The whole truth about the repository, in the order in which it is cheapest to be told: format and lint, layers, types, the
 * build, then all tests. `npm test -- packages/desk/src/trace` runs only the tests below those paths.
 */
const only = process.argv.slice(2);
const node = process.execPath;
const bin = (name: string) => `node_modules/.bin/${name}`;

/** Tests that drive whole desks and a browser take turns: two cores serve one heist at a time. */
const endToEnd = 'tests/*.test.ts';
const beside = 'packages/*/src/**/*.test.ts';
const scripts = 'scripts/**/*.test.ts';
const withRecords = ['--import', './scripts/prepared-records.ts'];

const steps: readonly (readonly [name: string, command: string, args: readonly string[]])[] =
  only.length > 0
    ? [
        [
          'tests',
          node,
          [
            ...withRecords,
            '--test',
            ...only.flatMap((it) => (it.endsWith('.ts') ? [it] : globSync(`${it}/**/*.test.ts`))),
          ],
        ],
      ]
    : [
        ['format and lint', bin('biome'), ['ci', '.']],
        ['layers', node, ['scripts/layers.ts']],
        ['types', bin('tsc'), ['--noEmit']],
        ['types of the tests', bin('tsc'), ['--noEmit', '--project', 'tests']],
        ['types of the pages', bin('tsc'), ['--noEmit', '--project', 'packages/web']],
        ['build of the pages', 'npm', ['run', 'build']],
        ['tests', node, [...withRecords, '--test', '--test-concurrency=2', ...globSync([beside, scripts])]],
        ['end to end', node, ['--test', '--test-concurrency=1', ...globSync(endToEnd).sort()]],
      ];

const scratch = mkdtempSync(path.join(os.tmpdir(), 'gongjo-test-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const env = { ...process.env, GONGJO_TEST_RECORDS: path.join(scratch, 'records') };

for (const [name, command, args] of steps) {
  const startedMs = performance.now();
  console.log(`\n── ${name}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', env });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  if (status !== 0) {
    console.error(`── ${name} failed after ${seconds} s`);
    process.exit(1);
  }
  console.log(`── ${name} passed in ${seconds} s`);
}
