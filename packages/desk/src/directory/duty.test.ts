import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Agency, zAgency, zInstant } from '@gongjo/contract';
import fc from 'fast-check';
import { onDuty } from './duty.ts';
import { edition, said } from './edition.fixture.ts';
import { wallClock } from './zone.ts';

const { book } = edition;
const office = (until: string) =>
  Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', until }]]));
const agency = (country: 'KR' | 'US', duty: Record<string, unknown>): Agency =>
  zAgency.parse({
    ...said,
    id: 'x',
    name: { en: 'X', ko: '가' },
    country,
    functions: ['fiu'],
    duty: { ...said, timeZone: country === 'KR' ? 'Asia/Seoul' : 'America/New_York', ...duty },
  });
const seoul = agency('KR', { hours: office('18:00'), holidays: 'kr-public' });
const washington = agency('US', { hours: office('17:00'), holidays: 'us-federal' });
const at = (text: string) => zInstant.parse(new Date(text).toISOString());
const kst = (text: string) => at(`${text}+09:00`);

describe('on duty', () => {
  test('by the hour of the place: when Seoul opens, Washington has closed', () => {
    const now = kst('2026-11-25T09:30');
    assert.deepEqual(onDuty(book, seoul, now), {
      onDuty: true,
      reason: 'hours',
      holiday: null,
      until: kst('2026-11-25T18:00'),
      next: null,
      doubts: [],
    });
    assert.deepEqual(
      [onDuty(book, washington, now).onDuty, onDuty(book, washington, now).next],
      [false, at('2026-11-25T14:00Z')],
    );
  });

  test('from the first minute on, and no more at the last', () => {
    assert.equal(onDuty(book, seoul, kst('2026-11-25T08:59:59.999')).onDuty, false);
    assert.equal(onDuty(book, seoul, kst('2026-11-25T09:00')).onDuty, true);
    assert.equal(onDuty(book, seoul, kst('2026-11-25T17:59:59.999')).onDuty, true);
    assert.equal(onDuty(book, seoul, kst('2026-11-25T18:00')).onDuty, false);
  });

  test('the Upbit theft began at 04:42 on a Thursday: nobody was there for four hours', () => {
    const asked = onDuty(book, seoul, kst('2025-11-27T04:42'));
    assert.deepEqual([asked.reason, asked.next], ['closed', kst('2025-11-27T09:00')]);
    // In Washington it was the afternoon before Thanksgiving, and the next office hours were on Friday.
    const there = onDuty(book, washington, kst('2025-11-27T04:42'));
    assert.deepEqual([there.onDuty, there.until], [true, at('2025-11-26T22:00Z')]);
    assert.equal(onDuty(book, washington, at('2025-11-27T15:00Z')).holiday?.en, 'Thanksgiving Day');
    assert.equal(onDuty(book, washington, at('2025-11-27T15:00Z')).next, at('2025-11-28T14:00Z'));
  });

  test('Seollal of 2026 (16 to 18 February) and Chuseok of 2025 (ten days with its weekends)', () => {
    const seollal = onDuty(book, seoul, kst('2026-02-17T11:00'));
    assert.deepEqual([seollal.reason, seollal.holiday?.ko, seollal.next], ['holiday', '설날', kst('2026-02-19T09:00')]);
    assert.equal(onDuty(book, seoul, kst('2026-02-13T18:30')).next, kst('2026-02-19T09:00'));
    assert.equal(onDuty(book, seoul, kst('2025-10-02T18:30')).next, kst('2025-10-10T09:00'));
  });

  test('Washington on the days on which clocks change: 09:00 stays 09:00', () => {
    assert.equal(onDuty(book, washington, at('2026-03-07T00:00Z')).next, at('2026-03-09T13:00Z'));
    assert.equal(onDuty(book, washington, at('2026-10-30T22:00Z')).next, at('2026-11-02T14:00Z'));
    const night = agency('US', { hours: { sun: [{ from: '00:00', until: '06:00' }] } });
    const length = (day: string) => Date.parse(onDuty(book, night, at(day)).until!) - Date.parse(at(day));
    assert.equal(length('2026-03-08T05:00Z'), 5 * 3_600_000);
    assert.equal(length('2026-11-01T04:00Z'), 7 * 3_600_000);
  });

  test('a duty desk is there at every hour, and says no end', () => {
    const always = agency('KR', { always: true });
    assert.deepEqual(
      [onDuty(book, always, kst('2026-02-17T03:00')).onDuty, onDuty(book, always, kst('2026-02-17T03:00')).until],
      [true, null],
    );
  });

  test('shifts that touch at midnight are one stretch; hours that never end have no end', () => {
    const shift = agency('KR', {
      hours: { wed: [{ from: '22:00', until: '24:00' }], thu: [{ from: '00:00', until: '06:00' }] },
    });
    assert.equal(onDuty(book, shift, kst('2026-11-25T23:00')).until, kst('2026-11-26T06:00'));
    const all = [{ from: '00:00', until: '24:00' }];
    const week = agency('KR', { hours: { mon: all, tue: all, wed: all, thu: all, fri: all, sat: all, sun: all } });
    assert.equal(onDuty(book, week, kst('2026-11-25T23:00')).until, null);
  });

  test('hours that nobody has given are not known, not closed', () => {
    assert.deepEqual(onDuty(book, agency('KR', {}), kst('2026-11-25T10:00')).onDuty, null);
    assert.equal(onDuty(book, { duty: undefined }, kst('2026-11-25T10:00')).reason, 'unknown');
  });

  test('a holiday that is not certain closes nothing and is told; so is a day beyond the calendar', () => {
    const labor = onDuty(book, seoul, kst('2026-05-01T10:00'));
    assert.equal(labor.onDuty, true);
    assert.match(labor.doubts[0]!.en, /2026-05-01 may be a holiday \(Labor Day\)/);
    assert.match(labor.doubts[0]!.ko, /노동절/);
    assert.match(onDuty(book, seoul, kst('2029-01-02T10:00')).doubts[0]!.en, /does not cover 2029-01-02/);
    const unsure = agency('KR', { hours: office('18:00'), certainty: 'unverified' });
    assert.match(
      onDuty(book, unsure, kst('2026-11-25T10:00')).doubts[0]!.ko,
      /근무 시간은 확인되지 않았습니다\(미확인/,
    );
  });

  test('property: on duty is what the wall clock, the weekday and the calendar say; until and next are its edges', () => {
    const seed = Date.now();
    const minutes = fc.integer({ min: Date.parse('2025-01-02') / 60_000, max: Date.parse('2028-12-01') / 60_000 });
    fc.assert(
      fc.property(
        fc.constantFrom([seoul, 'kr-public', 18] as const, [washington, 'us-federal', 17] as const),
        minutes,
        ([who, calendar, close], minute) => {
          const now = at(new Date(minute * 60_000).toISOString());
          const answer = onDuty(book, who, now);
          const wall = wallClock(who.duty!.timeZone, minute * 60_000);
          const closed = book.calendars
            .get(calendar)!
            .days.some((day) => day.date === wall.date && day.certainty !== 'unverified');
          const open =
            !['sat', 'sun'].includes(wall.weekday) && !closed && wall.minute >= 540 && wall.minute < close * 60;
          assert.equal(answer.onDuty, open);
          const edge = answer.until ?? answer.next!;
          const before = at(new Date(Date.parse(edge) - 1).toISOString());
          assert.ok(edge > now);
          assert.equal(onDuty(book, who, before).onDuty, open);
          assert.equal(onDuty(book, who, edge).onDuty, !open);
        },
      ),
      { seed, numRuns: 150 },
    );
  });
});
