import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Drill, Hold, HoldSummary, Incident } from '@gongjo/contract';
import type { DeskProcess } from '@gongjo/demo';
import { openDrillDesks } from './drill-desks.fixture.ts';
import { personOf } from './person.fixture.ts';
import { eventually, houseOf } from './theatre.fixture.ts';

/** Hold requests on two desks as they run: a heist played to both, and each asks the same exchange for the same value. */
const waitMsMax = 400_000;
const seed = Number(process.env.GONGJO_SEED ?? 7);
const signatory = {
  name: { en: 'Kim Min-su', ko: '김민수' },
  title: { en: 'Inspector', ko: '경감' },
  badge: 'A-12345',
  email: 'minsu.kim@police.go.kr',
  phone: null,
};
const legalBasis = { en: 'Article 199(2) of the Criminal Procedure Act', ko: '형사소송법 제199조 제2항' };
const caseNumber = '2026-0412';

test('two countries ask one exchange for the same value: each sees the other’s request, joined, with its clock', {
  timeout: 900_000,
}, async (t) => {
  t.diagnostic(`seed ${seed}`);
  const house = houseOf(t);
  const { folder, seoul, washington } = await openDrillDesks(house);
  const drill = ['drill', 'start', '--seed', String(seed), '--addresses', '200', '--at-once', '--in', '5'];
  const started = (await seoul.run(drill)) as Drill;
  await washington.run(['drill', 'join', started.code]);
  const officers = new Map<DeskProcess, Awaited<ReturnType<typeof personOf>>>();
  for (const desk of [seoul, washington]) officers.set(desk, await personOf(desk, `officer of ${desk.id}`));
  const officer = (desk: DeskProcess) => officers.get(desk) ?? assert.fail();
  const superiors = new Map<DeskProcess, Awaited<ReturnType<typeof personOf>>>();
  for (const desk of [seoul, washington]) superiors.set(desk, await personOf(desk, `superior of ${desk.id}`));
  const superior = (desk: DeskProcess) => superiors.get(desk) ?? assert.fail();
  const incidents = async (desk: DeskProcess) =>
    (await officer(desk).call<{ incidents: Incident[] }>('GET', '/api/incidents')).incidents;
  const heldBy = (list: readonly Incident[]) =>
    list.flatMap(({ id, places }) =>
      places.flatMap(({ stop, address, holder }) =>
        stop === 'service' && address && holder ? [{ incident: id, address }] : [],
      ),
    );
  const both = await eventually(
    'value stands at a service that both desks see',
    async () => {
      const there = heldBy(await incidents(washington));
      return heldBy(await incidents(seoul)).find(({ incident, address }) =>
        there.some((it) => it.incident === incident && it.address === address),
      );
    },
    (found) => found !== undefined,
    waitMsMax,
  );
  const { incident, address } = both ?? assert.fail();

  const make = async (desk: DeskProcess): Promise<Hold> => {
    const drafted = (await desk.run(['hold', 'draft', incident, '--address', address])) as Hold;
    const revised = await officer(desk).call<Hold>('POST', `/api/holds/${drafted.id}/revise`, {
      ...{ signatory, legalBasis, caseNumber },
    });
    assert.equal(revised.draftedBy, 'operator');
    // The command line is the operator, who drafted it.
    const { digest } = revised;
    await assert.rejects(desk.run(['hold', 'approve', drafted.id, '--digest', digest]), /another person must approve/);
    // So is whoever changed it.
    const path = `/api/holds/${drafted.id}/approve`;
    await assert.rejects(officer(desk).call<Hold>('POST', path, { digest }), /another person must approve/);
    return superior(desk).call<Hold>('POST', path, { digest });
  };
  const first = await make(seoul);
  assert.equal(first.progress.state, 'approved');
  assert.ok(first.drill);
  await seoul.run(['hold', 'send', first.id, '--way', 'print']);

  const letters = join(folder, 'letters');
  await seoul.run(['hold', 'letter', first.id, '--output', letters]);
  for (const { name, sha256 } of first.documents) {
    const bytes = await readFile(join(letters, name));
    assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256, name);
  }
  if (spawnSync('which', ['pdfsig']).status !== 0) t.diagnostic('no pdfsig: no other program looked at the signatures');
  else
    for (const { name } of first.documents.filter(({ form }) => form === 'pdf'))
      assert.match(spawnSync('pdfsig', [join(letters, name)], { encoding: 'utf8' }).stdout, /Signature is Valid/);

  const listed = async (desk: DeskProcess, from: string) =>
    (await officer(desk).call<{ holds: HoldSummary[] }>('GET', '/api/holds')).holds.find((it) => it.desk?.id === from);
  await eventually(
    'washington sees the request of seoul',
    () => listed(washington, 'seoul'),
    (it) => it?.id === first.id && it.state === 'sent',
    waitMsMax,
  );
  const second = await make(washington);
  assert.deepEqual(
    second.parallel.map(({ id, desk }) => [id, desk?.id]),
    [[first.id, 'seoul']],
  );
  const one = (desk: DeskProcess, id: string) => officer(desk).call<Hold>('GET', `/api/holds/${id}`);
  await eventually(
    'seoul sees that washington asks for the same value',
    () => one(seoul, first.id),
    ({ parallel }) => parallel.some(({ id, desk }) => id === second.id && desk?.id === 'washington'),
    waitMsMax,
  );

  const held = (await seoul.run(['hold', 'answer', first.id, '--event', 'hold', '--reference', 'PX-77'])) as Hold;
  assert.equal(held.progress.state, 'held-in-full');
  assert.ok(held.progress.expiresAt);
  const until = new Date(Date.parse(held.progress.expiresAt) + 7 * 86_400_000).toISOString();
  await seoul.run(['hold', 'extend', first.id, '--until', until]);
  const there = await eventually(
    'washington sees until when it is held',
    () => one(washington, second.id),
    ({ parallel }) => parallel[0]?.state === 'held-in-full' && parallel[0].expiresAt === until,
    waitMsMax,
  );
  // What the letter says of persons stays with the desk that wrote it.
  const objects = await officer(washington).call<object>('GET', '/api/objects?type=course-of-action');
  assert.doesNotMatch(JSON.stringify(objects), /Kim Min-su|2026-0412|Criminal Procedure/);
  assert.equal(there.progress.state, 'approved');
});
