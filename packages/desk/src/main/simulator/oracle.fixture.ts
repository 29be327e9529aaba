import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { DeskCard } from '@gongjo/contract';
import type { Db } from '../../platform/index.ts';
import { address, type Theft } from './case.fixture.ts';
import type { SimDesk } from './desk.fixture.ts';
import type { Stance, World } from './world.fixture.ts';

/**
 * What has to be true when everything has come to rest, judged from the records alone and by this file's own understanding of
 * hashes, signatures, canonical JSON, TLP and agreements: no code of the product is asked.
 */
export async function judge(world: World): Promise<void> {
  for (const desk of world.desks) {
    await auditHolds(desk);
    for (const partner of world.others(desk)) {
      await judgeExchange(desk, partner);
      await policyWasKept(world, desk, partner);
      await nothingIsMissing(world, desk, partner);
    }
    await nothingElseIsHeld(world, desk);
    await recalledIsUnused(world, desk);
  }
}

/** What a seed has come to, so that one can see that nothing was judged that never happened. */
export async function tally(world: World): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { records } of world.desks) {
    const rows = await records.query<{ what: string; n: number }>(
      `select 'deliveries: ' || kind as what, count(*)::integer as n from deliveries where direction = 'out' group by kind
       union all select 'sent again', coalesce(sum(attempts - 1), 0)::integer from deliveries where direction = 'out'
       union all select 'objects refused: ' || (problem ->> 'code'), count(*)::integer from quarantined_objects group by problem ->> 'code'
       union all select 'requests: ' || kind || ', ' || state, count(*)::integer from release_requests group by kind, state
       union all select 'decisions: ' || outcome, count(*)::integer from release_decisions group by outcome
       union all select 'decisions taken back', count(*)::integer from release_decisions where withdrawn_at is not null
       union all select 'objects', count(*)::integer from shared_objects
       union all select 'objects taken back', count(*)::integer from shared_objects where recalled_at is not null
       union all select 'passed on', count(*)::integer from release_decisions d where released and exists (
         select 1 from incidents i join shared_objects o on o.incident = i.id
         where i.origin = d.origin and o.id = d.object_id)`,
    );
    for (const { what, n } of rows) counts.set(what, (counts.get(what) ?? 0) + n);
  }
  return counts;
}

/** A desk's records, and the key with which it signs. */
export interface Side {
  readonly card: DeskCard;
  readonly records: Db;
}

/** What went from one desk to the other: all of it, once, proved on both sides. Answers how many deliveries and objects. */
export async function judgeExchange(from: Side, to: Side): Promise<{ deliveries: number; objects: number }> {
  const { deliveries, refused } = await receiptsAreComplete(from, to);
  return { deliveries, objects: await setsAreEqual(from, to, refused) };
}

interface Held {
  readonly id: string;
  readonly modified: string;
  readonly origin: string;
  readonly sha256: string;
  readonly body: string;
}

const versionOf = ({ id, modified }: { id: string; modified: string | null }) => `${id} ${modified ?? ''}`;
const bytesOf = (it: { id: string; modified: string | null; sha256: string }) => `${versionOf(it)} ${it.sha256}`;

/** Every version that the desk's records say the other was given, taken back since or not. */
async function releasedTo(from: Side, to: Side): Promise<Held[]> {
  return from.records.query<Held>(
    `select d.object_id as id, d.modified, d.origin, coalesce(d.copy, o.body) as body, d.sha256
     from release_decisions d
     join shared_objects o on o.id = d.object_id and o.modified = d.modified and o.origin = d.origin
     where d.recipient = $1 and d.released order by d.seq`,
    [to.card.desk],
  );
}

async function heldFrom(at: Side, from: Side): Promise<Omit<Held, 'origin'>[]> {
  return at.records.query<Held>('select id, modified, sha256, body from shared_objects where origin = $1', [
    from.card.desk,
  ]);
}

/**
 * What one desk's records say the other was given is what the other holds, byte for byte; but for what its receipts say it
 * refused. One version that the desk had from itself and from another may have gone in two copies; the other holds one.
 */
async function setsAreEqual(from: Side, to: Side, refused: ReadonlySet<string>): Promise<number> {
  const released = Map.groupBy(await releasedTo(from, to), versionOf);
  const held = await heldFrom(to, from);
  const versions = [...released.keys()].filter((version) => !refused.has(version));
  const here = new Set(held.map(versionOf));
  const what = `what ${from.card.desk} released to ${to.card.desk}`;
  assert.deepEqual(
    versions.filter((version) => !here.has(version)),
    [],
    `held of ${what}`,
  );
  for (const { body, ...it } of held) {
    assert.equal(it.sha256, sha(body), `the hash of ${it.id}`);
    const given = released.get(versionOf(it)) ?? [];
    assert.ok(
      given.some((one) => one.sha256 === it.sha256 && one.body === body),
      `${versionOf(it)} is not as ${what}`,
    );
  }
  return held.length;
}

interface Carried {
  readonly id: string;
  readonly state: string;
  readonly incident: string | null;
  readonly envelope: string;
  readonly signature: string;
  readonly receipt: { readonly jws: string } | null;
}

async function carried(at: Side, other: Side, direction: 'in' | 'out'): Promise<Carried[]> {
  return at.records.query<Carried>(
    'select id, state, incident, envelope, signature, receipt from deliveries where partner = $1 and direction = $2 order by seq',
    [other.card.desk, direction],
  );
}

interface Receipt {
  readonly delivery: string;
  readonly from: string;
  readonly by: string;
  readonly envelopeSha256: string;
  readonly objects: readonly { readonly id: string; readonly modified: string | null; readonly sha256: string }[];
  readonly refused?: readonly { readonly id: string | null; readonly index: number; readonly code: string }[];
}

/**
 * Every bundle was taken once, in order, whole, and both sides can prove it; no bytes were sent twice. Answers the versions
 * that were refused and never taken.
 */
async function receiptsAreComplete(from: Side, to: Side): Promise<{ deliveries: number; refused: Set<string> }> {
  const what = `from ${from.card.desk} to ${to.card.desk}`;
  const sent = await carried(from, to, 'out');
  const got = await carried(to, from, 'in');
  assert.deepEqual([...new Set(sent.map(({ state }) => state))], sent.length > 0 ? ['delivered'] : [], `sent ${what}`);
  assert.deepEqual([...new Set(got.map(({ state }) => state))], got.length > 0 ? ['admitted'] : [], `got ${what}`);
  const proof = ({ id, envelope, signature, receipt }: Carried) => [id, envelope, signature, receipt?.jws];
  assert.deepEqual(got.map(proof), sent.map(proof), `deliveries ${what}`);
  // The same bytes that the desk has of itself and of another are two objects of its; both may go.
  const origins = new Map<string, number>();
  for (const it of await releasedTo(from, to)) origins.set(bytesOf(it), (origins.get(bytesOf(it)) ?? 0) + 1);
  const seen = new Map<string, number>();
  const taken = new Set<string>();
  const refused = new Set<string>();
  for (const { id, envelope, signature, receipt } of sent) {
    const json = JSON.parse(envelope) as {
      objects?: { id: string; modified?: string; object_marking_refs?: string[] }[];
    };
    assert.equal(envelope, canonical(json), `delivery ${id} is canonical`);
    const [head, , mark] = signature.split('.');
    const header = signed(from, `${head}.${base64url(envelope)}.${mark}`).header;
    assert.deepEqual([header.iss, header.aud, header.jti], [from.card.desk, to.card.desk, id]);
    const { header: kind, payload } = signed(to, receipt?.jws ?? '');
    assert.equal(kind.typ, 'gongjo-receipt+jws');
    const facts = JSON.parse(payload) as Receipt;
    assert.deepEqual(
      [facts.delivery, facts.from, facts.by, facts.envelopeSha256],
      [id, from.card.desk, to.card.desk, sha(envelope)],
    );
    const refusedAt = new Map((facts.refused ?? []).map((it) => [it.index, it.code]));
    const named: string[] = [];
    for (const [index, object] of (json.objects ?? []).entries()) {
      const version = { id: object.id, modified: object.modified ?? null, sha256: sha(canonical(object)) };
      const code = refusedAt.get(index);
      if (code !== undefined) {
        assert.ok(mayBeRefused(tlpOf(object), code), `${version.id} was refused ${what}: ${code}`);
        refused.add(versionOf(version));
        continue;
      }
      named.push(bytesOf(version));
      taken.add(versionOf(version));
      const times = (seen.get(bytesOf(version)) ?? 0) + 1;
      assert.ok(times <= (origins.get(bytesOf(version)) ?? 0), `${bytesOf(version)} was sent ${what} ${times} times`);
      seen.set(bytesOf(version), times);
    }
    assert.deepEqual(facts.objects.map(bytesOf), named, `the receipt names what is in ${id}`);
  }
  const told = await from.records.query<{ n: number }>(
    `select count(*)::integer as n from timeline where body ->> 'kind' = 'receipted' and body -> 'who' ->> 'en' = $1`,
    [to.card.name.en],
  );
  const aboutIncidents = sent.filter(({ incident }) => incident !== null);
  assert.equal(told[0]?.n, aboutIncidents.length, `receipts told at ${from.card.desk} of ${to.card.desk}`);
  return { deliveries: sent.length, refused: new Set([...refused].filter((version) => !taken.has(version))) };
}

/** Why an honest desk refuses what an honest desk sends: RED is admitted by nobody's machine, and what was revoked stays so. */
function mayBeRefused(tlp: Theft['tlp'] | null, code: string): boolean {
  return (tlp === 'red' && code === 'policy-refused') || code === 'object-revoked';
}

/** No object is at a desk that it was never allowed to reach. */
async function policyWasKept(world: World, from: SimDesk, to: SimDesk): Promise<void> {
  const stances = stancesOf(world, from, to);
  const held = new Set((await heldFrom(to, from)).map(bytesOf));
  for (const it of await releasedTo(from, to)) {
    if (!held.has(bytesOf(it))) continue;
    const tlp = tlpOf(JSON.parse(it.body));
    const given = await givenFor(world, from, to, it);
    assert.ok(
      stances.some((stance) => mayGo(tlp, stance, given)),
      `${it.id} (${tlp}, of ${it.origin}) is at ${to.card.desk}, and ${from.card.desk} never allowed that`,
    );
  }
}

/** What people had given for an object to go: approvals at the desk that released it, consent at the one it came from. */
interface Given {
  readonly own: boolean;
  readonly approvals: number;
  readonly consent: boolean;
}

async function givenFor(world: World, from: SimDesk, to: SimDesk, { id, origin }: Held): Promise<Given> {
  const [approved] = await from.records.query<{ n: number }>(
    `select coalesce(max(n), 0)::integer as n from (
       select count(distinct a.person) as n from release_requests r
       join release_request_objects o on o.request = r.id and o.object_id = $1
       join release_approvals a on a.request = r.id and a.verdict = 'approve'
       where r.kind = 'person' and r.state = 'approved' and r.recipient = $2 group by r.id) as counted`,
    [id, to.card.desk],
  );
  const own = origin === from.card.desk;
  const consents = own
    ? []
    : await world.desk(origin).records.query(
        `select 1 from release_requests r join release_request_objects o on o.request = r.id and o.object_id = $1
         where r.kind = 'consent' and r.state = 'approved' and r.origin = $2 and r.recipient = $3`,
        [id, from.card.desk, to.card.desk],
      );
  return { own, approvals: approved?.n ?? 0, consent: consents.length > 0 };
}

/** Nobody was asked anything. */
const asked: Given = { own: true, approvals: 0, consent: false };

/** What may go has gone, and is watched where it arrived. */
async function nothingIsMissing(world: World, from: SimDesk, to: SimDesk): Promise<void> {
  const stance = stancesOf(world, from, to).at(-1);
  const watched = new Set(
    (
      await to.records.query<{ incident: string; address: string }>('select incident, address from watched_addresses')
    ).map(({ incident, address }) => `${incident} ${address}`),
  );
  const held = (await heldFrom(to, from)).map(({ body }) => body).join('\n');
  for (const theft of world.thefts.filter(({ desk }) => desk === from.card.desk)) {
    if (theft.recalled || !stance || !mayGo(theft.tlp, stance, asked)) continue;
    for (const expected of [theft.id, ...theft.addresses.map(address)])
      assert.ok(held.includes(expected), `${to.card.desk} does not hold ${expected} of theft ${theft.n}`);
    // Whoever passed it on before, it is its author's.
    const [incident] = await to.records.query<{ origin: string }>('select origin from incidents where id = $1', [
      theft.id,
    ]);
    assert.equal(incident?.origin, from.card.desk, `whose theft ${theft.n} is at ${to.card.desk}`);
    for (const expected of theft.addresses.map((a) => `${theft.id} ${address(a)}`))
      assert.ok(watched.has(expected), `${to.card.desk} does not watch ${expected}`);
  }
}

/** A desk holds its own and what its partners gave it, and nothing of anybody else. */
async function nothingElseIsHeld(world: World, desk: SimDesk): Promise<void> {
  const origins = await desk.records.query<{ origin: string }>('select distinct origin from shared_objects');
  const known = new Set<string>(world.desks.map(({ card }) => card.desk));
  assert.deepEqual(
    origins.filter(({ origin }) => !known.has(origin)),
    [],
    `origins at ${desk.card.desk}`,
  );
}

/** What a desk has taken back is used nowhere: not by those it told, nor by those they told. */
async function recalledIsUnused(world: World, desk: SimDesk): Promise<void> {
  const recalled = await desk.records.query<{ id: string }>(
    `select distinct id from shared_objects where origin = $1 and recalled_at is not null and modified <> ''`,
    [desk.card.desk],
  );
  const ids = recalled.map(({ id }) => id);
  for (const other of world.others(desk)) {
    const used = await other.records.query<{ id: string; origin: string }>(
      'select id, origin from shared_objects where id = any($1) and recalled_at is null',
      [ids],
    );
    assert.deepEqual(used, [], `${other.card.desk} uses what ${desk.card.desk} has taken back`);
    const watched = await other.records.query(
      'select incident, address from watched_addresses where incident = any($1)',
      [ids],
    );
    assert.deepEqual(watched, [], `${other.card.desk} watches for what ${desk.card.desk} has taken back`);
    const readable = await other.records.query(
      `select recipient, object_id, modified from release_decisions d
       where object_id = any($1) and released and withdrawn_at is null and outcome = 'release'
         and not coalesce((select o.revoked from shared_objects o
           where o.id = d.object_id and o.modified = d.modified and o.origin = d.origin), false)`,
      [ids],
    );
    assert.deepEqual(readable, [], `${other.card.desk} still gives out what ${desk.card.desk} has taken back`);
  }
}

/** Every entry of the audit record follows from the one before. */
export async function auditHolds(desk: Side): Promise<void> {
  const rows = await desk.records.query<Record<string, unknown> & { seq: number; at: Date; link: string }>(
    'select * from audit_entries order by seq',
  );
  let link = '0'.repeat(64);
  for (const [index, { seq, at, link: kept, ...entry }] of rows.entries()) {
    link = sha(link + canonical({ ...entry, seq, at: at.toISOString() }));
    assert.deepEqual([seq, kept], [index + 1, link], `audit record of ${desk.card.desk}`);
  }
}

function stancesOf(world: World, from: SimDesk, to: SimDesk): Stance[] {
  return world.stances.filter(({ desk, partner }) => desk === from.card.desk && partner === to.card.desk);
}

/** The policy sets of the simulator in plain words. */
function mayGo(
  tlp: Theft['tlp'] | null,
  { policy, paired, agreement }: Stance,
  { own, approvals, consent }: Given,
): boolean {
  if (!paired || agreement === null || policy === 'closed') return false;
  if (tlp === 'clear') return true;
  if (!own && !consent) return false;
  if (tlp === 'green') return true;
  if (tlp === 'amber') return policy === 'default';
  if (tlp === 'amber+strict') return approvals >= 1;
  return tlp === 'red' && own && approvals >= 2;
}

/** The five marking definitions of TLP 2.0, as OASIS has published them. */
const markings: Readonly<Record<string, Theft['tlp']>> = {
  'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487': 'clear',
  'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb': 'green',
  'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421': 'amber',
  'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003': 'amber+strict',
  'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1': 'red',
};

function tlpOf(object: { object_marking_refs?: string[] }): Theft['tlp'] | null {
  const found = (object.object_marking_refs ?? []).flatMap((ref) => markings[ref] ?? []);
  return found.length === 1 ? (found[0] ?? null) : null;
}

function signed({ card }: Side, jws: string): { header: Record<string, unknown>; payload: string } {
  const [head = '', payload = '', mark = ''] = jws.split('.');
  const key = createPublicKey({ key: { ...card.key }, format: 'jwk' });
  const good = verify(null, Buffer.from(`${head}.${payload}`), key, Buffer.from(mark, 'base64url'));
  assert.ok(good, `${card.desk} has signed this`);
  const text = (part: string) => Buffer.from(part, 'base64url').toString('utf8');
  return { header: JSON.parse(text(head)), payload: text(payload) };
}

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const sha = (text: string) => createHash('sha256').update(text).digest('hex');

/** RFC 8785, as far as what desks exchange goes: sorted keys, no spaces. */
function canonical(json: unknown): string {
  if (Array.isArray(json)) return `[${json.map(canonical).join(',')}]`;
  if (typeof json !== 'object' || json === null) return JSON.stringify(json);
  const parts = Object.entries(json)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`);
  return `{${parts.join(',')}}`;
}
