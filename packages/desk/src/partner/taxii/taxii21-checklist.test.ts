import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

/** The list of clauses in `docs/taxii.md` and the tests of them are the same list. */
const root = path.resolve(import.meta.dirname, '../../../../..');

test('every test of a clause is in docs/taxii.md, and every test that it names is there', () => {
  const tests = globSync('packages/desk/src/{partner/taxii,main}/taxii21-*.test.ts', { cwd: root })
    .filter((file) => file !== path.relative(root, import.meta.filename))
    .flatMap((file) =>
      Array.from(
        readFileSync(path.join(root, file), 'utf8').matchAll(/^test\(\s*'(.+)', async|^test\(\s*'(.+)', \(/gm),
        (it) => it[1] ?? it[2] ?? '',
      ),
    );
  const rows = readFileSync(path.join(root, 'docs/taxii.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\| [1-8][\d. to]* *\|/.test(line));
  const named = rows.flatMap((row) =>
    Array.from((row.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g), (it) => it[1] ?? ''),
  );
  assert.ok(tests.length > 70, String(tests.length));
  assert.deepEqual([...new Set(named)].sort(), tests.sort());
  for (const section of [
    '3.1',
    '3.2',
    '3.3',
    '3.4',
    '3.4.1',
    '3.5',
    '3.6.1',
    '3.7',
    '4.1.1',
    '4.2.1',
    '4.3',
    '5.3',
    '5.4',
    '5.5',
    '5.6',
    '5.7',
    '5.8',
  ])
    assert.ok(
      rows.some((row) => row.startsWith(`| ${section} `)),
      section,
    );
});
