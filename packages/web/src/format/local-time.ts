import type { Instant } from '@gongjo/contract';
import { clock, dayKey } from './time.ts';

/** What a browser's field of date and time holds: `2025-11-27T04:42`, a clock on some wall. */
const localForm = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/;

/**
 * The instant at which the clocks of the zone show that time; null for what is no time. Where clocks are put forward and
 * never show it, the time as they would have gone on; where they are put back and show it twice, the earlier.
 */
export function instantOf(local: string, timeZone: string): Instant | null {
  const parts = localForm.exec(local);
  if (parts === null) return null;
  const wallMs = Date.parse(`${local.length === 16 ? `${local}:00` : local}.000Z`);
  if (Number.isNaN(wallMs)) return null;
  // The offset at the wall's own number is right but for a day around a change of clocks; then that of a day before is.
  const dayMs = 86_400_000;
  const candidates = [wallMs - dayMs, wallMs + dayMs].map((ms) => wallMs - offsetMs(ms, timeZone));
  const exact = candidates.filter((ms) => ms + offsetMs(ms, timeZone) === wallMs);
  return new Date(Math.min(...(exact.length > 0 ? exact : candidates.slice(0, 1)))).toISOString();
}

/** The same as a field of date and time holds it, to the minute. */
export function localOf(at: Instant, timeZone: string): string {
  return `${dayKey(at, timeZone)}T${clock(at, timeZone).slice(0, 5)}`;
}

/** How far the zone's clocks are ahead of UTC. */
function offsetMs(ms: number, timeZone: string): number {
  const at = new Date(Math.floor(ms / 1000) * 1000).toISOString();
  return Date.parse(`${dayKey(at, timeZone)}T${clock(at, timeZone)}.000Z`) - Date.parse(at);
}
