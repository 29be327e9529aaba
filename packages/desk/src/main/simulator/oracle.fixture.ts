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
  }
}

/** A desk's records, and the key with which it signs. */
export interface Side {
  readonly card: DeskCard;
  readonly records: Db;
}

/** What went from one desk to the other: all of it, once, proved on both sides. Answers how many deliveries and objects. */
export async function judgeExchange(from: Side, to: Side): Promise<{ deliveries: number; objects: number }> {
  const objects = await setsAreEqual(from, to);
  return { deliveries: await receiptsAreComplete(from, to), objects };
}

interface Held {
  readonly id: string;
  readonly modified: string;
  readonly sha256: string;
  readonly body: string;
}

const versionOf = ({ id, modified, sha256 }: { id: string; modified: string | null; sha256: string }) =>
  `${id} ${modified ?? ''} ${sha256}`;

async function releasedTo(from: Side, to: Side): Promise<Held[]> {
  return from.records.query<Held>(
    `select d.object_id as id, d.modified, coalesce(d.copy, o.body) as body, d.sha256
     from release_decisions d
     join shared_objects o on o.id = d.object_id and o.modified = d.modified and o.origin = d.origin
     where o.origin = $1 and d.recipient = $2 and d.released`,
    [from.card.desk, to.card.desk],
  );
}

async function heldFrom(at: Side, from: Side): Promise<Held[]> {
  return at.records.query<Held>('select id, modified, sha256, body from shared_objects where origin = $1', [
    from.card.desk,
  ]);
}

/** What one desk's records say the other was given is what the other holds, byte for byte. */
async function setsAreEqual(from: Side, to: Side): Promise<number> {
  const line = ({ body, ...it }: Held) => `${versionOf(it)} ${body}`;
  const released = (await releasedTo(from, to)).map(line).sort();
  const held = await heldFrom(to, from);
  assert.deepEqual(held.map(line).sort(), released, `${to.card.desk} holds what ${from.card.desk} released to it`);
  for (const { id, sha256, body } of held) assert.equal(sha256, sha(body), `the hash of ${id}`);
  return held.length;
}

interface Carried {
  readonly id: string;
  readonly state: string;
  readonly envelope: string;
  readonly signature: string;
  readonly receipt: { readonly jws: string } | null;
}

async function carried(at: Side, other: Side, direction: 'in' | 'out'): Promise<Carried[]> {
  return at.records.query<Carried>(
    'select id, state, envelope, signature, receipt from deliveries where partner = $1 and direction = $2 order by seq',
    [other.card.desk, direction],
  );
}

/** Every bundle was taken once, in order, whole, and both sides can prove it. */
async function receiptsAreComplete(from: Side, to: Side): Promise<number> {
  const what = `from ${from.card.desk} to ${to.card.desk}`;
  const sent = await carried(from, to, 'out');
  const got = await carried(to, from, 'in');
  assert.deepEqual([...new Set(sent.map(({ state }) => state))], sent.length > 0 ? ['delivered'] : [], `sent ${what}`);
  assert.deepEqual([...new Set(got.map(({ state }) => state))], got.length > 0 ? ['admitted'] : [], `got ${what}`);
  const proof = ({ id, envelope, signature, receipt }: Carried) => [id, envelope, signature, receipt?.jws];
  assert.deepEqual(got.map(proof), sent.map(proof), `deliveries ${what}`);
  const seen = new Set<string>();
  for (const { id, envelope, signature, receipt } of sent) {
    const { objects } = JSON.parse(envelope) as { objects: { id: string; modified?: string }[] };
    assert.equal(envelope, canonical({ objects }), `delivery ${id} is canonical`);
    const [head, , mark] = signature.split('.');
    const header = signed(from, `${head}.${base64url(envelope)}.${mark}`).header;
    assert.deepEqual([header.iss, header.aud, header.jti], [from.card.desk, to.card.desk, id]);
    const { header: kind, payload } = signed(to, receipt?.jws ?? '');
    assert.equal(kind.typ, 'gongjo-receipt+jws');
    const facts = JSON.parse(payload) as Record<string, unknown> & {
      objects: { id: string; modified: string | null; sha256: string }[];
    };
    assert.deepEqual(
      [facts.delivery, facts.from, facts.by, facts.envelopeSha256],
      [id, from.card.desk, to.card.desk, sha(envelope)],
    );
    const versions = objects.map((object) =>
      versionOf({ id: object.id, modified: object.modified ?? null, sha256: sha(canonical(object)) }),
    );
    assert.deepEqual(facts.objects.map(versionOf), versions, `the receipt names what is in ${id}`);
    for (const version of versions) {
      assert.ok(!seen.has(version), `${version} was sent ${what} twice`);
      seen.add(version);
    }
  }
  assert.deepEqual(
    [...seen].sort(),
    (await releasedTo(from, to)).map(versionOf).sort(),
    `what was released is what was sent ${what}`,
  );
  const told = await from.records.query<{ n: number }>(
    `select count(*)::integer as n from timeline where body ->> 'kind' = 'receipted' and body -> 'who' ->> 'en' = $1`,
    [to.card.name.en],
  );
  assert.equal(told[0]?.n, sent.length, `receipts told at ${from.card.desk} of ${to.card.desk}`);
  return sent.length;
}

/** No object is at a desk that it was never allowed to reach. */
async function policyWasKept(world: World, from: SimDesk, to: SimDesk): Promise<void> {
  const stances = stancesOf(world, from, to);
  for (const { id, body } of await heldFrom(to, from)) {
    const tlp = tlpOf(JSON.parse(body));
    assert.ok(
      stances.some((stance) => mayGo(tlp, stance)),
      `${id} (${tlp}) is at ${to.card.desk}, and ${from.card.desk} never allowed that`,
    );
  }
}

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
    if (!stance || !mayGo(theft.tlp, stance)) continue;
    for (const expected of [theft.id, ...theft.addresses.map(address)])
      assert.ok(held.includes(expected), `${to.card.desk} does not hold ${expected} of theft ${theft.n}`);
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
function mayGo(tlp: Theft['tlp'] | null, { policy, paired, agreement }: Stance): boolean {
  if (!paired || agreement === null || policy === 'closed') return false;
  return tlp === 'clear' || tlp === 'green' || (tlp === 'amber' && policy === 'default');
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
