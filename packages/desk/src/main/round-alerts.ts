import { type Arrival, arrivals, type StoredIncident } from '../cases/index.ts';
import type { Movement } from '../ledger/index.ts';
import type { Trace } from '../trace/index.ts';
import type { Hit, NewAlert } from '../watch/index.ts';
import type { RoundContext } from './round.ts';

/** Followed value came to a service or a mixer. */
export function arrivalAlerts(
  { directory, desk }: Pick<RoundContext, 'directory' | 'desk'>,
  incident: StoredIncident,
  trace: Trace,
): NewAlert[] {
  return arrivals(trace).map(({ hop, stop }: Arrival) => {
    const country = directory.countryOf(stop.tag.actor);
    return {
      ...placeOf(incident, hop),
      rule: stop.kind === 'mixer' ? 'mixer-entry' : 'deposit-to-service',
      urgency: country === desk.country ? 'act' : 'know',
      asset: assetOf(trace, hop.asset),
      service: { label: stop.tag.label, name: directory.nameOf(stop.tag.actor), country },
    };
  });
}

/** A partner's indicator moved money, and this desk's own ledger cannot follow the incident itself. */
export async function indicatorAlerts(
  { ledger }: Pick<RoundContext, 'ledger'>,
  incidents: readonly StoredIncident[],
  traces: ReadonlyMap<string, Trace>,
  hits: readonly Hit[],
): Promise<NewAlert[]> {
  const untraced = new Map(
    incidents.filter(({ id, traced }) => !traced && !traces.has(id)).map((incident) => [incident.id, incident]),
  );
  const moves = hits.filter(
    ({ incident, source, address, movement }) =>
      incident !== null &&
      untraced.has(incident) &&
      source === 'indicator' &&
      movement.from === address &&
      movement.units > 0n,
  );
  const assets = await ledger.assets([...new Set(moves.map(({ movement }) => movement.asset))]);
  return moves.flatMap(({ incident, movement }) => {
    const of = untraced.get(incident ?? '');
    if (!of) return [];
    const asset = assets.get(movement.asset) ?? { id: movement.asset, symbol: '?', decimals: 0 };
    return [{ ...placeOf(of, movement), rule: 'indicator-moved', urgency: 'know', asset, service: null }];
  });
}

/** What every alert says about the movement that it is about. */
function placeOf(
  { id, title, chain }: StoredIncident,
  at: Pick<Movement, 'txid' | 'ord' | 'height' | 'time' | 'from' | 'to' | 'units'>,
) {
  const { txid, ord, height, time, from, to, units } = at;
  return { incident: { id, title }, chain, txid, ord, height, blockTime: time, from, to, units: units.toString() };
}

function assetOf(trace: Trace, id: Movement['asset']) {
  return trace.assets.find((asset) => asset.id === id) ?? { id, symbol: '?', decimals: 0 };
}
