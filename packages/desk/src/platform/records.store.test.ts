import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { GongjoError } from '../kernel/index.ts';
import { migrate, openRecords, type Records } from './records.store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-records-'));

/** An empty database that the test may fill and empties again, e.g. `postgresql://postgres@127.0.0.1:5432/empty`. */
const url = process.env.GONGJO_TEST_POSTGRES;
const needed = { skip: url === undefined && 'no PostgreSQL server is named (GONGJO_TEST_POSTGRES)' };

after(() => rmSync(folder, { recursive: true, force: true }));

describe('embedded records', () => {
  lawsOf(() => openRecords({ folder: path.join(folder, 'records') }));
});

describe('records on a PostgreSQL server', needed, () => {
  const records = lawsOf(() => openRecords({ url: url ?? '' }));

  test('a transaction that a single statement got in the way of is run again', async () => {
    let runs = 0;
    await records().transaction(async (tx) => {
      runs += 1;
      await tx.query('select n from counted where n = 20');
      if (runs === 1) await records().query('update counted set n = 21 where n = 20');
      await tx.query('update counted set n = n + 100 where n >= 20');
    });
    assert.equal(runs, 2);
    assert.equal(await highest(records()), 121);
  });

  test('a user who may not take on the role that reads for persons is told what an administrator runs, and that is enough', async () => {
    const user = 'gongjo_test_plain';
    const theirs = new URL(url ?? '');
    theirs.username = user;
    await migrate(records(), [], folder);
    await records().query(`create user ${user}`);
    await records().query(`grant create on schema public to ${user}`);
    const plain = await openRecords({ url: theirs.href });
    try {
      const refused = await migrate(plain, [], folder).catch((thrown: unknown) => thrown);
      assert.ok(refused instanceof GongjoError && refused.code === 'records-reader-missing');
      const [, told = ''] = /(grant .*)$/.exec(refused.problem.hint.en) ?? [];
      await records().query('drop table migrations; drop function gongjo_rank, gongjo_clearance');
      await records().query(told);
      await migrate(plain, [], folder);
      const reader = plain.readBy({ person: 'kim', clearance: 'red' });
      assert.deepEqual(await reader.query('select current_user::text as who, gongjo_clearance() as clearance'), [
        { who: 'gongjo_reader', clearance: 4 },
      ]);
    } finally {
      await plain.close();
      await records().query(`drop owned by ${user}`);
      await records().query(`drop user ${user}`);
    }
  });
});

/** What transactions promise, whichever engine keeps the records. */
function lawsOf(opening: () => Promise<Records>): () => Records {
  let records: Records;
  before(async () => {
    records = await opening();
    await records.query('create table counted (n integer primary key)');
  });
  after(async () => {
    await records.query('drop table counted');
    await records.close();
  });

  test('transactions that would conflict all succeed, one after the other', async () => {
    const next = () =>
      records.transaction(async (tx) => tx.query('insert into counted values ($1)', [(await highest(tx)) + 1]));
    await Promise.all(Array.from({ length: 20 }, next));
    assert.equal(await highest(records), 20);
  });

  test('a transaction that fails leaves nothing and does not hold up the next', async () => {
    const failing = records.transaction(async (tx) => {
      await tx.query('insert into counted values (500)');
      throw new Error('on purpose');
    });
    const following = records.transaction((tx) => highest(tx));
    await assert.rejects(failing, /on purpose/);
    assert.equal(await following, 20);
  });
  return () => records;
}

async function highest(db: Pick<Records, 'query'>): Promise<number> {
  const [row] = await db.query<{ n: number }>('select coalesce(max(n), 0)::integer as n from counted');
  return row?.n ?? 0;
}
