import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { instantAt, isTimeZone, minuteMs, wallClock } from './zone.ts';

const zones = ['Asia/Seoul', 'America/New_York', 'UTC', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];
const utc = (zone: string, date: string, minute: number) => new Date(instantAt(zone, date, minute)).toISOString();

describe('the clock on the wall', () => {
  test('property: the instant of a wall clock that is shown shows it again', () => {
    const seed = Date.now();
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 25_000_000, max: 33_000_000 }), (zone, minutes) => {
        const epochMs = minutes * minuteMs;
        const { date, minute } = wallClock(zone, epochMs);
        const back = instantAt(zone, date, minute);
        assert.deepEqual(wallClock(zone, back), wallClock(zone, epochMs));
        // Where clocks were put back the first of the two counts, so it is never later.
        assert.ok(back <= epochMs && epochMs - back <= 60 * minuteMs);
      }),
      { seed, numRuns: 300 },
    );
  });

  test('Seoul is nine hours ahead all the year; Washington changes', () => {
    assert.equal(utc('Asia/Seoul', '2026-07-01', 9 * 60), '2026-07-01T00:00:00.000Z');
    assert.equal(utc('America/New_York', '2026-01-05', 9 * 60), '2026-01-05T14:00:00.000Z');
    assert.equal(utc('America/New_York', '2026-07-06', 9 * 60), '2026-07-06T13:00:00.000Z');
  });

  test('clocks put forward: a time that is never shown counts as if they had not been (8 March 2026)', () => {
    assert.equal(utc('America/New_York', '2026-03-08', 2 * 60 + 30), '2026-03-08T07:30:00.000Z');
    assert.deepEqual(wallClock('America/New_York', Date.parse('2026-03-08T07:30:00Z')), {
      date: '2026-03-08',
      weekday: 'sun',
      minute: 3 * 60 + 30,
    });
  });

  test('clocks put back: of a time that is shown twice the first counts (1 November 2026)', () => {
    assert.equal(utc('America/New_York', '2026-11-01', 60 + 30), '2026-11-01T05:30:00.000Z');
  });

  test('minute 1440 is the next midnight', () => {
    assert.equal(utc('Asia/Seoul', '2026-11-28', 1440), '2026-11-28T15:00:00.000Z');
  });

  test('knows what is a time zone', () => {
    assert.ok(isTimeZone('America/New_York'));
    assert.ok(!isTimeZone('America/Washington'));
  });
});
