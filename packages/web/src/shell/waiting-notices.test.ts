import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Notice, problem } from '@gongjo/contract';
import { waitingNotices } from './waiting-notices.ts';

const now = '2025-11-27T01:00:00.000Z';
const down = problem('mail-unreachable', { host: 'mail.example', detail: 'refused' });
const notice = (id: string, change: Partial<Notice>): Notice => ({
  id,
  incident: { id: 'incident--1', title: { en: 'A theft', ko: '탈취' } },
  agency: { id: 'police', name: { en: 'Police', ko: '경찰' }, country: 'KR' },
  contact: null,
  channel: 'email',
  cause: 'must-know',
  insteadOf: null,
  drill: false,
  state: 'failed',
  at: '2025-11-27T00:00:00.000Z',
  round: 1,
  attempts: 1,
  nextAt: null,
  sentAt: null,
  deliveredAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  problem: null,
  ...change,
});

test('what waits is counted by the way that it should go, with its oldest and with what is wrong', () => {
  const waiting = waitingNotices(
    [
      notice('call', { channel: 'phone', state: 'by-hand' }),
      notice('new', { at: '2025-11-27T00:30:00.000Z', problem: down }),
      notice('old', {}),
    ],
    now,
  );
  assert.deepEqual(
    waiting.map(({ channel, count, oldest, problem: wrong }) => [channel, count, oldest.id, wrong?.code ?? null]),
    [
      ['email', 2, 'old', 'mail-unreachable'],
      ['phone', 1, 'call', null],
    ],
  );
});

test('what was decided a moment ago is under way', () => {
  assert.deepEqual(waitingNotices([notice('a', { state: 'due', at: '2025-11-27T00:59:30.000Z' })], now), []);
  assert.equal(waitingNotices([notice('a', { state: 'due', at: '2025-11-27T00:58:30.000Z' })], now).length, 1);
});
