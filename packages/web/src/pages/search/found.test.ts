import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SearchAnswer } from '@gongjo/contract';
import { foundCount, isNothing } from './found.ts';

const none = {
  ...{ things: [], thingsMore: 0, incidents: [], cases: [], holds: [], objects: [], entries: [], partners: [] },
} as unknown as SearchAnswer;
const with_ = (change: object) => ({ ...none, ...change }) as SearchAnswer;

test('what was found is counted over all kinds', () => {
  assert.equal(foundCount(none), 0);
  assert.equal(foundCount(with_({ things: [{ as: 'address' }, { as: 'transaction' }], partners: [{}] })), 3);
});

test('an address with a fault is shown, and is nothing that was found', () => {
  const faulty = with_({ things: [{ as: 'fault' }] });
  assert.equal(foundCount(faulty), 0);
  assert.equal(isNothing(faulty), false);
  assert.equal(isNothing(none), true);
  assert.equal(isNothing(with_({ cases: [{}] })), false);
});
