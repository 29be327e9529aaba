import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { zDeskId, zDirectoryFile } from '@gongjo/contract';
import fc from 'fast-check';
import { edition } from '../directory/edition.fixture.ts';
import { bookOf } from '../directory/index.ts';
import { escalationsDue, nextEscalation, type ToldOf } from './escalate.ts';
import type { Reach } from './notice.ts';

/** The shipped calendars of both countries, and one agency and one duty centre in each. */
const said = { source: 'a test', certainty: 'verified', asOf: '2026-11-28' } as const;
const name = { en: 'X', ko: '가' };
const weekdays = (from: string, until: string) =>
  Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from, until }]]));
const contact = (id: string, role: string) => ({ id, role, channel: 'email', to: `${id}@example.org` });
const agencies = (
  [
    ['kr', 'KR', 'Asia/Seoul', weekdays('09:00', '18:00')],
    ['us', 'US', 'America/New_York', weekdays('09:00', '17:00')],
  ] as const
).flatMap(([id, country, timeZone, hours]) => [
  {
    ...{ ...said, id: `${id}-police`, name, country, functions: ['cyber-investigation'] },
    duty: {
      ...{
        ...said,
        timeZone,
        hours,
        holidays: [...edition.book.calendars.values()].find((it) => it.country === country)?.id,
      },
      contacts: [contact('officer', 'duty-officer'), contact('chief', 'supervisor')],
    },
  },
  {
    ...{ ...said, id: `${id}-centre`, name, country, functions: ['duty-centre'] },
    duty: { ...said, timeZone, always: true, contacts: [contact('night', 'duty-officer')] },
  },
]);
const file = zDirectoryFile.parse({
  agencies,
  calendars: [...edition.book.calendars.values()],
  escalation: [...edition.book.escalation],
});
const reach: Reach = {
  desk: { desk: zDeskId.parse('seoul'), name, country: 'KR', timeZone: 'Asia/Seoul' },
  partners: [],
  book: bookOf([file]),
};
const minute = 60_000;
const told = (agency: string, at: string, change: Partial<ToldOf> = {}): ToldOf => ({
  ...{ incident: 'incident--1', agency, drill: false, quiet: false, notifiedAt: new Date(at).toISOString() },
  ...{ acknowledgedAt: null, done: new Set<string>() },
  ...change,
});
const steps = (of: ToldOf, minutes: number) =>
  escalationsDue(reach, [of], new Date(Date.parse(of.notifiedAt) + minutes * minute).toISOString()).map(
    ({ at, target, ways }) =>
      `+${(Date.parse(at) - Date.parse(of.notifiedAt)) / minute} ${target} ${ways.map(({ contact }) => contact)}`,
  );

describe('escalation by the shipped rules', () => {
  const onDuty = ['+5 kr-police officer', '+15 kr-police chief', '+30 kr-centre night'];
  const offDuty = ['+5 kr-centre night', '+15 kr-police chief', '+30 kr-centre night'];
  const inUs = (lines: readonly string[]) => lines.map((line) => line.replaceAll('kr-', 'us-'));

  const rows: [string, string, string, readonly string[]][] = [
    ['a Wednesday morning in Seoul', 'kr-police', '2025-11-26T10:00+09:00', onDuty],
    ['Upbit’s hour: 04:42 on a Thursday in Seoul', 'kr-police', '2025-11-27T04:42+09:00', offDuty],
    ['the same moment is 14:42 on the day before in Washington', 'us-police', '2025-11-26T14:42-05:00', inUs(onDuty)],
    ['a Saturday in Seoul', 'kr-police', '2025-11-29T11:00+09:00', offDuty],
    ['Friday evening in Washington is Saturday in Seoul', 'us-police', '2025-11-28T19:00-05:00', inUs(offDuty)],
    ['Chuseok, a Friday', 'kr-police', '2026-09-25T11:00+09:00', offDuty],
    ['Thanksgiving, a Thursday', 'us-police', '2026-11-26T11:00-05:00', inUs(offDuty)],
    ['Thanksgiving is a working day in Seoul', 'kr-police', '2026-11-26T11:00+09:00', onDuty],
    ['told at 08:57, on duty at the first step', 'kr-police', '2025-11-26T08:57+09:00', onDuty],
    ['told at 17:57, gone at the first step', 'kr-police', '2025-11-26T17:57+09:00', offDuty],
    ['16:57 on the day after clocks went forward', 'us-police', '2026-03-09T16:57-04:00', inUs(offDuty)],
    ['16:50 on that day', 'us-police', '2026-03-09T16:50-04:00', inUs(onDuty)],
    ['08:56 on the day after clocks went back', 'us-police', '2026-11-02T08:56-05:00', inUs(onDuty)],
  ];
  for (const [when, agency, at, expected] of rows)
    test(`${when}: ${expected[0]}`, () => {
      assert.deepEqual(steps(told(agency, at), 4), []);
      assert.deepEqual(steps(told(agency, at), 5), expected.slice(0, 1));
      assert.deepEqual(steps(told(agency, at), 15), expected.slice(0, 2));
      assert.deepEqual(steps(told(agency, at), 31), expected);
    });

  test('a desk that was down all night takes every step by the hour of the step, once', () => {
    const night = told('kr-police', '2025-11-27T04:42+09:00');
    assert.deepEqual(steps(night, 8 * 60), offDuty);
    const due = escalationsDue(reach, [night], new Date('2025-11-27T12:42+09:00').toISOString());
    const done = new Set(due.map(({ step }) => step));
    assert.equal(done.size, 3);
    assert.deepEqual(steps({ ...night, done }, 8 * 60), []);
  });

  test('an acknowledgement ends it; what was due before it stays due', () => {
    const at = Date.parse('2025-11-26T10:00+09:00');
    const acknowledgedAt = new Date(at + 10 * minute).toISOString();
    assert.deepEqual(steps(told('kr-police', '2025-11-26T10:00+09:00', { acknowledgedAt }), 60), onDuty.slice(0, 1));
  });

  test('in an exercise only contacts that are marked for it are told', () => {
    assert.deepEqual(steps(told('kr-police', '2025-11-26T10:00+09:00', { drill: true, quiet: true }), 5), [
      '+5 kr-police ',
    ]);
  });

  test('an agency that left the directory is not escalated', () => {
    assert.deepEqual(steps(told('nobody', '2025-11-26T10:00+09:00'), 60), []);
  });

  test('this desk itself, where no agency of the directory is its own, is backed by the duty centre of its country', () => {
    assert.deepEqual(steps(told('desk:seoul', '2025-11-26T10:00+09:00'), 5), ['+5 kr-centre night']);
  });

  test('looked at in any rhythm, the same steps are taken, each once', () => {
    const at = Date.parse('2025-11-27T04:42+09:00');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 12 }), (minutes) => {
        const done = new Set<string>();
        const taken: string[] = [];
        for (const after of minutes.sort((a, b) => a - b)) {
          const now = new Date(at + after * minute).toISOString();
          for (const { step } of escalationsDue(
            reach,
            [told('kr-police', new Date(at).toISOString(), { done })],
            now,
          )) {
            taken.push(step);
            done.add(step);
          }
        }
        const last = Math.max(...minutes);
        assert.equal(taken.length, [5, 15, 30].filter((due) => due <= last).length);
        assert.equal(new Set(taken).size, taken.length);
      }),
    );
  });

  test('says when it looks next', () => {
    const of = told('kr-police', '2025-11-26T10:00+09:00');
    assert.equal(nextEscalation(reach, [of], of.notifiedAt), new Date('2025-11-26T10:05+09:00').toISOString());
    assert.equal(nextEscalation(reach, [of], new Date('2025-11-26T11:05+09:00').toISOString()), null);
  });
});
