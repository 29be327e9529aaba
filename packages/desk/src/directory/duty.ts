import {
  type Agency,
  type Calendar,
  type Duty,
  type DutyAnswer,
  fill,
  type Instant,
  type Text,
  terms,
} from '@gongjo/contract';
import { epochMs, instant } from '../kernel/index.ts';
import type { Book } from './book.ts';
import { addDays, instantAt, wallClock, weekdayOf } from './zone.ts';

/** The longest closure known is ten days (Chuseok of 2025 with its weekends); hours that do not begin for this long never do. */
export const DAYS_AHEAD_MAX = 45;

/**
 * Whether somebody of an agency is on duty, until when, or from when on: by the wall clock of its place, with weekends,
 * holidays and the days on which clocks change. A holiday that nobody has verified closes nothing and is told as a doubt.
 */
export function onDuty(book: Pick<Book, 'calendars'>, agency: Pick<Agency, 'duty'>, at: Instant): DutyAnswer {
  const { duty } = agency;
  const none = { holiday: null, until: null, next: null };
  if (duty?.always) return { onDuty: true, reason: 'always', ...none, doubts: hoursDoubt(duty) };
  if (duty === undefined || Object.values(duty.hours).every((spans) => spans.length === 0))
    return { onDuty: null, reason: 'unknown', ...none, doubts: [] };
  const now = epochMs(at);
  const calendar = duty.holidays === undefined ? undefined : book.calendars.get(duty.holidays);
  const { date } = wallClock(duty.timeZone, now);
  const doubts = [...hoursDoubt(duty), ...dayDoubts(duty, calendar, date)];
  const stretches = stretchesOf(duty, calendar, date, now);
  const present = stretches.find(([from, until]) => from <= now && now < until);
  if (present) {
    const horizon = instantAt(duty.timeZone, addDays(date, DAYS_AHEAD_MAX + 1), 0);
    return { onDuty: true, reason: 'hours', ...none, until: present[1] < horizon ? instant(present[1]) : null, doubts };
  }
  const next = stretches.find(([from]) => from > now);
  const holiday = holidayOn(calendar, date);
  return {
    onDuty: false,
    reason: holiday ? 'holiday' : 'closed',
    holiday,
    until: null,
    next: next ? instant(next[0]) : null,
    doubts,
  };
}

/** Stretches of duty from the day before on, until one begins after now; those that touch are one. */
function stretchesOf(duty: Duty, calendar: Calendar | undefined, today: string, now: number): [number, number][] {
  const joined: [number, number][] = [];
  for (let ahead = -1; ahead <= DAYS_AHEAD_MAX; ahead += 1) {
    if ((joined.at(-1)?.[0] ?? now) > now) break;
    const date = addDays(today, ahead);
    if (holidayOn(calendar, date)) continue;
    for (const span of spansOn(duty, date)) {
      const [from, until] = span.map((minute) => instantAt(duty.timeZone, date, minute));
      if (from === undefined || until === undefined || until <= from) continue;
      const before = joined.at(-1);
      if (before && before[1] >= from) before[1] = Math.max(before[1], until);
      else joined.push([from, until]);
    }
  }
  return joined;
}

function spansOn({ hours }: Duty, date: string): [number, number][] {
  const spans = hours[weekdayOf(date)] ?? [];
  return spans
    .map(({ from, until }): [number, number] => [minutesOf(from), minutesOf(until)])
    .sort(([a], [b]) => a - b);
}

/** `09:30` → 570. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** The certain holiday of a day. */
function holidayOn(calendar: Calendar | undefined, date: string): Text | null {
  return calendar?.days.find((day) => day.date === date && day.certainty !== 'unverified')?.name ?? null;
}

function dayDoubts({ holidays }: Duty, calendar: Calendar | undefined, date: string): Text[] {
  if (holidays === undefined) return [];
  if (!calendar || date < calendar.from || date > calendar.until)
    return [doubt('uncovered', { date: { en: date, ko: date } })];
  const day = calendar.days.find((it) => it.date === date && it.certainty === 'unverified');
  return day ? [doubt('uncertain', { date: { en: date, ko: date }, name: day.name })] : [];
}

function hoursDoubt({ certainty, asOf }: Duty): Text[] {
  if (certainty === 'verified') return [];
  return [doubt('hours', { certainty: terms.sourceCertainty[certainty], date: { en: asOf, ko: asOf } })];
}

function doubt(code: keyof typeof terms.dutyDoubt, values: Readonly<Record<string, Text>>): Text {
  const inLanguage = (language: 'en' | 'ko') =>
    fill(
      terms.dutyDoubt[code][language],
      Object.fromEntries(Object.entries(values).map(([key, text]) => [key, text[language]])),
    );
  return { en: inLanguage('en'), ko: inLanguage('ko') };
}
