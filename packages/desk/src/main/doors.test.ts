import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type DeskCard, type DeskStatus, type Problem, zDeskId } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { keepContradiction } from '../audit/index.ts';
import { buildApp } from '../http/index.ts';
import { addPartner } from '../partner/pair.ts';
import { signToken } from '../partner/seal.ts';
import { fingerprintOf, type Keyring, openKeys, readSettings, silentLog, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';

/** A desk with one partner, and all the doors at which partners knock. */
const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-doors-'));
const clock = { now: () => Date.UTC(2026, 0, 1), sleep: async () => undefined };
let desk: Desk;
let network: FastifyInstance;
let operator: FastifyInstance;
let washington: Keyring;
before(async () => {
  const data = mkdtempSync(path.join(folder, 'data-'));
  const identity = { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR', timeZone: 'Asia/Seoul' };
  const settings = readSettings({ data, desk: identity, listen: { port: 8080 } }, {});
  desk = await openDesk(settings, { clock, random: systemRandom, log: silentLog, version: '1.2.3' });
  const mark = mkdtempSync(path.join(folder, 'washington-'));
  washington = await openKeys(mark);
  const card: DeskCard = {
    ...{ desk: zDeskId.parse('washington'), name: { en: 'Washington', ko: '워싱턴' }, country: 'US', timeZone: 'UTC' },
    ...{ url: 'https://washington.example', key: washington.publicKey },
  };
  const { records, partnerContext } = desk.http;
  const fingerprint = await fingerprintOf(card.key);
  await records.transaction((tx) =>
    addPartner(tx, clock, partnerContext.desk, { card, fingerprint, agreement: 'MoU', by: 'operator' }),
  );
  network = await buildApp(desk.http, 'network');
  operator = await buildApp(desk.http, 'folder');
});
after(async () => {
  await network.close();
  await operator.close();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const token = () => signToken(washington, clock, zDeskId.parse('washington'), zDeskId.parse('seoul'));
const doors = ['/audit/v1/checkpoint', '/overlap/v1/hello', '/taxii2/'];
async function knock(
  url: string,
  bearer: string | null,
  message = 'nothing',
): Promise<{ status: number; said: string }> {
  const answer = await network.inject({
    ...{ method: url.startsWith('/taxii') ? 'GET' : 'POST', url },
    headers: {
      accept: '*/*',
      ...(url.startsWith('/taxii') ? {} : { 'content-type': 'application/json' }),
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
    },
    ...(url.startsWith('/taxii') ? {} : { payload: JSON.stringify({ message }) }),
  });
  return { status: answer.statusCode, said: answer.body };
}

describe('a token', () => {
  for (const first of doors)
    test(`that was used at ${first} is taken at no door`, async () => {
      const bearer = await token();
      assert.doesNotMatch((await knock(first, bearer)).said, /used before/);
      for (const door of doors) {
        const { status, said } = await knock(door, bearer);
        assert.equal(status, 401, door);
        assert.match(said, /used before/);
      }
    });

  test('is asked for before anything of a body is read', async () => {
    for (const door of doors.slice(0, 2)) {
      const { status, said } = await knock(door, null, 'x'.repeat(2_000_000));
      assert.deepEqual([status, (JSON.parse(said) as Problem).code], [401, 'partner-token-invalid']);
    }
  });
});

test('the audit record is shown to partners only: another name is said to be unknown', async () => {
  const answer = await operator.inject({ method: 'POST', url: '/api/audit/exchange', payload: { desk: 'busan' } });
  assert.deepEqual([answer.statusCode, (answer.json() as Problem).code], [404, 'partner-unknown']);
});

test('a list of entries that is cut says that there are more', async () => {
  const more = async (limit: number) => (await operator.inject(`/api/audit/entries?limit=${limit}`)).json();
  assert.equal((await more(1)).more, true);
  assert.equal((await more(500)).more, false);
});

test('the status counts contradictions that nobody has accepted', async () => {
  const open = async () => ((await operator.inject('/api/status')).json() as DeskStatus).openContradictions;
  assert.equal(await open(), 0);
  const { records } = desk.http;
  const note = { size: 1, note: 'note' };
  await records.transaction((tx) =>
    keepContradiction(tx, clock, {
      ...{ id: 'one', desk: 'washington', kind: 'forked', held: note, told: note, message: null },
      foundAt: '2026-01-01T00:00:00.000Z',
    }),
  );
  assert.equal(await open(), 1);
});
