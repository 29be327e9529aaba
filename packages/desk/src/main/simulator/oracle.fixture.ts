import assert from 'node:assert/strict';
import type { Tlp } from '@gongjo/contract';
import { address, type Theft, words } from './case.fixture.ts';
import type { SimDesk } from './desk.fixture.ts';
import { auditHolds } from './judge-audit.fixture.ts';
import { judgeCollection } from './judge-collection.fixture.ts';
import { judgeJoint, tallyJoint } from './judge-joint.fixture.ts';
import { keysAgree, lettersAreFollowed } from './judge-keys.fixture.ts';
import { marksAreKept, strictestMark } from './judge-marks.fixture.ts';
import {
  type Bundled,
  base64url,
  canonical,
  type Given,
  mayGo,
  type Side,
  saysNoMoreThan,
  sha,
  signed,
  stancesOf,
  strictest,
  tlpOf,
} from './plain.fixture.ts';
import type { World } from './world.fixture.ts';

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
      await withheldIsTold(desk, partner);
      await lettersAreFollowed(desk, partner);
      await keysAgree(desk, partner);
      await quotaWasKept(desk, partner);
    }
    await marksAreKept(desk);
    await judgeCollection(world, desk);
    await nothingElseIsHeld(world, desk);
    await recalledIsUnused(world, desk);
  }
  await judgeJoint(world);
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
       union all select 'marks', count(*)::integer from object_marks
       union all select 'objects', count(*)::integer from shared_objects
       union all select 'objects taken back', count(*)::integer from shared_objects where recalled_at is not null
       union all select 'passed on', count(*)::integer from release_decisions d where released and exists (
         select 1 from incidents i join shared_objects o on o.incident = i.id
         where i.origin = d.origin and o.id = d.object_id)`,
    );
    for (const { what, n } of rows) counts.set(what, (counts.get(what) ?? 0) + n);
  }
  for (const [what, n] of await tallyJoint(world)) counts.set(what, n);
  return counts;
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
  // A version that the desk has of itself and of another are two objects of its; both may go.
  const origins = new Map<string, number>();
  for (const it of await releasedTo(from, to)) origins.set(versionOf(it), (origins.get(versionOf(it)) ?? 0) + 1);
  const seen = new Map<string, number>();
  const taken = new Set<string>();
  const refused = new Set<string>();
  for (const { id, envelope, signature, receipt } of sent) {
    const json = JSON.parse(envelope) as { objects?: Bundled[] };
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
      assert.ok(times <= (origins.get(versionOf(version)) ?? 0), `${bytesOf(version)} was sent ${what} ${times} times`);
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
function mayBeRefused(tlp: Tlp | null, code: string): boolean {
  return (tlp === 'red' && code === 'policy-refused') || code === 'object-revoked';
}

/** No object is at a desk that it was never allowed to reach. */
async function policyWasKept(world: World, from: SimDesk, to: SimDesk): Promise<void> {
  const stances = stancesOf(world, from, to);
  const held = new Set((await heldFrom(to, from)).map(bytesOf));
  for (const it of await releasedTo(from, to)) {
    if (!held.has(bytesOf(it))) continue;
    const object = JSON.parse(it.body) as Bundled;
    const tlp = tlpOf(object);
    const given = await givenFor(world, from, to, it);
    assert.ok(
      stances.some((stance) => mayGo(tlp, stance, given) && (!given.own || saysNoMoreThan(stance, object))),
      `${it.id} (${tlp}, of ${it.origin}) is at ${to.card.desk}, and ${from.card.desk} never allowed that`,
    );
  }
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
    const tlp = strictest(theft.tlp, await strictestMark(from, theft.id));
    if (theft.recalled || !stance || !mayGo(tlp, stance, asked)) continue;
    for (const expected of [theft.id, ...theft.addresses.map(address)])
      assert.ok(held.includes(expected), `${to.card.desk} does not hold ${expected} of theft ${theft.n}`);
    if (stance.policy !== 'terse') await everyWordArrived(from, to, theft);
    // Whoever passed it on before, it is its author's.
    const [incident] = await to.records.query<{ origin: string }>('select origin from incidents where id = $1', [
      theft.id,
    ]);
    assert.equal(incident?.origin, from.card.desk, `whose theft ${theft.n} is at ${to.card.desk}`);
    for (const expected of theft.addresses.map((a) => `${theft.id} ${address(a)}`))
      assert.ok(watched.has(expected), `${to.card.desk} does not watch ${expected}`);
  }
}

/**
 * What could go only without its words at some time has followed with them; but where people here have marked it more strictly
 * since, for a copy that says more and is marked more strictly is no wider one.
 */
async function everyWordArrived(from: SimDesk, to: SimDesk, { id }: Theft): Promise<void> {
  const newest = await from.records.query<{ id: string; modified: string }>(
    `select id, max(modified) as modified from shared_objects
     where origin = $1 and incident = $2 and type = 'indicator'
       and id not in (select object_id from object_marks) group by id`,
    [from.card.desk, id],
  );
  const held = new Map((await heldFrom(to, from)).map((it) => [versionOf(it), it.body]));
  for (const version of newest.map(versionOf))
    assert.ok(held.get(version)?.includes(words), `${version} is at ${to.card.desk} with all that was said of it`);
}

/** A delivery says of which of its desk's own objects something was withheld, and what; and of no other. */
async function withheldIsTold(from: SimDesk, to: SimDesk): Promise<void> {
  const own = await from.records.query<{ id: string }>(
    `select distinct id from shared_objects where origin = $1 and type = 'indicator'`,
    [from.card.desk],
  );
  const ids = new Set(own.map(({ id }) => id));
  for (const { id, envelope } of await carried(from, to, 'out')) {
    const { gongjo, objects = [] } = JSON.parse(envelope) as {
      gongjo?: { kind: string; withheld?: { id: string; modified: string; removed: string[] }[] };
      objects?: Bundled[];
    };
    if (gongjo && gongjo.kind !== 'objects') continue;
    const without = objects.filter((it) => ids.has(it.id) && it.description === undefined);
    assert.deepEqual(
      gongjo?.withheld?.filter((it) => ids.has(it.id)) ?? [],
      without.map((it) => ({ id: it.id, modified: it.modified, removed: ['/description'] })),
      `what delivery ${id} says was withheld`,
    );
  }
}

/** Of one partner no more is taken within an hour of the desk's clock than it may send; a request that has begun is taken whole. */
async function quotaWasKept(from: SimDesk, to: SimDesk): Promise<void> {
  if (!to.quotas) return;
  const hours = await to.records.query<{ n: number }>(
    `select count(*)::integer as n from deliveries where partner = $1 and direction = 'in' group by date_trunc('hour', decided_at)`,
    [from.card.desk],
  );
  // Some may have begun before the hour, and some at its end.
  const most = to.quotas.deliveriesPerHour + 2 * to.quotas.concurrent - 1;
  for (const { n } of hours)
    assert.ok(
      n <= most,
      `${to.card.desk} took ${n} deliveries of ${from.card.desk} in an hour, and ${most} are the most`,
    );
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
