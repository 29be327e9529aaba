import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Calendar, directoryLists, type Weekday } from '@gongjo/contract';
import { readDirectoryFiles } from './directory.store.ts';
import { edition } from './edition.fixture.ts';
import { readDirectory } from './read.ts';
import { addDays, weekdayOf } from './zone.ts';

const { book } = edition;
const calendar = (id: string): Calendar => book.calendars.get(id)!;
const days = (it: Calendar) => new Map(it.days.map((day) => [day.date, day]));
const everyDay = Array.from({ length: 366 * 3 + 365 }, (_, index) => addDays('2025-01-01', index)).filter(
  (date) => date <= '2028-12-31',
);

describe('the shipped edition', () => {
  test('is valid, and every entry is in both languages, with a source, a certainty and a date', () => {
    assert.deepEqual(readDirectory(readDirectoryFiles('no-such-folder', [])).findings, []);
    for (const list of directoryLists)
      for (const entry of book[list].values()) {
        assert.match(entry.name.en, /[A-Za-z]/, entry.id);
        assert.doesNotMatch(entry.name.en, /\p{Script=Hangul}/u, entry.id);
        assert.match(entry.name.ko, /\p{Script=Hangul}/u, entry.id);
        assert.ok('source' in entry && entry.source.length > 3 && entry.asOf <= '2026-11-28', entry.id);
      }
  });

  test('names agencies of both countries for every function that the field has on both sides', () => {
    for (const name of [
      'cyber-investigation',
      'prosecution',
      'mla-authority',
      'fiu',
      'vasp-supervision',
      'cyber-defence',
      'sanctions',
      'intelligence',
      'duty-centre',
    ] as const)
      for (const country of ['KR', 'US'])
        assert.ok(
          [...book.agencies.values()].some((it) => it.country === country && it.functions.includes(name)),
          `${country} ${name}`,
        );
  });

  test('ships no address and no telephone number of anybody', () => {
    for (const { id, duty } of book.agencies.values())
      for (const contact of duty?.contacts ?? []) assert.equal(contact.to, undefined, id);
    const text = JSON.stringify([...book.vasps.values(), ...book.issuers.values()]);
    assert.doesNotMatch(text, /[\w.]+@[\w.]+\.\w+/);
  });

  test('what is of general knowledge is never called verified', () => {
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { source, certainty } = value as { source?: string; certainty?: string };
      if (source?.startsWith('general knowledge')) assert.equal(certainty, 'unverified', path);
      for (const [key, item] of Object.entries(value)) walk(item, `${path}.${key}`);
    };
    for (const list of directoryLists) for (const entry of book[list].values()) walk(entry, `${list}.${entry.id}`);
  });
});

describe('Act on Public Holidays: the calendar of the Republic of Korea', () => {
  const kr = days(calendar('kr-public'));
  const lunar = new Intl.DateTimeFormat('en-u-ca-dangi', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });
  const lunarOf = (date: string) => {
    const part = Object.fromEntries(lunar.formatToParts(Date.parse(date)).map(({ type, value }) => [type, value]));
    return `${part.month}-${part.day}`;
  };
  /** Of the solar year and of the lunar one; `eve` and `morrow` are the days about the two great feasts. */
  const solar: Readonly<Record<string, RegExp>> = {
    '01-01': /New Year/,
    '03-01': /Independence Movement/,
    '05-05': /Children/,
    '06-06': /Memorial/,
    '08-15': /Liberation/,
    '10-03': /National Foundation/,
    '10-09': /Hangeul/,
    '12-25': /Christmas/,
  };
  const isFeast = (date: string) => ['1-1', '8-15'].includes(lunarOf(date));
  const named = (date: string): RegExp[] => [
    ...(solar[date.slice(5)] ? [solar[date.slice(5)]!] : []),
    ...(date >= '2026-02-03' && date.endsWith('07-17') ? [/Constitution/] : []),
    ...(lunarOf(date) === '4-8' ? [/Buddha/] : []),
    ...([-1, 0, 1].some((near) => isFeast(addDays(date, near))) ? [/Seollal|Chuseok/] : []),
  ];

  test('has every holiday of the solar and of the Korean lunar year, and no other but those declared', () => {
    for (const date of everyDay) {
      const name = kr.get(date)?.name.en;
      for (const pattern of named(date)) assert.match(name ?? '', pattern, date);
      if (named(date).length === 0 && name !== undefined)
        assert.match(name, /Substitute|election|Temporary|Labor/, date);
    }
  });

  test('has a substitute for each feast on a Sunday or another holiday, and for each national day at a weekend', () => {
    const wanted = everyDay.flatMap((date) => {
      const weekday: Weekday = weekdayOf(date);
      const names = named(date);
      if (names.length === 0) return [];
      const feast = names.some((it) => it.source.includes('Seollal'));
      const national = names.some((it) => !/New Year|Memorial|Seollal/.test(it.source));
      const lost = names.length > 1 || (feast && weekday === 'sun') || (national && ['sat', 'sun'].includes(weekday));
      if (!lost) return [];
      let next = addDays(date, 1);
      while (named(next).length > 0 || ['sat', 'sun'].includes(weekdayOf(next))) next = addDays(next, 1);
      return [next];
    });
    const kept = [...kr.values()].filter(({ name }) => name.en.startsWith('Substitute')).map(({ date }) => date);
    assert.deepEqual(kept.sort(), wanted.sort());
  });
});

describe('5 U.S.C. 6103: the calendar of the United States', () => {
  test('has the eleven holidays of each year on the day on which offices are closed, and two closures by order', () => {
    const nth = (month: number, weekday: Weekday, n: number) => (date: string) => {
      const day = Number(date.slice(8));
      return Number(date.slice(5, 7)) === month && weekdayOf(date) === weekday && Math.ceil(day / 7) === n;
    };
    const fixed = (monthDay: string) => (date: string) => {
      const weekday = weekdayOf(date);
      if (['sat', 'sun'].includes(weekday)) return false;
      return (
        date.endsWith(monthDay) ||
        (weekday === 'fri' && addDays(date, 1).endsWith(monthDay)) ||
        (weekday === 'mon' && addDays(date, -1).endsWith(monthDay))
      );
    };
    const lastMondayOfMay = (date: string) =>
      nth(5, 'mon', 4)(date) ? addDays(date, 7).slice(5, 7) !== '05' : nth(5, 'mon', 5)(date);
    const rules = [
      ...['01-01', '06-19', '07-04', '11-11', '12-25'].map((day) => fixed(`-${day}`)),
      ...[nth(1, 'mon', 3), nth(2, 'mon', 3), lastMondayOfMay, nth(9, 'mon', 1), nth(10, 'mon', 2), nth(11, 'thu', 4)],
    ];
    const wanted = everyDay.filter((date) => rules.some((rule) => rule(date)));
    const closures = ['2025-12-24', '2025-12-26'];
    assert.deepEqual([...days(calendar('us-federal')).keys()].sort(), [...wanted, ...closures].sort());
  });
});
