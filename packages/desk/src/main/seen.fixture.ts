import type { Tlp } from '@gongjo/contract';
import type { Db } from '../platform/index.ts';

const at = '2026-01-01T00:00:00.000Z';
const later = '2027-01-01T00:00:00.000Z';
const chain = 'eip155:1';
const address = '0x00000000000000000000000000000000000000aa';

export const uuid = (n: number) => `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
export const sha256 = 'a'.repeat(64);
/** The desk that shares with this one, and the collection that this one fills. */
export const partner = 'washington';
export const collection = 'mine';

/** The things of one marking, by what names them. */
export const idsOf = (n: number) => ({
  n,
  incident: `incident--${uuid(n)}`,
  case: `grouping--${uuid(n)}`,
  object: `malware--${uuid(n)}`,
  /** Of a mark set here, and without any other. */
  marked: `malware--${uuid(n + 0x100)}`,
  hold: `hold--${uuid(n)}`,
  delivery: `delivery${n}`,
  entry: `entry${n}`,
});
export type Ids = ReturnType<typeof idsOf>;

/** A partner that nothing is sent to: its rows are all that there is of it. */
export async function addPartner(records: Db, card: object): Promise<void> {
  const name = { en: 'Washington', ko: '워싱턴' };
  await putInto(records)('partners', {
    ...{ desk: partner, fingerprint: 'f', agreement: 'a', added_at: at },
    card: { ...card, desk: partner, name, country: 'US', url: 'https://washington.example' },
  });
}

const putInto = (records: Db) => (table: string, row: Readonly<Record<string, unknown>>) =>
  records.query(
    `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, i) => `$${i + 1}`)})`,
    Object.values(row).map((it) => (it?.constructor === Object ? JSON.stringify(it) : it)),
  );

/** One of every kind of thing, all of one marking, and all naming the same secret. */
export async function fill(records: Db, ids: Ids, tlp: Tlp): Promise<void> {
  const { n } = ids;
  const put = putInto(records);
  const secret = `secret ${n}`;
  const title = { en: secret, ko: secret };
  const facts = { tlp, title, chain, kind: 'theft', txids: [], origin: null, victim: null, reports: 1 };
  await put('incidents', { id: ids.incident, chain, body: facts, opened_at: at, updated_at: at });
  await put('notices', {
    ...{ id: `notice${n}`, incident: ids.incident, agency: 'kr-fiu', contact: 'c', channel: 'email', cause: 'opened' },
    ...{ drill: false, state: 'due', at },
  });
  await put('cases', { id: ids.case, title, tlp, opened_at: at, opened_by: 'kim' });
  await put('custody', {
    ...{ id: `paper${n}`, incident: ids.incident, direction: 'in', name: secret, media_type: 'm' },
    ...{ sha256, who: 'w', why: 'y', at },
  });
  const group = { rule: 'peel-chain', incident: ids.incident, chain };
  await put('alert_groups', { id: `group${n}`, ...group, place: { label: secret, name: null, country: null } });
  await put('alerts', {
    ...{ id: `alert${n}`, chain, height: 1, incident: ids.incident, raised_at: at, group_id: `group${n}` },
    body: {
      ...{ rule: 'peel-chain', urgency: 'know', incident: { id: ids.incident, title }, chain },
      ...{ asset: { id: 'a', symbol: secret, decimals: 1 }, units: '1' },
    },
  });
  await put('partner_requests', {
    ...{ id: uuid(n), asker: 'seoul', asked: partner, tlp, opened_at: at, opened_by: 'kim' },
    draft: {
      ...{ title: secret, fields: { kind: 'rfi', question: 'q' }, legalBasis: 'l', purpose: 'p' },
      ...{ deadline: later, urgent: false },
    },
  });
  await fillObjects(records, ids, tlp);
  await fillHolds(records, ids, tlp);
}

/** Objects, what is decided and asked about them, what was exchanged of them, and what is compared for an incident. */
async function fillObjects(records: Db, ids: Ids, tlp: Tlp): Promise<void> {
  const { n } = ids;
  const put = putInto(records);
  const label = `secret ${n}`;
  const shared = { modified: at, origin: 'file:x', type: 'malware', label, marks: [], sha256: `${n}`, added_at: at };
  for (const [id, own] of [
    [ids.object, tlp],
    [ids.marked, null],
  ] as const) {
    const body = { type: 'malware', id, spec_version: '2.1', created: at, modified: at, name: label };
    await put('shared_objects', { ...shared, id, tlp: own, body: JSON.stringify(body) });
  }
  await put('object_marks', { object_id: ids.marked, tlp, reason: 'r', by: 'kim', at });
  const version = { object_id: ids.object, modified: at, origin: 'file:x', sha256: `${n}` };
  for (const recipient of [partner, `collection:${collection}`])
    await put('release_decisions', {
      ...{ ...version, recipient, type: 'malware', outcome: 'refuse', released: false, reasons: '[]', basis: 'b' },
      decided_at: at,
    });
  await put('release_requests', {
    ...{ id: `asked${n}`, kind: 'person', state: 'open', recipient: 'r', origin: 'seoul', purpose: 'investigation' },
    ...{ basis: 'b', asked_by: 'kim', asked_at: at, expires_at: later, reasons: '[]' },
  });
  await put('release_request_objects', { request: `asked${n}`, place: 1, ...version });
  await put('deliveries', {
    ...{ id: ids.delivery, direction: 'out', partner, state: 'delivered', decided_at: at, envelope: `"${label}"` },
    ...{ envelope_sha256: sha256, reasons: '[]' },
    objects: JSON.stringify([{ id: ids.object, type: 'malware', label, tlp }]),
  });
  for (const [place, id] of [ids.object, ids.marked].entries())
    await put('quarantined_objects', {
      ...{ source: partner, delivery: `from${n}`, place, object_id: id, body: label, at },
      problem: { code: 'object-conflict', status: 409, text: { en: label, ko: label }, hint: { en: '', ko: '' } },
    });
  await put('overlap_entries', {
    ...{ id: ids.entry, source: 'hand', listed: true, kind: 'email', text: `secret${n}@example.org` },
    ...{ disclosure: 'open', contact: label, reference: ids.incident, added_at: at },
  });
  await put('overlap_matches', { desk: partner, entry: ids.entry, found: true, first_at: at });
}

/** A request of this desk's to hold value, and one that the partner makes to it. */
async function fillHolds(records: Db, ids: Ids, tlp: Tlp): Promise<void> {
  const { n } = ids;
  const put = putInto(records);
  const title = { en: `secret ${n}`, ko: `secret ${n}` };
  const addressee = { id: 'kr-exchange', name: title, entity: null, country: 'KR' };
  const facts = {
    ...{ chain, address, hopBefore: null, reference: null, amountsMore: 0, transactions: [], transactionsMore: 0 },
    ...{ amounts: [{ asset: `${chain}/slip44:60`, symbol: 'ETH', decimals: 18, units: '1' }], scope: 'claim', days: 3 },
    ...{ caseNumber: null, legalBasis: null, disclosure: false, disclosureBasis: null, signatory: null, timeline: [] },
  };
  await put('holds', {
    ...{ id: ids.hold, incident: ids.incident, state: 'drafted', addressee: addressee.id, chain, address, facts },
    ...{ drill: false, approvals_needed: 1, drafted_by: 'kim', drafted_at: at, updated_at: at },
    addressee_body: {
      ...{ ...addressee, list: 'vasps', channel: { kind: 'unknown', to: null }, desk: null, requires: [] },
      ...{ courtesyDays: null, extension: null, ends: null, languages: [] },
    },
    progress: {
      ...{ state: 'drafted', approvals: [], approvedAt: null, sentAt: null, way: null, to: null, acknowledgedAt: null },
      ...{ heldAt: null, held: [], expiresAt: null, extended: 0, theirReference: null, orderReference: null },
      ...{ endedAt: null, reason: null },
    },
  });
  const document = { name: 'letter.pdf', bytes: 1, sha256, form: 'pdf', language: 'en' };
  await put('holds_asked', {
    ...{ desk: partner, id: ids.hold, round: 1, object: `x-hold--${uuid(n)}`, tlp, received_at: at },
    body: {
      ...{ hold: ids.hold, from: partner, to: 'seoul', round: 1, number: `${n}`, drill: false, title, approvedAt: at },
      ...{ acknowledgeHours: 1, addressee, facts, documents: [document] },
    },
  });
}
