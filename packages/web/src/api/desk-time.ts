import type { Instant } from '@gongjo/contract';

/** A difference this small is the way from the desk to the page. */
const skewMsMin = 5_000;
let skewMs = 0;
const listeners = new Set<() => void>();

/** The desk said what time it is. A page in a machine whose clock is wrong still tells how long a hold lasts. */
export function learnDeskTime(said: Instant): void {
  const ahead = Date.parse(said) - Date.now();
  const skew = Math.abs(ahead) < skewMsMin ? 0 : ahead;
  if (Math.abs(skew - skewMs) < skewMsMin) return;
  skewMs = skew;
  for (const listener of listeners) listener();
}

/** Calls back when the page learns that it was wrong; answers how to end that. */
export function onDeskTime(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The present by the desk's clock. */
export const deskNowMs = (): number => Date.now() + skewMs;
export const deskNow = (): Instant => new Date(deskNowMs()).toISOString();
