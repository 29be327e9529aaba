import type { Alert } from '@gongjo/contract';
import type { StoredIncident } from '../cases/index.ts';
import type { Db } from '../platform/index.ts';
import { basisOf, incidentObjects, type Party, release, sightingOf, subjectsOf } from '../sharing/index.ts';
import type { StixObject } from '../stix/index.ts';
import type { Trace } from '../trace/index.ts';
import type { RoundContext } from './round.ts';

/**
 * The addresses and transactions of an incident that these partners have been told, or refused, on this basis. It is
 * remembered in memory alone: it saves building thousands of objects in every block only to find them decided already.
 */
export interface Told {
  readonly basis: string;
  readonly subjects: ReadonlySet<string>;
}

/** What an incident has to tell, ready to be decided. */
export interface Prepared {
  readonly objects: readonly StixObject[];
  /** The partners that it was prepared for. */
  readonly partners: readonly Party[];
  /** What is known once it has been decided; null for a partner's incident. */
  readonly told: Told | null;
}

export async function prepare(
  context: RoundContext,
  incident: StoredIncident,
  trace: Trace,
  partners: readonly Party[],
): Promise<Prepared> {
  if (incident.origin) return { objects: [], partners, told: null };
  const { ledger, desk } = context;
  const basis = partners.map((partner) => `${partner.id} ${basisOf(context, partner)}`).join('\n');
  const before = context.told.get(incident.id);
  const known = before?.basis === basis ? before.subjects : new Set<string>();
  const addresses = new Set(trace.hops.flatMap(({ to }) => (to && !known.has(to) ? [to] : [])));
  const services = await ledger.tags(incident.chain, [...addresses]);
  const objects = incidentObjects(desk, incident, trace, services, known);
  return { objects, partners, told: { basis, subjects: subjectsOf(trace) } };
}

/** Our own incident goes to every partner as policy allows; of a partner's incident we tell that partner what we saw. */
export async function share(
  tx: Db,
  context: RoundContext,
  incident: StoredIncident,
  { objects, partners: prepared }: Prepared,
  partners: readonly Party[],
  raised: readonly Alert[],
): Promise<Set<string>> {
  const { origin } = incident;
  if (!origin) {
    // Whoever became a partner, or another kind of partner, in the meantime gets everything in the next round.
    const same = (partner: Party) =>
      prepared.some((it) => it.id === partner.id && basisOf(context, it) === basisOf(context, partner));
    return release(tx, context, {
      incident: incident.id,
      objects,
      to: partners.filter(same),
      purpose: 'investigation',
    });
  }
  const sightings: StixObject[] = [];
  for (const alert of raised) sightings.push(...(await sightingOf(tx, context.desk, incident, alert)));
  if (sightings.length === 0) return new Set();
  const to = partners.filter(({ id }) => id === origin.desk);
  return release(tx, context, { incident: incident.id, objects: sightings, to, purpose: 'warning' });
}
