import type { Incident, Place } from '@gongjo/contract';
import { partsPerMillion } from './amount.ts';

export type PlaceKey = 'stop' | 'holder' | 'amount' | 'share' | 'since';
export interface PlaceOrder {
  readonly by: PlaceKey;
  readonly descending: boolean;
}

/** Places in the order a reader asks for. Amounts compare within their asset, as units of two assets have no order. */
export function sortPlaces(
  places: readonly Place[],
  order: PlaceOrder,
  words: { readonly stop: (place: Place) => string; readonly holder: (place: Place) => string },
): Place[] {
  const compare: Record<PlaceKey, (a: Place, b: Place) => number> = {
    stop: (a, b) => words.stop(a).localeCompare(words.stop(b)),
    holder: (a, b) => words.holder(a).localeCompare(words.holder(b)),
    amount: (a, b) => a.asset.localeCompare(b.asset) || compareUnits(a.units, b.units),
    share: (a, b) => a.sharePpm - b.sharePpm,
    since: (a, b) => a.since.localeCompare(b.since),
  };
  const sign = order.descending ? -1 : 1;
  return [...places].sort((a, b) => sign * compare[order.by](a, b));
}

function compareUnits(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** One piece of the bar "where is the money now": all of one asset that stands in one kind of place. */
export interface BarPart {
  readonly stop: Place['stop'];
  readonly units: string;
  readonly sharePpm: number;
}
export interface Bar {
  readonly asset: Incident['assets'][number];
  readonly total: string;
  readonly parts: readonly BarPart[];
}

/** Fixed order of the parts, what can still be stopped first; so a bar keeps its shape while it grows. */
const barOrder: readonly Place['stop'][] = [
  'service',
  'unspent',
  'limit',
  'small',
  'hub',
  'bridge',
  'mixer',
  'coinjoin',
  'burned',
  'fee',
  'mined',
  'before-ledger',
];

/** One bar for each asset in which value stands, the stolen assets first, in the order in which the incident names them. */
export function bars(incident: Pick<Incident, 'places' | 'assets' | 'stolen'>): Bar[] {
  const stolen = new Set(incident.stolen.map(({ asset }) => asset));
  const assets = [...incident.assets].sort((a, b) => Number(stolen.has(b.id)) - Number(stolen.has(a.id)));
  return assets.flatMap((asset): Bar[] => {
    const here = incident.places.filter((place) => place.asset === asset.id);
    const total = sum(here);
    if (total === 0n) return [];
    const parts = barOrder.flatMap((stop): BarPart[] => {
      const units = sum(here.filter((place) => place.stop === stop));
      return units === 0n ? [] : [{ stop, units: String(units), sharePpm: partsPerMillion(units, total) }];
    });
    return [{ asset, total: String(total), parts }];
  });
}

function sum(places: readonly Place[]): bigint {
  return places.reduce((total, place) => total + BigInt(place.units), 0n);
}
