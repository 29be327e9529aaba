import type { Weekday } from '@gongjo/contract';
import { weekdays } from '@gongjo/contract';

/** The wall clock of a place. Zones and their rules are those of the IANA database that the runtime carries. */
export interface WallClock {
  /** `2026-11-28`. */
  readonly date: string;
  readonly weekday: Weekday;
  /** Minutes since midnight by the clock on the wall. */
  readonly minute: number;
}

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Making a format takes longer than using it a hundred times; there are about 600 zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  formats.set(zone, made);
  return made;
}

/** The wall clock as if it were UTC, in milliseconds. */
function wallMs(zone: string, epochMs: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(epochMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

export function wallClock(zone: string, epochMs: number): WallClock {
  const wall = wallMs(zone, epochMs);
  const date = new Date(wall).toISOString().slice(0, 10);
  return { date, weekday: weekdayOf(date), minute: Math.floor((wall % dayMs) / minuteMs) };
}

export function weekdayOf(date: string): Weekday {
  return weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon';
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/**
 * When the clock on the wall shows this minute of this day; minute 1440 is the next midnight. Where clocks were put back it
 * shows it twice, and the first counts; where they were put forward it never does, and the time counts that it would have
 * been without the change. (The rule `compatible` of ECMAScript Temporal.)
 */
export function instantAt(zone: string, date: string, minute: number): number {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minute * minuteMs;
  // No zone is a day or more away from UTC, and none changes twice within two days.
  const offsets = [wanted - dayMs, wanted + dayMs].map((ms) => wallMs(zone, ms) - ms);
  const candidates = offsets.map((offset) => wanted - offset);
  const shown = candidates.filter((ms) => wallMs(zone, ms) === wanted);
  return shown.length > 0 ? Math.min(...shown) : (candidates[0] ?? wanted);
}
