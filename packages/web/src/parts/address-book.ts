import type { IncidentDetail, Text } from '@gongjo/contract';
import { createContext, use } from 'react';
import { lookAlikes } from '../format/address.ts';

/** What a page knows of the addresses on it: who they are, and which ones a person could take for another. */
export interface AddressBook {
  readonly names: ReadonlyMap<string, Text>;
  readonly differsAt: ReadonlyMap<string, number>;
}

export const emptyBook: AddressBook = { names: new Map(), differsAt: new Map() };
export const AddressBookContext = createContext<AddressBook>(emptyBook);
export const useAddressBook = (): AddressBook => use(AddressBookContext);

export function bookOf({ places, tags, trace, timeline }: IncidentDetail): AddressBook {
  const names = new Map<string, Text>(tags.map(({ address, label }) => [address, { en: label, ko: label }]));
  for (const { address, holder } of places) {
    if (address !== null && holder !== null)
      names.set(address, holder.name ?? { en: holder.tag.label, ko: holder.tag.label });
  }
  const seen: (string | null)[] = [
    ...places.map(({ address }) => address),
    ...timeline.map(({ address }) => address),
    ...(trace?.hops ?? []).flatMap(({ from, to }) => [from, to]),
    ...(trace?.decoys ?? []).flatMap(({ from, to, imitates }) => [from, to, imitates]),
  ];
  return { names, differsAt: lookAlikes(seen.filter((address) => address !== null)) };
}
