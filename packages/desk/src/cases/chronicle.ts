import type { Text } from '@gongjo/contract';
import type { Directory } from '../directory/index.ts';
import { endsReached, type Hop, hopKey, joinedHops, type Stop, type Trace } from '../trace/index.ts';
import { type Happening, nothingElse } from './timeline.store.ts';

/** Followed value that came to where it stops: a service or a mixer that a tag names. */
interface Arrival {
  readonly hop: Hop;
  readonly stop: Stop & { readonly tag: NonNullable<Stop['tag']> };
}

const services: ReadonlySet<Stop['kind']> = new Set(['service', 'mixer']);

function arrivals(trace: Trace): Arrival[] {
  return endsReached(trace, services).flatMap(({ hop, stop }) => {
    const { tag } = stop;
    return tag ? [{ hop, stop: { ...stop, tag } }] : [];
  });
}

/** A holder's name: the directory's in both languages, else the tag's own label. */
export function holderName(directory: Directory, tag: { readonly actor: string | null; readonly label: string }): Text {
  return directory.nameOf(tag.actor) ?? { en: tag.label, ko: tag.label };
}

/** What a trace tells, as timeline entries; the same trace tells the same. Fees are left to the balance. */
export function chronicle(trace: Trace, directory: Directory): Happening[] {
  const arrivalOf = new Map(arrivals(trace).map((arrival) => [hopKey(arrival.hop), arrival]));
  const told: Happening[] = [];
  for (const hop of joinedHops(trace.hops.filter(({ rule }) => rule !== 'fee'))) {
    const arrival = arrivalOf.get(hopKey(hop));
    const kind =
      hop.rule === 'swap' ? 'swapped' : arrival?.stop.kind === 'mixer' ? 'mixed' : arrival ? 'deposited' : 'moved';
    told.push({
      ...nothingElse,
      key: `hop|${hopKey(hop)}`,
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
