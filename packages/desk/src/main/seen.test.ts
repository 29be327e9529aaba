import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { roles, type Tlp } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { buildApp, needs } from '../http/index.ts';
import { readerSchema, readSettings, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk, schemas } from './desk.ts';
import { addPartner, collection, fill, type Ids, idsOf, partner, sha256, uuid } from './seen.fixture.ts';

const url = 'https://desk.example';
const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-seen-http-'));
const now = Date.UTC(2026, 0, 1);
const clock = { now: () => now, sleep: async () => undefined };
const nothing = () => undefined;

/** Two people of one desk. What the one sees and the other does not is marked red. */
const clearances: Readonly<Record<string, Tlp>> = { kim: 'red', lee: 'amber' };
const [red, amber] = [idsOf(1), idsOf(2)];

let desk: Desk;
let network: FastifyInstance;
let operator: FastifyInstance;
const cookies = new Map<string, string>();

before(async () => {
  const identity = { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR' };
  const settings = readSettings({ data: folder, url, desk: identity }, {});
  const log = { info: nothing, warn: nothing, error: nothing };
  desk = await openDesk(settings, { clock, random: systemRandom, log, version: '0.0.0' });
  network = await buildApp(desk.http, 'network');
  operator = await buildApp(desk.http, 'folder');
  for (const [name, clearance] of Object.entries(clearances)) cookies.set(name, await signedIn(name, clearance));
  const { records, partnerContext } = desk.http;
  await addPartner(records, partnerContext.desk);
  const made = { alias: collection, title: { en: 'Mine', ko: '목록' }, selection: { types: ['identity'] } };
  assert.equal(
    (await operator.inject({ method: 'POST', url: '/api/taxii/collections', payload: made })).statusCode,
    201,
  );
  await fill(records, red, 'red');
  await fill(records, amber, 'amber');
});
after(async () => {
  await Promise.all([network.close(), operator.close()]);
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

async function signedIn(name: string, clearance: Tlp): Promise<string> {
  const payload = { name, clearance, roles };
  const link = await operator.inject({ method: 'POST', url: '/api/sign-in-links', payload });
  const token = new URL(link.json<{ signInUrl: string }>().signInUrl).hash.slice(1);
  const made = await network.inject({
    method: 'POST',
    url: '/api/session',
    payload: { token },
    headers: { 'sec-fetch-site': 'same-origin', host: 'desk.example' },
  });
  return String(made.headers['set-cookie']).split(';')[0] ?? '';
}

async function ask(name: string, method: 'GET' | 'POST' | 'DELETE', at: string, payload?: object) {
  const headers = { cookie: cookies.get(name) ?? '', host: 'desk.example', 'sec-fetch-site': 'same-origin' };
  return network.inject({ method, url: at, headers, ...(payload && { payload }) });
}

/** What names a secret to whoever is cleared for it. */
const telling = [
  ...['incidents', 'alerts', 'alert-groups', 'notices', 'holds', 'asked-holds', 'cases', 'requests', 'objects'],
  ...['approvals', 'custody', 'overlap', `overlap/matches?reference=${red.incident}`, 'objects?text=secret'],
  ...[`partners/${partner}`, `partners/${partner}/quarantine`, 'search?q=secret'],
];
const lists = [...telling, 'measures', 'status', 'watches', 'watches/status', 'partners'];
/** Everything that is named by an identifier: reading it, and what is done to it. */
const things = (ids: Ids): ['GET' | 'POST' | 'DELETE', string, object?][] => [
  ['GET', `incidents/${ids.incident}`],
  ['GET', `incidents/${ids.incident}/reports`],
  ['GET', `incidents/${ids.incident}/matches`],
  ['POST', `incidents/${ids.incident}/matches`, { other: amber.incident, decision: 'apart' }],
  ['POST', `incidents/${amber.incident}/matches`, { other: ids.incident, decision: 'apart' }],
  ['POST', `alerts/alert${ids.n}/acknowledge`],
  ['GET', `alert-groups/group${ids.n}`],
  ['POST', `alert-groups/group${ids.n}/acknowledge`],
  ['POST', `alert-groups/group${ids.n}/assign`, { to: 'lee' }],
  ['POST', `notices/notice${ids.n}/acknowledge`],
  ['GET', `cases/${ids.case}`],
  ['POST', `cases/${ids.case}/members`, { act: 'restrict' }],
  ['POST', `cases/${ids.case}/facts`, { body: { kind: 'note', text: 'x' } }],
  ['POST', `cases/${ids.case}/answer`, { standing: 'left' }],
  ['GET', `requests/${uuid(ids.n)}`],
  ['POST', `requests/${uuid(ids.n)}/events`, { what: { event: 'withdraw', reason: 'x' } }],
  ['GET', `objects/${ids.object}`],
  ['GET', `objects/${ids.marked}`],
  ['POST', `objects/${ids.object}/marks`, { tlp: 'red', reason: 'x' }],
  ['POST', 'recalls', { what: ids.object, reason: { en: 'x', ko: 'x' } }],
  ['POST', 'releases', { what: ids.object, to: 'x', purpose: 'investigation', legalBasis: 'x' }],
  ['POST', `approvals/asked${ids.n}/refuse`, { reason: 'x' }],
  ['POST', `approvals/asked${ids.n}/approve`],
  ['POST', 'evidence', { incident: ids.incident }],
  ['GET', `deliveries/${ids.delivery}/proof`],
  ['GET', `holds/${ids.hold}`],
  ['POST', 'holds', { incident: ids.incident, alert: `alert${ids.n}` }],
  ['POST', `holds/${ids.hold}/revise`, { days: 4 }],
  ['POST', `holds/${ids.hold}/approve`, { digest: sha256 }],
  ['POST', `holds/${ids.hold}/send`, { way: 'print' }],
  ['POST', `holds/${ids.hold}/answer`, { event: 'acknowledge' }],
  ['POST', `holds/${ids.hold}/received`, { kind: 'other', name: 'x', base64: 'eA==' }],
  ['GET', `asked-holds/${partner}/${ids.hold}`],
  ['POST', `asked-holds/${partner}/${ids.hold}/answer`, { event: 'acknowledge' }],
  ['POST', `asked-holds/${partner}/${ids.hold}/files`, { kind: 'other', name: 'x', base64: 'eA==' }],
  ['DELETE', `overlap/entries/${ids.entry}`],
];
/** What routes ask for that read nothing without it. */
const queries: Readonly<Record<string, string>> = {
  '/api/search': 'q=secret',
  '/api/webhook-secret': 'agency=kr-fiu&contact=duty',
  '/api/policy/explain': `object=${amber.object}&to=${partner}&purpose=investigation`,
  '/api/overlap/matches': `reference=${amber.incident}`,
  '/api/tags': `chain=eip155:1&address=0x${'0'.repeat(38)}aa`,
  '/api/directory/who': 'kind=theft&countries=KR,US',
  '/api/directory/channels': 'from=KR&to=US',
  '/api/directory/find': 'text=fiu',
};

describe('a person reads nothing past the own clearance', () => {
  test('no list, count or search names it', async () => {
    for (const list of lists) {
      const [mine, theirs] = [await ask('kim', 'GET', `/api/${list}`), await ask('lee', 'GET', `/api/${list}`)];
      assert.equal(theirs.statusCode, 200, `${list}: ${theirs.body}`);
      assert.doesNotMatch(theirs.body, /secret 1/, list);
      if (mine.body.includes('secret 1')) assert.match(theirs.body, /secret 2/, list);
    }
    for (const list of telling) assert.match((await ask('kim', 'GET', `/api/${list}`)).body, /secret ?1/, list);
  });

  test('what is counted is what is seen', async () => {
    const refused = async (name: string) =>
      (await ask(name, 'GET', `/api/taxii/collections/${collection}`)).json<{ refused: number }>().refused;
    assert.deepEqual([await refused('kim'), await refused('lee')], [2, 1]);
    const listed = (await ask('lee', 'GET', '/api/taxii/collections')).json<{ collections: { refused: number }[] }>();
    assert.deepEqual(
      listed.collections.map((it) => it.refused),
      [1],
    );
  });

  test('what a policy would change is told of what is seen', async () => {
    const { text } = (await ask('kim', 'GET', '/api/policy')).json<{ text: string }>();
    const rule = `@id("none") @reason_en("x") @reason_ko("x")
      forbid (principal, action == Action::"release", resource) when { resource.objectType == "malware" };`;
    const changed = async (name: string) => {
      const answer = await ask(name, 'POST', '/api/policy/check', { text: `${text}\n${rule}\n` });
      assert.equal(answer.statusCode, 200, answer.body);
      const { changes, narrower } = answer.json<{
        objects: { changes: { object: { id: string } }[]; narrower: number };
      }>().objects;
      return { ids: [...new Set(changes.map(({ object }) => object.id))].sort(), narrower };
    };
    const [all, some] = [await changed('kim'), await changed('lee')];
    const ids = [red, amber].flatMap((it) => [it.object, it.marked]).sort();
    assert.deepEqual(all.ids, ids);
    assert.deepEqual(some.ids, [amber.object, amber.marked].sort());
    assert.equal(some.narrower, all.narrower);
  });

  test('what is compared for a matter that is hidden stays as it is, and listing it tells nothing', async () => {
    const list = async (n: number) => {
      const items = [{ kind: 'email', text: `secret${n}@example.org` }];
      const body = { items, disclosure: 'silent', contact: 'lee', reference: amber.incident };
      return ask('lee', 'POST', '/api/overlap/entries', body);
    };
    const entry = async () => {
      const sql = `select id, disclosure, contact, reference, removed_at from overlap_entries where text like '%secret1@%' order by id`;
      return desk.http.records.query<{ id: string; contact: string }>(sql);
    };
    // As it would be named by a person's own list.
    const [kept] = (await list(1)).json<{ ids: string[] }>().ids;
    await desk.http.records.query('update overlap_entries set reference = $1, contact = $2 where id = $3', [
      ...[red.incident, 'kim', kept],
    ]);
    const before = await entry();
    assert.ok(before.some(({ id, contact }) => id === kept && contact === 'kim'));
    const [again, other] = [await list(1), await list(9)];
    assert.deepEqual([again.statusCode, other.statusCode], [201, 201]);
    assert.deepEqual(again.json(), { ids: [kept] });
    assert.deepEqual(await entry(), before);
    await desk.http.records.query(`delete from overlap_entries where source = 'hand' and id not in ($1, $2)`, [
      ...[red.entry, amber.entry],
    ]);
  });

  test('under its own identifier it is as what there is not, and nothing is done to it', async () => {
    const missing = things(idsOf(9));
    const state = async () =>
      JSON.stringify([
        await desk.http.records.query('select * from alerts order by id'),
        await desk.http.records.query('select * from alert_groups order by id'),
        await desk.http.records.query('select * from notices order by id'),
        await desk.http.records.query('select * from cases order by id'),
        await desk.http.records.query('select * from case_revisions'),
        await desk.http.records.query('select * from partner_requests order by id'),
        await desk.http.records.query('select * from object_marks'),
        await desk.http.records.query('select * from release_requests order by id'),
        await desk.http.records.query('select * from holds order by id'),
        await desk.http.records.query('select * from hold_happenings'),
        await desk.http.records.query('select * from hold_words'),
        await desk.http.records.query('select * from overlap_entries order by id'),
        await desk.http.records.query(`select * from audit_entries where action = 'sharing.proof-taken'`),
      ]);
    const untouched = await state();
    for (const [i, [method, path_, body]] of things(red).entries()) {
      const hidden = await ask('lee', method, `/api/${path_}`, body);
      const [, none = '', other] = missing[i] ?? [];
      const absent = await ask('lee', method, `/api/${none}`, other);
      assert.equal(hidden.statusCode, 404, `${method} ${path_}: ${hidden.body}`);
      const codes = [hidden, absent].map((it) => it.json<{ code: string }>().code);
      assert.equal(codes[0], codes[1], `${method} ${path_}`);
    }
    assert.equal(await state(), untouched);
  });

  test('no list of the desk reads what nobody was granted', async () => {
    const routes = Object.keys(needs).filter((it) => it.startsWith('GET /api/') && !/:|events|oidc/.test(it));
    assert.ok(routes.length > 40);
    for (const route of routes) {
      const at = route.slice('GET '.length);
      const answer = await ask('lee', 'GET', `${at}?${queries[at] ?? ''}`);
      // Nothing asks for more than is given: each of them has read.
      assert.ok(answer.statusCode < 500 && answer.statusCode !== 400, `${route}: ${answer.body}`);
      assert.doesNotMatch(answer.body, /secret ?1/, route);
    }
  });

  test('who has the clearance finds it there', async () => {
    for (const [method, path_] of things(red).filter(([it]) => it === 'GET'))
      assert.equal((await ask('kim', method, `/api/${path_}`)).statusCode, 200, path_);
  });
});

describe('a case that is restricted', () => {
  test('is there for its members alone, and each change stands in the record', async () => {
    const members = `/api/cases/${amber.case}/members`;
    const sees = async (name: string) => {
      const one = await ask(name, 'GET', `/api/cases/${amber.case}`);
      const listed = (await ask(name, 'GET', '/api/cases')).body.includes(amber.case);
      assert.equal(one.statusCode === 200, listed);
      return listed;
    };
    assert.deepEqual([await sees('kim'), await sees('lee')], [true, true]);
    assert.equal((await ask('lee', 'POST', members, { act: 'admit', person: 'kim' })).statusCode, 409);
    assert.equal((await ask('lee', 'POST', members, { act: 'restrict' })).statusCode, 200);
    assert.deepEqual([await sees('kim'), await sees('lee')], [false, true]);
    assert.equal(
      (await ask('kim', 'POST', members, { act: 'admit', person: 'kim' })).json<{ code: string }>().code,
      'case-unknown',
    );
    assert.equal(
      (await ask('lee', 'POST', members, { act: 'release', person: 'lee' })).json<{ code: string }>().code,
      'case-member-last',
    );
    assert.equal((await ask('lee', 'POST', members, { act: 'admit', person: 'kim' })).statusCode, 200);
    assert.deepEqual([await sees('kim'), await sees('lee')], [true, true]);
    assert.equal((await ask('lee', 'POST', members, { act: 'release', person: 'lee' })).statusCode, 204);
    assert.deepEqual([await sees('kim'), await sees('lee')], [true, false]);
    assert.equal((await ask('kim', 'POST', members, { act: 'lift' })).statusCode, 200);
    assert.deepEqual([await sees('kim'), await sees('lee')], [true, true]);
    // What changes nothing, and what leaves nobody in it, is in no record.
    const asOperator = async (payload: object) => {
      const { statusCode, json } = await operator.inject({ method: 'POST', url: members, payload });
      return statusCode < 300 ? statusCode : json<{ code: string }>().code;
    };
    assert.equal(await asOperator({ act: 'restrict' }), 'case-member-last');
    assert.deepEqual([await sees('kim'), await sees('lee')], [true, true]);
    assert.equal(await asOperator({ act: 'restrict', person: 'kim' }), 200);
    assert.equal(await asOperator({ act: 'restrict' }), 200);
    assert.equal(await asOperator({ act: 'admit', person: 'kim' }), 200);
    assert.equal(await asOperator({ act: 'release', person: 'lee' }), 200);
    assert.deepEqual([await sees('kim'), await sees('lee')], [true, false]);
    assert.equal(await asOperator({ act: 'restrict', person: 'lee' }), 200);
    assert.equal(await asOperator({ act: 'lift' }), 200);
    const acts = await desk.http.records.query<{ action: string; actor: string }>(
      'select action, actor from audit_entries where subject = $1 order by seq',
      [amber.case],
    );
    assert.deepEqual(
      acts.map(({ action, actor }) => `${actor} ${action}`),
      [
        ...['lee case.restricted', 'lee case.member-admitted', 'lee case.member-released', 'kim case.unrestricted'],
        ...['operator case.restricted', 'operator case.member-admitted', 'operator case.unrestricted'],
      ],
    );
  });
});

describe('a case that is restricted to whoever sees it', () => {
  const { case: id } = red;
  const act = async (payload: object) => {
    const { statusCode, json } = await operator.inject({ method: 'POST', url: `/api/cases/${id}/members`, payload });
    return statusCode < 300 ? statusCode : json<{ code: string }>().code;
  };
  const account = (name: string, change: string) =>
    desk.http.records.query(`update accounts set ${change} where name = $1`, [name]);

  test('is not left to a person who is not cleared, may not read cases, or is gone', async () => {
    assert.equal(await act({ act: 'restrict', person: 'lee' }), 'case-member-blind');
    await account('kim', `state = 'disabled'`);
    assert.equal(await act({ act: 'restrict', person: 'kim' }), 'case-member-blind');
    await account('kim', `state = 'active', roles = '["administrator"]'`);
    assert.equal(await act({ act: 'restrict', person: 'kim' }), 'case-member-blind');
    await desk.http.records.query('update accounts set roles = $1 where name = $2', [JSON.stringify(roles), 'kim']);
    assert.equal(await act({ act: 'restrict', person: 'kim' }), 200);
  });

  test('keeps the last member who sees it, whoever else is one', async () => {
    await account('lee', `clearance = 'red'`);
    assert.equal(await act({ act: 'admit', person: 'lee' }), 200);
    await account('lee', `clearance = 'amber'`);
    assert.equal(await act({ act: 'release', person: 'kim' }), 'case-member-last');
    await account('kim', `state = 'disabled'`);
    assert.equal(await act({ act: 'restrict' }), 'case-member-last');
    await account('kim', `state = 'active'`);
    assert.equal(await act({ act: 'restrict' }), 200);
    assert.equal(await act({ act: 'release', person: 'lee' }), 200);
    assert.equal(await act({ act: 'lift' }), 200);
  });
});

test('every table of the database stands in exactly one list', async () => {
  const tables = await desk.http.records.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace`,
  );
  const listed = [readerSchema, ...schemas].flatMap(({ reading }) => Object.keys(reading?.tables ?? {}));
  assert.deepEqual(listed.toSorted(), tables.map(({ name }) => name).sort());
});
