import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TimelineEntry } from '@gongjo/contract';
import { joinRepeated } from './joined-entries.ts';

const entry = (seq: number, kind: TimelineEntry['kind'], who: string | null): TimelineEntry => ({
  ...{ seq, at: `2025-11-27T00:00:${String(seq).padStart(2, '0')}.000Z`, kind },
  who: who === null ? null : { en: who, ko: who },
  ...{ txid: null, address: null, asset: null, units: null, count: null },
});

test('escalations to one agency in a row stand as one that counts; nothing else is joined', () => {
  const joined = joinRepeated([
    entry(6, 'escalated', 'Police'),
    entry(5, 'escalated', 'Police'),
    entry(4, 'escalated', 'CERT'),
    entry(3, 'escalated', 'Police'),
    entry(2, 'moved', null),
    entry(1, 'moved', null),
  ]);
  assert.deepEqual(
    joined.map(({ entry: { seq }, times }) => [seq, times]),
    [
      [6, 2],
      [4, 1],
      [3, 1],
      [2, 1],
      [1, 1],
    ],
  );
});
