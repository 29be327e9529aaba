import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReleaseRequest } from '@gongjo/contract';
import { inOrder, isMine } from './order.ts';

const request = (id: string, state: ReleaseRequest['state'], askedAt: string, expiresAt: string) =>
  ({ id, state, askedAt, expiresAt, kind: 'person' }) as ReleaseRequest;

test('what ends first stands first, and what is decided stands apart, newest first', () => {
  const { open, closed } = inOrder([
    request('late', 'open', '2026-01-01', '2026-02-03'),
    request('old', 'refused', '2026-01-01', '2026-02-01'),
    request('soon', 'open', '2026-01-02', '2026-02-02'),
    request('new', 'approved', '2026-01-03', '2026-02-01'),
  ]);
  assert.deepEqual(
    [open, closed].map((list) => list.map(({ id }) => id)),
    [
      ['soon', 'late'],
      ['new', 'old'],
    ],
  );
});

test('only what waits here is mine to decide', () => {
  assert.equal(isMine({ kind: 'person', state: 'open' }), true);
  assert.equal(isMine({ kind: 'consent', state: 'open' }), true);
  assert.equal(isMine({ kind: 'origin', state: 'open' }), false);
  assert.equal(isMine({ kind: 'person', state: 'approved' }), false);
});
