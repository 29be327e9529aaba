import type { TaxiiFeedView } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import {
  FeedFailure,
  feedView,
  noteFailure,
  type PartnerContext,
  runFeed,
  waitAfterFailure,
} from '../partner/index.ts';
import { type FeedSettings, type Log, startWorker, type Worker } from '../platform/index.ts';

/** How often a worker looks whether its feed is due. */
const lookEveryMs = 1_000;

export interface Feeds {
  list(): Promise<TaxiiFeedView[]>;
  /** Runs a feed now, whenever it was due. Throws `feed-unknown`, `feed-failed`. */
  run(name: string): Promise<TaxiiFeedView>;
  start(): void;
  stop(): Promise<void>;
}

/** One worker for each feed: a server that answers slowly, or not at all, holds up no other. */
export function createFeeds(options: {
  readonly context: PartnerContext;
  readonly feeds: readonly FeedSettings[];
  readonly version: string;
  readonly log: Log;
  /** Something came in. */
  readonly onAdmitted: () => void;
}): Feeds {
  const { context, log, version, onAdmitted } = options;
  const { clock, random, records } = context;
  const ending = new AbortController();
  const workers: Worker[] = [];
  const feeds = new Map(
    options.feeds.map((feed) => [feed.name, { feed, dueAt: 0, last: Promise.resolve<unknown>(null) }]),
  );

  /** One run at a time, whoever asks. */
  const once = (name: string): Promise<boolean> => {
    const entry = feeds.get(name);
    if (!entry) throw new GongjoError('feed-unknown', { feed: name });
    const run = entry.last.then(async () => {
      const { feed } = entry;
      try {
        const { more, admitted } = await runFeed(context, feed, { agent: `gongjo/${version}`, signal: ending.signal });
        entry.dueAt = clock.now() + (more ? 0 : feed.everyMs);
        if (admitted > 0) onAdmitted();
        return more;
      } catch (thrown) {
        if (ending.signal.aborted) return false;
        const problem = thrown instanceof FeedFailure || thrown instanceof GongjoError ? thrown.problem : null;
        if (!problem) throw thrown;
        const failures = await records.transaction((tx) => noteFailure(tx, clock, feed, problem));
        const chance = Number.parseInt(random.uuid().slice(0, 8), 16) / 2 ** 32;
        const retryAfterMs = thrown instanceof FeedFailure ? thrown.retryAfterMs : null;
        entry.dueAt = clock.now() + waitAfterFailure(failures, retryAfterMs, chance);
        log.warn({ feed: name, code: problem.code, detail: problem.text.en, failures }, 'a feed failed');
        throw GongjoError.of(problem);
      }
    });
    entry.last = run.catch(() => undefined);
    return run;
  };

  return {
    list: () => Promise.all([...feeds.values()].map(({ feed }) => feedView(records, feed))),
    run: async (name) => {
      await once(name);
      const entry = feeds.get(name);
      if (!entry) throw new GongjoError('feed-unknown', { feed: name });
      return feedView(records, entry.feed);
    },
    start: () => {
      for (const [name, entry] of feeds)
        workers.push(
          startWorker({
            name: `feed ${name}`,
            everyMs: lookEveryMs,
            clock,
            log,
            work: async () => {
              if (clock.now() < entry.dueAt) return 'idle';
              // A failure is noted, and when to try again; the worker has nothing to add.
              const more = await once(name).catch((thrown: unknown) => {
                if (thrown instanceof GongjoError) return false;
                throw thrown;
              });
              return more ? 'more' : 'idle';
            },
          }),
        );
    },
    stop: async () => {
      ending.abort();
      await Promise.all(workers.map((worker) => worker.stop()));
      await Promise.all([...feeds.values()].map(({ last }) => last));
    },
  };
}
