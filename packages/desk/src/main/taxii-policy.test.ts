import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../http/index.ts';
import { readSettings, silentLog, systemRandom } from '../platform/index.ts';
import { keepObjects, seal } from '../sharing/object.store.ts';
import { tlpMarking } from '../stix/index.ts';
import { type Desk, openDesk } from './desk.ts';

/** What the operator changes is in the collections at once: no worker of this desk ever wakes by itself. */

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-taxii-policy-'));
const clock = {
  now: () => Date.UTC(2026, 0, 1),
  sleep: (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted) resolve();
      signal?.addEventListener('abort', () => resolve(), { once: true });
    }),
};
const policy = (effect: 'permit' | 'forbid') =>
  `@id("all") @reason_en("Test rule.") @reason_ko("시험용 규칙입니다.") ${effect} (principal, action, resource);`;
const id = 'identity--00000001-0000-4000-8000-000000000000';
/** Far more than a woken worker needs, on a busy machine as well. */
const patienceMs = 60_000;

let desk: Desk;
let network: FastifyInstance;
let operator: FastifyInstance;
before(async () => {
  writeFileSync(path.join(folder, 'policy.cedar'), policy('forbid'));
  const settings = readSettings(
    { data: folder, desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR' } },
    {},
  );
  desk = await openDesk(settings, { clock, random: systemRandom, log: silentLog, version: '0.0.0' });
  network = await buildApp(desk.http, 'network');
  operator = await buildApp(desk.http, 'folder');
  const created = '2026-01-01T00:00:00.000Z';
  const marks = { object_marking_refs: [tlpMarking('green').id] };
  const object = { type: 'identity', spec_version: '2.1', id, created, modified: created, name: 'One', ...marks };
  await desk.http.records.transaction((tx) =>
    keepObjects(tx, clock, { origin: 'seoul', incident: null }, [seal(object as never)]),
  );
  await desk.start();
});
after(async () => {
  await Promise.all([network.close(), operator.close()]);
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

async function act<T>(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object): Promise<T> {
  const response = await operator.inject({ method, url, ...(payload && { payload }) });
  assert.ok(response.statusCode < 300, `${url}: ${response.body}`);
  return (response.body === '' ? null : response.json()) as T;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const from = Date.now(); !(await holds()); await wait(20))
    if (Date.now() - from > patienceMs) assert.fail(`${what}: not after ${patienceMs} ms`);
}

test('a new policy set fills the collections, and a new account reads what is in them, without anybody waiting', async () => {
  const collection = await act<{ path: string }>('POST', '/api/taxii/collections', {
    alias: 'kr-us',
    title: { en: 'Korea and United States', ko: '한미' },
  });
  const counts = () => act<{ readable: number; refused: number }>('GET', '/api/taxii/collections/kr-us');
  await until('a new collection is filled', async () => (await counts()).refused === 1);
  await act('POST', '/api/policy', { text: policy('permit') });
  await until('a new policy set is followed', async () => (await counts()).readable === 1);

  const account = async (name: string) =>
    (await act<{ secret: string }>('POST', '/api/taxii/accounts', { name })).secret;
  const read = async (secret: string) => {
    const { statusCode, body } = await network.inject({
      url: `${collection.path}objects/`,
      headers: { authorization: `Bearer ${secret}`, accept: 'application/taxii+json;version=2.1' },
    });
    return statusCode === 200
      ? (JSON.parse(body) as { objects?: { id: string }[] }).objects?.map((it) => it.id)
      : statusCode;
  };
  const secret = await account('misp');
  assert.equal(await read(secret), 404);
  await act('POST', '/api/taxii/accounts/misp/rights', { collection: 'kr-us', read: true, write: false });
  assert.deepEqual(await read(secret), [id]);
  await act('DELETE', '/api/taxii/accounts/misp');
  assert.equal(await read(secret), 401);
});
