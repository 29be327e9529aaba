import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type ChainId, type Trace, zProblem, zTrace } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../http/index.ts';
import { readSettings, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';
import { address, blocksOf, txid } from './round.fixture.ts';

const chain = 'eip155:31337' as ChainId;
const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-trace-'));

let desk: Desk;
let operator: FastifyInstance;
let times: string[];
before(async () => {
  const about = { desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR' } };
  const settings = readSettings({ data: folder, url: 'https://desk.example', ...about }, {});
  const note = () => undefined;
  const clock = { now: () => Date.UTC(2026, 0, 1), sleep: async () => undefined };
  const log = { info: note, warn: note, error: note };
  desk = await openDesk(settings, { clock, random: systemRandom, log, version: '0.0.0' });
  const blocks = blocksOf(chain, 1, [[[1, 1, 2, 60n]], [[2, 3, 2, 40n]], [[3, 2, 4, 50n]], [[4, 4, 5, 50n]]]);
  times = blocks.map(({ block }) => block.time);
  await desk.http.ledger.append(blocks);
  operator = await buildApp(desk.http, 'folder');
});
after(async () => {
  await operator.close();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(body: object) {
  return operator.inject({ method: 'POST', url: '/api/trace', payload: { chain, ...body } });
}

async function traced(body: object): Promise<Trace> {
  const response = await ask(body);
  assert.equal(response.statusCode, 200, response.body);
  return zTrace.parse(response.json<{ trace: unknown }>().trace);
}

const hops = ({ hops: all }: Trace) => all.map(({ from, to, units, rule }) => [rule, from, to, units]);
const second = { txid: txid(2).toUpperCase().replace('0X', '0x'), ord: 0 };

test('a question has defaults, and the answer says the whole of it', async () => {
  const trace = await traced({ leads: [{ txid: second.txid }] });
  assert.deepEqual(trace.question, {
    chain,
    leads: [{ txid: txid(2), ord: null }],
    method: 'fifo',
    direction: 'forward',
    fees: 'drop',
    bounds: { hopsMax: 50_000, addressesMax: 20_000, movementsPerAddressMax: 5_000, fanOutMax: 1_000, unitsMin: '0' },
  });
  assert.deepEqual(hops(trace), [['lead', address(3), address(2), '40']]);
});

test('the method, the direction and the bounds are as asked', async () => {
  assert.deepEqual(hops(await traced({ leads: [second], method: 'lifo' })), [
    ['lead', address(3), address(2), '40'],
    ['lifo', address(2), address(4), '40'],
    ['lifo', address(4), address(5), '40'],
  ]);
  const back = { direction: 'backward', leads: [{ txid: txid(4), ord: 0 }] };
  assert.deepEqual(hops(await traced({ ...back, method: 'haircut' })), [
    ['haircut', address(1), address(2), '30'],
    ['haircut', address(3), address(2), '20'],
    ['haircut', address(2), address(4), '50'],
    ['lead', address(4), address(5), '50'],
  ]);
  const small = await traced({ ...back, bounds: { unitsMin: '50', hopsMax: 2 } });
  assert.deepEqual([small.question.bounds.unitsMin, small.hops.length], ['50', 2]);
  assert.deepEqual(small.stops, [
    {
      kind: 'limit',
      address: address(2),
      asset: `${chain}/slip44:60`,
      units: '50',
      tag: null,
      hops: [0],
      since: times[2],
    },
  ]);
});

test('an address stands for all that it received, until a block or a time', async () => {
  const asked = { leads: [{ address: address(2) }] };
  assert.equal((await traced(asked)).hops.length, 4);
  const early = await traced({ ...asked, untilHeight: 1 });
  assert.deepEqual([early.asOf.height, hops(early)], [1, [['lead', address(1), address(2), '60']]]);
  assert.equal((await traced({ ...asked, untilTime: times[2] })).asOf.height, 3);
  assert.equal((await traced({ ...asked, untilTime: times[2], untilHeight: 2 })).asOf.height, 2);
  assert.equal((await traced({ ...asked, untilTime: '2099-01-01T00:00:00.000Z' })).asOf.height, 4);
});

test('what is not in the ledger, or no question, is a problem with its name', async () => {
  const code = async (body: object) => zProblem.parse((await ask(body)).json()).code;
  assert.equal(await code({ leads: [{ txid: txid(9) }] }), 'transaction-unknown');
  assert.equal(await code({ leads: [{ txid: txid(2), ord: 7 }] }), 'movement-unknown');
  assert.equal(await code({ leads: [{ address: address(9) }] }), 'address-received-nothing');
  assert.equal(await code({ leads: [second], untilTime: '2001-01-01T00:00:00.000Z' }), 'transaction-unknown');
  assert.equal(await code({ leads: [{ address: address(2) }], untilHeight: 0 }), 'address-received-nothing');
  assert.equal(await code({ leads: [{ address: 'nowhere' }] }), 'input-invalid');
  assert.equal(await code({ leads: [second], method: 'guess' }), 'input-invalid');
  assert.equal(await code({ leads: [second], bounds: { hopsMax: 0 } }), 'input-invalid');
  assert.equal(await code({ leads: [] }), 'input-invalid');
});
