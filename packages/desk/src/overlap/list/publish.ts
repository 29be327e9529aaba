import { without } from './delta.ts';
import { type List, listOf } from './list.ts';
import { nextPadding, type Padding, paddingValues } from './padding.ts';
import { sortedValues } from './value.ts';

/** A list as its owner keeps it: which of its values are real is known to nobody else. */
export interface Published {
  readonly list: List;
  /** The values of the entries, ascending. */
  readonly entries: BigUint64Array;
  readonly padding: Padding;
}

/** A list of which only this is known, because its file was lost: partners hold it, its serial is used and its padding was seen. */
export interface Lost {
  readonly serial: number;
  readonly total: number;
  readonly padding: Padding;
}

/**
 * The list of an epoch after the one before it (`null`: the first). `entries`: the values of all that may be found, which the
 * silent never are among. After a lost one padding is exchanged as for the smallest change: what changed is not known.
 */
export function publish(
  key: { readonly epoch: number; readonly publicKey: Uint8Array; readonly paddingSecret: Uint8Array },
  entries: BigUint64Array | Iterable<bigint>,
  before: Published | Lost | null,
): Published {
  const sorted = sortedValues(entries);
  const padding = nextPadding(
    sorted.length,
    before === null
      ? null
      : 'list' in before
        ? {
            total: before.entries.length + before.padding.count,
            padding: before.padding,
            came: without(sorted, before.entries).length,
            went: without(before.entries, sorted).length,
          }
        : { total: before.total, padding: before.padding, came: 0, went: 0 },
  );
  const all = new BigUint64Array(sorted.length + padding.count);
  all.set(sorted);
  all.set(paddingValues(key.paddingSecret, padding), sorted.length);
  const serial = before === null ? 1 : ('list' in before ? before.list.header : before).serial + 1;
  return {
    list: listOf({ epoch: key.epoch, serial, publicKey: key.publicKey }, sortedValues(all)),
    entries: sorted,
    padding,
  };
}

/** The same from the list as it was written and the window of its padding, after a restart. */
export function restored(key: { readonly paddingSecret: Uint8Array }, list: List, padding: Padding): Published {
  const filling = sortedValues(paddingValues(key.paddingSecret, padding));
  return { list, entries: without(list.values, filling), padding };
}
