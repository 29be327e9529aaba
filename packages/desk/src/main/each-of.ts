import { detailOf } from '../kernel/index.ts';
import type { Db, Log, Records } from '../platform/index.ts';

interface Looking {
  readonly records: Pick<Records, 'transaction'>;
  readonly log: Log;
  /** Said in the log of what fails. */
  readonly failure: string;
}

/**
 * Each in a transaction of its own: what fails of one is in the log, tried again the next time, and stops no other. `news`: the work
 * said so of at least one. `after`: what was done of one is kept for good.
 */
export async function eachOf<T extends string | { readonly id: string }>(
  all: readonly T[],
  { records, log, failure }: Looking,
  work: (tx: Db, it: T) => Promise<boolean>,
  after: (it: T) => void = () => undefined,
): Promise<{ readonly news: boolean; readonly failed: boolean }> {
  let [news, failed] = [false, false];
  for (const it of all)
    try {
      news = (await records.transaction((tx) => work(tx, it))) || news;
      after(it);
    } catch (thrown) {
      failed = true;
      log.warn({ subject: typeof it === 'string' ? it : it.id, detail: detailOf(thrown) }, failure);
    }
  return { news, failed };
}
