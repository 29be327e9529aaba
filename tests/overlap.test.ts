import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OverlapAnswer, OverlapView } from '@gongjo/contract';
import type { DeskProcess } from '@gongjo/demo';
import { openDrillDesks, pageOf } from './drill-desks.fixture.ts';
import { eventually, houseOf } from './theatre.fixture.ts';

/** Private comparison between two desks as they run: what people do on the command line and see on the pages. */
const wallet = (n: number) => `0x${String(n).padStart(40, '0')}`;
const line = (n: number) => `address/eip155:1 ${wallet(n)}`;
const waitMsMax = 120_000;

test('two desks compare: the match on both, the silent match on one, a quota that ends, a search that is reported', {
  timeout: 600_000,
}, async (t) => {
  const house = houseOf(t);
  const { folder, seoul, washington } = await openDrillDesks(house);
  const [ofSeoul, ofWashington] = [await pageOf(seoul), await pageOf(washington)];
  const view = (page: typeof ofSeoul) => page<OverlapView>('/api/overlap');
  const list = async (desk: DeskProcess, numbers: readonly number[], disclosure: string) => {
    const file = join(folder, `${desk.id}-${disclosure}.txt`);
    await writeFile(file, numbers.map(line).join('\n'));
    const more = ['--disclosure', disclosure, '--contact', `${desk.id}: Kim`, '--reference', `${desk.id} 7`];
    await desk.run(['overlap', 'list', '--add', file, ...more]);
  };
  const ask = (desk: DeskProcess, partner: string, numbers: readonly number[]) =>
    desk.run(['overlap', 'ask', ...numbers.map(line), '--partner', partner, '--purpose', 'case 7']) as Promise<{
      answers: OverlapAnswer[];
    }>;

  await assert.rejects(ask(seoul, 'washington', [1]), /has not agreed to compare/);
  const terms = ['--hour', '256', '--day', '512', '--back', '8'];
  await seoul.run(['overlap', 'quota', 'washington', ...terms]);
  await washington.run(['overlap', 'quota', 'seoul', ...terms]);

  await list(washington, [2, 3], 'open');
  await list(washington, [4], 'silent');
  await eventually(
    'the list is made',
    () => view(ofWashington),
    ({ list: { entries, silent } }) => entries === 2 && silent === 1,
    waitMsMax,
  );
  const { answers } = await ask(seoul, 'washington', [1, 2, 4]);
  assert.deepEqual(
    answers.map(({ desk, asked, found }) => ({ desk, asked, found })),
    [
      {
        desk: 'washington',
        asked: 64,
        found: [
          {
            item: { kind: 'address', within: 'eip155:1', text: wallet(2) },
            note: { contact: 'washington: Kim', reference: 'washington 7' },
          },
        ],
      },
    ],
  );
  const there = await eventually(
    'washington has noticed both',
    () => view(ofWashington),
    ({ matches }) => matches.length === 2 && matches.some(({ told }) => told),
    waitMsMax,
  );
  assert.deepEqual(there.matches.map(({ item, told }) => [item.text, told]).sort(), [
    [wallet(2), true],
    [wallet(4), false],
  ]);
  const here = await view(ofSeoul);
  assert.deepEqual(
    here.matches.map(({ item }) => item.text),
    [wallet(2)],
  );
  const [session] = here.sessions;
  assert.deepEqual(
    [session?.side, session?.state, session?.purpose, session?.overlaps],
    ['asker', 'done', 'case 7', 1],
  );
  assert.equal(here.partners[0]?.commitment?.digest, there.epoch.digest);

  // What is on both lists is found without anybody asking.
  await list(seoul, [3], 'contact');
  await eventually(
    'seoul has found what both watch',
    () => view(ofSeoul),
    ({ matches }) => matches.some(({ item, theirNote }) => item.text === wallet(3) && theirNote !== null),
    waitMsMax,
  );

  // A typing error must not pass for "no overlap".
  await assert.rejects(
    seoul.run(['overlap', 'ask', 'iban GB82 WEST 1234 5698 7654 33', '--purpose', 'x']),
    /items\.0: no iban/,
  );

  const used = async () => (await view(ofWashington)).partners[0]?.askedThisHour ?? 0;
  for (let turn = 0; turn < 8 && (await used()) < 256; turn += 1) await ask(seoul, 'washington', [9]);
  for (let turn = 0; turn < 4; turn += 1)
    await assert.rejects(ask(seoul, 'washington', [9]), /Desk "washington" answers no more questions for now/);
  const { partners } = await view(ofWashington);
  assert.deepEqual([partners[0]?.suspicion.level, partners[0]?.askedThisHour], ['alarm', 256]);
});
