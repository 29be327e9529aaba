import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { zProblem } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../http/index.ts';
import { fingerprintOf, openKeys, readSettings, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';
import { address, blocksOf, txid } from './round.fixture.ts';

const url = 'https://desk.example';
const chain = 'eip155:31337';
const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-http-'));
const start = Date.UTC(2026, 0, 1);
const clock = { at: start, now: () => clock.at, sleep: async () => undefined };
const logged: { fields: object; message: string }[] = [];
const note = (fields: object, message: string) => void logged.push({ fields, message });

let desk: Desk;
let network: FastifyInstance;
let operator: FastifyInstance;
let port: number;
before(async () => {
  const settings = readSettings(
    {
      data: folder,
      url,
      desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR' },
      people: { idleMinutes: 720 },
    },
    {},
  );
  const log = { info: note, warn: note, error: note };
  desk = await openDesk(settings, { clock, random: systemRandom, log, version: '0.0.0' });
  await desk.http.ledger.append(blocksOf(chain as never, 1, [[[1, 1, 2, 100n]], [[2, 5, 5, 1n]]]));
  network = await buildApp(desk.http, 'network');
  operator = await buildApp(desk.http, 'folder');
  await network.listen({ host: '127.0.0.1', port: 0 });
  port = (network.server.address() as AddressInfo).port;
});
beforeEach(() => {
  clock.at = start;
  logged.length = 0;
});
after(async () => {
  await Promise.all([network.close(), operator.close()]);
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

type Method = 'GET' | 'HEAD' | 'POST' | 'DELETE' | 'PUT';
interface Ask {
  readonly method?: Method;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}
const ask = (app: FastifyInstance, at: string, { method = 'GET', headers = {}, body }: Ask = {}) =>
  app.inject({
    method,
    url: at,
    headers: { host: 'desk.example', ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
const problemOf = (response: { headers: object; json(): unknown }) => {
  assert.match(String((response.headers as Record<string, string>)['content-type']), /^application\/problem\+json/);
  return zProblem.parse(response.json());
};

async function linkToken(body: object = {}): Promise<string> {
  const made = await ask(operator, '/api/sign-in-links', { method: 'POST', body });
  return new URL(made.json<{ signInUrl: string }>().signInUrl).hash.slice(1);
}
async function signedIn(as?: object): Promise<Record<string, string>> {
  const response = await ask(network, '/api/session', { method: 'POST', body: { token: await linkToken(as) } });
  const [cookie] = response.cookies;
  return { cookie: `${cookie?.name}=${cookie?.value}` };
}

/** Every route below /api that the app has, with its parameters filled in. */
function apiRoutes(app: FastifyInstance): [method: Method, path: string][] {
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^([│├└─ ]*)(\S+) \(([^)]*)\)/.exec(line);
      if (!found) return [];
      const [, indent = '', part = '', methods = ''] = found;
      const depth = indent.length / 4 - 1;
      above.splice(depth, above.length, part);
      const full = above.join('').replace(/:\w+/g, 'x');
      return full.startsWith('/api/')
        ? methods.split(', ').map((method): [Method, string] => [method as Method, full])
        : [];
    });
}

describe('without a session', () => {
  /** All that a stranger may call: what it takes to sign in. */
  const forStrangers = [
    'POST /api/session',
    'GET /api/sign-in',
    'HEAD /api/sign-in',
    'POST /api/passkeys/sign-in/options',
    'POST /api/passkeys/sign-in',
    'POST /api/passkeys/enrolment/options',
    'POST /api/passkeys/enrolment',
    'GET /api/oidc/start',
    'HEAD /api/oidc/start',
    'GET /api/oidc/callback',
    'HEAD /api/oidc/callback',
  ];

  test('every route of the API answers 401 in both languages, and nothing else', async () => {
    const routes = apiRoutes(network).filter(([method, at]) => !forStrangers.includes(`${method} ${at}`));
    /** These are for programs, which have a token and never a session. */
    const byToken = (at: string) => at === '/api/reports' || at.startsWith('/api/reports/');
    assert.ok(routes.length > 20, `${routes.length}`);
    for (const [method, at] of routes) {
      const response = await ask(network, at, {
        method,
        ...(method === 'GET' || method === 'HEAD' ? {} : { body: {} }),
      });
      assert.equal(response.statusCode, 401, `${method} ${at}`);
      if (method === 'HEAD') continue;
      const { code, text } = problemOf(response);
      assert.equal(code, byToken(at) ? 'reporter-unknown' : 'not-signed-in');
      assert.notEqual(text.en, text.ko);
    }
  });

  test('a cookie that nobody was given is no session', async () => {
    for (const cookie of ['gongjo_seoul=x', 'gongjo_seoul=', 'gongjo_other=x', `gongjo_seoul=${'x'.repeat(4000)}`])
      assert.equal((await ask(network, '/api/me', { headers: { cookie } })).statusCode, 401, cookie.slice(0, 20));
  });
});

describe('signing in', () => {
  test('a link is good once; the cookie is out of reach of scripts and other sites', async () => {
    const token = await linkToken();
    const response = await ask(network, '/api/session', { method: 'POST', body: { token } });
    assert.equal(response.statusCode, 204);
    const [cookie] = response.cookies;
    assert.deepEqual(
      { ...cookie, value: '' },
      { name: 'gongjo_seoul', value: '', path: '/', httpOnly: true, secure: true, sameSite: 'Strict', maxAge: 43_200 },
    );
    const again = await ask(network, '/api/session', { method: 'POST', body: { token } });
    assert.equal(problemOf(again).code, 'sign-in-link-invalid');
  });

  test('a link expires after an hour', async () => {
    const [early, late] = [await linkToken(), await linkToken()];
    clock.at += 59 * 60_000;
    assert.equal((await ask(network, '/api/session', { method: 'POST', body: { token: early } })).statusCode, 204);
    clock.at += 60_000;
    const response = await ask(network, '/api/session', { method: 'POST', body: { token: late } });
    assert.equal(problemOf(response).code, 'sign-in-link-invalid');
  });

  test('a link’s secret stands in the fragment, and in no table', async () => {
    const { signInUrl } = (await ask(operator, '/api/sign-in-links', { method: 'POST' })).json<{ signInUrl: string }>();
    assert.match(signInUrl, /^https:\/\/desk\.example\/sign-in#[\w-]{43}$/);
    const token = signInUrl.split('#')[1] ?? '';
    const rows = await desk.http.records.query<{ row: string }>(
      `select row_to_json(l)::text as row from sign_in_links l union all select row_to_json(a)::text from audit_entries a`,
    );
    assert.ok(rows.length > 1);
    assert.ok(!rows.some(({ row }) => row.includes(token)));
  });

  test('a session ends after a shift, or when it is ended', async () => {
    const headers = await signedIn();
    assert.equal((await ask(network, '/api/me', { headers })).statusCode, 200);
    clock.at += 12 * 3_600_000 - 1;
    assert.equal((await ask(network, '/api/me', { headers })).statusCode, 200);
    clock.at += 1;
    assert.equal((await ask(network, '/api/me', { headers })).statusCode, 401);
    clock.at = start;
    const other = await signedIn();
    assert.equal((await ask(network, '/api/session', { method: 'DELETE', headers: other })).statusCode, 204);
    assert.equal((await ask(network, '/api/me', { headers: other })).statusCode, 401);
  });
});

describe('requests that another site made', () => {
  const forged: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'not an origin' },
    { origin: 'https://desk.example.evil.example' },
    { origin: 'https://desk.example', 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of forged)
    test(`${JSON.stringify(headers)} are refused`, async () => {
      const session = await signedIn();
      for (const [method, at] of [
        ['POST', '/api/incidents'],
        ['POST', '/api/session'],
        ['DELETE', '/api/session'],
        ['POST', '/api/trace'],
      ] as const) {
        const response = await ask(network, at, { method, headers: { ...session, ...headers }, body: {} });
        assert.equal(response.statusCode, 403, at);
        assert.equal(problemOf(response).code, 'request-forged');
      }
    });

  for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { origin: 'https://desk.example' }, {}])
    test(`${JSON.stringify(headers)} are not`, async () => {
      const session = await signedIn();
      const all = { ...session, ...headers } as Record<string, string>;
      const response = await ask(network, '/api/trace', { method: 'POST', headers: all, body: {} });
      assert.equal(problemOf(response).code, 'input-invalid');
    });
});

describe('names under which the desk is asked', () => {
  for (const host of ['desk.example', 'desk.example:8443', '127.0.0.1:4500', '10.1.2.3', '[::1]:4500', 'localhost:1'])
    test(`${host} is answered`, async () => {
      assert.equal((await ask(network, '/api/me', { headers: { host } })).statusCode, 401);
    });

  for (const host of ['evil.example', 'desk.example.evil.example', 'evil.example:4500', '127.0.0.1.evil.example', ' '])
    test(`${JSON.stringify(host)} is refused: it may point here without being ours`, async () => {
      for (const at of ['/api/me', '/', '/sign-in', '/assets/x.js']) {
        const response = await ask(network, at, { headers: { host } });
        assert.equal(response.statusCode, 403, at);
        assert.equal(problemOf(response).code, 'request-forged');
      }
    });

  test('a partner is asked for its token under any name', async () => {
    const response = await ask(network, '/taxii2/', { headers: { host: 'other.example' } });
    assert.equal(response.statusCode, 401);
  });

  test('the socket in the data folder has no name', async () => {
    assert.equal((await ask(operator, '/api/me', { headers: { host: 'desk' } })).statusCode, 200);
  });
});

describe('what only the operator may', () => {
  for (const [method, at] of [
    ['POST', '/api/sign-in-links'],
    ['POST', '/api/people/x/tokens'],
  ] as const)
    test(`${method} ${at} is not there for a person on the network`, async () => {
      const headers = await signedIn();
      const response = await ask(network, at, { method, headers, body: {} });
      assert.equal(response.statusCode, 404);
      assert.equal(problemOf(response).code, 'not-found');
    });

  for (const [method, at] of [
    ['GET', '/api/card'],
    ['POST', '/api/partners'],
    ['DELETE', '/api/partners/washington'],
    ['POST', '/api/partners/washington/retry'],
    ['GET', '/api/audit/verification'],
  ] as const)
    test(`${method} ${at} is for administrators, and says so to anyone else`, async () => {
      const headers = await signedIn({ name: 'An analyst', roles: ['analyst'] });
      const response = await ask(network, at, { method, headers, ...(method === 'GET' ? {} : { body: {} }) });
      assert.equal(response.statusCode, 403);
      const { code, hint } = problemOf(response);
      assert.equal(code, 'right-missing');
      assert.match(hint.en, /administrator/);
    });

  test('headers of a proxy make nobody the operator', async () => {
    const headers = {
      ...(await signedIn()),
      'x-forwarded-for': '127.0.0.1',
      forwarded: 'for=127.0.0.1',
      'x-user': 'operator',
    };
    const answer = await ask(network, '/api/sign-in-links', { method: 'POST', headers, body: {} });
    assert.equal(answer.statusCode, 404);
  });

  test('the pages and TAXII are not at the operator’s door', async () => {
    for (const at of ['/', '/taxii2/']) assert.equal((await ask(operator, at)).statusCode, 404);
  });
});

describe('what is wrong with a request is told as a problem', () => {
  let session: Record<string, string>;
  beforeEach(async () => {
    session = await signedIn();
  });
  const post = (at: string, payload: string, type = 'application/json') =>
    network.inject({
      method: 'POST',
      url: at,
      headers: { host: 'desk.example', ...session, 'content-type': type },
      payload,
    });
  const incident = { chain, txids: [txid(1)], kind: 'theft', title: { en: 'Theft', ko: '탈취' } };

  test('an unknown path of the API is 404, whatever the method', async () => {
    for (const method of ['GET', 'POST', 'DELETE', 'PUT'] as const)
      assert.equal(problemOf(await ask(network, '/api/nothing', { method, headers: session })).code, 'not-found');
    assert.equal(problemOf(await ask(network, '/nothing', { method: 'POST', headers: session })).code, 'not-found');
    assert.equal(problemOf(await ask(network, '/assets/nothing.js')).code, 'not-found');
  });

  test('a path that is no URL is 400', async () => {
    for (const at of ['/%ff', '/api/%ff', '/api/incidents/%c0']) {
      const response = await ask(network, at, { headers: session });
      assert.equal(problemOf(response).code, 'input-invalid');
      assert.ok(response.headers['content-security-policy']);
    }
  });

  test('a body that is no JSON is 400, another media type 415, a large one 413', async () => {
    assert.equal(problemOf(await post('/api/incidents', '{"chain":')).code, 'input-invalid');
    assert.equal(problemOf(await post('/api/incidents', '')).code, 'input-invalid');
    assert.equal(problemOf(await post('/api/incidents', '{"__proto__":{"a":1}}')).code, 'input-invalid');
    assert.equal(problemOf(await post('/api/incidents', '<a/>', 'text/xml')).code, 'media-type-unsupported');
    assert.equal(problemOf(await post('/api/incidents', `"${'x'.repeat(1024 * 1024)}"`)).code, 'body-too-large');
  });

  test('every wrong field is named', async () => {
    const { code, text } = problemOf(
      await post('/api/incidents', JSON.stringify({ ...incident, kind: 'x', txids: [] })),
    );
    assert.equal(code, 'input-invalid');
    assert.match(text.en, /kind.*txids|txids.*kind/);
  });

  for (const [name, change, code] of [
    ['a chain that is not read', { chain: 'eip155:9' }, 'chain-unknown'],
    ['what is no transaction hash', { txids: ['0x12'] }, 'input-invalid'],
    ['a hash with something behind it', { txids: [`${txid(1)}zz`] }, 'input-invalid'],
    ['a transaction that takes nothing from anyone', { txids: [txid(2)] }, 'lead-moves-nothing'],
    ['a title with a NUL', { txids: [txid(3)], title: { en: 'a\u0000', ko: 'b' } }, 'input-invalid'],
  ] as const)
    test(`an incident with ${name} is not opened`, async () => {
      const listed = async () =>
        (await ask(network, '/api/incidents', { headers: session })).json<{ incidents: unknown[] }>().incidents.length;
      const earlier = await listed();
      assert.equal(problemOf(await post('/api/incidents', JSON.stringify({ ...incident, ...change }))).code, code);
      assert.equal(await listed(), earlier);
      assert.deepEqual(logged, []);
    });

  test('a hash in capitals is the transaction; the same report again is the same incident', async () => {
    const opened = await post('/api/incidents', JSON.stringify(incident));
    assert.equal(opened.statusCode, 201);
    const capitals = txid(1).replaceAll('a', 'A').toUpperCase().replace('0X', '0x');
    const again = await post('/api/incidents', JSON.stringify({ ...incident, txids: [capitals] }));
    assert.equal(again.json<{ id: string }>().id, opened.json<{ id: string }>().id);
    assert.deepEqual(again.json<{ txids: string[] }>().txids, [txid(1)]);
  });

  test('a report joins this desk’s own incident, never a partner’s', async () => {
    const { records } = desk.http;
    await records.query(
      `insert into incidents (id, chain, origin, body, opened_at, updated_at) values ('incident--theirs', $1, 'washington', $2, now(), now())`,
      [
        chain,
        JSON.stringify({
          ...incident,
          txids: [txid(70)],
          victim: null,
          tlp: 'amber',
          origin: { desk: 'washington', name: incident.title },
        }),
      ],
    );
    const opened = await post('/api/incidents', JSON.stringify({ ...incident, txids: [txid(70)] }));
    assert.notEqual(opened.json<{ id: string }>().id, 'incident--theirs');
    assert.equal(opened.json<{ origin: unknown }>().origin, null);
  });

  test('identifiers that no database holds are not found, or not valid, but no fault of the desk', async () => {
    for (const at of ['/api/incidents/%00', '/api/partners/%00', "/api/incidents/'%20or%20true--"]) {
      const { status } = problemOf(await ask(network, at, { headers: session }));
      assert.ok(status === 400 || status === 404, at);
    }
    assert.deepEqual(logged, []);
  });

  test('what nobody expected is logged under a reference, and told without its details', async () => {
    const { records } = desk.http;
    await records.query('alter table alerts rename to hidden_alerts');
    try {
      const response = await ask(network, '/api/alerts', { headers: session });
      const { code, text } = problemOf(response);
      assert.equal(code, 'internal');
      assert.ok(!response.body.includes('alerts"'), response.body);
      const [entry] = logged as { fields: { reference: string; detail: string } }[];
      assert.match(entry?.fields.detail ?? '', /alerts/);
      assert.ok(text.en.includes(entry?.fields.reference ?? '?'));
    } finally {
      await records.query('alter table hidden_alerts rename to alerts');
    }
  });
});

describe('every answer', () => {
  test('carries the headers that keep a page to itself', async () => {
    const headers = await signedIn();
    for (const at of ['/', '/sign-in', '/api/me', '/api/nothing', '/assets/nothing.js', '/taxii2/']) {
      const answer = (await ask(network, at, { headers })).headers;
      assert.match(String(answer['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/, at);
      assert.equal(answer['x-content-type-options'], 'nosniff');
      assert.equal(answer['referrer-policy'], 'no-referrer');
    }
  });

  test('of the API is kept by nobody', async () => {
    for (const at of ['/api/me', '/api/nothing'])
      assert.equal((await ask(network, at)).headers['cache-control'], 'no-store');
  });
});

describe('TAXII over HTTP', () => {
  const type = 'application/taxii+json;version=2.1';

  test('without a token is 401, before a body is read', async () => {
    const response = await network.inject({
      method: 'POST',
      url: '/taxii2/api/collections/c2f1a6d4-6f0e-4d6c-9a35-0d5d8a3b7e11/objects/',
      headers: { 'content-type': type, accept: type },
      payload: 'x'.repeat(9 * 1024 * 1024),
    });
    assert.equal(response.statusCode, 401);
    assert.equal(response.json<{ error_code: string }>().error_code, 'account-invalid');
    assert.match(String(response.headers['content-type']), /^application\/taxii\+json/);
  });

  test('a session of a person is no token', async () => {
    const headers = await signedIn();
    assert.equal((await ask(network, '/taxii2/', { headers })).statusCode, 401);
  });
});

describe('the stream of changes', () => {
  async function stream(headers: Record<string, string>): Promise<{ sent: ClientRequest; response: IncomingMessage }> {
    const sent = request({ host: '127.0.0.1', port, path: '/api/events', headers });
    sent.on('error', () => undefined);
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.on('error', () => undefined);
    return { sent, response };
  }
  async function readUntil(response: IncomingMessage, pattern: RegExp): Promise<string> {
    let text = '';
    for await (const chunk of response) {
      text += String(chunk);
      if (pattern.test(text)) break;
    }
    return text;
  }

  test('tells what changed', async () => {
    const { sent, response } = await stream(await signedIn());
    assert.equal(response.headers['content-type'], 'text/event-stream');
    desk.http.feed.publish('alerts', 'alerts', 'incidents');
    const text = await readUntil(response, /\n\n.*\n\n/s);
    assert.match(text, /event: change\ndata: \{"topics":\["alerts","incidents"\]\}\n\n/);
    sent.destroy();
  });

  test('ends with the session', async () => {
    const { response } = await stream(await signedIn());
    clock.at += 13 * 3_600_000;
    desk.http.feed.publish('alerts');
    assert.ok(!(await readUntil(response, /alerts/).catch(() => '')).includes('alerts'));
  });

  test('a page that does not read is let go, and holds up nobody', async () => {
    const { sent, response } = await stream(await signedIn());
    response.pause();
    const closed = once(sent, 'close');
    let open = true;
    void closed.then(() => {
      open = false;
    });
    for (let round = 0; open && round < 2000; round += 1) {
      for (let i = 0; i < 200; i += 1) desk.http.feed.publish('status', 'incidents', 'alerts', 'partners');
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.resume();
    await closed;
    assert.equal(open, false);
  });

  test('a broken connection is no fault of the desk', async () => {
    const { sent } = await stream(await signedIn());
    sent.destroy();
    for (let i = 0; i < 50; i += 1) {
      desk.http.feed.publish('status');
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(logged, []);
  });
});

describe('partners over HTTP', () => {
  test('are added by the operator, seen by a person, and removed', async () => {
    const theirs = await openKeys(mkdtempSync(path.join(folder, 'theirs-')));
    const card = {
      desk: 'washington',
      name: { en: 'Washington', ko: '워싱턴' },
      country: 'US',
      timeZone: 'UTC',
      url: 'https://washington.example',
      key: theirs.publicKey,
    };
    const fingerprint = await fingerprintOf(theirs.publicKey);
    const added = await ask(operator, '/api/partners', {
      method: 'POST',
      body: { card, fingerprint, agreement: 'MoU' },
    });
    assert.equal(added.statusCode, 201);
    const headers = await signedIn();
    const seen = (await ask(network, '/api/partners/washington', { headers })).json<Record<string, unknown>>();
    assert.deepEqual([seen.desk, seen.agreement, seen.deliveries, seen.refusals], ['washington', 'MoU', [], []]);
    assert.equal((await ask(operator, '/api/partners/washington', { method: 'DELETE' })).statusCode, 204);
    assert.equal(problemOf(await ask(network, '/api/partners/washington', { headers })).code, 'partner-unknown');
  });

  test('a desk that nobody paired with is not found', async () => {
    const headers = await signedIn();
    assert.equal(problemOf(await ask(network, `/api/partners/${address(1)}`, { headers })).code, 'partner-unknown');
  });
});
