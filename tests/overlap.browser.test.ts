import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { OverlapAnswer, OverlapView } from '@gongjo/contract';
import type { DeskProcess } from '@gongjo/demo';
import type { Browser, Page } from 'playwright-core';
import { launchIn, picture, sitDown, speak } from './browser.fixture.ts';
import { openDrillDesks, pageOf } from './drill-desks.fixture.ts';
import { eventually, houseOf } from './theatre.fixture.ts';

/** Private comparison between two desks as they run: what people do on the command line and see on the pages. */
const wallet = (n: number) => `0x${String(n).padStart(40, '0')}`;
const line = (n: number) => `address/eip155:1 ${wallet(n)}`;
const waitMsMax = 120_000;
/** Kills of the answering desk while it answers. */
const kills = 4;
const killAfterMsMax = 600;

test('two desks compare: the match on both, the silent match on one, a quota that ends, a search that is reported', {
  timeout: 900_000,
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
  const terms = ['--hour', '1024', '--day', '2048', '--back', '8'];
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
  assert.equal(here.partners[0]?.commitment?.digest, there.epoch?.digest);

  // What is on both lists is found without anybody asking.
  await list(seoul, [3], 'contact');
  await eventually(
    'seoul has found what both watch',
    () => view(ofSeoul),
    ({ matches }) => matches.some(({ item, theirNote }) => item.text === wallet(3) && theirNote !== null),
    waitMsMax,
  );

  const browser = await launchIn(house);
  const [pageThere, pageHere] = [await overlapPage(browser, washington), await overlapPage(browser, seoul)];
  await rowsShow(pageThere, [
    [wallet(2), 'Told'],
    [wallet(3), 'Told'],
    [wallet(4), 'Not told by this desk'],
  ]);
  await rowsShow(pageHere, [
    [wallet(2), 'Told'],
    [wallet(3), 'Told'],
  ]);
  await askOnPage(pageHere, [wallet(2), wallet(4)]);
  const answered = pageHere.getByTestId('overlap-answers');
  await answered.getByText('Washington desk: 1 in common.').waitFor();
  await answered.getByText('washington: Kim · washington 7').waitFor();
  await picture(pageHere, 'overlap-seoul-en');
  await speak(pageThere, 'ko');
  await pageThere.getByText('이 데스크에서 알리지 않음').waitFor();
  await picture(pageThere, 'overlap-washington-ko');

  // Whatever happens to the answering desk meanwhile, each session is answered, and charged once.
  for (let turn = 0; turn < kills; turn += 1) {
    await list(seoul, [100 + turn], 'contact');
    await delay(Math.random() * killAfterMsMax);
    await washington.kill('SIGKILL');
    await washington.restart();
  }
  const [seoulAgain, washingtonAgain] = [await pageOf(seoul), await pageOf(washington)];
  const rested = await eventually(
    'all that seoul listed has been asked',
    () => view(seoulAgain),
    ({ sessions }) => sessions.every(({ state }) => state !== 'open') && sessions.length > 2,
    waitMsMax,
  );
  const charged = await view(washingtonAgain);
  const answeredThere = charged.sessions.filter(({ side }) => side === 'answerer');
  assert.equal(new Set(answeredThere.map(({ id }) => id)).size, answeredThere.length);
  // By the day: an hour of the clock may have begun anew meanwhile.
  assert.equal(
    charged.partners[0]?.askedToday,
    answeredThere.reduce((sum, { asked }) => sum + asked, 0),
  );
  const doneHere = rested.sessions
    .filter(({ side, state }) => side === 'asker' && state === 'done')
    .map(({ id }) => id);
  const known = new Set(answeredThere.map(({ id }) => id));
  assert.deepEqual(
    doneHere.filter((id) => !known.has(id)),
    [],
  );

  // A typing error must not pass for "no overlap".
  await assert.rejects(
    seoul.run(['overlap', 'ask', 'iban GB82 WEST 1234 5698 7654 33', '--purpose', 'x']),
    /items\.0: no iban/,
  );

  const used = async () => (await view(washingtonAgain)).partners[0]?.askedThisHour ?? 0;
  for (let turn = 0; turn < 20 && (await used()) < 1024; turn += 1) await ask(seoul, 'washington', [9]);
  for (let turn = 0; turn < 4; turn += 1)
    await assert.rejects(ask(seoul, 'washington', [9]), /Desk "washington" answers no more questions for now/);
  const { partners } = await view(washingtonAgain);
  assert.deepEqual([partners[0]?.suspicion.level, partners[0]?.askedThisHour], ['alarm', 1024]);

  await speak(pageHere, 'ko');
  await pageHere.getByLabel('질의할 항목').fill(wallet(9));
  await pageHere.getByRole('button', { name: '질의', exact: true }).click();
  await pageHere.getByText(/당분간 질의에 응답하지 않습니다/).waitFor();
  await picture(pageHere, 'overlap-quota-ko');
  await pageThere.reload();
  await pageThere.locator('[data-testid="overlap-partner"][data-level="alarm"]').waitFor();
  await pageThere.getByText('전수 탐색 의심').waitFor();
  await picture(pageThere, 'overlap-alarm-ko');
});

async function overlapPage(browser: Browser, desk: DeskProcess): Promise<Page> {
  const { url } = desk.ready;
  const { page } = await sitDown(browser, { origin: url, locale: 'en-US', timeZone: 'Asia/Seoul' });
  page.setDefaultTimeout(waitMsMax);
  const { signInUrl } = (await desk.run(['sign-in-link'])) as { signInUrl: string };
  await page.goto(signInUrl);
  await page.locator('[data-live="live"]').waitFor();
  await page.goto(new URL('/overlap', url).href);
  return page;
}

/** Each row: what is in common, and whether this desk told the partner. */
async function rowsShow(page: Page, expected: readonly (readonly [address: string, told: string])[]): Promise<void> {
  const rows = page.getByTestId('overlap-match');
  await rows.first().waitFor();
  assert.equal(await rows.count(), expected.length);
  for (const [address, told] of expected) {
    const row = rows.filter({ has: page.locator(`[title="Full address ${address}"]`) });
    await row.getByText(told, { exact: true }).waitFor();
  }
}

async function askOnPage(page: Page, addresses: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByText('Write at least one line.').waitFor();
  await page.getByLabel('What to ask about').fill(addresses.join('\n'));
  await page.getByLabel('Purpose').fill('case 7');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
}
