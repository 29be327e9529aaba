import type { Instant, Language } from '@gongjo/contract';

/** Abbreviations that are in daily use in the zone but missing from the English locale data, which says `GMT+9`. */
const abbreviations: Readonly<Record<string, string>> = { 'Asia/Seoul': 'KST', 'Asia/Tokyo': 'JST' };

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', ko: 'ko-KR' };
const made = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes a hundred times as long as using it, and a page shows hundreds of times. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = new Intl.DateTimeFormat(locale, options);
  made.set(key, fresh);
  return fresh;
}

/** `2025-11-27` in that zone. */
export function dayKey(at: Instant, timeZone: string): string {
  return formatter('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at));
}

/** `14:05:33`, always 24 hours. */
export function clock(at: Instant, timeZone: string): string {
  return formatter('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
}

/** `27 Nov 2025`, `2025년 11월 27일`. */
export function day(at: Instant, timeZone: string, language: Language): string {
  const month = language === 'ko' ? 'long' : 'short';
  return formatter(locales[language], { timeZone, year: 'numeric', month, day: 'numeric' }).format(new Date(at));
}

/** `27 Nov`, `11월 27일`. */
function dayOfYear(at: Instant, timeZone: string, language: Language): string {
  const month = language === 'ko' ? 'long' : 'short';
  return formatter(locales[language], { timeZone, month, day: 'numeric' }).format(new Date(at));
}

/** `KST`, `EST`, or an offset where no abbreviation is in use. */
export function zoneName(at: Instant, timeZone: string): string {
  const known = abbreviations[timeZone];
  if (known !== undefined) return known;
  const parts = formatter('en-US', { timeZone, timeZoneName: 'short' }).formatToParts(new Date(at));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

export interface TimeText {
  /** The reader's own time; with its date unless that is today. */
  readonly own: string;
  /** The partner countries' times, each with its date where it differs from the reader's. */
  readonly others: readonly string[];
}

/** One instant as the reader and the partners see it on their own clocks. `zones[0]` is the reader's. */
export function timeText(at: Instant, zones: readonly string[], language: Language, now: Instant): TimeText {
  const [own = 'UTC', ...others] = zones;
  const ownDay = dayKey(at, own);
  const date = ownDay === dayKey(now, own) ? '' : `${day(at, own, language)} `;
  return {
    own: `${date}${clock(at, own)} ${zoneName(at, own)}`,
    others: others.map((zone) => {
      const other = dayKey(at, zone) === ownDay ? '' : `${dayOfYear(at, zone, language)} `;
      return `${other}${clock(at, zone)} ${zoneName(at, zone)}`;
    }),
  };
}

/** The reader's zone first, then the partners', each once. A desk seldom has more zones than fit on a line. */
const ZONES_SHOWN_MAX = 3;
export function zonesOf(own: string, partners: readonly { readonly timeZone: string }[]): string[] {
  return [...new Set([own, ...partners.map((partner) => partner.timeZone)])].slice(0, ZONES_SHOWN_MAX);
}

const steps = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/** `12 seconds ago`, `12초 전`. A clock a little ahead of ours reads as now, never as the future. */
export function ago(at: Instant, now: Instant, language: Language): string {
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(at)) / 1000));
  const step = steps.find((candidate) => seconds >= candidate.seconds) ?? steps[3];
  const format = new Intl.RelativeTimeFormat(language, { numeric: seconds === 0 ? 'auto' : 'always' });
  return format.format(-Math.floor(seconds / step.seconds), step.unit);
}

/** `Korea`… a country by its ISO 3166 code, in the reader's language; an unknown code stays as it is. */
export function countryName(code: string, language: Language): string {
  try {
    return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
