import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Alert, zAlert } from '@gongjo/contract';
import { needsMe, newAlerts, orderAlerts } from './alert-order.ts';

const alert = (id: string, change: Partial<Alert> = {}): Alert => ({
  ...zAlert.parse({
    id,
    rule: 'mixer-entry',
    urgency: 'know',
    incident: null,
    chain: 'eip155:1',
    txid: '0x1',
    height: 1,
    blockTime: '2025-11-27T00:00:00.000Z',
    raisedAt: '2025-11-27T00:00:00.000Z',
    from: null,
    to: null,
    asset: { id: 'eip155:1/slip44:60', symbol: 'ETH', decimals: 18 },
    units: '1',
    service: null,
    withdrawnAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
  }),
  ...change,
});
const later = '2025-11-27T01:00:00.000Z';

test('act stands above know, newer above older, handled ones apart', () => {
  const { open, handled } = orderAlerts([
    alert('old know'),
    alert('new know', { raisedAt: later }),
    alert('act', { urgency: 'act' }),
    alert('seen', { urgency: 'act', acknowledgedAt: later }),
    alert('gone', { urgency: 'act', withdrawnAt: later, raisedAt: later }),
  ]);
  assert.deepEqual(
    open.map(({ id }) => id),
    ['act', 'new know', 'old know'],
  );
  assert.deepEqual(
    handled.map(({ id }) => id),
    ['gone', 'seen'],
  );
});

test('only what must be acted on and is not handled needs me', () => {
  assert.equal(needsMe(alert('a', { urgency: 'act' })), true);
  assert.equal(needsMe(alert('a', { urgency: 'act', withdrawnAt: later })), false);
  assert.equal(needsMe(alert('a')), false);
  assert.equal(needsMe(alert('a', { urgency: 'act', silenced: true })), false);
});

test('opening a page announces nothing; afterwards each new alert once', () => {
  assert.deepEqual(newAlerts(null, [alert('a')]), []);
  assert.deepEqual(
    newAlerts(new Set(['a']), [alert('a'), alert('b'), alert('c', { silenced: true })]).map(({ id }) => id),
    ['b'],
  );
});
