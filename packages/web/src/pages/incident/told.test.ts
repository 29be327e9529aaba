import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Notice, problem } from '@gongjo/contract';
import { agenciesTold, isWaiting, whyWaiting } from './told.ts';

const at = (minute: number) => `2025-11-27T00:${String(minute).padStart(2, '0')}:00.000Z`;
const notice = (agency: string, change: Partial<Notice>): Notice => ({
  id: `${agency} ${change.channel ?? 'email'}`,
  incident: { id: 'incident--1', title: { en: 'A theft', ko: '탈취' } },
  agency: { id: agency, name: { en: agency, ko: agency }, country: 'KR' },
  contact: null,
  channel: 'email',
  cause: 'must-know',
  insteadOf: null,
  drill: false,
  state: 'due',
  at: at(0),
  round: 1,
  attempts: 0,
  nextAt: null,
  sentAt: null,
  deliveredAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  problem: null,
  ...change,
});

test('an agency is told by the first way that worked, and acknowledges once for all of them', () => {
  const [told] = agenciesTold([
    notice('police', { channel: 'email', state: 'failed' }),
    notice('police', { channel: 'page', state: 'delivered', deliveredAt: at(2) }),
    notice('police', { channel: 'phone', state: 'sent', sentAt: at(1), acknowledgedAt: at(9), acknowledgedBy: 'Kim' }),
  ]);
  assert.deepEqual(
    { ...told, notices: told?.notices.length },
    {
      agency: { id: 'police', name: { en: 'police', ko: 'police' }, country: 'KR' },
      state: 'acknowledged',
      dueAt: at(0),
      toldAt: at(1),
      acknowledgedAt: at(9),
      acknowledgedBy: 'Kim',
      notices: 3,
    },
  );
});

test('whoever waits stands first, and whoever acknowledged last', () => {
  const order = agenciesTold([
    notice('acknowledged', { state: 'delivered', deliveredAt: at(1), acknowledgedAt: at(2) }),
    notice('told', { state: 'sent', sentAt: at(1) }),
    notice('late', { state: 'by-hand', at: at(5) }),
    notice('early', { state: 'failed', at: at(3) }),
  ]);
  assert.deepEqual(
    order.map(({ agency, state }) => [agency.id, state]),
    [
      ['early', 'waiting'],
      ['late', 'waiting'],
      ['told', 'told'],
      ['acknowledged', 'acknowledged'],
    ],
  );
});

test('an agency to which every way was dropped is not told of', () => {
  assert.deepEqual(agenciesTold([notice('gone', { state: 'dropped' })]), []);
  assert.equal(agenciesTold([notice('a', { state: 'dropped' }), notice('a', { channel: 'page' })]).length, 1);
});

test('what was acknowledged waits no more, whatever became of the sending', () => {
  assert.equal(isWaiting(notice('a', { state: 'failed' })), true);
  assert.equal(isWaiting(notice('a', { state: 'failed', acknowledgedAt: at(1) })), false);
  assert.equal(isWaiting(notice('a', { state: 'sent' })), false);
});

test('each kind of thing that is wrong is said once, with how many wait because of it', () => {
  const down = problem('mail-unreachable', { host: 'mail.example', detail: 'refused' });
  const unset = problem('mail-not-set-up', {});
  const why = whyWaiting([
    notice('a', { state: 'failed', problem: unset }),
    notice('b', { state: 'failed', problem: down }),
    notice('c', { state: 'due', problem: down }),
    notice('c', { state: 'due', problem: problem('mail-unreachable', { host: 'other.example', detail: 'refused' }) }),
    notice('d', { state: 'delivered', problem: down }),
    notice('e', { state: 'failed', problem: down, acknowledgedAt: at(1) }),
  ]);
  assert.deepEqual(
    why.map(({ problem: { code }, channels, count, others }) => [code, channels, count, others]),
    [
      ['mail-unreachable', ['email'], 3, 1],
      ['mail-not-set-up', ['email'], 1, 0],
    ],
  );
});
