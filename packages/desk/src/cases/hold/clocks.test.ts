import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AssetId, HoldProgress } from '@gongjo/contract';
import fc from 'fast-check';
import { GongjoError, instant } from '../../kernel/index.ts';
import { zHolds } from '../../platform/settings.ts';
import { clocksOf, hoursLeft, isStillSo, warningsDue } from './clocks.ts';
import { afterHappening, type HoldTerms, heldKind, notBegun } from './progress.ts';

const hour = 3_600_000;
const defaultClockSettings = zHolds.parse({});
const start = Date.UTC(2026, 10, 28, 3);
const at = (hours: number) => instant(start + hours * hour);
const ether = 'eip155:1/slip44:60' as AssetId;
const terms: HoldTerms = {
  amounts: [{ asset: ether, symbol: 'ETH', units: '1000000000000000001' }],
  days: 30,
  courtesyDays: 7,
  endsOtherwise: false,
  approvalsNeeded: 1,
};
const sent: HoldProgress = {
  ...notBegun,
  state: 'sent',
  approvedAt: at(0),
  sentAt: at(0),
  way: 'email',
  to: 'a@b.example',
};
const held = (change: Partial<HoldTerms> = {}) =>
  afterHappening(sent, { ...terms, ...change }, { kind: 'hold-full', at: at(2), by: 'Kim' });

describe('clocks', () => {
  test('an addressee has a day to say that it has the request', () => {
    assert.deepEqual(clocksOf(sent, defaultClockSettings, at(23)), [
      { kind: 'acknowledgement', dueAt: at(24), state: 'running' },
    ]);
    assert.equal(clocksOf(sent, defaultClockSettings, at(24))[0]?.state, 'over');
    const met = afterHappening(sent, terms, { kind: 'acknowledge', at: at(3), by: 'Kim' });
    assert.deepEqual(
      clocksOf(met, defaultClockSettings, at(99)).map(({ state }) => state),
      ['met'],
    );
  });

  test('a courtesy hold ends when the addressee’s terms say so', () => {
    assert.equal(held().expiresAt, at(2 + 7 * 24));
    assert.equal(held({ courtesyDays: null }).expiresAt, at(2 + 30 * 24));
    assert.equal(held({ courtesyDays: null, endsOtherwise: true }).expiresAt, null);
    const told = afterHappening(sent, terms, { kind: 'hold-full', at: at(2), by: 'Kim', until: at(50) });
    assert.equal(told.expiresAt, at(50));
  });

  test('its end is warned of at 72, 24 and 6 hours and when it has come, each once', () => {
    const told = new Set<string>();
    const heard: string[] = [];
    for (let hours = 0; hours < 12 * 24; hours += 1) {
      const { due, passed } = warningsDue(held(), defaultClockSettings, at(hours), told);
      for (const warning of due) heard.push(`${hours}: ${warning.kind} ${warning.hours}`);
      for (const key of [...due, ...passed].map((it) => it.key)) told.add(key);
    }
    assert.deepEqual(heard, ['98: expiry 72', '146: expiry 24', '164: expiry 6', '170: expired 0']);
  });

  test('a desk that slept tells only what is left to tell', () => {
    const { due, passed } = warningsDue(held(), defaultClockSettings, at(165), new Set());
    assert.deepEqual([due.map(({ hours }) => hours), passed.length], [[6], 2]);
  });

  test('an extension is warned of anew, and must be one', () => {
    const extended = afterHappening(held(), terms, { kind: 'extend', at: at(160), by: 'Kim', until: at(300) });
    assert.equal(extended.extended, 1);
    const told = new Set(warningsDue(held(), defaultClockSettings, at(165), new Set()).due.map(({ key }) => key));
    assert.deepEqual(warningsDue(extended, defaultClockSettings, at(165), told).due, []);
    assert.equal(warningsDue(extended, defaultClockSettings, at(229), told).due[0]?.hours, 72);
    assert.throws(
      () => afterHappening(held(), terms, { kind: 'extend', at: at(3), by: 'Kim', until: at(9) }),
      /does not fit/,
    );
  });

  test('a warning counts the hours that are left, not those of its step', () => {
    assert.equal(hoursLeft(at(10), at(4)), 6);
    assert.equal(hoursLeft(at(10), instant(start + 4 * hour + 1)), 6);
    assert.equal(hoursLeft(at(10), instant(start + 5 * hour + 1)), 5);
    assert.equal(hoursLeft(at(10), at(11)), 0);
  });

  test('what is queued stays only as long as it is so', () => {
    const expiresAt = at(2 + 7 * 24);
    const [expiry, expired] = [`expiry|${expiresAt}|6`, `expired|${expiresAt}`];
    assert.ok(isStillSo(expiry, held(), at(165)));
    assert.ok(!isStillSo(expiry, held(), at(170)));
    assert.ok(isStillSo(expired, held(), at(170)));
    const extended = afterHappening(held(), terms, { kind: 'extend', at: at(160), by: 'Kim', until: at(300) });
    for (const key of [expiry, expired]) assert.ok(!isStillSo(key, extended, at(165)));
    assert.ok(isStillSo(`unacknowledged|${at(24)}`, sent, at(25)));
    assert.ok(!isStillSo(`unacknowledged|${at(24)}`, held(), at(25)));
  });

  test('the hours of the settings are kept from long to short, each once', () => {
    assert.deepEqual(zHolds.parse({ warnHours: [6, 72, 24, 6] }).warnHours, [72, 24, 6]);
  });

  test('what has ended has no clock', () => {
    const ended = afterHappening(held(), terms, { kind: 'release', at: at(5), by: 'Kim', reason: 'paid back' });
    assert.deepEqual(
      clocksOf(ended, defaultClockSettings, at(999)).map(({ kind }) => kind),
      ['acknowledgement'],
    );
    assert.deepEqual(warningsDue(ended, defaultClockSettings, at(999), new Set()).due, []);
  });

  test('whatever the hour, a warning is never told twice and never after a later one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 40 }), (hours) => {
        const told = new Set<string>();
        const heard: number[] = [];
        for (const it of hours.sort((a, b) => a - b)) {
          const { due, passed } = warningsDue(held(), defaultClockSettings, at(it), told);
          for (const key of [...due, ...passed].map((it) => it.key)) {
            assert.ok(!told.has(key));
            told.add(key);
          }
          heard.push(...due.map((warning) => (warning.kind === 'expired' ? -1 : warning.hours)));
        }
        assert.deepEqual(
          heard,
          [...heard].sort((a, b) => b - a),
        );
      }),
    );
  });
});

describe('times', () => {
  const fails = (progress: HoldProgress, happened: Parameters<typeof afterHappening>[2]) =>
    assert.throws(
      () => afterHappening(progress, terms, happened),
      (thrown: unknown) => thrown instanceof GongjoError && thrown.code === 'hold-time-wrong',
      happened.kind,
    );

  test('nothing comes back before the request was sent', () => {
    const late = { ...sent, sentAt: at(5) };
    for (const kind of ['acknowledge', 'hold-part', 'hold-full', 'refuse', 'withdraw'] as const)
      fails(late, { kind, at: at(4), by: 'Kim', reason: 'none' });
  });

  test('nothing becomes of what is not yet held', () => {
    for (const kind of ['extend', 'order', 'release', 'seize', 'return'] as const)
      fails(held(), { kind, at: at(1), by: 'Kim', until: at(400), reference: '1', reason: 'none' });
  });

  test('nothing is sent before it was approved, and nothing ends before it begins or at no time', () => {
    const approved: HoldProgress = { ...notBegun, state: 'approved', approvedAt: at(5) };
    fails(approved, { kind: 'send', at: at(4), by: 'Kim', way: 'print', to: 'x' });
    fails(held(), { kind: 'order', at: at(9), by: 'Kim', reference: '1', until: at(9) });
    for (const until of ['2027-13-01T00:00:00.000Z', '2027-02-30T00:00:00.000Z']) {
      fails(held(), { kind: 'extend', at: at(9), by: 'Kim', until });
      fails(sent, { kind: 'hold-full', at: at(9), by: 'Kim', until });
    }
    fails(sent, { kind: 'acknowledge', at: '2026-11-31T00:00:00.000Z', by: 'Kim' });
  });

  test('why a time cannot be is said in each language', () => {
    try {
      afterHappening({ ...sent, sentAt: at(5) }, terms, { kind: 'acknowledge', at: at(4), by: 'Kim' });
      assert.fail();
    } catch (thrown) {
      assert.ok(thrown instanceof GongjoError);
      assert.match(thrown.problem.text.en, /not before/);
      assert.doesNotMatch(thrown.problem.text.ko, /not before/);
    }
  });
});

describe('amounts', () => {
  test('all of it to the last unit is “in full”; one unit less is “in part”', () => {
    assert.equal(heldKind(terms, [{ asset: ether, units: '1000000000000000001' }]), 'hold-full');
    assert.equal(heldKind(terms, [{ asset: ether, units: '1000000000000000000' }]), 'hold-part');
  });

  test('more than was asked for, another asset, or one twice is refused', () => {
    for (const wrong of [
      [{ asset: ether, units: '1000000000000000002' }],
      [{ asset: 'eip155:1/erc20:0xff' as AssetId, units: '1' }],
      [
        { asset: ether, units: '1' },
        { asset: ether, units: '1' },
      ],
    ])
      assert.throws(() => heldKind(terms, wrong), /asked for/);
  });
});

test('approvals are counted, and a change takes them back', () => {
  const two = { ...terms, approvalsNeeded: 2 };
  const first = afterHappening(notBegun, two, { kind: 'approve', at: at(0), by: 'Lee' });
  assert.equal(first.state, 'drafted');
  const second = afterHappening(first, two, { kind: 'approve', at: at(1), by: 'Park' });
  assert.equal(second.state, 'approved');
  const changed = afterHappening(second, two, { kind: 'revise', at: at(2), by: 'Kim' });
  assert.deepEqual([changed.state, changed.approvals], ['drafted', []]);
});
