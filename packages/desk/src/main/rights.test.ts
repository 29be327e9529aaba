import assert from 'node:assert/strict';
import { channel } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { caseContent, peopleTerms, type Right, type Role, rightParts, rights, roles } from '@gongjo/contract';
import fastify from 'fastify';
import { rightsDocFile, withRights } from '../../../../scripts/rights-doc.ts';
import { guard } from '../http/guard.ts';
import { type Need, needs } from '../http/index.ts';
import { type Method, openPeopleDesk, type PeopleDesk } from './people-desk.fixture.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../..', rightsDocFile), 'utf8');

/** The documented table is what is held against the desk: right → roles that have it. */
const documented = new Map<Right, ReadonlySet<Role>>(
  page.split('\n').flatMap((line) => {
    const [, right, , ...cells] = line.split('|').map((it) => it.trim());
    const named = rights.find((it) => `\`${it}\`` === right);
    return named ? [[named, new Set(roles.filter((_, at) => cells[at] === 'yes'))] as const] : [];
  }),
);
const routes = Object.entries(needs) as [string, Need][];
const isRight = (need: Need): need is Right => rights.includes(need as Right);

/** No JSON: whoever comes past the guard is told so by the parser, and nothing has been done. */
const brokenBody = '{';
const patienceMs = 300;

describe('the table of rights', () => {
  test('on the page is what the policy says', () => {
    assert.equal(page, withRights(page), 'run: npm run docs:rights');
  });

  test('gives every right a route, and every right a role', () => {
    const asked = new Set(routes.map(([, need]) => need));
    assert.deepEqual(
      rights.filter((right) => !asked.has(right)),
      [],
    );
    assert.equal(documented.size, rights.length);
    assert.deepEqual(
      rights.filter((right) => documented.get(right)?.size === 0),
      [],
    );
  });

  test('a route that no row names cannot be registered', () => {
    const app = fastify();
    guard(app, {} as never);
    assert.throws(() => app.get('/api/unheard-of', async () => ({})), /has no row in rights\.ts/);
  });
});

describe('every role at every route', () => {
  let house: PeopleDesk;
  const sessions = new Map<Role | 'nobody', Record<string, string>>([['nobody', {}]]);
  let started = 0;
  const handler = channel('tracing:fastify.request.handler:start');
  const count = () => {
    started += 1;
  };
  before(async () => {
    house = await openPeopleDesk();
    for (const role of roles) sessions.set(role, await house.signIn(`The ${role}`, [role]));
    handler.subscribe(count);
  });
  after(async () => {
    handler.unsubscribe(count);
    await house.close();
  });

  /** What came of a request: whether it passed the guard, and what it was told otherwise. */
  async function knock(route: string, who: Role | 'nobody') {
    const [method, pattern = ''] = route.split(' ') as [Method, string];
    const at = pattern.replace(/:\w+/g, 'x');
    const isRead = method === 'GET';
    const before = started;
    const asked = house.network.inject({
      ...{ method, url: at, signal: AbortSignal.timeout(at === '/api/events' ? patienceMs : 60_000) },
      headers: {
        ...{ host: 'desk.example', ...sessions.get(who) },
        ...(isRead ? {} : { 'content-type': 'application/json' }),
      },
      ...(isRead ? {} : { payload: brokenBody }),
    });
    const answer = await asked.catch(() => null);
    const problem = answer && answer.statusCode >= 400 ? answer.json<{ code: string; hint: { en: string } }>() : null;
    const passed = isRead ? started > before : problem?.code === 'input-invalid';
    return { passed, status: answer?.statusCode ?? 0, code: problem?.code ?? null, hint: problem?.hint.en ?? '' };
  }

  test('the table has every route that the app has', () => {
    for (const [route] of routes) {
      const [method = '', url = ''] = route.split(' ');
      assert.ok(house.network.hasRoute({ method: method as 'GET', url }), route);
    }
  });

  for (const who of ['nobody', ...roles] as const)
    test(`${who}: what may be done is done, and nothing else`, async () => {
      for (const [route, need] of routes) {
        const { passed, status, code, hint } = await knock(route, who);
        const told = `${who} ${route}: ${status} ${code}`;
        if (need === 'public' || need === 'reporter') assert.ok(passed, told);
        else if (who === 'nobody') assert.deepEqual([passed, code], [false, 'not-signed-in'], told);
        else if (need === 'operator') assert.deepEqual([passed, code], [false, 'not-found'], told);
        else if (!isRight(need)) assert.ok(passed, told);
        else if (documented.get(need)?.has(who)) assert.ok(passed, told);
        else {
          const { object } = rightParts(need);
          const read = object === 'evidence' ? 'incident:read' : (`${object}:read` as Right);
          const isHidden = caseContent.has(object) && !documented.get(read)?.has(who);
          assert.deepEqual([passed, status], [false, isHidden ? 404 : 403], told);
          assert.equal(code, isHidden ? 'not-found' : 'right-missing', told);
          // Whom to ask stands in the refusal.
          if (!isHidden)
            for (const role of documented.get(need) ?? []) assert.ok(hint.includes(peopleTerms.role[role].en), told);
        }
      }
    });

  test('the operator at the data folder is refused nothing by the guard', async () => {
    for (const [route, need] of routes) {
      if (need === 'reporter' || route === 'GET /api/events') continue;
      const [method, pattern = ''] = route.split(' ') as [Method, string];
      const before = started;
      if (method !== 'GET') continue;
      const answer = await house.operate('GET', pattern.replace(/:\w+/g, 'x'));
      assert.doesNotMatch(answer.body, /"code":"right-missing"/, route);
      assert.ok(started > before, route);
    }
  });
});
