import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { tlpLevels } from '@gongjo/contract';
import fc from 'fast-check';
import { auditSchema } from '../audit/index.ts';
import { casesSchema } from '../cases/index.ts';
import { migrate, openRecords, type Reader, type Records, readWithin, settleReading } from '../platform/index.ts';
import { watchSchema } from '../watch/index.ts';
import { settleFloors } from './floor.store.ts';
import { handlingOf } from './party.ts';
import { sharingSchema } from './schema.ts';
import { makeWorld } from './world.fixture.ts';
import { book, persons, type World } from './world-marks.fixture.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-seen-'));
const schemas = [auditSchema, watchSchema, casesSchema, sharingSchema];
const tables = schemas.flatMap(({ reading }) => Object.entries(reading?.tables ?? {}));
const ruled = tables.flatMap(([table, rule]) => (typeof rule === 'object' ? [table] : []));
const readers: Reader[] = tlpLevels.flatMap((clearance) =>
  persons.slice(0, 2).map((person) => ({ person, clearance })),
);

/** An empty database that the test may fill and empties again. */
const url = process.env.GONGJO_TEST_POSTGRES;
const needed = { skip: url === undefined && 'no PostgreSQL server is named (GONGJO_TEST_POSTGRES)' };
const seed = Number(process.env.GONGJO_SEED ?? Date.now() % 1_000_000);

after(() => rmSync(folder, { recursive: true, force: true }));

let records: Records;

describe(`what a person may read of embedded records, seed ${seed}`, () => {
  lawsOf(() => openRecords({ folder: path.join(folder, 'records') }));
});

describe(`what a person may read of records on a PostgreSQL server, seed ${seed}`, needed, () => {
  after(() => records.query('drop schema public cascade'));
  lawsOf(() => openRecords({ url: url ?? '' }));
});

async function newWorld(seed: number): Promise<World> {
  await records.query(`truncate ${ruled.join(', ')} restart identity cascade`);
  const world = await records.transaction((tx) => makeWorld(tx, seed));
  await settleFloors(records, { ...handlingOf({ marks: [], redactions: [] }), book });
  return world;
}

function lawsOf(opening: () => Promise<Records>): void {
  before(async () => {
    records = await opening();
    await records.query('create schema if not exists public');
    await migrate(records, schemas, folder);
    await settleReading(records, schemas);
  });
  after(() => records.close());

  test('of every table exactly the rows that plain rules tell, for each clearance and person', async () => {
    const worlds = fc.asyncProperty(fc.noShrink(fc.integer({ min: 0, max: 0x7fff_ffff })), async (number) => {
      const { rows } = await newWorld(number);
      const byTable = Map.groupBy(rows, ({ table }) => table);
      assert.deepEqual([...byTable.keys()].sort(), [...ruled].sort(), 'a table without a row proves nothing');
      for (const reader of readers) {
        const lists = [...byTable].map(
          ([table, [first]]) => `select '${table} ' || (${first?.key ?? ''})::text as row from ${table}`,
        );
        const found = await records.readBy(reader).query<{ row: string }>(lists.join(' union all '));
        const seen = rows.filter((it) => it.isSeen(reader)).map(({ table, value }) => `${table} ${value}`);
        const told = `${reader.person} of ${reader.clearance}`;
        assert.deepEqual(found.map(({ row }) => row).sort(), seen.sort(), told);
      }
    });
    await fc.assert(worlds, { numRuns: Number(process.env.GONGJO_RUNS ?? 4), seed });
  });

  test('no join and no count tells more than the lists do', async () => {
    const { rows, incidents } = await newWorld(seed);
    for (const reader of readers) {
      const db = records.readBy(reader);
      const seen = rows.filter((it) => it.isSeen(reader));
      const of = (table: string) => seen.filter((it) => it.table === table);
      const [counted] = await db.query<{ timeline: number; joined: number; kinds: number; most: number }>(
        `select (select count(*) from timeline)::integer as timeline,
           (select count(*) from incidents i left join timeline t on t.incident = i.id right join holds h on h.incident = i.id)::integer as joined,
           (select count(distinct type) from shared_objects)::integer as kinds,
           (select coalesce(max(added_seq), 0) from shared_objects)::integer as most`,
      );
      assert.equal(counted?.timeline, of('timeline').length);
      assert.equal(counted?.joined, of('holds').length);
      assert.equal(counted?.kinds, new Set(of('shared_objects').map(({ value }) => value.split('--')[0])).size);
      for (const id of incidents) {
        const [found] = await db.query('select 1 from incidents where id = $1', [id]);
        assert.equal(
          found !== undefined,
          of('incidents').some(({ value }) => value === id),
        );
      }
    }
  });

  test('whoever has no clearance sees no row that has a rule', async () => {
    await newWorld(seed);
    const lists = ruled.map((table) => `select '${table}' as seen from ${table}`).join(' union ');
    for (const word of ['', 'RED', 'none']) {
      const clearance = word as Reader['clearance'];
      assert.deepEqual(await records.readBy({ person: 'kim', clearance }).query(lists), [], word);
    }
  });

  test('what is closed, a column that is hidden and every change are refused', async () => {
    const db = records.readBy({ person: 'kim', clearance: 'red' });
    const refused = (sql: string) => assert.rejects(db.query(sql), /permission denied|read-only transaction/, sql);
    for (const [table, rule] of tables) if (rule === 'closed') await refused(`select * from ${table}`);
    await refused('select envelope from deliveries');
    await refused('select body from quarantined_objects');
    for (const table of ['incidents', 'cases', 'shared_objects', 'policy_sets']) await refused(`delete from ${table}`);
    await refused(`insert into policy_sets (sha256, body, by, at) values ('', '', '', now())`);
    await refused(`update incidents set looked = true`);
    await refused(`create table mine (n integer)`);
  });

  test('the person is a value, never a part of the statement', async () => {
    const { rows } = await newWorld(seed);
    const person = `kim', true), set_config('gongjo.clearance', 'red', true) --`;
    const found = await records
      .readBy({ person, clearance: 'clear' })
      .query<{ id: string }>('select id from incidents');
    const seen = rows.filter((it) => it.table === 'incidents' && it.isSeen({ person, clearance: 'clear' }));
    assert.deepEqual(found.map(({ id }) => id).sort(), seen.map(({ value }) => value).sort());
  });

  test('within a transaction of the desk, which is the desk’s again afterwards', async () => {
    const { incidents, rows } = await newWorld(seed);
    const reader: Reader = { person: 'kim', clearance: 'clear' };
    const seen = rows.filter((it) => it.table === 'incidents' && it.isSeen(reader));
    await records.transaction(async (tx) => {
      await tx.query('update incidents set looked = true');
      const found = await readWithin(tx, reader).query('select id from incidents where looked');
      assert.equal(found.length, seen.length);
      assert.equal((await tx.query('update incidents set looked = false returning id')).length, incidents.length);
    });
    assert.equal((await records.query('select id from incidents')).length, incidents.length);
  });

  test('lists that changed are settled again, and those that did not are left', async () => {
    const wider = { ...sharingSchema, reading: { tables: { deliveries: 'closed' as const } } };
    await settleReading(records, [wider]);
    const db = records.readBy({ person: 'kim', clearance: 'red' });
    await assert.rejects(db.query('select id from deliveries'), /permission denied/);
    await settleReading(records, schemas);
    await db.query('select id from deliveries');
  });
}
