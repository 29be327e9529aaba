import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { createCalculator } from './calculator.ts';
import { entriesChanged } from './context.ts';
import { currentList, refreshOwnList } from './own-list.ts';
import { newNetwork, openSide, pairSides, type Side } from './sides.fixture.ts';
import { askAll, fails } from './sides-at-work.fixture.ts';
import { overlapView } from './view.ts';

const calculator = createCalculator(1);
const network = newNetwork();
let seoul: Side;
let washington: Side;
before(async () => {
  seoul = await openSide('seoul', network, calculator);
  washington = await openSide('washington', network, calculator);
});
after(async () => {
  await Promise.all([seoul.close(), washington.close()]);
  await calculator.close();
});

test('before anything is agreed there is no key and no list, and looking at the page makes none', async () => {
  const { epoch, list } = await overlapView(seoul.context, seoul.context.records);
  assert.equal(epoch, null);
  assert.deepEqual(list, { entries: 0, silent: 0, shown: 0, serial: 0 });
  await pairSides(seoul, washington, { perHour: 4096, perDay: 16_384, reverseCount: 4 });
  await seoul.context.records.query('delete from overlap_terms');
  await fails('overlap-no-terms', askAll(seoul, washington));
  assert.deepEqual(await seoul.context.records.query('select * from overlap_epochs'), []);
  assert.throws(() => readdirSync(seoul.context.overlap.folder));
  await pairSides(seoul, washington, { perHour: 4096, perDay: 16_384, reverseCount: 4 });
});

test('a list whose file was lost is made again under the next serial, as large as before, with most of its padding', async () => {
  await washington.add([1, 2], 'open');
  const { published: first } = await currentList(washington.context);
  assert.equal(first.list.header.serial, 1);
  await seoul.add([3], 'open');
  await askAll(seoul, washington);
  const { folder } = washington.context.overlap;
  for (const name of readdirSync(folder).filter((it) => it.startsWith('own-'))) rmSync(path.join(folder, name));
  washington = washington.restarted();
  const { published: again } = await currentList(washington.context);
  assert.equal(again.list.header.serial, 2);
  assert.equal(again.list.header.count, first.list.header.count);
  const before = new Set(first.list.values);
  const stayed = [...again.list.values].filter((value) => before.has(value)).length;
  // As with the smallest change: 64 values of 1,024 go.
  assert.equal(stayed, first.list.header.count - 64);
  await washington.add([3], 'open');
  assert.equal((await currentList(washington.context)).published.list.header.serial, 3);
  // The partner that holds the first one finds what has come since.
  assert.equal((await askAll(seoul, washington)).session, null);
  const found = await seoul.context.records.query('select entry from overlap_matches where found');
  assert.deepEqual(found, [{ entry: 'seoul-3' }]);
});

test('the page shows the list as it is on record', async () => {
  await washington.add([9], 'silent');
  const restarted = washington.restarted().context;
  const { list } = await overlapView(restarted, restarted.records);
  const { published } = await currentList(washington.context);
  assert.deepEqual(list, {
    entries: published.entries.length,
    silent: 1,
    shown: published.list.header.count,
    serial: published.list.header.serial,
  });
});

test('what could not be put on the list is put there the next time', async () => {
  let broken = true;
  const failing = {
    ...washington.context,
    overlap: {
      ...washington.context.overlap,
      calculator: {
        ...calculator,
        values: (...given: Parameters<typeof calculator.values>) =>
          broken ? Promise.reject(new Error('no memory')) : calculator.values(...given),
      },
    },
  };
  const { entries: before } = await refreshOwnList(washington.context);
  await washington.context.records.query(
    `insert into overlap_entries (id, source, listed, kind, text, disclosure, contact, added_at)
     values ('late', 'hand', true, 'domain', 'late.example', 'open', 'x', now())`,
  );
  entriesChanged(failing);
  await assert.rejects(refreshOwnList(failing), /no memory/);
  broken = false;
  assert.equal((await refreshOwnList(failing)).entries.length, before.length + 1);
});
