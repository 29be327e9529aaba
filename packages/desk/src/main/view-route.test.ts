import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { emptyViewState, type TraceView } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../http/index.ts';
import { readSettings, silentLog, systemClock, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';

const query = { chain: 'eip155:1', leads: [{ address: `0x${'12'.repeat(20)}` }], method: 'lifo' };
const state = {
  ...emptyViewState,
  collapsed: [`0x${'34'.repeat(20)}`],
  notes: [{ on: `holder 0x${'34'.repeat(20)}`, text: '거래소로 보임 <b>' }],
};
const view = { name: '한빛 사건', query, compareWith: ['fifo', 'poison'], state };

describe('saved views of traces', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongjo-views-'));
  let desk: Desk;
  let operator: FastifyInstance;
  let network: FastifyInstance;
  before(async () => {
    const settings = readSettings(
      { data: folder, desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR' } },
      {},
    );
    desk = await openDesk(settings, { clock: systemClock, random: systemRandom, log: silentLog, version: '0' });
    operator = await buildApp(desk.http, 'folder');
    network = await buildApp(desk.http, 'network');
  });
  after(async () => {
    await Promise.all([operator.close(), network.close()]);
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const ask = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
    operator.inject({ method, url, ...(payload && { payload }) });

  test('a view comes back as it was saved, is listed with who saved it, and goes', async () => {
    const answer = await ask('POST', '/api/views', view);
    assert.equal(answer.statusCode, 201);
    const saved = answer.json<TraceView>();
    const { id, by, at, ...kept } = (await ask('GET', `/api/views/${saved.id}`)).json<TraceView>();
    assert.deepEqual(kept, view);
    assert.equal(by, 'operator');
    assert.deepEqual((await ask('GET', '/api/views')).json(), { views: [{ id, name: view.name, by, at }] });
    assert.equal((await ask('DELETE', `/api/views/${id}`)).statusCode, 204);
    for (const method of ['GET', 'DELETE'] as const)
      assert.equal((await ask(method, `/api/views/${id}`)).statusCode, 404);
    assert.deepEqual((await ask('GET', '/api/views')).json(), { views: [] });
  });

  test('what is too much, or no view, is refused', async () => {
    const long = { ...state, notes: [{ on: 'x', text: 'y'.repeat(501) }] };
    const many = { ...state, hidden: Array.from({ length: 501 }, () => 'x') };
    for (const payload of [
      { ...view, name: ' ' },
      { ...view, name: 'x'.repeat(121) },
      { ...view, query: { ...query, leads: [] } },
      { ...view, state: long },
      { ...view, state: many },
      { ...view, state: { ...state, more: 1 } },
      { ...view, compareWith: ['guess'] },
    ])
      assert.equal((await ask('POST', '/api/views', payload)).statusCode, 400);
    assert.deepEqual((await ask('GET', '/api/views')).json(), { views: [] });
  });

  test('without a session nothing of it is there', async () => {
    for (const [method, url] of [
      ['GET', '/api/views'],
      ['POST', '/api/views'],
      ['GET', '/api/views/x'],
      ['DELETE', '/api/views/x'],
      ['POST', '/api/pictures/pdf'],
    ] as const) {
      const answer = await network.inject({
        method,
        url,
        headers: { host: '127.0.0.1' },
        ...(method === 'POST' && { payload: {} }),
      });
      assert.equal(answer.statusCode, 401, `${method} ${url}`);
    }
  });

  test('a picture is answered as PDF', async () => {
    const picture = { title: '행방', width: 100, height: 50, marks: [{ d: 'M0 0L9 9Z', fill: '#123456' }] };
    const answer = await ask('POST', '/api/pictures/pdf', picture);
    assert.equal(answer.headers['content-type'], 'application/pdf');
    assert.match(answer.rawPayload.subarray(0, 8).toString('latin1'), /^%PDF-1\.7/);
    assert.equal((await ask('POST', '/api/pictures/pdf', { ...picture, width: 20_000 })).statusCode, 400);
  });
});
