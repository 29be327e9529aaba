import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { factsOf, pacific } from '../cases/hold/desk.fixture.ts';
import { findHold } from '../cases/index.ts';
import { migrate, openRecords, type Records, settleReading, sha256Hex } from '../platform/index.ts';
import { schemas } from './desk.ts';

/** The steps of each module that agencies' data folders have gone through: how many, and the SHA-256 of them as a JSON list. */
const applied: Readonly<Record<string, readonly [count: number, sha256: string]>> = {
  audit: [4, '1c62f573e94ff9bad8907024a8ffd98e4d4ecef2f3483594dddf1e2591253935'],
  watch: [4, '85b38f43d4335d57133df47a2cf2036af26a9a3b8487b7e9d23c781b1611860f'],
  cases: [9, '8343131d4383429e4d9a808ee73f8a5e9e8e0ef1416584315a60d3835982888f'],
  sharing: [7, 'e7886803a3115211ec8baab4662ae3ecdf022a97b4d87098f85ec52ef7700188'],
  partner: [5, '34543ebc2e947ce55d1462e9c082abef9ef2f5a5a02169ce91e163f2b62a7b24'],
  drill: [1, '1dd74c8c21a51c96555846ffbbc5c7b38902b68609f5fcd8799ef9efdd0a6e21'],
  http: [1, '1bcf66e9f5031031632e616968995c99861c548a86800732c941afd992c5131d'],
};
const at = '2026-01-01T00:00:00.000Z';
const uuid = '00000001-0000-4000-8000-000000000000';
const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-upgrade-'));
let records: Records;
before(async () => {
  records = await openRecords({ folder: path.join(folder, 'records') });
});
after(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});

const put = (table: string, row: Readonly<Record<string, unknown>>) =>
  records.query(
    `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, i) => `$${i + 1}`)})`,
    Object.values(row).map((it) => (it?.constructor === Object ? JSON.stringify(it) : it)),
  );

describe('a data folder of an earlier version', () => {
  test('was made by steps that stand as they stood', () => {
    for (const { module, steps } of schemas) {
      const [count, sha256] = applied[module] ?? [0, ''];
      assert.equal(sha256Hex(JSON.stringify(steps.slice(0, count))), sha256, module);
    }
    assert.deepEqual(schemas.map(({ module }) => module).sort(), Object.keys(applied).sort());
  });

  test('opens with what is in it, and requests approved then carry the marking of their incident', async () => {
    const then = schemas.map((it) => ({ ...it, steps: it.steps.slice(0, applied[it.module]?.[0]) }));
    await migrate(records, then, folder);
    const title = { en: 'Theft', ko: '탈취' };
    const incident = `incident--${uuid}`;
    await put('incidents', { id: incident, chain: 'c', body: { tlp: 'amber', title }, opened_at: at, updated_at: at });
    const hold = {
      ...{ incident, state: 'approved', addressee: 'pacific', chain: 'c', address: 'a', drill: false },
      ...{ addressee_body: pacific, facts: factsOf(), progress: {}, approvals_needed: 1, drafted_by: 'kim' },
      ...{ drafted_at: at, updated_at: at },
    };
    await put('holds', { ...hold, id: 'approved', round: 2 });
    await put('holds', { ...hold, id: 'drafted', round: 0 });
    const theirs = { desk: 'washington', incident, body: { id: 'theirs' }, received_at: at };
    await put('partner_holds', { ...theirs, id: 'theirs', modified: at });
    await migrate(records, schemas, folder);
    await settleReading(records, schemas);
    assert.equal((await findHold(records, 'approved')).roundTlp, 'amber');
    assert.equal((await findHold(records, 'drafted')).roundTlp, null);
  });
});
