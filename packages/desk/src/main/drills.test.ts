import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Drill, DrillScore, Incident, Problem } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../http/index.ts';
import { readSettings, silentLog, systemClock, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';

/** One desk in this process, of real stores, that is closed and opened again. */
const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-drills-'));
const identity = { id: 'seoul', name: { en: 'Seoul', ko: 'Seoul' }, country: 'KR', timeZone: 'Asia/Seoul' };
const settings = readSettings({ data: folder, desk: identity }, {});
const errors: unknown[] = [];
const log = { ...silentLog, error: (...said: unknown[]) => void errors.push(said) } as typeof silentLog;
/** A loaded machine gets this long. */
const waitMsMax = 240_000;

let desk: Desk;
let app: FastifyInstance;
async function open(): Promise<void> {
  desk = await openDesk(settings, { clock: systemClock, random: systemRandom, log, version: '0' });
  app = await buildApp(desk.http, 'folder');
  await desk.start();
}
async function close(): Promise<void> {
  await app.close();
  await desk.close();
}
before(open);
after(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

async function call<T>(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object): Promise<T> {
  const answer = await app.inject({ method, url, ...(payload && { payload }) });
  const body = answer.json<T & Partial<Problem>>();
  if (answer.statusCode >= 400) throw Object.assign(new Error(body.text?.en), { code: body.code });
  return body;
}
const newest = async () => (await call<{ drills: Drill[] }>('GET', '/api/drills')).drills[0];
async function until(good: (drill: Drill | undefined) => boolean): Promise<Drill> {
  for (const giveUpMs = Date.now() + waitMsMax; ; ) {
    const drill = await newest();
    if (drill && good(drill)) return drill;
    assert.ok(Date.now() < giveUpMs, JSON.stringify(drill));
    await delay(200);
  }
}
type Scored = Drill & { readonly score: DrillScore };

test('an exercise goes on after a restart, is recorded like anything that happened, and leaves its score alone', {
  timeout: 3 * waitMsMax,
}, async () => {
  const started = await call<Drill>('POST', '/api/drills', { seed: 3, addresses: 200, atOnce: true });
  assert.equal(started.role, 'lead');
  await until(({ done = 0 } = {} as Drill) => done >= 20);
  await close();
  await open();
  const played = await until((drill) => drill?.state === 'played');
  const scored = await call<Scored>('GET', '/api/drills/newest');
  const { score } = scored;
  assert.ok(score.complete && score.deposits.length > 20);
  assert.deepEqual([score.here.alerted, score.falseAlarms], [score.here.deposits, 0]);
  // Without a partner nobody knows what another country's desk had.
  assert.equal(score.missed, 0);
  assert.equal(score.unknown, score.deposits.length - score.here.deposits);

  const { incidents } = await call<{ incidents: Incident[] }>('GET', '/api/incidents');
  const main = incidents.find(({ mainId }) => mainId === undefined);
  assert.ok(main && incidents.length === 3 && incidents.every(({ drill }) => drill));
  const recording = path.join(folder, 'recording');
  const asked = { chain: main.chain, txids: main.txids, from: 0, to: 999, folder: recording };
  const recorded = await call<{ blocks: number }>('POST', '/api/drills/recordings', asked);
  assert.equal(recorded.blocks, 42);
  await assert.rejects(call('POST', '/api/drills', { blocks: recording }), { code: 'drill-running' });

  const ended = await call<Scored>('DELETE', `/api/drills/${played.id}`);
  assert.deepEqual([ended.state, ended.score.deposits.length], ['ended', score.deposits.length]);
  assert.deepEqual(await call('GET', '/api/incidents'), { incidents: [] });
  assert.deepEqual((await call<{ chains: unknown[] }>('GET', '/api/ledger')).chains, []);

  // What was recorded of it is practised on again, under other names.
  await call('POST', '/api/drills', { blocks: recording, atOnce: true });
  const again = await until((drill) => drill?.state === 'played' && drill.id !== played.id);
  assert.deepEqual([again.blocks, again.seed], [recording, null]);
  const onAccounts = score.deposits.filter(({ chain }) => chain === main.chain);
  for (const giveUpMs = Date.now() + waitMsMax; ; await delay(200)) {
    const { score: second } = await call<Scored>('GET', '/api/drills/newest');
    if (second.deposits.length === onAccounts.length) {
      assert.equal(second.book, 'own-trace');
      assert.deepEqual(second.deposits.map(({ units }) => units).sort(), onAccounts.map(({ units }) => units).sort());
      assert.ok(second.deposits.every(({ txid }) => onAccounts.every((it) => it.txid !== txid)));
      break;
    }
    assert.ok(Date.now() < giveUpMs, `${second.deposits.length} of ${onAccounts.length} deposits`);
  }
  await call('DELETE', '/api/drills/newest');
  assert.deepEqual(errors, []);
});

test('what is no exercise, no code, or no recording is refused', async () => {
  await assert.rejects(call('GET', '/api/drills/none'), { code: 'drill-unknown' });
  await assert.rejects(call('POST', '/api/drills/joined', { code: 'drill' }), { code: 'drill-code-wrong' });
  await assert.rejects(call('POST', '/api/drills', { blocks: 'relative' }), { code: 'input-invalid' });
  const none = { blocks: path.join(folder, 'none') };
  await assert.rejects(call('POST', '/api/drills', none), { code: 'drill-recording-unreadable' });
  await assert.rejects(call('POST', '/api/drills', { addresses: 3 }), { code: 'input-invalid' });
});
