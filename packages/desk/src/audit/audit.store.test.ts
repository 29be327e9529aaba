import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { migrate, openRecords, systemClock } from '../platform/index.ts';
import { auditSchema, recordAudit, verifyAudit } from './audit.store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-audit-'));
const records = await openRecords({ folder: path.join(folder, 'records') });
await migrate(records, [auditSchema], folder);
after(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});
const event = (subject: string) =>
  ({ actor: 'duty officer', action: 'incident.opened', subject, details: { b: 1, a: ['한', null] } }) as const;

test('an untouched record verifies', async () => {
  for (const subject of ['one', 'two', 'three'])
    await records.transaction((tx) => recordAudit(tx, systemClock, event(subject)));
  assert.deepEqual(await verifyAudit(records), { entries: 3, brokenAt: null });
});

test('an entry whose transaction fails is not in the record', async () => {
  await assert.rejects(
    records.transaction(async (tx) => {
      await recordAudit(tx, systemClock, event('four'));
      throw new Error('crash');
    }),
  );
  assert.equal((await verifyAudit(records)).entries, 3);
});

for (const [what, sql] of [
  ['changed', `update audit_entries set subject = 'TWO' where seq = 2`],
  ['removed', 'delete from audit_entries where seq = 2'],
] as const) {
  test(`an entry that was ${what} is found`, async () => {
    const found = await records
      .transaction(async (tx) => {
        await tx.query(sql);
        throw await verifyAudit(tx);
      })
      .catch((thrown: unknown) => thrown);
    assert.equal((found as { brokenAt: number }).brokenAt, what === 'changed' ? 2 : 3);
  });
}
