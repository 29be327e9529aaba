import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Instant, zInstant } from '@gongjo/contract';
import { directoryWith, edition, said } from './edition.fixture.ts';
import { escalation } from './escalation.ts';

const name = { en: 'X', ko: '가' };
const contact = (id: string, role: string) => ({ id, role, channel: 'email', to: `${id}@example.org` });
const hours = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', until: '18:00' }]]),
);
const { book } = directoryWith({
  agencies: [
    {
      ...{ ...said, id: 'police', name, country: 'KR', functions: ['cyber-investigation'], parent: 'ministry' },
      duty: {
        ...said,
        timeZone: 'Asia/Seoul',
        hours,
        holidays: 'kr',
        contacts: [contact('officer', 'duty-officer'), contact('chief', 'supervisor')],
      },
    },
    {
      ...{ ...said, id: 'centre', name, country: 'KR', functions: ['duty-centre'] },
      duty: { ...said, timeZone: 'Asia/Seoul', always: true, contacts: [contact('night', 'duty-officer')] },
    },
    { ...said, id: 'centre-us', name, country: 'US', functions: ['duty-centre'] },
    {
      ...said,
      id: 'ministry',
      name,
      country: 'KR',
      functions: ['foreign-affairs'],
      escalation: [{ afterMinutes: 60, to: { agency: 'police' } }],
    },
  ],
  calendars: [
    {
      ...said,
      id: 'kr',
      name,
      country: 'KR',
      from: '2026-01-01',
      until: '2026-12-31',
      days: [{ date: '2026-02-17', name: { en: 'Seollal', ko: '설날' } }],
    },
  ],
  escalation: [
    { afterMinutes: 15, to: { role: 'supervisor' } },
    { afterMinutes: 5, when: 'on-duty', to: { role: 'duty-officer' } },
    { afterMinutes: 5, when: 'off-duty', to: { function: 'duty-centre' } },
  ],
});
const kst = (text: string): Instant => zInstant.parse(new Date(`${text}+09:00`).toISOString());
const ask = (id: string, notified: string, now: string, acknowledged?: string) => {
  const answer = escalation(book, book.agencies.get(id)!, {
    notifiedAt: kst(notified),
    now: kst(now),
    acknowledgedAt: acknowledged === undefined ? null : kst(acknowledged),
  });
  const line = ({ at, agency, contacts }: (typeof answer.due)[number]) =>
    `${at} ${agency} ${contacts.map(({ id }) => id)}`;
  return { state: answer.state, due: answer.due.map(line), next: answer.next && line(answer.next) };
};

describe('escalation', () => {
  test('in office hours: the duty officer again, then the supervisor', () => {
    assert.deepEqual(ask('police', '2026-11-25T10:00', '2026-11-25T10:04:59'), {
      state: 'waiting',
      due: [],
      next: `${kst('2026-11-25T10:05')} police officer`,
    });
    assert.deepEqual(ask('police', '2026-11-25T10:00', '2026-11-25T10:05'), {
      state: 'waiting',
      due: [`${kst('2026-11-25T10:05')} police officer`],
      next: `${kst('2026-11-25T10:15')} police chief`,
    });
    assert.equal(ask('police', '2026-11-25T10:00', '2026-11-25T11:00').state, 'exhausted');
  });

  test('at night, at a weekend and on a holiday: the duty centre of the same country, and not that of the other', () => {
    for (const day of ['2026-11-25T03:00', '2026-11-28T10:00', '2026-02-17T10:00']) {
      const after = new Date(`${day}:00+09:00`).getTime() + 5 * 60_000;
      assert.equal(ask('police', day, day).next, `${new Date(after).toISOString()} centre night`);
    }
  });

  test('the condition is that of the step’s own time: a notice of 17:57 finds nobody at 18:02', () => {
    assert.equal(
      ask('police', '2026-11-25T17:54', '2026-11-25T17:54').next,
      `${kst('2026-11-25T17:59')} police officer`,
    );
    assert.equal(ask('police', '2026-11-25T17:57', '2026-11-25T17:57').next, `${kst('2026-11-25T18:02')} centre night`);
  });

  test('what is acknowledged goes no further, whatever the time; what was due before was due', () => {
    assert.deepEqual(ask('police', '2026-11-25T10:00', '2026-11-25T12:00', '2026-11-25T10:06'), {
      state: 'acknowledged',
      due: [`${kst('2026-11-25T10:05')} police officer`],
      next: null,
    });
    assert.deepEqual(ask('police', '2026-11-25T10:00', '2026-11-25T12:00', '2026-11-25T10:05').due, []);
  });

  test('an agency’s own steps replace those of the edition', () => {
    assert.deepEqual(
      ask('ministry', '2026-11-25T10:00', '2026-11-25T10:30').next,
      `${kst('2026-11-25T11:00')} police officer`,
    );
  });

  test('the shipped edition leads from every agency to somebody who is always there', () => {
    for (const agency of edition.book.agencies.values()) {
      if (agency.functions.includes('duty-centre')) continue;
      const night = zInstant.parse('2026-11-28T10:00:00.000Z');
      const { next } = escalation(edition.book, agency, { notifiedAt: night, now: night });
      assert.ok(['kr-krcert', 'us-fbi-cywatch'].includes(next!.agency), agency.id);
      assert.equal(edition.book.agencies.get(next!.agency)?.duty?.always, true);
    }
  });
});
