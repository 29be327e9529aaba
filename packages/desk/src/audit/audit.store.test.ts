import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { canonicalJson } from '../kernel/index.ts';
import { type Db, migrate, openRecords, type Records, systemClock } from '../platform/index.ts';
import { auditSchema } from './audit.schema.ts';
import { recordAudit, settleAudit } from './audit.store.ts';
import { entriesAbout, entryAt, listEntries } from './entry.store.ts';
import { type EntryRow, entryLeaf, entryOf } from './entry.ts';
import { naiveRoot } from './merkle/naive.fixture.ts';
import { inclusionProof, verifyInclusion } from './merkle/proof.ts';
import { rootOf } from './merkle/subtree.ts';
import { storedSubtrees } from './tree.store.ts';
import { treeOf, verifyAudit } from './verify.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-audit-'));
const records = await openRecords({ folder: path.join(folder, 'records') });
await migrate(records, [auditSchema], folder);
after(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => records.query('truncate audit_entries'));

const event = (subject: string) =>
  ({ actor: 'duty officer', action: 'incident.opened', subject, details: { b: 1, a: ['한', null] } }) as const;
const record = (count: number) =>
  records.transaction(async (tx) => {
    for (let n = 1; n <= count; n += 1) await recordAudit(tx, systemClock, event(`subject ${n}`));
  });
const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex');
/** Does it, looks, and takes it back. */
const having = async <T>(sql: string, look: (tx: Db) => Promise<T>): Promise<T> => {
  const back = { found: null as T | null };
  await records
    .transaction(async (tx) => {
      for (const one of sql.split(';\n')) await tx.query(one);
      back.found = await look(tx);
      throw back;
    })
    .catch((thrown: unknown) => {
      if (thrown !== back) throw thrown;
    });
  return back.found as T;
};

test('an untouched record verifies, and its root is that of its entries', async () => {
  await record(100);
  const subjects = Array.from({ length: 100 }, (_, n) => `subject ${n + 1}`);
  const leaves = (await entriesAbout(records, subjects, 100)).entries.map(entryLeaf);
  const root = hex(naiveRoot(leaves));
  assert.deepEqual(await verifyAudit(records), { entries: 100, brokenAt: null, root });
  const tree = await treeOf(records, 0);
  assert.equal(hex(await tree.root(100)), root);
  for (const seq of [1, 2, 63, 64, 65, 100]) {
    const proof = await inclusionProof(seq - 1, 100, tree.read);
    assert.ok(verifyInclusion(seq - 1, 100, entryLeaf(await entryAt(records, seq)), proof, await tree.root(100)));
  }
});

test('an entry whose transaction fails is not in the record', async () => {
  await record(3);
  await assert.rejects(
    records.transaction(async (tx) => {
      await recordAudit(tx, systemClock, event('four'));
      throw new Error('crash');
    }),
  );
  assert.equal((await verifyAudit(records)).entries, 3);
});

test('an append reads once and writes once', async () => {
  await record(1000);
  let queries = 0;
  await records.transaction((tx) =>
    recordAudit(
      {
        query: <Row>(sql: string, params?: readonly unknown[]) => {
          queries += 1;
          return tx.query<Row>(sql, params);
        },
      },
      systemClock,
      event('one more'),
    ),
  );
  assert.equal(queries, 2);
  const [row] = await records.query<{ n: number; most: number }>(
    'select sum(length(hashes))::integer as n, max(length(hashes)) as most from audit_entries',
  );
  // Two hashes an entry, ten levels at most.
  assert.ok((row?.n ?? 0) <= 2 * 64 * 1001 && (row?.most ?? 0) === 64 * 10);
});

test('what JSON does not say is not in the record', async () => {
  await records.transaction((tx) =>
    recordAudit(tx, systemClock, { ...event('x'), details: { gone: undefined, at: new Date(0), kept: 1 } }),
  );
  assert.equal((await verifyAudit(records)).brokenAt, null);
});

describe('a record that was changed', () => {
  for (const [what, sql, brokenAt] of [
    ['an entry', `update audit_entries set subject = 'TWO' where seq = 2`, 2],
    ['an entry that was taken out', 'delete from audit_entries where seq = 2', 3],
    ['the time of an entry', `update audit_entries set at = at + interval '1 ms' where seq = 7`, 7],
    [
      'two entries that changed places',
      `update audit_entries set seq = -5 where seq = 5;\nupdate audit_entries set seq = 5 where seq = 6;\nupdate audit_entries set seq = 6 where seq = -5`,
      5,
    ],
    [
      'a node of the tree',
      `update audit_entries set hashes = overlay(hashes placing '00' from 70 for 2) where seq = 8`,
      8,
    ],
    ['an entry without its hashes', 'update audit_entries set hashes = null where seq = 9', 9],
  ] as const) {
    test(`is found: ${what}`, async () => {
      await record(20);
      const before = await treeOf(records, 0);
      const root = hex(await before.root(20));
      const found = await having(sql, verifyAudit);
      assert.equal(found.brokenAt, brokenAt);
      // What would be signed now is what the record says now, so it contradicts what was signed before.
      const after = await having(sql, async (tx) => {
        const tree = await treeOf(tx, 0);
        return { size: tree.size, root: hex(await tree.root(tree.size)) };
      });
      const isSame = after.size === 20 && after.root === root;
      assert.equal(isSame, what === 'a node of the tree' || what === 'an entry without its hashes');
    });
  }

  test('goes on being written', async () => {
    await record(20);
    await records.query('delete from audit_entries where seq in (16, 20)');
    await record(3);
    assert.equal((await verifyAudit(records)).brokenAt, 17);
  });
});

/** A record as it was kept before the tree, with something done to it. */
async function oldRecord(done: string): Promise<Records> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-audit-old-'));
  const old = await openRecords({ folder: path.join(folder, 'records') });
  after(async () => {
    await old.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const [first = '', ...later] = auditSchema.steps;
  await migrate(old, [{ ...auditSchema, steps: [first] }], folder);
  let link = '0'.repeat(64);
  const rows: object[] = [];
  for (let seq = 1; seq <= 2500; seq += 1) {
    const entry = { seq, at: new Date(1000 * seq).toISOString(), ...event(`old ${seq}`) };
    link = createHash('sha256').update(link).update(canonicalJson(entry)).digest('hex');
    rows.push({ ...entry, link });
  }
  await old.query('insert into audit_entries select * from jsonb_populate_recordset(null::audit_entries, $1)', [
    JSON.stringify(rows),
  ]);
  await old.query(done);
  await migrate(old, [{ ...auditSchema, steps: [first, ...later] }], folder);
  return old;
}

test('a record from before the tree is taken into it, after its links were checked', async () => {
  const old = await oldRecord(`update audit_entries set subject = 'forged' where seq = 1234`);
  assert.equal(await settleAudit(old, systemClock), 2500);
  assert.equal(await settleAudit(old, systemClock), 0);
  assert.deepEqual((await entryAt(old, 2501)).details, { entries: 2500, brokenAt: 1234 });
  assert.equal((await verifyAudit(old)).entries, 2501);
  const root = hex(await rootOf(2501, storedSubtrees(old)));
  assert.equal((await verifyAudit(old)).root, root);
});

test('a record from before the tree that lacks an entry is taken into it entry by entry, each once', async () => {
  const old = await oldRecord('delete from audit_entries where seq = 700');
  assert.equal(await settleAudit(old, systemClock), 2499);
  assert.deepEqual((await entryAt(old, 2501)).details, { entries: 2499, brokenAt: 701 });
  const { root } = await verifyAudit(old);
  const leaves = (await old.query<EntryRow>('select * from audit_entries order by seq')).map((it) =>
    entryLeaf(entryOf(it)),
  );
  assert.equal(root, hex(naiveRoot(leaves)));
});

test('an excerpt has the newest entries up to a size, in order, and says how many older ones there are', async () => {
  await record(10);
  const subjects = Array.from({ length: 10 }, (_, n) => `subject ${n + 1}`);
  const { entries, omitted } = await entriesAbout(records, subjects, 8, 3);
  assert.deepEqual([entries.map(({ seq }) => seq), omitted], [[6, 7, 8], 5]);
  assert.deepEqual(await entriesAbout(records, ['nothing'], 8), { entries: [], omitted: 0 });
});

test('what one asks about most is read through an index', async () => {
  for (const column of ['subject', 'actor'])
    await records.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      const plan = await tx.query<Record<string, string>>(
        `explain select * from audit_entries where ${column} = 'x' and seq < 9 order by seq desc limit 5`,
      );
      assert.match(JSON.stringify(plan), /audit_entries_(about|by)/, column);
    });
});

test('entries are found by who, what, about what and when', async () => {
  await record(5);
  await records.transaction((tx) =>
    recordAudit(tx, systemClock, { ...event('x'), actor: 'busan', action: 'object.marked' }),
  );
  const seqs = async (filter: Partial<Parameters<typeof listEntries>[1]>) =>
    (await listEntries(records, { limit: 100, ...filter })).map(({ seq }) => seq);
  assert.deepEqual(await seqs({}), [6, 5, 4, 3, 2, 1]);
  assert.deepEqual(await seqs({ limit: 2, before: 5 }), [4, 3]);
  assert.deepEqual(await seqs({ actor: 'busan' }), [6]);
  assert.deepEqual(await seqs({ action: 'object' }), [6]);
  assert.deepEqual(await seqs({ action: 'obj' }), []);
  assert.deepEqual(await seqs({ subject: 'subject 2' }), [2]);
  assert.deepEqual(await seqs({ since: '2999-01-01T00:00:00Z' }), []);
});
