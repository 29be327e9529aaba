import type { Hop, Stop, Trace } from './model.ts';

/** Followed value that came to where it stops: what a tag names, or a CoinJoin by its shape. */
export interface EndReached {
  readonly hop: Hop;
  readonly stop: Stop;
}

/** Value that came to a stop of these kinds, once for each movement, in the order of hops. */
export function endsReached(trace: Pick<Trace, 'hops' | 'stops'>, kinds: ReadonlySet<Stop['kind']>): EndReached[] {
  const hops = new Map(trace.hops.map((hop) => [hop.id, hop]));
  return trace.stops
    .filter(({ kind }) => kinds.has(kind))
    .flatMap((stop) => joinedHops(stop.hops.flatMap((id) => hops.get(id) ?? [])).map((hop) => ({ hop, stop })))
    .sort((a, b) => a.hop.id - b.hop.id);
}

/**
 * One for each movement: an output that several addresses paid is one thing that happened, told of the first of them with all
 * that they brought. Accounts pay alone.
 */
export function joinedHops(hops: readonly Hop[]): Hop[] {
  const found = new Map<string, Hop>();
  for (const hop of hops) {
    const key = hopKey(hop);
    const known = found.get(key);
    found.set(key, known ? { ...known, units: known.units + hop.units } : hop);
  }
  return [...found.values()];
}

export function hopKey({ txid, ord, asset }: Hop): string {
  return [txid, ord, asset].join('|');
}
