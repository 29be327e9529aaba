import type { Text, Trace } from '@gongjo/contract';
import { lookAlikes } from '../../format/address.ts';
import type { AddressBook } from '../../parts/address-book.ts';

/** What a trace itself says of the addresses in it. */
export function bookOfTrace(traces: readonly Trace[]): AddressBook {
  const names = new Map<string, Text>();
  const seen = new Set<string>();
  for (const { stops, hops, decoys } of traces) {
    for (const { address, tag } of stops)
      if (address !== null && tag !== null) names.set(address, { en: tag.label, ko: tag.label });
    for (const { from, to } of hops) for (const address of [from, to]) if (address !== null) seen.add(address);
    for (const { from, to, imitates } of decoys)
      for (const address of [from, to, imitates]) if (address !== null) seen.add(address);
  }
  return { names, differsAt: lookAlikes(seen) };
}
