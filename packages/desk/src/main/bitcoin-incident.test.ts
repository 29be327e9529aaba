import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type IncidentDetail, zIncidentDetail, zProblem } from '@gongjo/contract';
import { folderOf, joined, record } from '../chain/bitcoin/block-folder.fixture.ts';
import { branchOn, coinbase, regtestGenesis, txidOf } from '../chain/bitcoin/serial.fixture.ts';
import { buildApp } from '../http/index.ts';
import { readSettings, silentLog, systemClock, systemRandom } from '../platform/index.ts';
import { openDesk } from './desk.ts';

const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
/** Reading ten blocks and one round take far less; a machine may be busy. */
const patienceMs = 20_000;

async function openApp(t: TestContext) {
  const data = mkdtempSync(path.join(os.tmpdir(), 'gongjo-bitcoin-incident-'));
  const about = { desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR' } };
  const settings = readSettings({ data, url: 'https://desk.example', ...about }, {});
  const desk = await openDesk(settings, { clock: systemClock, random: systemRandom, log: silentLog, version: '0' });
  const app = await buildApp(desk.http, 'folder');
  t.after(async () => {
    await app.close();
    await desk.close();
    rmSync(data, { recursive: true, force: true });
  });
  return { desk, app };
}

test('an incident of Bitcoin is followed as soon as its block has been read from files', async (t) => {
  const blocks = [regtestGenesis, ...branchOn(regtestGenesis, 1, 9)];
  const folder = await folderOf(t, { 'blk00000.dat': joined(...blocks.map((block) => record(block))) });
  const { desk, app } = await openApp(t);
  await desk.start();
  const ingest = (to: number) =>
    app.inject({ method: 'POST', url: '/api/ledger/ingest/bitcoin', payload: { blocks: folder, to } });
  await ingest(4);

  const lead = txidOf(coinbase(7));
  const payload = { chain, txids: [lead.toUpperCase()], kind: 'theft', title: { en: 'Theft', ko: '탈취' } };
  const opened = await app.inject({ method: 'POST', url: '/api/incidents', payload });
  assert.equal(opened.statusCode, 201, opened.body);
  const { id, waitingFor } = zIncidentDetail.parse(opened.json());
  assert.equal(waitingFor, 'transaction');

  await ingest(9);
  const ends = Date.now() + patienceMs;
  let detail: IncidentDetail;
  do {
    await wait(50);
    detail = zIncidentDetail.parse((await app.inject({ url: `/api/incidents/${id}` })).json());
  } while (detail.waitingFor !== null && Date.now() < ends);
  assert.equal(detail.waitingFor, null);
  assert.deepEqual(detail.trace?.lead, [lead]);
  assert.equal(detail.trace?.hops[0]?.from, null);
  assert.deepEqual(
    detail.places.map(({ stop, units }) => [stop, units]),
    detail.stolen.map(({ units }) => ['unspent', units]),
  );

  const wrong = { ...payload, txids: ['0xnothing'] };
  const refused = await app.inject({ method: 'POST', url: '/api/incidents', payload: wrong });
  assert.equal(zProblem.parse(refused.json()).code, 'input-invalid');
});
