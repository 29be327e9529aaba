import { type Tlp, tlpLevels } from '@gongjo/contract';
import { canonicalJson } from '../kernel/index.ts';
import { type Db, type Reader, sha256Hex } from '../platform/index.ts';
import { type StixObject, tlpOf } from '../stix/index.ts';
import { effectiveOf, marksOn } from './marking.ts';
import {
  anObject,
  at,
  definitions,
  dice,
  markReader,
  persons,
  rank,
  uuid,
  type World,
  type WorldRow,
} from './world-marks.fixture.ts';

/** A desk full of rows of every table, and beside each row who may see it, told by plain rules that know no SQL. */

/** Fills the tables. They are empty before. */
export async function makeWorld(db: Db, seed: number): Promise<World> {
  const roll = dice(seed);
  const pick = <T>(of: readonly T[]): T => of[roll(of.length)] as T;
  const level = (): Tlp => pick(tlpLevels);
  const rows: WorldRow[] = [];
  const add = async (
    table: string,
    values: Readonly<Record<string, unknown>>,
    key: string,
    isSeen: WorldRow['isSeen'],
  ): Promise<void> => {
    const names = Object.keys(values);
    const given = names.map((name) => {
      const value = values[name];
      return value?.constructor === Object ? JSON.stringify(value) : value;
    });
    const [row] = await db.query<{ key: string }>(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')}) returning (${key})::text as key`,
      given,
    );
    rows.push({ table, key, value: row?.key ?? '', isSeen });
  };
  const all = () => true;

  const marks = new Map<string, Tlp>();
  const marked = (id: string) => (reader: Reader) => rank(marks.get(id) ?? 'clear') <= rank(reader.clearance);
  const markIt = (id: string) => {
    if (roll(4) === 0) marks.set(id, level());
  };

  // Incidents, and what is about them.
  const incidents = Array.from({ length: 5 }, (_, n) => ({ id: `incident--${uuid(n + 1)}`, tlp: level() }));
  for (const { id } of incidents) markIt(id);
  marks.set(incidents[0]?.id ?? '', level());
  const seesIncident = (id: string | null) => (reader: Reader) => {
    const found = incidents.find((it) => it.id === id);
    return found !== undefined && rank(found.tlp) <= rank(reader.clearance) && marked(found.id)(reader);
  };
  const seesIfAny = (id: string | null) => (id === null ? all : seesIncident(id));
  const isHidden = (id: string | null) => (reader: Reader) =>
    id !== null && (incidents.some((it) => it.id === id) ? !seesIncident(id)(reader) : !marked(id)(reader));
  for (const { id, tlp } of incidents)
    await add('incidents', { id, chain: 'c', body: { tlp }, opened_at: at, updated_at: at }, 'id', seesIncident(id));
  const anIncident = () => pick(incidents).id;
  const maybeIncident = () => (roll(3) === 0 ? null : anIncident());
  for (const { id } of incidents) {
    const sees = seesIncident(id);
    await add('incident_traces', { incident: id, body: '{}', summary: {} }, 'incident', sees);
    await add('timeline', { incident: id, key: 'k', derived: true, at, body: {} }, 'incident', sees);
    await add('incidents_told', { incident: id, basis: 'b', planned_at: at }, 'incident', sees);
    await add(
      'incident_reports',
      { id: `report of ${id}`, incident: id, via: 'page', by: 'kim', outcome: 'new', body: {}, at },
      'id',
      sees,
    );
    await add(
      'notices',
      {
        ...{ id: `notice of ${id}`, incident: id, agency: 'a', contact: '', channel: 'page', cause: 'c' },
        ...{ drill: false, state: 'due', at },
      },
      'id',
      sees,
    );
    await add('escalations', { incident: id, agency: 'a', step: 's', at, target: 't', done_at: at }, 'incident', sees);
    const other = anIncident();
    await add(
      'incident_matches',
      { incident: id, other, certainty: 'c', reasons: '[]', state: 'open', found_at: at },
      `incident || other`,
      (reader) => sees(reader) && seesIncident(other)(reader),
    );
  }
  for (let n = 0; n < 6; n += 1) {
    const incident = maybeIncident();
    const sees = seesIfAny(incident);
    await add(
      'custody',
      { id: `paper ${n}`, incident, direction: 'in', name: 'n', media_type: 'm', sha256: 's', who: 'w', why: 'y', at },
      'id',
      sees,
    );
    await add('alert_groups', { id: `group ${n}`, rule: 'r', incident, chain: 'c', place: {} }, 'id', sees);
    await add('alerts', { id: `alert ${n}`, chain: 'c', height: 1, incident, body: {}, raised_at: at }, 'id', sees);
    await add('alert_acts', { group_id: `group ${n}`, at, act: 'a' }, 'group_id', sees);
    const source = incident === null ? 'address' : pick(['trace', 'indicator'] as const);
    await add(
      'watched_addresses',
      { chain: 'c', address: `${n}`, incident: incident ?? 'watch', source },
      'address',
      sees,
    );
  }

  // Hold requests.
  const holds = Array.from({ length: 5 }, (_, n) => ({ id: `hold ${n}`, incident: anIncident() }));
  const seesHold = (id: string) => (reader: Reader) =>
    holds.some((it) => it.id === id && seesIncident(it.incident)(reader));
  for (const { id: hold, incident } of holds) {
    const sees = seesHold(hold);
    await add(
      'holds',
      {
        ...{ id: hold, incident, state: 'drafted', addressee: 'a', chain: 'c', address: 'x', drill: false },
        ...{ addressee_body: {}, facts: {}, progress: {}, approvals_needed: 1, drafted_by: 'kim' },
        ...{ drafted_at: at, updated_at: at },
      },
      'id',
      sees,
    );
    await add('hold_happenings', { hold, seq: 1, kind: 'k', at, entered_at: at, by: 'b', body: {} }, 'hold', sees);
    await add(
      'hold_documents',
      { hold, round: 1, name: 'n', form: 'pdf', size: 1, sha256: 's', content: 'c', made_at: at },
      'hold',
      sees,
    );
    const kept = { kind: 'kyc', name: 'n', media_type: 'm', size: 1, content: Buffer.from('c'), giver: 'g', by: 'b' };
    const received = { id: `file of ${hold}`, hold, seq: 1, sha256: 's', received_at: at, taken_at: at, ...kept };
    await add('hold_received', received, 'hold', sees);
    await add(
      'hold_messages',
      {
        ...{ id: `message of ${hold}`, hold, key: 'k', round: 1, agency: 'a', contact: 'c', channel: 'email' },
        ...{ target: 't', state: 'due', at, asked_by: 'kim' },
      },
      'id',
      sees,
    );
    await add('hold_warnings', { hold, key: 'k', kind: 'k', hours: 1, due_at: at, at, told: false }, 'hold', sees);
  }

  // What partners ask to be held, and what was said of it.
  for (const n of [1, 2, 3, 4]) {
    const [tlp, ofWord] = [level(), level()];
    const asked = { desk: 'washington', id: `asked-hold ${n}` };
    const sees = (reader: Reader) => rank(tlp) <= rank(reader.clearance);
    await add('holds_asked', { ...asked, round: 1, object: 'o', tlp, body: {}, received_at: at }, 'id', sees);
    const document = { desk: asked.desk, hold: asked.id, sha256: 's', content: Buffer.from('c'), received_at: at };
    await add('holds_asked_documents', document, 'hold', sees);
    const paper = { id: `paper of ${asked.id}`, direction: 'in', name: 'n', media_type: 'm', sha256: 's', who: 'w' };
    await add('custody', { ...paper, asker: asked.desk, hold: asked.id, why: 'y', at }, 'id', sees);
    const word = { asker: asked.desk, asked: 'seoul', hold: asked.id, n: 1, object: 'o', tlp: ofWord, body: {} };
    const seesWord = (reader: Reader) => sees(reader) && rank(ofWord) <= rank(reader.clearance);
    await add('hold_words', { ...word, by: 'b', entered_at: at }, 'hold', seesWord);
  }

  // Cases, who is in them, and requests.
  const cases = Array.from({ length: 5 }, (_, n) => ({
    id: `grouping--${uuid(n + 1)}`,
    tlp: level(),
    restricted: roll(2) === 0,
    members: persons.filter((_, at) => n + at === 0 || roll(3) === 0),
  }));
  for (const { id } of cases) markIt(id);
  const needsNot = (id: string | null) => (reader: Reader) =>
    cases.some((it) => it.id === id && it.restricted && !it.members.some((person) => person === reader.person));
  const seesCase = (id: string) => (reader: Reader) =>
    cases.some((it) => it.id === id && rank(it.tlp) <= rank(reader.clearance)) &&
    !needsNot(id)(reader) &&
    marked(id)(reader);
  const caseOfObject = new Map<string, string>(cases.map(({ id }) => [id, id]));
  const papers = new Map<string, ((reader: Reader) => boolean)[]>();
  for (const { id, tlp, restricted, members } of cases) {
    await add(
      'cases',
      { id, title: {}, tlp, opened_at: at, opened_by: 'kim', restricted_at: restricted ? at : null },
      'id',
      seesCase(id),
    );
    for (const person of members)
      await add(
        'case_members',
        { case_id: id, person, name: person, since: at, by: 'kim' },
        `case_id || person`,
        seesCase(id),
      );
    await add(
      'case_desks',
      { case_id: id, desk: 'd', invited: false, added_at: at, added_by: 'kim' },
      'case_id',
      seesCase(id),
    );
  }
  for (let n = 0; n < 10; n += 1) {
    const object = `note--${uuid(n + 1)}`;
    const about = roll(8) === 0 ? `grouping--${uuid(99)}` : pick(cases).id;
    const tlp = roll(6) === 0 ? null : level();
    const sha256 = `paper ${roll(3)}`;
    const isPaper = roll(2) === 0;
    const sees = (reader: Reader) => rank(tlp) <= rank(reader.clearance) && seesCase(about)(reader);
    caseOfObject.set(object, about);
    if (isPaper) papers.set(sha256, [...(papers.get(sha256) ?? []), sees]);
    await add(
      'case_revisions',
      {
        ...{ object, case_id: about, fact: `f${n}`, desk: 'd', n: 1, seen: {}, at, about: {}, tlp, kept_at: at },
        body: isPaper ? { kind: 'document', sha256 } : { kind: 'note' },
      },
      'object',
      sees,
    );
  }
  for (const sha256 of ['paper 0', 'paper 1', 'paper 2'])
    await add(
      'case_documents',
      { sha256, bytes: Buffer.from('x'), media_type: 'm', kept_at: at, kept_by: 'kim' },
      'sha256',
      (reader) => (papers.get(sha256) ?? []).some((sees) => sees(reader)),
    );
  for (let n = 0; n < 6; n += 1) {
    const id = `request ${n}`;
    const about = roll(2) === 0 ? pick(cases).id : null;
    const [tlp, ofEvent] = [level(), level()];
    const isDraft = n > 0 && roll(2) === 0;
    const content = about === null ? {} : { case: about };
    const sees = (reader: Reader) => rank(tlp) <= rank(reader.clearance) && !needsNot(about)(reader);
    await add(
      'partner_requests',
      { id, asker: 'a', asked: 'b', tlp, draft: isDraft ? content : null, opened_at: at, opened_by: 'kim' },
      'id',
      sees,
    );
    if (isDraft) continue;
    const object = `opinion--${uuid(n + 1)}`;
    if (about !== null) caseOfObject.set(object, about);
    await add(
      'request_events',
      {
        ...{ object, request: id, from_desk: 'a', to_desk: 'b', desk: 'a', n: 1, seen: {}, at, tlp: ofEvent },
        ...{ what: { event: 'send', content }, kept_at: at },
      },
      'object',
      (reader) => sees(reader) && rank(ofEvent) <= rank(reader.clearance),
    );
  }

  for (const { id } of cases) {
    const incident = maybeIncident();
    await add(
      'custody',
      {
        ...{ id: `paper of ${id}`, incident, case_id: id, direction: 'out', name: 'n', media_type: 'm' },
        ...{ sha256: 's', who: 'w', why: 'y', at },
      },
      'id',
      (reader) => seesIfAny(incident)(reader) && seesCase(id)(reader),
    );
  }

  // Objects of every marking, and what was decided, asked, sent and taken back of them.
  const objects: { readonly object: StixObject; readonly given: Tlp | null; readonly incident: string | null }[] = [];
  for (const definition of definitions) objects.push({ object: definition, given: null, incident: null });
  const ids = [
    ...Array.from({ length: 14 }, (_, n) => `malware--${uuid(n + 1)}`),
    ...cases.map(({ id }) => id),
    ...[...caseOfObject.keys()].filter((id) => !id.startsWith('grouping')),
  ];
  for (const id of ids) {
    const object = anObject(id, roll);
    const isUnmarked = tlpOf(object) === null;
    objects.push({ object, given: isUnmarked && roll(3) === 0 ? level() : null, incident: maybeIncident() });
    // A contradiction is no marking that could be tightened.
    if (tlpOf(object) !== 'conflict') markIt(id);
    else if (!cases.some((it) => it.id === id)) marks.delete(id);
  }
  const seesObject = (id: string) => (reader: Reader) => {
    const found = objects.find((it) => it.object.id === id);
    if (!found) return false;
    const mark = marks.get(id) ?? null;
    const { tlp } = effectiveOf(found.object, { given: found.given, mark }, markReader);
    const strict = tlp === null && found.object.type === 'marking-definition' ? 0 : rank(tlp);
    return strict <= rank(reader.clearance) && marked(id)(reader) && !needsNot(caseOfObject.get(id) ?? null)(reader);
  };
  for (const { object, given, incident } of objects) {
    const tlp = tlpOf(object);
    const [id, modified] = [object.id as string, object.type === 'marking-definition' ? '' : at];
    const body = canonicalJson(object);
    await add(
      'shared_objects',
      {
        ...{ id, modified, origin: 'o', type: object.type, label: id, tlp: tlp === 'conflict' ? null : tlp },
        ...{ given_tlp: given, incident, body, sha256: sha256Hex(body), added_at: at, marks: marksOn(object) },
      },
      'id',
      seesObject(id),
    );
    await add(
      'release_decisions',
      {
        ...{ recipient: 'r', object_id: id, modified, origin: 'o', type: object.type, outcome: 'release' },
        ...{ released: true, reasons: '[]', basis: 'b', decided_at: at, sha256: 's' },
      },
      'object_id',
      seesObject(id),
    );
  }
  for (const [object_id, tlp] of marks) {
    if (tlp !== 'clear' && roll(2) === 0)
      await add('object_marks', { object_id, tlp: 'clear', reason: 'r', by: 'kim', at }, 'seq', seesObject(object_id));
    await add('object_marks', { object_id, tlp, reason: 'r', by: 'kim', at }, 'seq', seesObject(object_id));
  }
  const some = () => [...new Set(Array.from({ length: 1 + roll(3) }, () => pick(objects)))];
  for (let n = 0; n < 6; n += 1) {
    const incident = maybeIncident();
    const parts = some();
    const sees = (reader: Reader) =>
      !isHidden(incident)(reader) && parts.every(({ object }) => seesObject(object.id)(reader));
    await add(
      'release_requests',
      {
        ...{ id: `asked ${n}`, kind: 'person', state: 'open', recipient: 'r', origin: 'o', incident, purpose: 'p' },
        ...{ basis: 'b', asked_by: 'kim', asked_at: at, expires_at: at, reasons: '[]' },
      },
      'id',
      sees,
    );
    for (const [place, { object }] of parts.entries())
      await add(
        'release_request_objects',
        {
          ...{ request: `asked ${n}`, place, object_id: object.id, origin: 'o', sha256: 's' },
          modified: object.type === 'marking-definition' ? '' : at,
        },
        `request || place`,
        sees,
      );
    await add('release_approvals', { request: `asked ${n}`, person: 'kim', verdict: 'approve', at }, 'request', sees);
    const sent = parts.map(({ object }) => {
      const tlp = tlpOf(object);
      return { id: object.id, type: object.type, label: 'l', modified: at, tlp: tlp === 'conflict' ? null : tlp };
    });
    await add(
      'deliveries',
      {
        ...{ id: `sent ${n}`, direction: 'out', partner: 'r', incident, state: 'waiting', decided_at: at },
        ...{ envelope: 'e', envelope_sha256: 's', reasons: '[]', objects: JSON.stringify(sent) },
      },
      'id',
      sees,
    );
    const recalled = some();
    const seesSome = (reader: Reader) => recalled.some(({ object }) => seesObject(object.id)(reader));
    await add('recalls', { id: `recall ${n}`, direction: 'out', reason: {}, by: 'kim', at }, 'id', seesSome);
    for (const { object } of recalled)
      await add(
        'recalled_objects',
        { recall: `recall ${n}`, object_id: object.id, modified: at, origin: 'o', done: 'withdrawn' },
        `recall || object_id`,
        seesObject(object.id),
      );
    const named = pick(objects).object.id;
    const refused = pick([null, `malware--never-came-${n}`, named, named]);
    await add(
      'quarantined_objects',
      { source: 's', place: n, object_id: refused, body: 'b', problem: {}, at },
      'place',
      // It names what is here; of what never came there is nothing to hide.
      (reader) => refused !== named || seesObject(named)(reader),
    );
    const tells = roll(4) === 0 ? null : (parts[0]?.object.id ?? null);
    await add(
      'partner_holds',
      {
        ...{ id: `theirs ${n}`, desk: 'd', incident, modified: at, body: {}, received_at: at },
        object: tells,
      },
      'id',
      (reader) =>
        !isHidden(incident)(reader) && (reader.clearance === 'red' || (tells !== null && seesObject(tells)(reader))),
    );
  }
  for (const { id: hold } of holds) {
    const isTheirs = roll(2) === 0;
    const other = isTheirs ? `theirs ${roll(6)}` : pick(holds).id;
    const theirs = rows.find((it) => it.table === 'partner_holds' && it.value === other);
    await add('hold_joins', { hold, desk: isTheirs ? 'd' : '', other, reasons: '[]', at }, `hold || other`, (reader) =>
      Boolean(seesHold(hold)(reader) && (theirs ? theirs.isSeen(reader) : seesHold(other)(reader))),
    );
  }
  return { rows, incidents: incidents.map(({ id }) => id) };
}
