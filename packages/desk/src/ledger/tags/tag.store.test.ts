import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Address, ChainId, Instant, Tag } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import { openColumns } from '../../platform/index.ts';
import { type Ledger, openLedger } from '../ledger.store.ts';

const chain = 'eip155:1' as ChainId;
const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;
const day = (n: number) => `2026-03-0${n}T00:00:00.000Z` as Instant;
const header = 'chain,address,label,category,confidence\n';
const row = (n: number, label: string, category = 'exchange', confidence = 50) =>
  `ETH,${address(n)},${label},${category},${confidence}\n`;

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-tags-'));
const columns = await openColumns({ folder: path.join(folder, 'ledger') });
let ledger: Ledger;
before(async () => {
  ledger = await openLedger(columns);
});
after(async () => {
  await columns.close();
  rmSync(folder, { recursive: true, force: true });
});

const importCsv = (source: string, rows: string, at: Instant) =>
  ledger.importTags({ kind: 'csv', source, files: [{ name: 'list.csv', text: header + rows }] }, at);
const labelsOf = async (n: number) =>
  (await ledger.tags(chain, [address(n)])).get(address(n))?.map((it) => it.label) ?? [];
const countsOf = ({ run, added, changed, removed, unchanged, tags }: Awaited<ReturnType<typeof importCsv>>) => ({
  ...{ run, added, changed, removed, unchanged, tags },
});

test('the same list again is no new run and changes nothing', async () => {
  const list = row(1, 'one') + row(2, 'two') + row(2, 'two');
  const first = await importCsv('same', list, day(1));
  assert.deepEqual(countsOf(first), { run: 1, added: 2, changed: 0, removed: 0, unchanged: 0, tags: 2 });
  assert.equal(first.repeated, 1);
  const again = await importCsv('same', list, day(2));
  assert.deepEqual(countsOf(again), { run: 1, added: 0, changed: 0, removed: 0, unchanged: 2, tags: 2 });
  assert.equal((await ledger.tagRuns('same')).length, 1);
});

test('a changed list tells what came, changed and left; what left does not count and can be shown; what comes back counts', async () => {
  await importCsv('changing', row(11, 'stays') + row(12, 'leaves') + row(13, 'changes', 'exchange', 10), day(1));
  const second = await importCsv(
    'changing',
    row(11, 'stays') + row(13, 'changes', 'mixer', 20) + row(14, 'comes'),
    day(2),
  );
  assert.deepEqual(countsOf(second), { run: 2, added: 1, changed: 1, removed: 1, unchanged: 1, tags: 3 });
  assert.deepEqual((await ledger.tagRun('changing', 2)).changes, [
    { change: 'removed', chain, address: address(12), label: 'leaves' },
    { change: 'added', chain, address: address(14), label: 'comes' },
    { change: 'changed', chain, address: address(13), label: 'changes' },
  ]);
  assert.deepEqual(await labelsOf(12), []);
  const gone = await ledger.tagHistory(chain, address(12));
  assert.deepEqual(gone.tags, []);
  assert.deepEqual(
    gone.past.map(({ tag, removedAt, removedBy }) => [tag.label, tag.firstSeen, removedAt, removedBy]),
    [['leaves', day(1), day(2), 2]],
  );
  const [changed] = (await ledger.tagHistory(chain, address(13))).tags;
  assert.deepEqual([changed?.category, changed?.confidence, changed?.firstSeen], ['mixer', 20, day(1)]);

  const third = await importCsv('changing', row(12, 'leaves') + row(13, 'changes', 'mixer', 20), day(3));
  assert.deepEqual(countsOf(third), { run: 3, added: 1, changed: 0, removed: 2, unchanged: 1, tags: 2 });
  assert.deepEqual(await labelsOf(12), ['leaves']);
  assert.equal((await ledger.tagHistory(chain, address(12))).tags[0]?.firstSeen, day(3));
  assert.deepEqual(
    (await ledger.tagRuns('changing')).map(({ run, at, tags }) => [run, at, tags]),
    [
      [3, day(3), 2],
      [2, day(2), 3],
      [1, day(1), 3],
    ],
  );
});

test('tags that contradict each other are all shown, the surest first', async () => {
  await importCsv('says-exchange', row(21, 'an exchange', 'exchange', 40), day(1));
  await importCsv('says-mixer', row(21, 'a mixer', 'mixer', 90) + row(21, 'a thief', 'theft', 10), day(1));
  assert.deepEqual(await labelsOf(21), ['a mixer', 'an exchange', 'a thief']);
});

test('another list does not take away what this one says', async () => {
  await importCsv('left', row(31, 'left'), day(1));
  await importCsv('right', row(31, 'right'), day(1));
  await importCsv('left', row(32, 'left'), day(2));
  assert.deepEqual(await labelsOf(31), ['right']);
});

test('a row that was refused has not left the list', async () => {
  const bitcoin = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
  const cash = '18M8bJWMzWHDBMxoLqjHHAffdRy4SrzkfB';
  const rows = (lower: boolean) =>
    [`BTC,${bitcoin}`, `BCH,${cash}`].map((it) => `${lower ? it.toLowerCase() : it},x,,\n`).join('');
  await importCsv('refused', rows(false) + row(41, 'y') + row(42, 'z'), day(1));
  const second = await importCsv('refused', rows(true) + row(41, 'y'), day(2));
  assert.deepEqual(
    second.refusals.map(({ reason }) => reason),
    ['address-case', 'address-case'],
  );
  assert.deepEqual([second.removed, second.tags], [1, 3]);
});

test('a list of which nothing can be taken changes nothing', async () => {
  await importCsv('empty', row(51, 'x'), day(1));
  await assert.rejects(
    () => importCsv('empty', 'BTC,nothing,x,,\n', day(2)),
    (error) => error instanceof GongjoError && error.code === 'tag-list-empty',
  );
  assert.deepEqual(await labelsOf(51), ['x']);
});

test('one file that cannot be read leaves the whole run undone', async () => {
  await importCsv('damaged', row(61, 'x'), day(1));
  const good = { name: 'a.csv', text: header + row(62, 'y') };
  await assert.rejects(
    () => ledger.importTags({ kind: 'csv', source: 'damaged', files: [good, { name: 'b.csv', text: 'no' }] }, day(2)),
    /b\.csv/,
  );
  assert.deepEqual([await labelsOf(61), await labelsOf(62)], [['x'], []]);
});

test('what a crash left of a run that was never committed is not read, and goes with the next run', async () => {
  await importCsv('crashed', row(71, 'x'), day(1));
  await columns.command(
    `INSERT INTO tag_changes SELECT chain, address, source, 'ghost' AS label, 2 AS run, 1 AS change, category, abuse, actor, creator,
       confidence, modified, uri, programmes, first_seen, digest FROM tag_changes WHERE source = 'crashed'`,
  );
  await columns.command(
    `INSERT INTO tag_changes SELECT chain, address, source, label, 2 AS run, 0 AS change, category, abuse, actor, creator,
       confidence, modified, uri, programmes, first_seen, digest FROM tag_changes WHERE source = 'crashed' AND label = 'x'`,
  );
  assert.deepEqual(await labelsOf(71), ['x']);
  const next = await importCsv('crashed', row(71, 'x') + row(72, 'y'), day(2));
  assert.deepEqual([next.run, next.added, next.unchanged], [2, 1, 1]);
  assert.deepEqual([await labelsOf(71), await labelsOf(72)], [['x'], ['y']]);
});

test('an actor pack gives a tag’s holder its name and countries, and takes them back', async () => {
  const pack = (items: string) => ({
    kind: 'tagpack' as const,
    source: 'actors',
    files: [{ name: 'actors.yaml', text: `actors:\n${items}` }],
  });
  const tag = {
    chain,
    address: address(81),
    label: 'hot wallet',
    category: 'exchange',
    source: 's',
    confidence: 1,
  } as const;
  await ledger.putTags([{ ...tag, actor: 'upbit' }]);
  const holder = async () => (await ledger.tags(chain, [address(81)])).get(address(81))?.[0]?.holder;
  assert.equal(await holder(), undefined);
  const told = await ledger.importTags(
    pack('- {id: upbit, label: Upbit, jurisdictions: [KR, ID]}\n- {id: other}\n'),
    day(1),
  );
  assert.deepEqual([told.actors, told.tags, told.added], [2, 0, 2]);
  assert.deepEqual(await holder(), { name: 'Upbit', countries: ['KR', 'ID'] });
  await ledger.importTags(pack('- {id: other}\n'), day(2));
  assert.equal(await holder(), undefined);
  assert.deepEqual((await ledger.tagRun('actors', 2)).changes, [
    { change: 'removed', chain: null, address: null, label: 'upbit' },
  ]);
});

test('the tags of the settings, put again at every start, are one run until they change', async () => {
  const tag: Tag = {
    chain,
    address: address(91),
    label: 'x',
    category: 'mixer',
    actor: null,
    source: 'settings list',
    confidence: 9,
  };
  await ledger.putTags([tag]);
  await ledger.putTags([tag]);
  assert.equal((await ledger.tagRuns('settings list')).length, 1);
  await ledger.putTags([{ ...tag, confidence: 10 }]);
  const [last, first] = await ledger.tagRuns('settings list');
  assert.deepEqual([last?.changed, last?.at, first?.added], [1, null, 1]);
  assert.deepEqual((await ledger.tags(chain, [address(91)])).get(address(91)), [{ ...tag, confidence: 10 }]);
});

test('what the settings say no more is taken back, and nothing that was imported', async () => {
  const tag = (n: number, source: string): Tag => ({
    ...{ chain, address: address(n), label: 'x', category: 'mixer', actor: null, source, confidence: 9 },
  });
  await importCsv('imported', row(95, 'imported'), day(1));
  await ledger.putTags([tag(92, 'a'), tag(93, 'a'), tag(94, 'b'), tag(96, 'imported')], 'all');
  await ledger.putTags([tag(92, 'a'), tag(96, 'imported')], 'all');
  assert.deepEqual(await Promise.all([92, 93, 94, 95, 96].map(labelsOf)), [['x'], [], [], ['imported'], ['x']]);
  await ledger.putTags([], 'all');
  assert.deepEqual(await Promise.all([92, 95].map(labelsOf)), [[], ['imported']]);
});

test('imports that are asked for at once run one after the other', async () => {
  const lists = Array.from({ length: 5 }, (_, i) => importCsv('busy', row(100 + i, 'x'), day(1)));
  const runs = (await Promise.all(lists)).map(({ run }) => run);
  assert.deepEqual(runs, [1, 2, 3, 4, 5]);
  assert.deepEqual([await labelsOf(100), await labelsOf(104)], [[], ['x']]);
});

test('an unknown source names the known ones; sources are listed with their last run', async () => {
  await importCsv('known', row(111, 'x'), day(1));
  await assert.rejects(
    () => ledger.tagRuns('nobody’s'),
    (error) =>
      error instanceof GongjoError && error.code === 'tag-source-unknown' && /known/.test(error.problem.hint.en),
  );
  assert.ok((await ledger.tagSources()).some(({ source, run }) => source === 'known' && run === 1));
});

test('the same after the ledger is opened again', async () => {
  await importCsv('reopened', row(121, 'x'), day(1));
  const again = await openLedger(columns);
  assert.equal((await again.tags(chain, [address(121)])).get(address(121))?.[0]?.firstSeen, day(1));
});

test('text in every script, and what SQL and its parameters would read as their own, comes back as it was', async () => {
  for (const [index, label] of [
    "Robert'); DROP TABLE tag_runs;--",
    '공조 \\N \\t {x:String}',
    '𝕏 "quoted"',
    '100%',
  ].entries()) {
    const csv = `ETH,${address(130 + index)},"${label.replaceAll('"', '""')}",,\n`;
    await importCsv(label, csv, day(1));
    assert.deepEqual(await labelsOf(130 + index), [label]);
    assert.equal((await ledger.tagRuns(label))[0]?.source, label);
  }
});
