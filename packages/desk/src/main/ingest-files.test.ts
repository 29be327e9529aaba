import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../http/index.ts';
import { readSettings, systemClock, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-ingest-files-'));
const data = path.join(folder, 'desk');
mkdirSync(data);
const file = path.join(folder, 'dump.jsonl');
const word = (digit: string, height: number) => `0x${digit}${height.toString(16).padStart(63, '0')}`;
const account = (digit: string) => `0x${digit.repeat(40)}`;

/** A block with one plain transfer, its receipt and its execution, as a node answers. */
function lines(height: number): string[] {
  const place = { blockHash: word('a', height), blockNumber: `0x${height.toString(16)}` };
  const hash = word('f', height);
  const transfer = { from: account('1'), to: account('2'), value: '0x64' };
  const block = {
    number: place.blockNumber,
    hash: place.blockHash,
    parentHash: word('a', height - 1),
    miner: account('9'),
    timestamp: `0x${(1_740_143_000 + height).toString(16)}`,
    baseFeePerGas: '0xa',
    gasUsed: '0x5208',
    transactions: [{ ...place, ...transfer, hash, gas: '0x5208', gasPrice: '0xc', input: '0x', type: '0x2' }],
  };
  const receipt = {
    ...place,
    transactionHash: hash,
    status: '0x1',
    gasUsed: '0x5208',
    effectiveGasPrice: '0xc',
    logs: [],
  };
  const calls = [{ txHash: hash, result: { type: 'CALL', ...transfer } }];
  return [block, [receipt], calls].map((result, id) => JSON.stringify({ jsonrpc: '2.0', id, result }));
}

let desk: Desk;
let operator: FastifyInstance;
before(async () => {
  const settings = readSettings({ data, desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR' } }, {});
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  desk = await openDesk(settings, { clock: systemClock, random: systemRandom, log, version: '0.0.0' });
  operator = await buildApp(desk.http, 'folder');
});
after(async () => {
  await operator.close();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

type Line = Record<string, unknown>;

/** What a line tells under a name, if it is an object. */
const told = (line: Line | undefined, name: string) => (line?.[name] ?? {}) as Record<string, unknown>;

async function ingest(body: object): Promise<{ status: number; lines: Line[] }> {
  const response = await operator.inject({
    method: 'POST',
    url: '/api/ledger/ingest',
    headers: { host: 'localhost' },
    payload: body,
  });
  const text = response.body.trim().split('\n');
  return { status: response.statusCode, lines: text.map((line) => JSON.parse(line) as Line) };
}

const chain = 'eip155:1';

test('the operator has the desk read files: each is told, then the blocks, then the end', async () => {
  writeFileSync(file, [5, 6, 7].flatMap(lines).join('\n'));
  const { status, lines: all } = await ingest({ files: [file], chain });
  assert.equal(status, 200);
  assert.deepEqual(
    all.map((line) => Object.keys(line)[0]),
    ['file', 'progress', 'done'],
  );
  assert.deepEqual([told(all.at(-1), 'done').blocks, all.at(-1)?.damaged], [3, 0]);
  const coverage = await desk.http.ledger.coverage(chain as never);
  assert.deepEqual([coverage?.from, coverage?.tip.height, coverage?.internals], [5, 7, [{ from: 5, to: 7 }]]);
});

test('read again they add nothing; what is damaged is told, and what came before it is kept', async () => {
  assert.deepEqual((await ingest({ files: [file], chain })).lines.at(-1), {
    done: null,
    damaged: 0,
    stale: 0,
    listedTransfers: 0,
  });
  writeFileSync(file, [...lines(8), lines(9)[0], 'damaged', ...lines(10)].join('\n'));
  const { lines: all } = await ingest({ files: [file], chain });
  assert.deepEqual(told(all[0], 'file').damage, [{ line: 5, detail: 'this is not JSON' }]);
  assert.equal(told(all.at(-1), 'problem').code, 'block-incomplete');
  assert.equal((await desk.http.ledger.coverage(chain as never))?.tip.height, 8);
});

test('paths that are not absolute, no paths, other chains and mixed sources are refused', async () => {
  for (const body of [
    { files: ['dump.jsonl'], chain },
    { files: [], chain },
    { files: [file] },
    { files: [file], chain: 'bip122:000000000019d6689c085ae165831e93' },
    { files: [file], chain, rpc: 'http://node.test' },
    { files: [file], chain, follow: true },
  ])
    assert.equal((await ingest(body)).status, 400, JSON.stringify(body));
});

test('a file that is not there is told as such, and so is what is no file', async () => {
  const code = async (at: string) => told((await ingest({ files: [at], chain })).lines.at(-1), 'problem').code;
  assert.equal(await code(path.join(folder, 'absent')), 'file-unreadable');
  assert.equal(await code('/dev/null'), 'file-unreadable');
});
