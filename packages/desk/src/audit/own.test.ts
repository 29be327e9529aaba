import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { migrate, openKeys, openRecords, type Records, systemRandom } from '../platform/index.ts';
import { auditSchema } from './audit.schema.ts';
import { standing } from './own.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-own-'));
const keys = await openKeys(folder);
const records = await openRecords({ folder: path.join(folder, 'records') });
await migrate(records, [auditSchema], folder);
after(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});

test('looks at a long record go through all of its parts, however far apart they are', async () => {
  // A record of three parts, of which nothing but the end is left: what a look recomputes is seen by what it asks for.
  await records.query(
    `insert into audit_entries (seq, at, actor, action, subject, details) values (40000, now(), 'a', 'a.b', 's', '{}')`,
  );
  const looked: unknown[] = [];
  const heard: Records = {
    query: (sql, params) => {
      looked.push(params?.[0]);
      return records.query(sql, params);
    },
    transaction: (work) => records.transaction(work),
    readBy: (reader) => records.readBy(reader),
    close: () => records.close(),
  };
  const clock = { now: () => Date.UTC(2026, 0, 1), sleep: async () => undefined };
  const context = { records: heard, keys, clock, random: systemRandom, desk: { desk: 'seoul' } };
  const parts: unknown[] = [];
  for (let look = 0; look < 4; look += 1) {
    looked.length = 0;
    await standing(context);
    // After the newest checkpoint and the record's size.
    parts.push(looked[2]);
  }
  assert.deepEqual(parts, [0, [16_384], [32_768], 0]);
});
