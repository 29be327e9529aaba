import { recallReasons } from '@gongjo/contract';
import {
  addIncident,
  countTold,
  findReport,
  type Happening,
  nothingElse,
  originsOf,
  reviseIncident,
  takeOverIncident,
  takeReport,
  tell,
} from '../cases/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import { addressOn, txIdOn } from '../ledger/index.ts';
import type { Db } from '../platform/index.ts';
import {
  chainOf,
  type IncidentFacts,
  incidentOf,
  type StixObject,
  tlpOf,
  walletPatternAddresses,
} from '../stix/index.ts';
import type { AdmittedObject } from './admit.ts';
import { adoptCases } from './adopt-case.ts';
import { adoptHoldDesk } from './adopt-hold-desk.ts';
import { adoptRequests } from './adopt-request.ts';
import { isBy } from './claims.ts';
import type { Source } from './examine.ts';
import { adoptHolds } from './hold.ts';
import { earlierVersions, findObjects, releasedIncidents } from './object.store.ts';
import type { Party, SharingContext } from './party.ts';
import { takeRecall } from './recall.ts';
import { rewatch, watchAnew, watchLinked, watchNamed } from './watching.ts';

/** A partner's sightings of one incident that its timeline tells; more would only bury the rest of it. */
const sightingsToldMax = 500;

/** The incident that objects are about: the one among them, or the one that their relationships point to. */
export function incidentIn(objects: readonly StixObject[]): string | null {
  for (const object of objects) if (object.type === 'incident') return object.id;
  for (const object of objects)
    if (object.type === 'relationship' && String(object.target_ref).startsWith('incident--'))
      return String(object.target_ref);
  return null;
}

/** An incident that names what is no transaction of its chain cannot be followed. */
export function incidentFault(object: StixObject): GongjoError | null {
  const incident = incidentOf(object);
  if (!incident || txidsOf(incident)) return null;
  return new GongjoError('bundle-invalid', { path: object.id, detail: 'not a transaction of its chain' });
}

function txidsOf({ chain, txids }: IncidentFacts) {
  const known = txids.map((txid) => txIdOn(chain, txid));
  return known.includes(null) ? null : known.filter((txid) => txid !== null);
}

/** What is no address of the chain is left out: it is shown and compared, nothing follows from it. */
function addressesOf(chain: IncidentFacts['chain'], named: NonNullable<IncidentFacts['addresses']>) {
  return named.flatMap(({ address, role }) => {
    const known = addressOn(chain, address);
    return known ? [{ address: known, role }] : [];
  });
}

/**
 * What admitted objects change here. Of a desk's: an incident is followed, an indicator is watched, a sighting is told. Of
 * anybody's: what is revoked is used no more. Answers our incident that a sighting is about.
 */
export async function adopt(
  tx: Db,
  context: SharingContext,
  source: Source,
  admitted: readonly AdmittedObject[],
): Promise<string | null> {
  const { party } = source;
  const objects = admitted.map(({ sealed }) => sealed.object);
  const added = admitted.filter(({ became }) => became === 'added').map(({ sealed }) => sealed.object);
  if (party.kind === 'desk') {
    await adoptIncidents(tx, context, party, added);
    await adoptHolds(tx, context, party, added);
  }
  if (source.via === 'account') await reportIncidents(tx, context, party, added);
  const relationships = objects.filter(({ type }) => type === 'relationship');
  await watchLinked(
    tx,
    party.id,
    relationships.filter(({ revoked }) => revoked !== true),
  );
  const live = added.filter(
    ({ revoked, type }) => revoked !== true && (type === 'indicator' || type === 'relationship'),
  );
  await rewatch(tx, party.id, await earlierVersions(tx, party.id, live));
  await watchNamed(
    tx,
    context.clock,
    party.id,
    added.filter(({ type }) => type === 'indicator').map(({ id }) => id),
  );
  const revoked = added.filter(({ id, revoked: is }) => is === true && !source.recalling?.has(id));
  if (revoked.length > 0)
    await takeRecall(
      tx,
      context,
      { id: party.id, name: party.name, delivery: source.delivery },
      {
        recall: context.random.uuid(),
        reason: recallReasons.revoked,
        objects: revoked.map(({ id, modified }) => ({ id, modified: typeof modified === 'string' ? modified : null })),
      },
    );
  if (party.kind !== 'desk') return null;
  const news = admitted.filter(({ became }) => became === 'added');
  await adoptCases(tx, context, party, news);
  await adoptRequests(tx, context, party, news);
  await adoptHoldDesk(tx, context, party, news);
  return adoptSightings(
    tx,
    context,
    party,
    objects.filter(({ type }) => type === 'sighting'),
  );
}

async function adoptIncidents(
  tx: Db,
  { clock }: SharingContext,
  partner: Party,
  objects: readonly StixObject[],
): Promise<void> {
  for (const object of objects) {
    const incident = incidentOf(object);
    const txids = incident && txidsOf(incident);
    const tlp = tlpOf(object);
    if (!incident || !txids || tlp === null || tlp === 'conflict' || object.revoked === true) continue;
    const { id, chain, kind, title } = incident;
    const { detectedAt, reportedAt, addresses, amounts, drill, mainId } = incident;
    const facts = {
      ...{ chain, txids, kind, title, tlp, victim: null, via: 'stix' as const },
      origin: { desk: partner.id, name: partner.name },
      ...(detectedAt && { detectedAt }),
      ...(reportedAt && { reportedAt }),
      ...(addresses && { addresses: addressesOf(chain, addresses) }),
      ...(amounts && { amounts: [...amounts] }),
      ...(drill && { drill }),
      ...(mainId && { mainId }),
    };
    const at = instant(clock.now());
    const told = { ...nothingElse, at, who: partner.name };
    if (await addIncident(tx, clock, id, facts)) await tell(tx, id, [{ ...told, key: 'received', kind: 'received' }]);
    else if (isBy(object, partner) && (await isPassedOn(tx, partner, id))) {
      await takeOverIncident(tx, clock, id, facts);
      await tell(tx, id, [{ ...told, key: `received|${partner.id}`, kind: 'received' }]);
      await watchAnew(tx, partner.id, [id]);
    } else if (await reviseIncident(tx, clock, id, facts))
      await tell(tx, id, [{ ...told, key: `revised|${String(object.modified)}`, kind: 'revised' }]);
  }
}

/** It is here as another partner passed it on. */
async function isPassedOn(tx: Db, partner: Party, id: string): Promise<boolean> {
  const origin = (await originsOf(tx, [id])).get(id) ?? null;
  return origin !== null && origin !== partner.id;
}

/**
 * What a TAXII account – an exchange, say – writes of an incident is a report: it becomes an incident of this desk, or joins the
 * one that is here. The object's identifier is the reporter's number, so that a new version of it is the same report.
 */
async function reportIncidents(
  tx: Db,
  { clock, random }: SharingContext,
  party: Party,
  objects: readonly StixObject[],
): Promise<void> {
  for (const object of objects) {
    const incident = incidentOf(object);
    const txids = incident && txidsOf(incident);
    const tlp = tlpOf(object) ?? 'amber';
    if (!incident || !txids || tlp === 'conflict' || object.revoked === true) continue;
    if (await findReport(tx, party.id, { reference: object.id })) continue;
    const { chain, kind, title, occurredAt, detectedAt, addresses, amounts, drill } = incident;
    await takeReport(
      tx,
      { clock, random },
      {
        ...{ chain, txids, kind, title, tlp },
        reporter: { organisation: party.name.en },
        ...(occurredAt && { occurredAt }),
        ...(detectedAt && { detectedAt }),
        ...(addresses && { addresses: addressesOf(chain, addresses) }),
        ...(amounts && { amounts: [...amounts] }),
        ...(drill && { drill }),
      },
      { by: party.id, via: 'stix', reference: object.id },
    );
  }
}

/** A partner saw, at a service in its country, what an object that we released to it describes. */
async function adoptSightings(
  tx: Db,
  { clock, desk }: SharingContext,
  partner: Party,
  sightings: readonly StixObject[],
): Promise<string | null> {
  if (sightings.length === 0) return null;
  const refs = sightings.map((sighting) => String(sighting.sighting_of_ref));
  const incidents = await releasedIncidents(tx, partner.id, desk.desk, refs);
  const seen = await findObjects(tx, desk.desk, [...incidents.keys()]);
  const told = new Map<string, Happening[]>();
  for (const sighting of sightings) {
    const ref = String(sighting.sighting_of_ref);
    const object = seen.get(ref);
    const incident = incidents.get(ref);
    if (!object || !incident || sighting.revoked === true) continue;
    const chain = chainOf(object);
    const [text] = (object.type === 'indicator' && walletPatternAddresses(String(object.pattern))) || [];
    const happening: Happening = {
      ...nothingElse,
      key: `${sightedBy(partner)}${sighting.id}`,
      at: instant(clock.now()),
      kind: 'sighted',
      who: partner.name,
      address: chain && text !== undefined ? addressOn(chain, text) : null,
    };
    told.set(incident, [...(told.get(incident) ?? []), happening]);
  }
  for (const [incident, happenings] of told) {
    const room = sightingsToldMax - (await countTold(tx, incident, sightedBy(partner)));
    await tell(tx, incident, happenings.slice(0, Math.max(0, room)));
  }
  return [...told.keys()].at(-1) ?? null;
}

const sightedBy = ({ id }: Party) => `sighted|${id}|`;
