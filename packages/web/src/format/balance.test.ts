import assert from 'node:assert/strict';
import { test } from 'node:test';
import { balanceOf } from './balance.ts';

test('value in equals value out', () => {
  const stops = { unspent: '7', service: '2', fee: '1' };
  assert.deepEqual(balanceOf({ lead: '10', swappedIn: '3', swappedOut: '3', stops }), {
    standing: 10n,
    difference: 0n,
  });
});

test('what is missing is said, to the last unit', () => {
  const lead = '10000000000000000000000001';
  assert.equal(
    balanceOf({ lead, swappedIn: '0', swappedOut: '0', stops: { unspent: '10000000000000000000000000' } }).difference,
    1n,
  );
});
