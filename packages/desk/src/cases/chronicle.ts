import type { Text } from '@gongjo/contract';
import type { Directory } from '../directory/index.ts';
import type { Hop, Stop, Trace } from '../trace/index.ts';
import { type Happening, nothingElse } from './timeline.store.ts';

/** Followed value that came to where it stops: a service or a mixer that a tag names. */
export interface Arrival {
  readonly hop: Hop;
  readonly stop: Stop & { readonly tag: NonNullable<Stop['tag']> };
}

export function arrivals(trace: Trace): Arrival[] {
  const hops = new Map(trace.hops.map((hop) => [hop.id, hop]));
  return trace.stops
    .flatMap((stop) => {
      const { tag } = stop;
      if (!tag || (stop.kind !== 'service' && stop.kind !== 'mixer')) return [];
      const brought = joined(stop.hops.flatMap((id) => hops.get(id) ?? []));
      return brought.map((hop) => ({ hop, stop: { ...stop, tag } }));
    })
    .sort((a, b) => a.hop.id - b.hop.id);
}

/**
 * One for each movement: an output that several addresses paid is one thing that happened, told of the first of them with all
 * that they brought. Accounts pay alone.
 */
function joined(hops: readonly Hop[]): Hop[] {
  const found = new Map<string, Hop>();
  for (const hop of hops) {
    const key = keyOf(hop);
    const known = found.get(key);
    found.set(key, known ? { ...known, units: known.units + hop.units } : hop);
  }
  return [...found.values()];
}

function keyOf({ txid, ord, asset }: Hop): string {
  return [txid, ord, asset].join('|');
}

/** A holder's name: the directory's in both languages, else the tag's own label. */
export function holderName(directory: Directory, tag: { readonly actor: string | null; readonly label: string }): Text {
  return directory.nameOf(tag.actor) ?? { en: tag.label, ko: tag.label };
}

/** What a trace tells, as timeline entries; the same trace tells the same. Fees are left to the balance. */
export function chronicle(trace: Trace, directory: Directory): Happening[] {
  const arrivalOf = new Map(arrivals(trace).map((arrival) => [keyOf(arrival.hop), arrival]));
  const told: Happening[] = [];
  for (const hop of joined(trace.hops.filter(({ rule }) => rule !== 'fee'))) {
    const arrival = arrivalOf.get(keyOf(hop));
    const kind =
      hop.rule === 'swap' ? 'swapped' : arrival?.stop.kind === 'mixer' ? 'mixed' : arrival ? 'deposited' : 'moved';
    told.push({
      ...nothingElse,
      key: `hop|${keyOf(hop)}`,
      at: hop.time,
      kind,
      txid: hop.txid,
      address: hop.to,
      asset: hop.asset,
      units: hop.units.toString(),
      who: arrival ? holderName(directory, arrival.stop.tag) : null,
    });
  }
  if (trace.decoys.length > 0) {
    // Decoys are dated by the last step that was followed, so that the same trace tells the same as of any later block.
    const at = trace.hops.at(-1)?.time ?? trace.asOf.time;
    told.push({ ...nothingElse, key: 'decoys', at, kind: 'decoy', count: trace.decoys.length });
  }
  return told;
}
