import { detailOf, GongjoError } from '../kernel/index.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** The wait after a failure doubles up to this: long enough not to hammer, short enough to notice a recovery. */
const backOffMaxMs = 15_000;
const backOffFirstMs = 250;

export interface Worker {
  /** There may be work: look now. */
  wake(): void;
  /** Lets the piece of work at hand finish and ends. */
  stop(): Promise<void>;
}

/**
 * Runs `work` again and again: at once while it answers `more`, otherwise when woken or after `everyMs`. A failure is logged
 * and tried again after a growing wait; it never ends the worker.
 */
export function startWorker(options: {
  readonly name: string;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly work: (signal: AbortSignal) => Promise<'more' | 'idle'>;
}): Worker {
  const { name, everyMs, clock, log, work } = options;
  const ending = new AbortController();
  let woken = false;
  let nap = new AbortController();

  const run = async () => {
    let failures = 0;
    while (!ending.signal.aborted) {
      woken = false;
      try {
        const state = await work(ending.signal);
        failures = 0;
        if (state === 'more' || woken) continue;
        nap = new AbortController();
        await clock.sleep(everyMs, AbortSignal.any([nap.signal, ending.signal]));
      } catch (thrown) {
        if (ending.signal.aborted) return;
        failures += 1;
        const waitMs = Math.min(backOffMaxMs, backOffFirstMs * 2 ** (failures - 1));
        const code = thrown instanceof GongjoError ? thrown.code : 'internal';
        log.error({ worker: name, code, detail: detailOf(thrown), waitMs }, 'work failed and will be tried again');
        await clock.sleep(waitMs, ending.signal);
      }
    }
  };
  const running = run();
  return {
    wake: () => {
      woken = true;
      nap.abort();
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}
