import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { GongjoError } from '../kernel/index.ts';
import { migrate, openRecords, type Records, type Schema } from './records.store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-migrate-'));
let records: Records;
before(async () => {
  records = await openRecords({ folder: path.join(folder, 'records') });
});
beforeEach(() => records.query('drop table if exists migrations, one, two'));
after(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});

const module = (...steps: string[]): Schema => ({ module: 'm', steps });
const first = 'create table one (n integer);\ninsert into one values (1)';
const tables = async () =>
  (
    await records.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    )
  ).map(({ name }) => name);

describe('migrate', () => {
  test('applies every step once, in order', async () => {
    await migrate(records, [module(first)], folder);
    await migrate(records, [module(first)], folder);
    assert.deepEqual(await records.query('select n from one'), [{ n: 1 }]);
    await migrate(records, [module(first, 'alter table one add column t text', 'update one set t = $$a;b$$')], folder);
    assert.deepEqual(await records.query('select n, t from one'), [{ n: 1, t: 'a;b' }]);
  });

  test('keeps nothing of a migration of which one step fails', async () => {
    await migrate(records, [module(first)], folder);
    await assert.rejects(
      migrate(records, [module(first, 'create table two (n integer)', 'create table one (n integer)')], folder),
    );
    assert.deepEqual(await tables(), ['migrations', 'one']);
    await migrate(records, [module(first, 'create table two (n integer)')], folder);
    assert.deepEqual(await tables(), ['migrations', 'one', 'two']);
  });

  test('refuses what a newer version wrote, and changes nothing', async () => {
    await migrate(records, [module(first, 'alter table one add column t text')], folder);
    const refused = migrate(
      records,
      [{ module: 'new', steps: ['create table two (n integer)'] }, module(first)],
      folder,
    );
    await assert.rejects(refused, (thrown) => {
      assert.ok(thrown instanceof GongjoError);
      assert.equal(thrown.code, 'data-folder-newer');
      assert.ok(thrown.message.includes(folder));
      return true;
    });
    assert.deepEqual(await tables(), ['migrations', 'one']);
  });
});

test('records that are damaged are told by the name of their folder, and left as they are', async () => {
  const damaged = mkdtempSync(path.join(folder, 'damaged-'));
  writeFileSync(path.join(damaged, 'PG_VERSION'), 'nonsense');
  await assert.rejects(openRecords({ folder: damaged }), (thrown) => {
    assert.ok(thrown instanceof GongjoError, String(thrown));
    assert.equal(thrown.code, 'data-folder-corrupt');
    assert.ok(thrown.message.includes(damaged));
    return true;
  });
});
