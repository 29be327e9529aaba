import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type ChainId, zAddressView, zEntityCutRecord, zEntityCuts, zEntityView, zProblem } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { verifyAudit } from '../audit/index.ts';
import { runCli } from '../cli/index.ts';
import { buildApp } from '../http/index.ts';
import { readSettings, silentLog, systemClock, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';
import { txid as accountTxid, blocksOf } from './round.fixture.ts';
import { appendOutputs, mined, owner, paid, txid } from './utxo.fixture.ts';

/** Cuts through the whole desk: command line, routes, records and ledger. */

const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328' as ChainId;
const accounts = 'eip155:31337' as ChainId;
const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-cuts-'));

let desk: Desk;
let app: FastifyInstance;
const open = async () => {
  const settings = readSettings({ data: folder, url: 'https://desk.example' }, {});
  desk = await openDesk(settings, { clock: systemClock, random: systemRandom, log: silentLog, version: '0' });
  app = await buildApp(desk.http, 'folder');
};
const close = async () => {
  await app.close();
  await desk.close();
};
before(async () => {
  await open();
  await desk.http.ledger.append(blocksOf(accounts, 1, [[[1, 1, 2, 60n]]]));
  // Transaction 5 joins 1 with 2, transaction 6 joins 2 with 3.
  await appendOutputs(desk.http.ledger, chain, 0, [
    [mined(1, [1, 50])],
    [mined(2, [2, 50], [2, 20])],
    [mined(3, [3, 50])],
    [
      mined(4),
      paid(
        5,
        [
          [1, 0],
          [2, 0],
        ],
        [9, 100],
      ),
    ],
    [
      mined(7),
      paid(
        6,
        [
          [2, 1],
          [3, 0],
        ],
        [8, 70],
      ),
    ],
  ]);
});
after(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command on this desk as a person does. */
async function gongjo(...argv: string[]) {
  let out = '';
  let err = '';
  const code = await runCli([...argv, '--data', folder], {
    version: '0',
    env: {},
    signal: new AbortController().signal,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    open: async () => ({
      call: async <T>(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<T> => {
        const response = await app.inject({ method, url, ...(body === undefined ? {} : { payload: body as object }) });
        if (response.statusCode >= 400) throw new ProblemSaid(response.body);
        return response.json<T>();
      },
      lines: () => {
        throw new Error('not asked');
      },
      close: async () => undefined,
    }),
    up: () => Promise.reject(new Error('not asked')),
    demo: () => Promise.reject(new Error('not asked')),
  });
  return { code, out, err, json: () => JSON.parse(out) as unknown };
}
class ProblemSaid extends Error {}

const problemOf = async (method: 'POST' | 'DELETE', on: string, hash: string, body: object) => {
  const response = await app.inject({ method, url: `/api/ledger/${on}/cuts/${hash}`, payload: body });
  return zProblem.parse(response.json()).code;
};
const entity = async (n: number) => {
  const url = `/api/ledger/${chain}/entities/${owner(chain, n)}`;
  return zEntityView.parse((await app.inject({ url })).json()).entity;
};
const sorted = (...owners: number[]) => owners.map((n) => owner(chain, n)).sort();

test('a cut splits the entity for everyone, with its reason, until it is taken back; the history stays', async () => {
  assert.deepEqual((await entity(1)).addresses, sorted(1, 2, 3));

  const added = await gongjo('cut', 'add', 'bitcoin-regtest', txid(6).toUpperCase(), '--reason', '수탁 지갑', '--json');
  const cut = zEntityCutRecord.parse(added.json());
  assert.deepEqual([cut.txid, cut.reason, cut.by, cut.takenBack], [txid(6), '수탁 지갑', 'operator', null]);
  const split = await entity(1);
  assert.deepEqual(split.addresses, sorted(1, 2));
  assert.deepEqual(
    split.cuts.map((it) => [it.txid, it.reason]),
    [[txid(6), '수탁 지갑']],
  );
  assert.deepEqual(split.question.cuts, [{ txid: txid(6), reason: '수탁 지갑' }]);
  const view = zAddressView.parse(
    (await app.inject({ url: `/api/ledger/${chain}/addresses/${owner(chain, 1)}` })).json(),
  );
  assert.equal(view.entity?.addresses, 2);

  await close();
  await open();
  assert.deepEqual((await entity(3)).addresses, sorted(3));

  const removed = await gongjo('cut', 'remove', 'bitcoin-regtest', txid(6), '--reason', 'was one owner', '--json');
  const ended = zEntityCutRecord.parse(removed.json());
  assert.deepEqual(
    [ended.reason, ended.takenBack?.reason, ended.takenBack?.by],
    ['수탁 지갑', 'was one owner', 'operator'],
  );
  assert.deepEqual((await entity(1)).addresses, sorted(1, 2, 3));
  assert.deepEqual((await entity(1)).question.cuts, []);

  await gongjo('cut', 'add', 'bitcoin-regtest', txid(6), '--reason', 'on second thought');
  await gongjo('cut', 'add', 'bitcoin-regtest', txid(5), '--reason', 'another');
  const { cuts } = zEntityCuts.parse((await gongjo('cut', 'list', 'bitcoin-regtest', '--json')).json());
  assert.deepEqual(
    cuts.map((it) => [it.txid, it.reason, it.takenBack?.reason ?? null]),
    [
      [txid(5), 'another', null],
      [txid(6), 'on second thought', null],
      [txid(6), '수탁 지갑', 'was one owner'],
    ],
  );
  assert.match((await gongjo('cut', 'list', 'bitcoin-regtest')).out, /another[\s\S]*Taken back:[\s\S]*was one owner/);
  assert.match((await gongjo('cut', 'list', 'bitcoin-regtest', '--lang', 'ko')).out, /담당자[\s\S]*철회된 제외:/);
});

test('every decision is in the audit record, without its reason', async () => {
  const rows = await desk.http.records.query<{ action: string; subject: string; row: string }>(
    `select action, subject, row_to_json(a)::text as row from audit_entries a where action like 'entity.%' order by seq`,
  );
  assert.deepEqual(
    rows.map(({ action, subject }) => [action, subject]),
    [
      ['entity.cut', txid(6)],
      ['entity.cut-taken-back', txid(6)],
      ['entity.cut', txid(6)],
      ['entity.cut', txid(5)],
    ],
  );
  assert.ok(!rows.some(({ row }) => /수탁|one owner|thought|another/.test(row)));
  assert.equal((await verifyAudit(desk.http.records)).brokenAt, null);
});

test('what cannot be cut is a problem with its name, and leaves nothing', async () => {
  const before = await desk.http.records.query('select * from entity_cuts order by seq');
  const reason = { reason: 'because' };
  assert.equal(await problemOf('POST', chain, txid(99), reason), 'transaction-unknown');
  assert.equal(await problemOf('POST', chain, txid(6), reason), 'cut-exists');
  assert.equal(await problemOf('POST', chain, 'nonsense', reason), 'input-invalid');
  assert.equal(await problemOf('POST', chain, txid(1), { reason: '' }), 'input-invalid');
  assert.equal(await problemOf('POST', chain, txid(1), { reason: 'x'.repeat(2001) }), 'input-invalid');
  assert.equal(await problemOf('POST', chain, txid(1), {}), 'input-invalid');
  assert.equal(await problemOf('POST', accounts, accountTxid(1), reason), 'entities-not-here');
  assert.equal(await problemOf('POST', 'bip122:00000008819873e925422c1ff0f99f7c', txid(1), reason), 'chain-unknown');
  assert.equal(await problemOf('DELETE', chain, txid(1), reason), 'cut-unknown');
  assert.equal(await problemOf('DELETE', chain, txid(6), {}), 'input-invalid');
  assert.deepEqual(await desk.http.records.query('select * from entity_cuts order by seq'), before);
});

test('a chain has a bounded number of standing cuts', async () => {
  await desk.http.records.query(
    `insert into entity_cuts (chain, txid, reason, by, at)
     select $1, 'drawn ' || n, 'drawn', 'drawn', now() from generate_series(1, 1998) as n`,
    [chain],
  );
  assert.equal(await problemOf('POST', chain, txid(1), { reason: 'one more' }), 'cuts-too-many');
  await gongjo('cut', 'remove', 'bitcoin-regtest', txid(5), '--reason', 'room');
  assert.equal((await gongjo('cut', 'add', 'bitcoin-regtest', txid(1), '--reason', 'one more')).code, 0);
});
