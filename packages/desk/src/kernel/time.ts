import type { Instant } from '@gongjo/contract';

/** Milliseconds since the Unix epoch → RFC 3339 in UTC with milliseconds. */
export function instant(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

export function epochMs(at: Instant): number {
  return Date.parse(at);
}
