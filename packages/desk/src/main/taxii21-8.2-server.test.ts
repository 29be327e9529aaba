import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../http/index.ts';
import { readSettings, systemClock, systemRandom } from '../platform/index.ts';
import { tlpMarking } from '../stix/index.ts';
import { type Desk, openDesk } from './desk.ts';

/** TAXII 2.1 sections 1.6.9, 3.1 and 8.2 over HTTP: a whole desk, its accounts, and a stranger. */

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-taxii-http-'));
const type = 'application/taxii+json;version=2.1';
const clock = { skewMs: 0, now: () => Date.now() + clock.skewMs, sleep: systemClock.sleep };
const logged: string[] = [];
const note = (fields: object, message: string) => void logged.push(JSON.stringify([fields, message]));

let desk: Desk;
let network: FastifyInstance;
let operator: FastifyInstance;
let origin: string;
const secrets: Record<string, string> = {};
let objects: string;

before(async () => {
  writeFileSync(
    path.join(folder, 'policy.cedar'),
    `@id("all") @reason_en("Test rule.") @reason_ko("시험용 규칙입니다.") permit (principal, action, resource);`,
  );
  const settings = readSettings(
    {
      data: folder,
      url: 'https://desk.example',
      desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR' },
    },
    {},
  );
  const log = { info: note, warn: note, error: note };
  desk = await openDesk(settings, { clock, random: systemRandom, log, version: '0.0.0' });
  network = await buildApp(desk.http, 'network');
  operator = await buildApp(desk.http, 'folder');
  await network.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${(network.server.address() as AddressInfo).port}`;
  await desk.start();
  const collection = await act<{ path: string }>('POST', '/api/taxii/collections', {
    alias: 'kr-us',
    title: { en: 'Korea and United States', ko: '한미' },
  });
  objects = `${collection.path}objects/`;
  for (const name of ['writer', 'reader', 'stranger'])
    secrets[name] = (await act<{ secret: string }>('POST', '/api/taxii/accounts', { name })).secret;
  await act('POST', '/api/taxii/accounts/writer/rights', { collection: 'kr-us', read: true, write: true });
  await act('POST', '/api/taxii/accounts/reader/rights', { collection: 'kr-us', read: true, write: false });
});
after(async () => {
  await Promise.all([network.close(), operator.close()]);
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

async function act<T = unknown>(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object): Promise<T> {
  const response = await operator.inject({ method, url, ...(body && { payload: body }) });
  assert.ok(response.statusCode < 300, `${url}: ${response.body}`);
  return (response.body === '' ? null : response.json()) as T;
}

const basic = (name: string, secret = secrets[name] ?? '') =>
  `Basic ${Buffer.from(`${name}:${secret}`, 'utf8').toString('base64')}`;
const ask = (at: string, authorization: string | null, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(new URL(at, origin), {
    ...init,
    headers: { accept: type, ...(authorization !== null && { authorization }), ...init.headers },
  });
const identity = (n: number) => ({
  type: 'identity',
  spec_version: '2.1',
  id: `identity--${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
  created: '2026-01-01T00:00:00.000Z',
  modified: '2026-01-01T00:00:00.000Z',
  name: `Identity ${n}`,
  object_marking_refs: [tlpMarking('green').id],
});
const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
  ask(objects, basic('writer'), {
    method: 'POST',
    body: body as string,
    headers: { 'content-type': type, ...headers },
  });

test('1.6.9 without credentials 401, and the challenges say which are taken', async () => {
  for (const at of ['/taxii2/', '/taxii2/api/collections/', objects, '/taxii2/nothing/']) {
    const response = await ask(at, null);
    assert.equal(response.status, 401, at);
    const challenges = String(response.headers.get('www-authenticate'));
    assert.match(challenges, /Basic realm="[^"]+", charset="UTF-8"/);
    assert.match(challenges, /Bearer realm="[^"]+"/);
    assert.equal(response.headers.get('content-type'), type);
  }
});

test('8.2.2 HTTP Basic and bearer tokens are taken, whatever their scheme’s case', async () => {
  for (const authorization of [
    basic('reader'),
    basic('reader').replace('Basic', 'basic'),
    `Bearer ${secrets.reader}`,
    `bearer ${secrets.reader}`,
  ])
    assert.equal((await ask('/taxii2/', authorization)).status, 200, authorization.slice(0, 6));
});

test('8.2.2 wrong, foreign, malformed and expired credentials are 401, all in the same words', async () => {
  await act('POST', '/api/taxii/accounts', { name: 'guest', expiresAt: '2020-01-01T00:00:00Z' }).then((it) => {
    secrets.guest = (it as { secret: string }).secret;
  });
  const bodies = new Set<string>();
  for (const authorization of [
    basic('reader', 'wrong'),
    basic('reader', secrets.writer),
    basic('nobody', secrets.reader),
    basic('guest'),
    basic('reader', ''),
    'Bearer x',
    'Basic !!!',
    'Digest x',
    `Basic ${Buffer.from('reader').toString('base64')}`,
    `Bearer ${'x'.repeat(4000)}`,
  ]) {
    const response = await ask('/taxii2/', authorization);
    assert.equal(response.status, 401, authorization.slice(0, 20));
    bodies.add(await response.text());
  }
  assert.equal(bodies.size, 1);
});

test('8.2.2 who fails too often waits, is told how long, and then comes in; the wrong ones cost nothing meanwhile', async () => {
  let last = await ask('/taxii2/', 'Bearer wrong');
  for (let n = 0; n < 30 && last.status !== 429; n += 1) last = await ask('/taxii2/', 'Bearer wrong');
  assert.equal(last.status, 429);
  const seconds = Number(last.headers.get('retry-after'));
  assert.ok(seconds > 0 && seconds <= 60, String(seconds));
  assert.equal((await ask('/taxii2/', basic('reader'))).status, 429);
  clock.skewMs += 61_000;
  assert.equal((await ask('/taxii2/', basic('reader'))).status, 200);
});

test('8.2.1 a missing User-Agent or Accept is no reason to refuse', async () => {
  const status = await new Promise((resolve, reject) => {
    request(new URL('/taxii2/', origin), { headers: { authorization: basic('reader') } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  assert.equal(status, 200);
});

test('3.1 what one account writes another reads, byte for byte, and a third does not see', async () => {
  const added = await post(JSON.stringify({ objects: [identity(1), identity(2)] }));
  assert.equal(added.status, 202);
  const read = await ask(objects, basic('reader'));
  assert.equal(read.headers.get('content-type'), type);
  assert.match(String(read.headers.get('x-taxii-date-added-last')), /^\d{4}-.*\.\d{6}Z$/);
  assert.deepEqual(await read.json(), { objects: [identity(1), identity(2)] });
  assert.equal((await ask(objects, basic('stranger'))).status, 404);
  assert.deepEqual(await (await ask('/taxii2/api/collections/', basic('stranger'))).json(), {});
  const head = await ask(objects, basic('reader'), { method: 'HEAD' });
  assert.deepEqual([head.status, await head.text()], [200, '']);
});

test('5.5 a body up to max_content_length is not 413, a larger one is', async () => {
  const { max_content_length: max } = (await (await ask('/taxii2/api/', basic('writer'))).json()) as {
    max_content_length: number;
  };
  assert.equal((await post(' '.repeat(max))).status, 422);
  const large = await post(' '.repeat(max + 1));
  assert.equal(large.status, 413);
  assert.equal(large.headers.get('content-type'), type);
});

test('5.5 a body that would have to be unpacked is 415 before it is read', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
  for (const encoding of ['gzip', 'br', 'deflate', 'x-gzip', 'gzip, identity'])
    assert.equal((await post(bomb, { 'content-encoding': encoding })).status, 415, encoding);
  assert.equal((await post('{', { 'content-encoding': 'identity' })).status, 422);
});

test('5.5 without credentials a large body is not taken', async () => {
  const response = await ask(objects, null, {
    method: 'POST',
    body: ' '.repeat(1000),
    headers: { 'content-type': type },
  });
  assert.equal(response.status, 401);
});

test('5.5 nothing that is sent makes the server answer 500', async () => {
  for (const body of [
    '\u0000',
    '[[[[',
    `${'['.repeat(100_000)}`,
    '{"objects":[{"id":"\\u0000"}]}',
    '{"objects":[{"__proto__":1}]}',
    '\ud800',
  ])
    assert.ok([202, 400, 422].includes((await post(body)).status), body.slice(0, 20));
  for (const at of [
    `${objects}?match[id]=%00`,
    `${objects}%00/`,
    `${objects}?added_after=%F0%28`,
    `${objects}${'x'.repeat(8000)}/`,
  ])
    assert.ok([400, 404, 414].includes((await ask(at, basic('writer'))).status), at.slice(0, 80));
});

test('1.6.9 a right that is revoked, an account or a collection that is removed is gone at once', async () => {
  await act('POST', '/api/taxii/accounts/reader/rights', { collection: 'kr-us', read: false, write: false });
  assert.equal((await ask(objects, basic('reader'))).status, 404);
  await act('DELETE', '/api/taxii/accounts/reader');
  assert.equal((await ask('/taxii2/', basic('reader'))).status, 401);
  await act('DELETE', '/api/taxii/collections/kr-us');
  assert.equal((await ask(objects, basic('writer'))).status, 404);
  const again = await operator.inject({
    method: 'POST',
    url: '/api/taxii/collections',
    payload: { alias: 'kr-us', title: { en: 'Again', ko: '다시' } },
  });
  assert.equal(again.statusCode, 409, 'what was decided for the earlier one would be read again');
});

test('1.6.9 no secret is in the log or in the record', async () => {
  const record = JSON.stringify(await desk.http.records.query('select * from audit_entries'));
  const tables = JSON.stringify(await desk.http.records.query('select * from taxii_accounts'));
  for (const secret of Object.values(secrets)) {
    assert.ok(secret.length > 40);
    for (const text of [...logged, record, tables]) assert.ok(!text.includes(secret));
  }
});
