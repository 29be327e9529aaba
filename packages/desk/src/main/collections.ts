import {
  filledTo,
  keepFilled,
  listCollections,
  type PartnerContext,
  partyOfCollection,
  type TaxiiCollection,
} from '../partner/index.ts';
import { type Log, startWorker, type Worker } from '../platform/index.ts';
import { fillCollection } from '../sharing/index.ts';

/** Whatever came in by a way that wakes nobody is in the collections after this. */
const lookEveryMs = 2_000;

/** One worker goes through all collections; what it does is decide and record. */
export function createCollections(options: {
  readonly context: PartnerContext;
  readonly log: Log;
  /** Something can be read that could not before. */
  readonly onChange: () => void;
}): Worker {
  const { context, log, onChange } = options;
  return startWorker({
    name: 'collections',
    everyMs: lookEveryMs,
    clock: context.clock,
    log,
    work: async (signal) => {
      let more = false;
      for (const collection of await listCollections(context.records)) {
        if (signal.aborted) break;
        const filled = await fill(context, collection);
        more ||= filled.more;
        if (filled.released > 0) onChange();
      }
      return more ? 'more' : 'idle';
    },
  });
}

/** The next part of a collection, whole or not at all: a crash repeats it or has finished it. */
export async function fill(
  context: PartnerContext,
  collection: TaxiiCollection,
): Promise<{ readonly more: boolean; readonly released: number }> {
  return context.records.transaction(async (tx) => {
    const before = await filledTo(tx, collection.alias);
    if (!before) return { more: false, released: 0 };
    const { filled, more, released } = await fillCollection(
      tx,
      context,
      partyOfCollection(collection),
      collection.selection,
      before,
    );
    if (filled.to !== before.to || filled.basis !== before.basis) await keepFilled(tx, collection.alias, filled);
    return { more, released };
  });
}
