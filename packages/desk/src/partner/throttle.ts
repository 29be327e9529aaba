/**
 * Counts what fails by where it comes from, so that guessing is slow. It is in memory: after a restart everybody begins anew,
 * which costs a guesser of 256-bit secrets nothing and saves a table that strangers could fill.
 */
export interface Throttle {
  /** Whether this one may still try. */
  allows(key: string, nowMs: number): boolean;
  failed(key: string, nowMs: number): void;
}

export function createThrottle(options: {
  readonly failuresMax: number;
  readonly windowMs: number;
  /** Beyond this many places the oldest are forgotten: memory is bounded whoever asks. */
  readonly keysMax: number;
}): Throttle {
  const { failuresMax, windowMs, keysMax } = options;
  const failures = new Map<string, { sinceMs: number; count: number }>();
  return {
    allows: (key, nowMs) => {
      const known = failures.get(key);
      return !known || nowMs - known.sinceMs >= windowMs || known.count < failuresMax;
    },
    failed: (key, nowMs) => {
      const known = failures.get(key);
      const next = known && nowMs - known.sinceMs < windowMs ? known : { sinceMs: nowMs, count: 0 };
      next.count += 1;
      failures.delete(key);
      failures.set(key, next);
      const [oldest] = failures.keys();
      if (failures.size > keysMax && oldest !== undefined) failures.delete(oldest);
    },
  };
}
