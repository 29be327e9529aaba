import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { zAddressTags, zProblem, zTagImport, zTagRun, zTagRunDetail } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { runCli } from '../cli/index.ts';
import { buildApp } from '../http/index.ts';
import { readSettings, silentLog, systemClock, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';
import { openDoor } from './door.ts';

const genesis = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
const chain = 'bip122:000000000019d6689c085ae165831e93';
const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-tags-'));
const file = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, 'lists', name)), { recursive: true });
  writeFileSync(path.join(folder, 'lists', name), text);
  return path.join(folder, 'lists', name);
};
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command as a person does, on a data folder that no desk runs on. */
async function gongjo(...argv: string[]) {
  let out = '';
  let err = '';
  const code = await runCli([...argv, '--data', path.join(folder, 'data')], {
    version: '0',
    env: {},
    signal: new AbortController().signal,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    open: (settings) => openDoor(settings, '0'),
    up: () => Promise.reject(new Error('not asked')),
    demo: () => Promise.reject(new Error('not asked')),
  });
  return { code, out, err, json: () => JSON.parse(out) };
}

describe('gongjo tags', () => {
  const pack = (label: string) =>
    `currency: BTC\nconfidence: forensic\ntags:\n- address: ${genesis}\n  label: ${label}\n`;

  test('imports every pack below a folder, each as a list of its own, and names what was refused', async () => {
    file('packs/one.yaml', pack('One'));
    file('packs/deep/two.yml', `${pack('Two')}- address: ${genesis.toLowerCase()}\n  label: Lost\n`);
    file('packs/readme.txt', 'not a pack');
    const { code, json } = await gongjo('tags', 'import', 'tagpack', path.join(folder, 'lists/packs'), '--json');
    assert.equal(code, 0);
    const imports = json().imports.map((it: unknown) => zTagImport.parse(it));
    assert.deepEqual(
      imports.map((it: (typeof imports)[number]) => [it.source, it.run, it.added, it.refused]),
      [
        ['tagpack:two', 1, 1, 1],
        ['tagpack:one', 1, 1, 0],
      ],
    );
    const again = await gongjo('tags', 'import', 'tagpack', path.join(folder, 'lists/packs'));
    assert.match(again.out, /tagpack:two: 1 tags, 0 actors; 0 added, 0 changed, 0 removed, 1 rows refused/);
    assert.match(again.out, /two\.yml {2}6 +1a1zp1ep5qgefi2dmptftl5slmv7divfna {2}written in one letter case/);
  });

  test('shows every tag of an address in both languages, also those taken back', async () => {
    await gongjo('tags', 'import', 'ofac', file('sanctioned_addresses_XBT.txt', genesis));
    const shown = zAddressTags.parse((await gongjo('tags', 'show', 'BTC', genesis, '--json')).json());
    assert.deepEqual(
      shown.tags.map(({ source, category }) => [source, category]),
      [
        ['ofac', 'sanctioned'],
        ['tagpack:one', 'other'],
        ['tagpack:two', 'other'],
      ],
    );
    await gongjo(
      'tags',
      'import',
      'ofac',
      file('sanctioned_addresses_ETH.txt', '0xdac17f958d2ee523a2206206994597c13d831ec7'),
    );
    const english = await gongjo('tags', 'show', chain, genesis);
    assert.match(english.out, /Taken back:[\s\S]*Sanctioned +On a sanctions list/);
    const korean = await gongjo('tags', 'show', 'xbt', genesis, '--lang', 'ko');
    assert.match(korean.out, /철회된 태그:[\s\S]*제재 대상 +제재 명단 등재/);
  });

  test('tells the runs of every source, of one, and what one changed', async () => {
    const all = (await gongjo('tags', 'history', '--json')).json().runs.map((it: unknown) => zTagRun.parse(it).source);
    assert.deepEqual(all, ['ofac', 'tagpack:one', 'tagpack:two']);
    const runs = (await gongjo('tags', 'history', 'ofac', '--json')).json().runs;
    assert.deepEqual(
      runs.map(({ run, added, removed }: { run: number; added: number; removed: number }) => [run, added, removed]),
      [
        [2, 1, 1],
        [1, 1, 0],
      ],
    );
    const detail = zTagRunDetail.parse((await gongjo('tags', 'history', 'ofac', '--run', '2', '--json')).json());
    assert.deepEqual(
      detail.changes.map((it) => it.change),
      ['removed', 'added'],
    );
    assert.match((await gongjo('tags', 'history', 'ofac', '--run', '2')).out, /removed +bip122:\S+ +1A1zP1/);
  });

  test('a list that cannot be read is told, and the others go in', async () => {
    file('mixed/bad.csv', 'no header');
    file('mixed/good.csv', `chain,address,label\nBTC,${genesis},Good\n`);
    const { code, err, json } = await gongjo('tags', 'import', 'csv', path.join(folder, 'lists/mixed'), '--json');
    assert.equal(code, 1);
    assert.equal(zProblem.parse(JSON.parse(err).problem).code, 'tag-list-unreadable');
    assert.deepEqual(
      json().imports.map((it: { source: string }) => it.source),
      ['csv:good'],
    );
  });

  test('files under one --source are one list', async () => {
    const [a, b] = ['a', 'b'].map((name) => file(`${name}.csv`, `chain,address,label\nBTC,${genesis},${name}\n`));
    const { json } = await gongjo('tags', 'import', 'csv', a ?? '', b ?? '', '--source', 'own list', '--json');
    assert.deepEqual(
      json().imports.map(({ source, tags }: { source: string; tags: number }) => [source, tags]),
      [['own list', 2]],
    );
  });

  test('what is wrong is said: a path, an address, a source, an empty folder, a run without a source', async () => {
    mkdirSync(path.join(folder, 'lists/empty'));
    for (const [argv, code, problem] of [
      [['import', 'csv', path.join(folder, 'nothing.csv')], 1, 'tag-list-unreadable'],
      [['import', 'csv', path.join(folder, 'lists/empty')], 2, 'usage-wrong'],
      [['import', 'csv'], 2, 'usage-wrong'],
      [['import', 'pdf', 'x'], 2, 'usage-wrong'],
      [['show', 'BTC', genesis.toLowerCase()], 1, 'address-invalid'],
      [['history', 'nobody'], 1, 'tag-source-unknown'],
      [['history', 'ofac', '--run', '99'], 1, 'not-found'],
      [['history', '--run', '1'], 2, 'usage-wrong'],
    ] as const) {
      const told = await gongjo('tags', ...argv, '--json');
      assert.deepEqual([told.code, JSON.parse(told.err).problem.code], [code, problem], argv.join(' '));
    }
  });
});

describe('the routes of tags', () => {
  let desk: Desk;
  let operator: FastifyInstance;
  let network: FastifyInstance;
  before(async () => {
    const data = path.join(folder, 'routes');
    mkdirSync(data);
    const settings = readSettings({ data }, {});
    desk = await openDesk(settings, { clock: systemClock, random: systemRandom, log: silentLog, version: '0' });
    operator = await buildApp(desk.http, 'folder');
    network = await buildApp(desk.http, 'network');
  });
  after(async () => {
    await Promise.all([operator.close(), network.close()]);
    await desk.close();
  });
  const put = (payload: unknown) =>
    operator.inject({ method: 'POST', url: '/api/tags/imports', payload: payload as object });

  test('an import is recorded with who made it and what it changed', async () => {
    const files = [{ name: 'l.csv', text: `chain,address,label\nBTC,${genesis},x\n` }];
    assert.equal((await put({ kind: 'csv', source: 'l', files })).statusCode, 200);
    const [entry] = await desk.http.records.query<{
      actor: string;
      action: string;
      subject: string;
      details: { added: number };
    }>('select actor, action, subject, details from audit_entries order by seq desc limit 1');
    assert.deepEqual(
      [entry?.actor, entry?.action, entry?.subject, entry?.details.added],
      ['operator', 'tags.imported', 'l', 1],
    );
  });

  test('nobody without a session sees or changes tags', async () => {
    for (const [method, url] of [
      ['GET', `/api/tags?chain=${chain}&address=${genesis}`],
      ['GET', '/api/tags/history'],
      ['POST', '/api/tags/imports'],
    ] as const) {
      const response = await network.inject({ method, url, headers: { host: 'localhost' } });
      assert.equal(response.statusCode, 401, url);
    }
  });

  test('input that is none is refused, and a body beyond its bound', async () => {
    const files = [{ name: 'l.csv', text: 'x' }];
    for (const body of [
      {},
      { kind: 'pdf', source: 'l', files },
      { kind: 'csv', source: '', files },
      { kind: 'csv', source: 'a\u0000b', files },
      { kind: 'csv', source: 'l', files: [] },
      { kind: 'csv', source: 'l', files: [{ name: '', text: 'x' }] },
      { kind: 'csv', source: 'l', files, more: 1 },
    ])
      assert.equal((await put(body)).statusCode, 400, JSON.stringify(body));
    const large = await put({ kind: 'csv', source: 'l', files: [{ name: 'l.csv', text: 'x'.repeat(65_000_000) }] });
    assert.equal(large.statusCode, 413);
    assert.match(zProblem.parse(large.json()).text.en, /64000000/);
    for (const query of ['', '?chain=x&address=y', `?chain=${chain}`])
      assert.equal((await operator.inject(`/api/tags${query}`)).statusCode, 400);
  });
});

test('settings whose tag names no address of its chain are refused by name', async () => {
  const tags = file(
    'tags.yaml',
    `tags:\n- {chain: '${chain}', address: nothing, label: x, category: mixer, actor: null, source: s, confidence: 1}\n`,
  );
  const data = path.join(folder, 'refused');
  mkdirSync(data);
  const settings = readSettings({ data, tags: [tags] }, {});
  await assert.rejects(
    () => openDesk(settings, { clock: systemClock, random: systemRandom, log: silentLog, version: '0' }),
    /tags\.0\.address/,
  );
});
