import assert from 'node:assert/strict';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AuditWitnesses } from '@gongjo/contract';
import type { DeskProcess } from '@gongjo/demo';
import { openDrillDesks, pageOf } from './drill-desks.fixture.ts';
import { houseOf } from './theatre.fixture.ts';

/** Two desks as they run watch each other's audit record; one is restored from an older copy of its folder and goes on. */
test('a desk whose history is replaced is caught at the next exchange, shown to both, and begins anew only by a person', {
  timeout: 900_000,
}, async (t) => {
  const house = houseOf(t);
  const { folder, seoul, washington } = await openDrillDesks(house);
  const witnesses = async (desk: DeskProcess) => (await pageOf(desk))<AuditWitnesses>('/api/audit/witnesses');
  const exchange = async (desk: DeskProcess) => {
    const answer = await desk.run(['audit', 'exchange']).catch(() => null);
    // A command that did not end well says nothing here; the desk says why.
    if (answer === null) return (await witnesses(desk)).ours[0]?.problem?.code ?? 'nothing';
    return (answer as { shown: { shown: string }[] }).shown[0]?.shown;
  };
  const work = async (desk: DeskProcess, count: number) => {
    for (let n = 0; n < count; n += 1) await desk.run(['sign-in-link']);
  };
  const records = join(folder, 'seoul', 'data', 'records');
  const copy = join(folder, 'older-copy');

  await work(seoul, 2);
  assert.equal(await exchange(seoul), 'witnessed');
  await seoul.kill();
  await cp(records, copy, { recursive: true });
  await seoul.restart();
  await work(seoul, 3);
  assert.equal(await exchange(seoul), 'witnessed');
  const held = (await witnesses(washington)).theirs.find(({ desk }) => desk === 'seoul')?.size ?? 0;
  assert.ok(held >= 5);

  await seoul.kill();
  await rm(records, { recursive: true });
  await cp(copy, records, { recursive: true });
  await seoul.restart();
  await work(seoul, 12);
  assert.equal(await exchange(seoul), 'audit-contradicted');

  const there = await witnesses(washington);
  const [found] = there.contradictions;
  // The desk shows its record by itself, too: where that was before it had grown again, it was found to be shorter.
  assert.deepEqual([found?.desk, found?.held.size], ['seoul', held]);
  assert.equal(found?.told.size === held, found?.kind === 'forked');
  assert.match(found?.held.note ?? '', /^gongjo\/seoul\/audit\n/);
  assert.notEqual(found?.held.note, found?.told.note);
  const here = await witnesses(seoul);
  assert.ok(here.contradictions.some(({ desk, accepted }) => desk === 'seoul' && accepted === null));
  assert.equal(here.ours[0]?.problem?.code, 'audit-contradicted');

  assert.equal(await exchange(seoul), 'audit-contradicted');
  await washington.run(['audit', 'accept', found?.id ?? '', '--reason', 'restored from a backup, told by telephone']);
  assert.equal(await exchange(seoul), 'witnessed');
});
