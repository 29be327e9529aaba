import type { FoundThing } from '@gongjo/contract';

export const thingColumns = ['written', 'chain', 'known', 'tags', 'watched', 'incidents', 'alerts'] as const;
export type ThingColumn = (typeof thingColumns)[number];

/** What a thing is called: as it is canonical, or, of what is none, as it was written. */
export function thingText(thing: FoundThing): string {
  return thing.as === 'address' ? thing.address : thing.as === 'transaction' ? thing.txid : thing.text;
}

/** By what a column sorts. */
export function sortKey(thing: FoundThing, column: ThingColumn): string | number {
  if (thing.as === 'fault') return column === 'written' ? thing.text : column === 'chain' ? thing.coin : -1;
  switch (column) {
    case 'written':
      return thingText(thing);
    case 'chain':
      return thing.chain;
    case 'known':
      return thing.known ? 1 : 0;
    case 'tags':
      return thing.tags.length;
    case 'watched':
      return thing.watched.length;
    case 'incidents':
      return thing.incidents.length;
    case 'alerts':
      return thing.alerts;
  }
}

export function sortThings(things: readonly FoundThing[], by: ThingColumn, descending: boolean): readonly FoundThing[] {
  const sign = descending ? -1 : 1;
  const keyed = things.map((thing, index) => ({ thing, index, key: sortKey(thing, by) }));
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  return keyed.sort((a, b) => sign * compare(a.key, b.key) || a.index - b.index).map(({ thing }) => thing);
}
