import type { DeskCard, Instant } from '@gongjo/contract';
import type { Directory } from '../directory/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { alertsOf } from '../watch/index.ts';
import { findIncident, listStoredIncidents, partsOf, readSummaries, type StoredIncident } from './incident.store.ts';
import { mainOf } from './match.ts';
import { type MeasureFacts, measure, type Warning } from './measure.ts';
import { listNotices } from './notice.store.ts';
import { agencyName, agencyNamed } from './notice.ts';
import { freezerOf } from './totals.ts';

/** Measures are shown of this many incidents, the newest; older ones stay in the record. */
const measuredMax = 500;

export interface MeasureContext {
  readonly directory: Directory;
  readonly desk: Pick<DeskCard, 'desk' | 'name' | 'country' | 'timeZone'>;
  /** Which country's desk had indicators of these incidents, and since when. */
  readonly warnings: (db: Db, incidents: readonly string[]) => Promise<readonly Warning[]>;
}

/** Measures of one incident with its parts, or of the newest. Throws `not-found`. */
export async function measureIncidents(db: Db, context: MeasureContext, incident?: string) {
  const mains = incident === undefined ? await newestMains(db) : [await mainNamed(db, incident)];
  const measured = [];
  for (const main of mains) measured.push(measure(await factsOf(db, context, main)));
  return measured;
}

async function newestMains(db: Db): Promise<StoredIncident[]> {
  const all = await listStoredIncidents(db);
  return all.filter(({ mainId, recalledAt }) => mainId === undefined && recalledAt === null).slice(0, measuredMax);
}

async function mainNamed(db: Db, id: string): Promise<StoredIncident> {
  const found = await findIncident(db, id);
  const main = found && (await findIncident(db, mainOf(found)));
  if (!main) throw new GongjoError('not-found');
  return main;
}

async function factsOf(
  db: Db,
  { directory, desk, warnings }: MeasureContext,
  main: StoredIncident,
): Promise<MeasureFacts> {
  const parts = await partsOf(db, main.id);
  const ids = parts.map(({ id }) => id);
  const kept = (await Promise.all(ids.map((id) => readSummaries(db, id)))).flatMap((it) => [...it.values()]);
  const said = parts.flatMap(({ occurredAt }) => occurredAt ?? []);
  const detected = parts.flatMap(({ detectedAt }) => detectedAt ?? []).sort();
  return {
    incident: { id: main.id, title: main.title, drill: main.drill === true },
    parts: ids,
    country: desk.country,
    // The chain's word is better than anybody's.
    occurredAt: kept.flatMap((it) => it.occurredAt ?? []).sort()[0] ?? said.sort()[0] ?? null,
    detectedAt: detected[0] ?? null,
    reportedAt: main.reportedAt ?? main.openedAt,
    agencies: await toldAgencies(db, { desk, book: directory.book }, main.id),
    deposits: (await alertsOf(db, ids, 'deposit-to-service')).map((alert) => ({
      ...{ chain: alert.chain, txid: alert.txid, from: alert.from, to: alert.to, at: alert.blockTime },
      place: alert.service?.name ?? (alert.service && { en: alert.service.label, ko: alert.service.label }),
      country: alert.service?.country ?? null,
      asset: alert.asset.id,
      units: BigInt(alert.units),
      raisedAt: alert.raisedAt,
    })),
    warnings: await warnings(db, ids),
    places: kept.flatMap(({ places }) =>
      places.map(({ stop, tag, asset, units }) => {
        const freezer = freezerOf({ kind: stop, asset, tag }, directory);
        return { asset, units: BigInt(units), freezable: freezer === 'holder' || freezer === 'issuer' };
      }),
    ),
    held: [],
  };
}

/** Each agency once: told as soon as one way to it worked. A way that was dropped tells nothing. */
async function toldAgencies(
  db: Db,
  reach: Parameters<typeof agencyName>[0],
  incident: string,
): Promise<MeasureFacts['agencies']> {
  const notices = (await listNotices(db, { incident })).filter(({ state }) => state !== 'dropped');
  const first = (times: readonly (Instant | null)[]) => times.filter((it) => it !== null).sort()[0] ?? null;
  return [...Map.groupBy(notices, ({ agency }) => agency)]
    .map(([agency, some]) => ({
      agency,
      name: agencyName(reach, agency),
      country: agencyNamed(reach, agency)?.country ?? '',
      dueAt: first(some.map(({ at }) => at)) ?? '',
      toldAt: first(some.map(({ sentAt, deliveredAt, acknowledgedAt }) => sentAt ?? deliveredAt ?? acknowledgedAt)),
      acknowledgedAt: first(some.map(({ acknowledgedAt }) => acknowledgedAt)),
    }))
    .sort((a, b) => (a.dueAt === b.dueAt ? (a.agency < b.agency ? -1 : 1) : a.dueAt < b.dueAt ? -1 : 1));
}
