import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { migrate, openRecords } from '../platform/index.ts';
import { readableBy } from './object.store.ts';
import { sharingSchema } from './schema.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-sharing-schema-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a desk of version 0.3 keeps its decisions: what was released can be read as before, what was refused stays refused', async () => {
  const records = await openRecords({ folder: path.join(folder, 'records') });
  try {
    await migrate(records, [{ ...sharingSchema, steps: sharingSchema.steps.slice(0, 1) }], folder);
    const at = '2026-01-01T00:00:00.000Z';
    const object = async (id: string, origin: string) =>
      records.query(
        `insert into shared_objects (id, modified, origin, type, label, tlp, body, sha256, added_at)
         values ($1, $3, $2, 'incident', $1, 'amber', $4, $1, $3::text::timestamptz)`,
        [id, origin, at, JSON.stringify({ id, origin })],
      );
    await object('incident--1', 'seoul');
    await object('incident--1', 'washington');
    await object('incident--2', 'seoul');
    await records.query(
      `insert into deliveries (id, direction, partner, state, decided_at, envelope, envelope_sha256, reasons, objects)
       values ('d', 'in', 'washington', 'admitted', $1, '', '', '[]', '[]')`,
      [at],
    );
    for (const [id, released] of [
      ['incident--1', true],
      ['incident--2', false],
    ] as const)
      await records.query(
        `insert into release_decisions (partner, object_id, modified, released, reasons, basis, decided_at)
         values ('washington', $1, $2, $3, '[]', 'b', $2::text::timestamptz)`,
        [id, at, released],
      );
    await migrate(records, [sharingSchema], folder);
    const rows = await records.query<object>(
      'select object_id, origin, type, outcome, released, latest, sha256, purpose from release_decisions order by object_id',
    );
    const same = { origin: 'seoul', type: 'incident', purpose: 'investigation' };
    assert.deepEqual(rows, [
      { ...same, object_id: 'incident--1', outcome: 'release', released: true, latest: true, sha256: 'incident--1' },
      { ...same, object_id: 'incident--2', outcome: 'refuse', released: false, latest: false, sha256: 'incident--2' },
    ]);
    const { objects } = await readableBy(records, 'washington', 0, null, 10);
    assert.deepEqual(
      objects.map(({ body }) => JSON.parse(body) as object),
      [{ id: 'incident--1', origin: 'seoul' }],
    );
  } finally {
    await records.close();
  }
});
