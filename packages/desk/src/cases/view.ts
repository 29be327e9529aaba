import type { Address, Incident, IncidentDetail, Place, Tag } from '@gongjo/contract';
import type { Directory } from '../directory/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Db } from '../platform/index.ts';
import { countAlerts } from '../watch/index.ts';
import {
  findIncident,
  listStoredIncidents,
  readSummaries,
  readTrace,
  type StoredIncident,
  type TraceSummary,
} from './incident.store.ts';
import { readTimeline } from './timeline.store.ts';
import { countryOf } from './totals.ts';

/** Newest first. */
export async function listIncidents(db: Db, directory: Directory): Promise<Incident[]> {
  const incidents = await listStoredIncidents(db);
  const summaries = await readSummaries(db);
  const alerts = await countAlerts(db);
  return incidents.map((stored) =>
    summary(stored, summaries.get(stored.id) ?? null, alerts.get(stored.id) ?? 0, directory),
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
  const trace = await readTrace(db, id);
  const summaries = await readSummaries(db, id);
  const alerts = await countAlerts(db, id);
  const addresses = new Set<Address>(trace?.hops.flatMap(({ from, to }) => [from ?? [], to ?? []].flat()));
  const tags = await ledger.tags(stored.chain, [...addresses]);
  return {
    ...summary(stored, summaries.get(id) ?? null, alerts.get(id) ?? 0, directory),
    timeline: await readTimeline(db, id),
    trace,
    tags: [...tags.values()].flat(),
  };
}

function summary(
  stored: StoredIncident,
  kept: TraceSummary | null,
  alertCount: number,
  directory: Directory,
): Incident {
  const { looked: _, traced: __, revisedAt: ___, recalledAt, ...facts } = stored;
  return {
    ...facts,
    occurredAt: kept?.occurredAt ?? stored.occurredAt ?? null,
    stolen: kept?.stolen ?? [],
    places: kept?.places.map(({ tag, ...place }) => ({ ...place, holder: tag && holderOf(directory, tag) })) ?? [],
    assets: kept?.assets ?? [],
    alertCount,
    waitingFor: kept ? null : 'transaction',
    ...(recalledAt === null ? {} : { recalledAt }),
  };
}

function holderOf(directory: Directory, tag: Tag): NonNullable<Place['holder']> {
  const { holder } = tag;
  return {
    tag,
    // An actor pack knows one name for every language.
    name: directory.nameOf(tag.actor) ?? (holder ? { en: holder.name, ko: holder.name } : null),
    country: countryOf(directory, tag),
  };
}
