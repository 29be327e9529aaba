import type { Address, Incident, IncidentDetail, Place, Tag } from '@gongjo/contract';
import type { Directory } from '../directory/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Db } from '../platform/index.ts';
import { countAlerts } from '../watch/index.ts';
import { findIncident, type KeptTrace, listStoredIncidents, readTrace, type StoredIncident } from './incident.store.ts';
import { readTimeline } from './timeline.store.ts';

export async function listIncidents(db: Db, directory: Directory): Promise<Incident[]> {
  return Promise.all(
    (await listStoredIncidents(db)).map(async (stored) =>
      summary(stored, await readTrace(db, stored.id), await countAlerts(db, stored.id), directory),
    ),
  );
}

export async function incidentDetail(
  db: Db,
  ledger: Ledger,
  directory: Directory,
  id: string,
): Promise<IncidentDetail> {
  const stored = await findIncident(db, id);
  if (!stored) throw new GongjoError('not-found');
  const kept = await readTrace(db, id);
  const addresses = new Set<Address>(kept?.body.hops.flatMap(({ from, to }) => (to ? [from, to] : [from])));
  const tags = await ledger.tags(stored.chain, [...addresses]);
  return {
    ...summary(stored, kept, await countAlerts(db, id), directory),
    timeline: await readTimeline(db, id),
    trace: kept?.body ?? null,
    tags: [...tags.values()].flat(),
  };
}

function summary(stored: StoredIncident, kept: KeptTrace | null, alertCount: number, directory: Directory): Incident {
  const { looked: _, traced: __, ...facts } = stored;
  const trace = kept?.body;
  return {
    ...facts,
    occurredAt: trace?.hops[0]?.time ?? null,
    stolen: trace?.balances.filter(({ lead }) => lead !== '0').map(({ asset, lead }) => ({ asset, units: lead })) ?? [],
    places: kept?.places.map(({ tag, ...place }) => ({ ...place, holder: tag && holderOf(directory, tag) })) ?? [],
    assets: trace?.assets ?? [],
    alertCount,
    waitingFor: trace ? null : 'transaction',
  };
}

function holderOf(directory: Directory, tag: Tag): NonNullable<Place['holder']> {
  return { tag, name: directory.nameOf(tag.actor), country: directory.countryOf(tag.actor) };
}
