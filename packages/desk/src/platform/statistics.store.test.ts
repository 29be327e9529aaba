import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openRecords, type Records } from './records.store.ts';
import { refreshStatistics } from './statistics.store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-statistics-'));
let records: Records;
before(async () => {
  records = await openRecords({ folder: path.join(folder, 'records') });
  await records.query('create table kept (owner text not null, n integer not null)');
  await records.query('create table small (n integer)');
  await records.query('insert into small values (1)');
});
after(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = (count: number) =>
  records.query(`insert into kept select 'everybody', n from generate_series(1, $1) as n`, [count]);

/** How many rows the planner believes there are of a value that all rows have. */
async function believed(): Promise<number> {
  const [row] = await records.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    `explain (format json) select * from kept where owner = 'everybody'`,
  );
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

test('a table that grew is counted again when it has doubled, and a small one never', async () => {
  assert.deepEqual(await refreshStatistics(records), []);
  await add(20_000);
  assert.ok((await believed()) < 2_000, 'without statistics the planner guesses far too few');
  assert.deepEqual(await refreshStatistics(records), ['kept']);
  assert.ok(Math.abs((await believed()) - 20_000) < 1_000);
  assert.deepEqual(await refreshStatistics(records), []);
  await add(10_000);
  assert.deepEqual(await refreshStatistics(records), []);
  await add(20_000);
  assert.deepEqual(await refreshStatistics(records), ['kept']);
  assert.ok(Math.abs((await believed()) - 50_000) < 2_500);
});

test('what was counted is still known after the next start', async () => {
  await records.close();
  records = await openRecords({ folder: path.join(folder, 'records') });
  assert.deepEqual(await refreshStatistics(records), []);
});
