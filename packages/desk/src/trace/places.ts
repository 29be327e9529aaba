import type { Address, AssetId, Instant, Tag } from '@gongjo/contract';
import type { Stop, Trace } from './model.ts';
import { compareTags, compareText } from './tags.ts';

/** One line of "where is the money now?". */
export interface PlaceNow {
  stop: Stop['kind'];
  /** Null where the line stands for several addresses of one holder, or for fees and destroyed value. */
  address: Address | null;
  /** Of the holder's tags the surest. */
  tag: Tag | null;
  asset: AssetId;
  units: bigint;
  /** Parts per million of all that stands somewhere in this asset, rounded down. */
  sharePpm: number;
  since: Instant;
}

/**
 * Where the money is now: stops joined by holder (a tag's actor, or its label where it names none), others by address.
 * Largest share of its asset first; ties by asset, kind, and holder or address.
 */
export function placesNow(trace: Pick<Trace, 'stops'>): PlaceNow[] {
  const totals = new Map<AssetId, bigint>();
  const places = new Map<string, PlaceNow>();
  for (const { kind, address, asset, units, tag, since } of trace.stops) {
    totals.set(asset, (totals.get(asset) ?? 0n) + units);
    const holder = tag === null ? `address ${address ?? ''}` : `holder ${tag.actor ?? tag.label}`;
    const key = [asset, kind, holder].join('\u0000');
    const place = places.get(key);
    if (place === undefined) {
      places.set(key, { stop: kind, address, tag, asset, units, sharePpm: 0, since });
      continue;
    }
    place.units += units;
    if (place.address !== address) place.address = null;
    if (tag !== null && (place.tag === null || compareTags(tag, place.tag) < 0)) place.tag = tag;
    if (since < place.since) place.since = since;
  }
  for (const place of places.values()) {
    const total = totals.get(place.asset) ?? 0n;
    place.sharePpm = total === 0n ? 0 : Number((place.units * 1_000_000n) / total);
  }
  return [...places]
    .sort(([keyA, a], [keyB, b]) => b.sharePpm - a.sharePpm || compareText(keyA, keyB))
    .map(([, place]) => place);
}
