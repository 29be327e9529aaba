import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DirectoryLine } from '@gongjo/contract';
import { byCountry } from './lines.ts';

const line = (id: string, ...countries: string[]): DirectoryLine => ({
  ...{ list: 'agencies', id, name: { en: id, ko: id }, countries },
  ...{ functions: [], certainty: null, asOf: null, desk: null },
});

test('this desk’s country stands first, then the partners’, then the others, and no single country last', () => {
  const groups = byCountry(
    [line('x', 'KR', 'US'), line('b', 'US'), line('jp', 'JP'), line('c', 'KR'), line('a', 'KR'), line('w')],
    ['KR', 'US'],
    ({ id }) => id,
  );
  assert.deepEqual(
    groups.map(({ country, lines }) => [country, lines.map(({ id }) => id)]),
    [
      ['KR', ['a', 'c']],
      ['US', ['b']],
      ['JP', ['jp']],
      ['', ['w', 'x']],
    ],
  );
});
