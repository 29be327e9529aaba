/** MISP writes times as seconds since 1970 (`timestamp`) and as RFC 3339 with an offset (`first_seen`); STIX in UTC. */

/** The last second that STIX's four-digit years hold. */
const SECONDS_MAX = 253_402_300_799;

/** `'1603642920'` → `'2020-10-25T16:22:00.000Z'`; `null` where it is no time or none was ever set (`'0'`). */
export function stixTime(seconds: string | null | undefined): string | null {
  if (typeof seconds !== 'string' || !/^\d{1,12}$/.test(seconds)) return null;
  const at = Number(seconds);
  return at === 0 || at > SECONDS_MAX ? null : new Date(at * 1000).toISOString();
}

export function mispSeconds(time: unknown): string {
  const ms = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isFinite(ms) ? String(Math.floor(ms / 1000)) : '0';
}

const rfc3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** `'2026-01-02T03:04:05.000006+09:00'` → the same instant in UTC, with its fraction as written; `null` where it is no time. */
export function utcTime(text: string | null | undefined): string | null {
  const [, second, fraction = '', offset] = rfc3339.exec(text ?? '') ?? [];
  const ms = Date.parse(`${second}${offset}`);
  if (!Number.isFinite(ms) || ms > SECONDS_MAX * 1000 || ms < 0) return null;
  return `${new Date(ms).toISOString().slice(0, 19)}${fraction === '' ? '.000' : fraction}Z`;
}

/** As MISP writes it: in UTC, with the offset spelled out. */
export function mispTime(time: string): string {
  return time.replace(/Z$/, '+00:00');
}
