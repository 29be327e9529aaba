import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IncidentForm, readIncidentForm, TXIDS_MAX } from './new-incident.ts';

const hash = `0x${'ab'.repeat(32)}`;
const good: IncidentForm = {
  chain: 'eip155:1',
  txids: hash,
  kind: 'theft',
  titleEn: 'A theft',
  titleKo: '',
  tlp: 'amber',
};

test('a title in one language serves both; hashes are trimmed, lowered and each taken once', () => {
  assert.deepEqual(readIncidentForm({ ...good, txids: `  ${hash.toUpperCase().replace('0X', '0x')}\n\n${hash}\n` }), {
    incident: {
      chain: 'eip155:1',
      txids: [hash],
      kind: 'theft',
      title: { en: 'A theft', ko: 'A theft' },
      tlp: 'amber',
    },
  });
});

for (const [name, change, errors] of [
  [
    'nothing filled in',
    { txids: '', titleEn: ' ' },
    [
      { field: 'txids', code: 'txidsMissing' },
      { field: 'titleEn', code: 'title' },
    ],
  ],
  ['a wrong hash, by its line', { txids: `${hash}\n\n0x12` }, [{ field: 'txids', code: 'txidWrong', line: 3 }]],
  ['no chain', { chain: '' }, [{ field: 'chain', code: 'chain' }]],
  ['a long title', { titleKo: '가'.repeat(201) }, [{ field: 'titleKo', code: 'titleLong' }]],
] as const) {
  test(`errors: ${name}`, () => assert.deepEqual(readIncidentForm({ ...good, ...change }), { errors }));
}

test('errors: too many hashes', () => {
  const txids = Array.from({ length: TXIDS_MAX + 1 }, (_, index) => `0x${String(index).padStart(64, '0')}`).join('\n');
  assert.deepEqual(readIncidentForm({ ...good, txids }), { errors: [{ field: 'txids', code: 'txidsMany' }] });
});
