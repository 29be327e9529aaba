import type { FoundThing } from '@gongjo/contract';
import type { Key } from '../../parts/sort-rows.ts';

export const thingColumns = ['written', 'chain', 'known', 'tags', 'watched', 'incidents', 'alerts'] as const;
export type ThingColumn = (typeof thingColumns)[number];

/** What a thing is called: as it is canonical, or, of what is none, as it was written. */
export function thingText(thing: FoundThing): string {
  return thing.as === 'address' ? thing.address : thing.as === 'transaction' ? thing.txid : thing.text;
}

/** What a column sorts by; of a fault nothing is known. */
export function thingKey(thing: FoundThing, column: ThingColumn): Key {
  if (thing.as === 'fault') return column === 'written' ? thing.text : column === 'chain' ? thing.coin : null;
  return {
    written: thingText(thing),
    chain: thing.chain,
    known: Number(thing.known),
    tags: thing.tags.length,
    watched: thing.watched.length,
    incidents: thing.incidents.length,
    alerts: thing.alerts,
  }[column];
}
