import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TracedPlace } from '@gongjo/contract';
import { comparePlaces, compareTotals } from './compare.ts';

const place = (address: string, units: string, asset = 'a'): TracedPlace =>
  ({
    stop: 'unspent',
    address,
    tag: null,
    asset,
    units,
    sharePpm: 0,
    since: '2026-01-01T00:00:00.000Z',
  }) as TracedPlace;

test('each place has one row, with nothing where a method does not reach it', () => {
  const rows = comparePlaces([
    { method: 'fifo', places: [place('x', '10'), place('y', '5')] },
    { method: 'poison', places: [place('z', '7'), place('x', '12')] },
  ]);
  assert.deepEqual(
    rows.map((row) => [row.place.address, ...row.units]),
    [
      ['x', 10n, 12n],
      ['y', 5n, 0n],
      ['z', 0n, 7n],
    ],
  );
  assert.deepEqual(compareTotals(rows), [{ asset: 'a', units: [15n, 19n] }]);
});

test('assets are never added to each other', () => {
  const rows = comparePlaces([{ method: 'fifo', places: [place('x', '10'), place('x', '5', 'b')] }]);
  assert.deepEqual(compareTotals(rows), [
    { asset: 'a', units: [10n] },
    { asset: 'b', units: [5n] },
  ]);
});
