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

const url = 'https://desk.example';
const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-seen-http-'));
const now = Date.UTC(2026, 0, 1);
const clock = { now: () => now, sleep: async () => undefined };
const nothing = () => undefined;
const at = '2026-01-01T00:00:00.000Z';
const uuid = (n: number) => `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

/** Two people of one desk. What the one sees and the other does not is marked red. */
const clearances: Readonly<Record<string, Tlp>> = { kim: 'red', lee: 'amber' };
const red = { incident: `incident--${uuid(1)}`, case: `grouping--${uuid(1)}`, object: `malware--${uuid(1)}` };
const amber = { incident: `incident--${uuid(2)}`, case: `grouping--${uuid(2)}`, object: `malware--${uuid(2)}` };

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
  await fill(red, 'red', 1);
  await fill(amber, 'amber', 2);
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

/** One of every kind of thing, all of one marking. */
async function fill(ids: typeof red, tlp: Tlp, n: number): Promise<void> {
  const put = (table: string, row: Readonly<Record<string, unknown>>) =>
    desk.http.records.query(
      `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, i) => `$${i + 1}`)})`,
      Object.values(row).map((it) => (it?.constructor === Object ? JSON.stringify(it) : it)),
    );
  const title = { en: `secret ${n}`, ko: `secret ${n}` };
  const facts = { tlp, title, chain: 'eip155:1', kind: 'theft', txids: [], origin: null, victim: null, reports: 1 };
  await put('incidents', { id: ids.incident, chain: 'eip155:1', body: facts, opened_at: at, updated_at: at });
  await put('notices', {
    ...{ id: `notice${n}`, incident: ids.incident, agency: 'kr-fiu', contact: 'c', channel: 'email', cause: 'opened' },
    ...{ drill: false, state: 'due', at },
  });
  await put('cases', { id: ids.case, title, tlp, opened_at: at, opened_by: 'kim' });
  const object = {
    type: 'malware',
    id: ids.object,
    spec_version: '2.1',
    created: at,
    modified: at,
    name: `secret ${n}`,
  };
  await put('shared_objects', {
    ...{ id: ids.object, modified: at, origin: 'file:x', type: 'malware', label: `secret ${n}`, tlp, marks: [] },
    ...{ body: JSON.stringify(object), sha256: `${n}`, added_at: at },
  });
  await put('release_requests', {
    ...{ id: `asked${n}`, kind: 'person', state: 'open', recipient: 'r', origin: 'seoul', purpose: 'investigation' },
    ...{ basis: 'b', asked_by: 'kim', asked_at: at, expires_at: '2027-01-01T00:00:00.000Z', reasons: '[]' },
  });
  await put('release_request_objects', {
    ...{ request: `asked${n}`, place: 1, object_id: ids.object, modified: at, origin: 'file:x', sha256: `${n}` },
  });
  await put('custody', {
    ...{ id: `paper${n}`, incident: ids.incident, direction: 'in', name: `secret ${n}`, media_type: 'm' },
    ...{ sha256: 'a'.repeat(64), who: 'w', why: 'y', at },
  });
  const group = { rule: 'peel-chain', incident: ids.incident, chain: 'eip155:1' };
  await put('alert_groups', { id: `group${n}`, ...group, place: { label: `secret ${n}`, name: null, country: null } });
  await put('alerts', {
    ...{ id: `alert${n}`, chain: 'eip155:1', height: 1, incident: ids.incident, raised_at: at, group_id: `group${n}` },
    body: {
      ...{ rule: 'peel-chain', urgency: 'know', incident: { id: ids.incident, title }, chain: 'eip155:1' },
      ...{ asset: { id: 'a', symbol: `secret ${n}`, decimals: 1 }, units: '1' },
    },
  });
  await put('partner_requests', {
    ...{ id: uuid(n), asker: 'seoul', asked: 'washington', tlp, opened_at: at, opened_by: 'kim' },
    draft: {
      ...{ title: `secret ${n}`, fields: { kind: 'rfi', question: 'q' }, legalBasis: 'l', purpose: 'p' },
      ...{ deadline: '2027-01-01T00:00:00.000Z', urgent: false },
    },
  });
}

async function ask(name: string, method: 'GET' | 'POST', at: string, payload?: object) {
  const headers = { cookie: cookies.get(name) ?? '', host: 'desk.example', 'sec-fetch-site': 'same-origin' };
  return network.inject({ method, url: at, headers, ...(payload && { payload }) });
}

const lists = [
  ...[
    'incidents',
    'alerts',
    'alert-groups',
    'notices',
    'holds',
    'cases',
    'requests',
    'objects',
    'approvals',
    'custody',
  ],
  ...['measures', 'objects?text=secret', 'overlap', 'status', 'watches', 'watches/status'],
];
/** Everything that is named by an identifier: reading it, and what is done to it. */
const things = (ids: typeof red, n: number): ['GET' | 'POST', string, object?][] => [
  ['GET', `incidents/${ids.incident}`],
  ['GET', `incidents/${ids.incident}/reports`],
  ['GET', `incidents/${ids.incident}/matches`],
  ['POST', `incidents/${ids.incident}/matches`, { other: amber.incident, decision: 'apart' }],
  ['POST', `incidents/${amber.incident}/matches`, { other: ids.incident, decision: 'apart' }],
  ['POST', `alerts/alert${n}/acknowledge`],
  ['GET', `alert-groups/group${n}`],
  ['POST', `alert-groups/group${n}/acknowledge`],
  ['POST', `alert-groups/group${n}/assign`, { to: 'lee' }],
  ['POST', `notices/notice${n}/acknowledge`],
  ['GET', `cases/${ids.case}`],
  ['POST', `cases/${ids.case}/members`, { act: 'restrict' }],
  ['POST', `cases/${ids.case}/facts`, { body: { kind: 'note', text: 'x' } }],
  ['POST', `cases/${ids.case}/answer`, { standing: 'left' }],
  ['GET', `requests/${uuid(n)}`],
  ['POST', `requests/${uuid(n)}/events`, { what: { event: 'withdraw', reason: 'x' } }],
  ['GET', `objects/${ids.object}`],
  ['POST', `objects/${ids.object}/marks`, { tlp: 'red', reason: 'x' }],
  ['POST', 'recalls', { what: ids.object, reason: { en: 'x', ko: 'x' } }],
  ['POST', 'releases', { what: ids.object, to: 'x', purpose: 'investigation', legalBasis: 'x' }],
  ['POST', `approvals/asked${n}/refuse`, { reason: 'x' }],
  ['POST', `approvals/asked${n}/approve`],
  ['POST', 'evidence', { incident: ids.incident }],
];

describe('a person reads nothing past the own clearance', () => {
  test('no list, count or search names it', async () => {
    for (const list of lists) {
      const [mine, theirs] = [await ask('kim', 'GET', `/api/${list}`), await ask('lee', 'GET', `/api/${list}`)];
      assert.equal(theirs.statusCode, 200, `${list}: ${theirs.body}`);
      assert.doesNotMatch(theirs.body, /secret 1/, list);
      if (mine.body.includes('secret 1')) assert.match(theirs.body, /secret 2/, list);
    }
    const told = async (list: string) => (await ask('kim', 'GET', `/api/${list}`)).body;
    for (const list of [
      'incidents',
      'alerts',
      'alert-groups',
      'notices',
      'cases',
      'requests',
      'objects',
      'approvals',
      'custody',
    ])
      assert.match(await told(list), /secret 1/, list);
  });

  test('under its own identifier it is as what there is not, and nothing is done to it', async () => {
    const nowhere = { incident: `incident--${uuid(9)}`, case: `grouping--${uuid(9)}`, object: `malware--${uuid(9)}` };
    const missing = things(nowhere, 9);
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
      ]);
    const untouched = await state();
    for (const [i, [method, path_, body]] of things(red, 1).entries()) {
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
      const answer = await ask('lee', 'GET', route.slice('GET '.length));
      assert.ok(answer.statusCode < 500, `${route}: ${answer.body}`);
    }
  });

  test('who has the clearance finds it there', async () => {
    for (const [method, path_] of things(red, 1).filter(([it]) => it === 'GET'))
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

test('every table of the database stands in exactly one list', async () => {
  const tables = await desk.http.records.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace`,
  );
  const listed = [readerSchema, ...schemas].flatMap(({ reading }) => Object.keys(reading?.tables ?? {}));
  assert.deepEqual(listed.toSorted(), tables.map(({ name }) => name).sort());
});
