import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Address, ChainId, Problem, Reason } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { addIncident, countTold, type Happening, nothingElse, originsOf, tell } from '../cases/index.ts';
import { detailOf, GongjoError, instant } from '../kernel/index.ts';
import { addressOn, txIdOn } from '../ledger/index.ts';
import { type Db, type Records, sha256Hex } from '../platform/index.ts';
import { decide } from '../policy/index.ts';
import {
  chainOf,
  type IncidentFacts,
  incidentOf,
  readObjects,
  type StixObject,
  tlpOf,
  walletPatternAddresses,
} from '../stix/index.ts';
import { watchToo } from '../watch/index.ts';
import { addDelivery, boundQuarantine, findDelivery } from './delivery.store.ts';
import { findObjects, keepObjects, releasedIncidents, type SealedObject, seal, sharedObject } from './object.store.ts';
import { type Party, partnerFacts, type SharingContext } from './release.ts';

/** Twice what a desk of ours sends at once. A partner that has more sends it in parts, and others have their turn between. */
const objectsPerDeliveryMax = 1000;

/** A delivery is about one incident, or a few; each of these is followed from now on. */
const incidentsPerDeliveryMax = 100;

/** Judged in some ten milliseconds. */
const objectsPerTurn = 50;

/** A partner's sightings of one incident that its timeline tells; more would only bury the rest of it. */
const sightingsToldMax = 500;

/** A bundle whose sender and signature have been checked. `envelope` is the text that was signed. */
export interface Incoming {
  readonly partner: Party;
  readonly id: string;
  readonly envelope: string;
  readonly signature: string;
}

export interface Received {
  /** The signed receipt. */
  readonly receipt: string;
  readonly objectCount: number;
  /** It was here already. */
  readonly repeated: boolean;
}

/** What this desk says it holds now; signed, it is the receipt that both sides keep. */
export interface ReceiptFacts {
  readonly delivery: string;
  readonly from: string;
  readonly by: string;
  readonly receivedAt: string;
  readonly envelopeSha256: string;
  readonly objects: readonly {
    readonly id: string;
    readonly modified: string | null;
    readonly tlp: string | null;
    readonly sha256: string;
  }[];
}

/**
 * Admits a bundle whole or not at all, once: the same delivery again gets the same receipt. What fails is kept in quarantine
 * with its reason, changes nothing else, and is thrown as the problem that the sender is told.
 */
export async function receive(
  records: Records,
  context: SharingContext,
  incoming: Incoming,
  signReceipt: (facts: ReceiptFacts) => Promise<string>,
): Promise<Received> {
  try {
    const before = await receivedBefore(records, incoming);
    if (before) return before;
    const examined = await examine(context, incoming);
    return await records.transaction(
      async (tx) => (await receivedBefore(tx, incoming)) ?? admit(tx, context, incoming, examined, signReceipt),
    );
  } catch (thrown) {
    if (!(thrown instanceof GongjoError)) throw thrown;
    if (thrown.code !== 'delivery-conflict') await quarantine(records, context, incoming, thrown.problem);
    throw thrown;
  }
}

/** Keeps, as evidence, a bundle that was not admitted. The sender is an authenticated partner; nobody else gets this far. */
export async function quarantine(
  records: Records,
  { clock }: SharingContext,
  incoming: Incoming,
  problem: Problem,
): Promise<void> {
  await records.transaction(async (tx) => {
    const id = `${incoming.id}:${sha256Hex(`${incoming.envelope}\n${incoming.signature}`)}`;
    if (await findDelivery(tx, incoming.partner.desk, 'in', id)) return;
    await addDelivery(tx, clock, {
      id,
      direction: 'in',
      partner: incoming.partner.desk,
      incident: null,
      state: 'quarantined',
      envelope: incoming.envelope,
      signature: incoming.signature,
      problem,
      reasons: [],
      objects: [],
    });
    await boundQuarantine(tx, incoming.partner.desk);
    await recordAudit(tx, clock, {
      actor: `desk:${incoming.partner.desk}`,
      action: 'sharing.quarantined',
      subject: incoming.id,
      details: { problem: problem.code },
    });
  });
}

/** The receipt of a delivery that is here already. Throws `delivery-conflict` where it came with other content. */
async function receivedBefore(db: Db, { partner, id, envelope }: Incoming): Promise<Received | null> {
  const before = await findDelivery(db, partner.desk, 'in', id);
  if (!before?.receipt) return null;
  if (before.envelopeSha256 !== sha256Hex(envelope)) throw new GongjoError('delivery-conflict', { delivery: id });
  return { receipt: before.receipt.jws, objectCount: before.objects.length, repeated: true };
}

/** A bundle that is valid and that policy lets in, with the reasons. */
interface Examined {
  readonly sealed: readonly SealedObject[];
  readonly reasons: readonly Reason[];
}

/** Takes no transaction and gives way now and then: whatever a partner sends, others are answered meanwhile. */
async function examine(context: SharingContext, { partner, envelope }: Incoming): Promise<Examined> {
  const sealed = readEnvelope(envelope);
  const reasons = new Map<string, Reason>();
  for (const [index, { object }] of sealed.entries()) {
    if (index % objectsPerTurn === 0) await nextTurn();
    for (const reason of judge(context, partner, object)) reasons.set(reason.policy, reason);
  }
  return { sealed, reasons: [...reasons.values()] };
}

async function admit(
  tx: Db,
  context: SharingContext,
  incoming: Incoming,
  { sealed, reasons }: Examined,
  signReceipt: (facts: ReceiptFacts) => Promise<string>,
): Promise<Received> {
  const { clock, desk } = context;
  const { partner, id, envelope, signature } = incoming;
  const envelopeSha256 = sha256Hex(envelope);
  const conflicts = await keepObjects(tx, clock, partner.desk, incidentIn(sealed), sealed);
  if (conflicts[0]) throw new GongjoError('object-conflict', { id: conflicts[0].id });

  const receivedAt = instant(clock.now());
  const objects = sealed.map(sharedObject);
  const receipt = await signReceipt({
    delivery: id,
    from: partner.desk,
    by: desk.desk,
    receivedAt,
    envelopeSha256,
    objects: objects.map((object) => ({
      id: object.id,
      modified: object.modified,
      tlp: object.tlp,
      sha256: object.sha256,
    })),
  });
  const sighted = await adopt(tx, context, partner, sealed);
  await addDelivery(tx, clock, {
    id,
    direction: 'in',
    partner: partner.desk,
    incident: incidentIn(sealed) ?? sighted,
    state: 'admitted',
    envelope,
    signature,
    reasons: [...reasons],
    objects,
    receipt: { at: receivedAt, by: desk.desk, jws: receipt },
  });
  await recordAudit(tx, clock, {
    actor: `desk:${partner.desk}`,
    action: 'sharing.admitted',
    subject: id,
    details: { objects: objects.length, envelopeSha256 },
  });
  return { receipt, objectCount: objects.length, repeated: false };
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null;
}

function readEnvelope(envelope: string): SealedObject[] {
  let json: unknown;
  try {
    json = JSON.parse(envelope);
  } catch (thrown) {
    throw new GongjoError('bundle-invalid', { path: '', detail: detailOf(thrown) });
  }
  const given = isRecord(json) && Array.isArray(json.objects) ? json.objects.length : 0;
  if (given > objectsPerDeliveryMax)
    throw new GongjoError('bundle-invalid', { path: '/objects', detail: `more than ${objectsPerDeliveryMax}` });
  const { objects, findings } = readObjects(json);
  if (findings[0]) throw new GongjoError('bundle-invalid', { path: findings[0].path, detail: findings[0].detail });
  if (objects.length === 0) throw new GongjoError('bundle-invalid', { path: '/objects', detail: 'there are none' });
  return objects.map(seal);
}

/** Objects that describe the format itself carry no marking and no case: STIX 2.1 leaves them unmarked. */
const unmarkedTypes: ReadonlySet<string> = new Set(['marking-definition']);

function judge({ policies, desk }: SharingContext, partner: Party, object: StixObject) {
  const tlp = tlpOf(object);
  if (tlp === null && unmarkedTypes.has(object.type)) return [];
  if (tlp === null || tlp === 'conflict') throw new GongjoError('object-unmarked', { id: object.id });
  const { decision, reasons } = decide(policies, {
    action: 'admit',
    desk: desk.desk,
    partner: partnerFacts(partner),
    object: {
      id: object.id,
      type: object.type,
      tlp,
      origin: partner.desk,
      communities: [],
      handling: [],
      incident: null,
    },
    via: 'desk',
    purpose: 'investigation',
    legalBasis: partner.agreement,
    signatureVerified: true,
  });
  if (decision === 'forbid')
    throw new GongjoError('policy-refused', { detail: reasons.map(({ text }) => text.en).join(' ') });
  return reasons;
}

/** The incident that a bundle is about: the one it carries, or the one its relationships point to. */
function incidentIn(sealed: readonly SealedObject[]): string | null {
  for (const { object } of sealed) if (object.type === 'incident') return object.id;
  for (const { object } of sealed)
    if (object.type === 'relationship' && String(object.target_ref).startsWith('incident--'))
      return String(object.target_ref);
  return null;
}

/**
 * What admitted objects change here: an incident is followed, an indicator is watched, a sighting is told. Answers our
 * incident that a sighting is about.
 */
async function adopt(
  tx: Db,
  context: SharingContext,
  partner: Party,
  sealed: readonly SealedObject[],
): Promise<string | null> {
  const objects = sealed.map(({ object }) => object);
  await adoptIncidents(tx, context, partner, objects);
  await adoptIndicators(
    tx,
    partner,
    objects.filter(({ type }) => type === 'relationship'),
  );
  return adoptSightings(
    tx,
    context,
    partner,
    objects.filter(({ type }) => type === 'sighting'),
  );
}

/** Throws `object-conflict` for an incident that is here already and is not this partner's. */
async function adoptIncidents(
  tx: Db,
  { clock }: SharingContext,
  partner: Party,
  objects: readonly StixObject[],
): Promise<void> {
  const incidents = objects.filter(({ type }) => type === 'incident');
  if (incidents.length > incidentsPerDeliveryMax)
    throw new GongjoError('bundle-invalid', {
      path: '/objects',
      detail: `more than ${incidentsPerDeliveryMax} incidents`,
    });
  const origins = await originsOf(
    tx,
    incidents.map(({ id }) => id),
  );
  for (const object of incidents) {
    if (origins.has(object.id) && origins.get(object.id) !== partner.desk)
      throw new GongjoError('object-conflict', { id: object.id });
    const incident = incidentOf(object);
    const tlp = tlpOf(object);
    if (!incident || tlp === null || tlp === 'conflict') continue;
    const origin = { desk: partner.desk, name: partner.name };
    if (await addIncident(tx, clock, incident.id, { ...incidentBody(incident), tlp, origin })) {
      await tell(tx, incident.id, [
        { ...nothingElse, key: 'received', at: instant(clock.now()), kind: 'received', who: partner.name },
      ]);
    }
  }
}

function incidentBody({ id, chain, txids, kind, title }: IncidentFacts) {
  const known = txids.map((txid) => txIdOn(chain, txid));
  if (known.some((txid) => txid === null))
    throw new GongjoError('bundle-invalid', { path: id, detail: 'not a transaction of its chain' });
  return { chain, txids: known.filter((txid) => txid !== null), kind, title, victim: null };
}

/** "This indicator belongs to this incident": its addresses are watched for that incident, if both came from the same desk. */
async function adoptIndicators(tx: Db, partner: Party, relationships: readonly StixObject[]): Promise<void> {
  const links = relationships.map((it) => ({ indicator: String(it.source_ref), incident: String(it.target_ref) }));
  const origins = await originsOf(
    tx,
    links.map(({ incident }) => incident),
  );
  const theirs = links.filter(({ incident }) => origins.get(incident) === partner.desk);
  const objects = await findObjects(
    tx,
    partner.desk,
    theirs.map(({ indicator }) => indicator),
  );
  const watched = new Map<string, { incident: string; chain: ChainId; addresses: Set<Address> }>();
  for (const { indicator: id, incident } of theirs) {
    const indicator = objects.get(id);
    const chain = indicator && chainOf(indicator);
    if (!chain || indicator.type !== 'indicator' || indicator.revoked === true) continue;
    const key = `${chain} ${incident}`;
    const { addresses } = watched.get(key) ?? { addresses: new Set() };
    for (const text of walletPatternAddresses(String(indicator.pattern)) ?? []) {
      const address = addressOn(chain, text);
      if (address) addresses.add(address);
    }
    watched.set(key, { incident, chain, addresses });
  }
  for (const { incident, chain, addresses } of watched.values())
    await watchToo(tx, chain, incident, 'indicator', [...addresses]);
}

/** A partner saw, at a service in its country, what an object that we released to it describes. */
async function adoptSightings(
  tx: Db,
  { clock, desk }: SharingContext,
  partner: Party,
  sightings: readonly StixObject[],
): Promise<string | null> {
  const refs = sightings.map((sighting) => String(sighting.sighting_of_ref));
  const incidents = await releasedIncidents(tx, partner.desk, desk.desk, refs);
  const seen = await findObjects(tx, desk.desk, [...incidents.keys()]);
  const told = new Map<string, Happening[]>();
  for (const sighting of sightings) {
    const ref = String(sighting.sighting_of_ref);
    const object = seen.get(ref);
    const incident = incidents.get(ref);
    if (!object || !incident) continue;
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

const sightedBy = ({ desk }: Party) => `sighted|${desk}|`;
