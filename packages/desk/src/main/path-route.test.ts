import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type BlockHash, type ChainId, languages, type Path, zPath, zProblem } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { pathRequestOf, pathText } from '../cli/path.command.ts';
import { createTerminal } from '../cli/terminal.ts';
import { buildApp } from '../http/index.ts';
import { addressText } from '../ledger/index.ts';
import { readSettings, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';
import { address, blocksOf, txid } from './round.fixture.ts';

/** Paths on a real ledger of each family, through the route that the command line calls. */

const ethereum = 'eip155:31337' as ChainId;
const bitcoin = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328' as ChainId;
const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-path-'));
const stored = (owner: number) => Buffer.concat([Buffer.from([0x00]), Buffer.alloc(20, owner)]);
const owner = (n: number) => addressText(bitcoin, stored(n));
const id = (n: number) => Buffer.alloc(32, n);

let desk: Desk;
let operator: FastifyInstance;
before(async () => {
  const about = { desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR' } };
  const settings = readSettings({ data: folder, url: 'https://desk.example', ...about }, {});
  const note = () => undefined;
  const clock = { now: () => Date.UTC(2026, 0, 1), sleep: async () => undefined };
  const log = { info: note, warn: note, error: note };
  desk = await openDesk(settings, { clock, random: systemRandom, log, version: '0.0.0' });
  const { ledger } = desk.http;
  await ledger.append(
    blocksOf(ethereum, 1, [[[1, 1, 2, 60n]], [[2, 2, 3, 40n]], [[3, 3, 4, 30n]], [[4, 2, 4, 0n]], [[5, 4, 2, 1n]]]),
  );
  // 1 mines; 1 pays 2 and 3; 2 pays 4; 5 mines.
  const batch = await ledger.utxo.batch(bitcoin);
  const blocks: [spent: [tx: number, index: number] | null, paid: number[]][] = [
    [null, [1]],
    [
      [0, 0],
      [2, 3],
    ],
    [[1, 0], [4]],
    [null, [5]],
  ];
  for (const [height, [spent, paid]] of blocks.entries()) {
    const hash = (n: number) => Buffer.alloc(32, 0x40 + n).toString('hex') as BlockHash;
    const time = new Date(1_700_000_000_000 + height * 600_000).toISOString();
    batch.block({ chain: bitcoin, height, hash: hash(height), parent: hash(height - 1), time, transactionCount: 1 });
    batch.transaction(id(height), 0, spent === null);
    if (spent !== null) batch.input(id(spent[0]), 0, spent[1]);
    for (const to of paid) {
      const units = Buffer.alloc(8);
      units.writeBigUInt64LE(BigInt(50 - height));
      batch.output(units, 0, 'p2pkh', stored(to), 21);
    }
  }
  await ledger.utxo.append(batch);
  operator = await buildApp(desk.http, 'folder');
});
after(async () => {
  await operator.close();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (body: object) => operator.inject({ method: 'POST', url: '/api/path', payload: body });

async function found(args: readonly string[], options: Record<string, unknown> = {}): Promise<Path> {
  const response = await ask(pathRequestOf(args, options));
  assert.equal(response.statusCode, 200, response.body);
  return zPath.parse(response.json());
}

test('a path through accounts cites the movement of every step', async () => {
  const { steps, ended, asOf, bounds } = await found([
    'anvil',
    address(1).toUpperCase().replace('0X', '0x'),
    address(4),
  ]);
  assert.deepEqual(
    steps?.map((step) => [step.txid, step.ord, step.from, step.to, step.units, step.spends]),
    [
      [txid(1), 0, address(1), address(2), '60', null],
      [txid(2), 0, address(2), address(3), '40', null],
      [txid(3), 0, address(3), address(4), '30', null],
    ],
    'a transfer of nothing is no way',
  );
  assert.deepEqual([ended, asOf.height, bounds.addressesMax], ['arrived', 5, 20_000]);
});

test('a path through outputs cites what every step spends', async () => {
  const { steps, ended } = await found(['bitcoin-regtest', owner(1), owner(4)]);
  const hash = (n: number) => id(n).toString('hex');
  assert.deepEqual(
    steps?.map(({ txid: made, ord, from, to, units, spends }) => [made, ord, from, to, units, spends]),
    [
      [hash(1), 0, owner(1), owner(2), '49', { txid: hash(0), ord: 0, units: '50' }],
      [hash(2), 0, owner(2), owner(4), '48', { txid: hash(1), ord: 0, units: '49' }],
    ],
  );
  assert.equal(ended, 'arrived');
});

test('no path is an answer that says how the search ended', async () => {
  const ends = async (args: string[], options = {}) => {
    const { ended, steps } = await found(args, options);
    return [ended, steps];
  };
  for (const [chain, from, to] of [
    ['anvil', address(1), address(4)],
    ['bitcoin-regtest', owner(1), owner(4)],
  ] as const) {
    assert.deepEqual(await ends([chain, from, to], { hopsMax: '1' }), ['hops', null], chain);
    assert.deepEqual(await ends([chain, from, to], { addressesMax: '1' }), ['width', null], chain);
  }
  const hub = await ends(['anvil', address(1), address(4)], { movementsMax: '1' });
  assert.deepEqual(hub, ['exhausted', null], 'who sent more often than the bound is not gone through');
  assert.deepEqual(await ends(['anvil', address(4), address(1)]), ['exhausted', null]);
  assert.deepEqual(await ends(['anvil', address(1), address(4)], { untilHeight: '2' }), ['exhausted', null]);
  assert.deepEqual(await ends(['bitcoin-regtest', owner(1), owner(5)]), ['exhausted', null]);
});

test('what is no address, or no chain of the ledger, is a problem with its name', async () => {
  const code = async (body: object) => zProblem.parse((await ask(body)).json()).code;
  assert.equal(await code({ chain: ethereum, from: 'nowhere', to: address(1) }), 'input-invalid');
  assert.equal(await code({ chain: 'eip155:1', from: address(1), to: address(2) }), 'chain-unknown');
  assert.equal(await code({ chain: bitcoin, from: owner(1), to: owner(99) }), 'lead-address-unseen');
});

test('the command line tells it in both languages', async () => {
  const [there, none] = [
    await found(['bitcoin-regtest', owner(1), owner(4)]),
    await found(['anvil', address(1), address(4)], { hopsMax: '2' }),
  ];
  for (const language of languages) {
    const terminal = createTerminal({ out: () => undefined, err: () => undefined }, language, false);
    const said = pathText(terminal, there);
    assert.match(said, /0\.00000048 BTC/);
    assert.doesNotMatch(said + pathText(terminal, none), /\{|undefined/);
    assert.match(pathText(terminal, none), /--hops-max/);
  }
});
