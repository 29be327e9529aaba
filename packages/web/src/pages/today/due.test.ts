import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AskedHoldSummary, HoldClock, HoldSummary, ReleaseRequest, RequestView } from '@gongjo/contract';
import { dueOf } from './due.ts';

const now = '2026-11-28T00:00:00.000Z';
const inHours = (hours: number) => new Date(Date.parse(now) + hours * 3_600_000).toISOString();
const clock = (hours: number, more: Partial<HoldClock> = {}) =>
  ({ kind: 'acknowledgement', dueAt: inHours(hours), state: 'running', ...more }) as HoldClock;
const asked = (id: string, clocks: HoldClock[], more: object = {}) =>
  ({ id, clocks, stateThere: 'sent', ...more }) as AskedHoldSummary;
const hold = (id: string, clocks: HoldClock[], more: object = {}) =>
  ({ id, clocks, desk: null, ...more }) as HoldSummary;
const request = (id: string, hours: number, more: object = {}) =>
  ({ id, state: 'sent', own: false, overdue: false, deadline: inHours(hours), ...more }) as RequestView;
const approval = (id: string, hours: number, more: object = {}) =>
  ({ id, kind: 'person', state: 'open', expiresAt: inHours(hours), ...more }) as ReleaseRequest;

const nothing = { asked: [], holds: [], requests: [], approvals: [] };
const idsOf = (known: Partial<Parameters<typeof dueOf>[0]>) =>
  dueOf({ ...nothing, ...known }, now).map((it) =>
    it.kind === 'approval' ? it.approval.id : 'hold' in it ? it.hold.id : it.request.id,
  );

test('what is due first stands first, of whatever kind', () => {
  const known = {
    asked: [asked('asked', [clock(5)])],
    holds: [hold('hold', [clock(2)])],
    requests: [request('overdue', -3, { overdue: true }), request('request', 4)],
    approvals: [approval('approval', 1)],
  };
  assert.deepEqual(idsOf(known), ['overdue', 'approval', 'hold', 'request', 'asked']);
});

test('of several clocks the one that runs and ends first counts; one that was met does not', () => {
  const clocks = [clock(1, { state: 'met' }), clock(30, { kind: 'expiry' }), clock(9)];
  assert.deepEqual(
    dueOf({ ...nothing, asked: [asked('a', clocks)] }, now).map(({ at }) => at),
    [inHours(9)],
  );
  assert.deepEqual(idsOf({ asked: [asked('a', [clock(1, { state: 'met' })])] }), []);
});

test('a hold that ends in more than three days waits for nobody, but an answer that is due then does', () => {
  const late = [clock(100, { kind: 'expiry' })];
  assert.deepEqual(idsOf({ asked: [asked('a', late)], holds: [hold('h', late)] }), []);
  assert.deepEqual(idsOf({ asked: [asked('a', [clock(100)])] }), ['a']);
  const soon = [clock(72, { kind: 'expiry' })];
  assert.deepEqual(idsOf({ asked: [asked('a', soon)], holds: [hold('h', soon)] }), ['a', 'h']);
});

test('what others have to do is not asked of this desk', () => {
  assert.deepEqual(idsOf({ holds: [hold('theirs', [clock(1)], { desk: { id: 'washington' } })] }), []);
  assert.deepEqual(idsOf({ asked: [asked('withdrawn', [clock(1)], { stateThere: 'withdrawn' })] }), []);
  assert.deepEqual(idsOf({ approvals: [approval('elsewhere', 1, { kind: 'origin' })] }), []);
  assert.deepEqual(idsOf({ approvals: [approval('decided', 1, { state: 'refused' })] }), []);
  assert.deepEqual(idsOf({ requests: [request('own', 1, { own: true })] }), []);
  assert.deepEqual(idsOf({ requests: [request('late', -1, { own: true, overdue: true })] }), ['late']);
  assert.deepEqual(idsOf({ requests: [request('back', 1, { own: true, state: 'queried' })] }), ['back']);
  assert.deepEqual(idsOf({ requests: [request('theirs', 1, { state: 'queried' })] }), []);
  for (const stateThere of ['refused', 'released', 'seized', 'returned'])
    assert.deepEqual(idsOf({ asked: [asked(stateThere, [clock(-1)], { stateThere })] }), []);
  for (const state of ['draft', 'answered', 'refused', 'withdrawn', 'closed'])
    assert.deepEqual(idsOf({ requests: [request(state, 1, { state })] }), []);
});
