import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DirectoryLine, NameFound } from '@gongjo/contract';
import { withParts } from './found.ts';

const line = (id: string, en: string, ko: string): DirectoryLine => ({
  ...{ list: 'agencies', id, name: { en, ko }, countries: [], functions: [], certainty: null, asOf: null, desk: null },
});
const lines = [line('police', 'National Police Agency', '경찰청'), line('fiu', 'FIU', '금융정보분석원')];
const found: NameFound[] = [
  { list: 'agencies', id: 'fiu', name: { en: 'FIU', ko: '금융정보분석원' }, as: 'KoFIU', match: 'alias' },
];

test('a part of a name is found in either script, after what the directory knows by its whole names', () => {
  assert.deepEqual(
    withParts([], lines, 'poli').map(({ id, as }) => [id, as]),
    [['police', 'National Police Agency']],
  );
  assert.deepEqual(
    withParts([], lines, '경찰').map(({ id, as }) => [id, as]),
    [['police', '경찰청']],
  );
});

test('nothing is told twice', () => {
  assert.deepEqual(withParts(found, lines, 'fiu'), found);
});
