import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertGroup, ChainId } from '@gongjo/contract';
import { filterCounts, groupState, groupsOf } from './group-order.ts';

const at = '2025-11-27T00:00:00.000Z';
const group = (id: string, change: Partial<AlertGroup> = {}): AlertGroup => ({
  id,
  rule: 'mixer-entry',
  urgency: 'know',
  incident: null,
  chain: 'eip155:1' as ChainId,
  place: { label: 'a mixer', name: null, country: null },
  count: 2,
  open: 1,
  withdrawn: 0,
  firstAt: at,
  lastAt: at,
  sums: [],
  acknowledgedAt: null,
  acknowledgedBy: null,
  assignedTo: null,
  silence: null,
  ...change,
});
const silence = { by: 'Kim', reason: 'known', until: '2025-12-01T00:00:00.000Z' };
const groups = [
  group('handled', { open: 0, urgency: 'act' }),
  group('withdrawn', { count: 0, open: 0, withdrawn: 2 }),
  group('know'),
  group('silenced', { silence, urgency: 'act' }),
  group('newer know', { lastAt: '2025-11-27T01:00:00.000Z' }),
  group('act', { urgency: 'act' }),
];

test('what is open and to be acted on stands first, what was withdrawn last', () => {
  assert.deepEqual(
    groupsOf(groups, 'all').map(({ id }) => id),
    ['act', 'newer know', 'know', 'silenced', 'handled', 'withdrawn'],
  );
});

test('each group is in one of the filters, and in all', () => {
  assert.deepEqual(filterCounts(groups), { open: 3, silenced: 1, handled: 2, all: 6 });
  assert.deepEqual(
    groupsOf(groups, 'handled').map(({ id }) => id),
    ['handled', 'withdrawn'],
  );
});

test('a silenced group that is acknowledged is handled', () => {
  assert.equal(groupState(group('a', { open: 0, silence })), 'handled');
});
