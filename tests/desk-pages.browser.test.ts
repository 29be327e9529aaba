import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { languages } from '@gongjo/contract';
import type { Page } from 'playwright-core';
import { picture, type Reader, speak, wordsOf } from './browser.fixture.ts';
import { address, otherChain, type PageDesk, seatAtDesk, txid } from './desk-pages.fixture.ts';
import { untranslated } from './untranslated.fixture.ts';

/** What people typed or lists say in one language, and what is written alike in both: codes, settings, bodies, studies. */
const alike = [
  ...[
    'Hanbit',
    'Kim Minji',
    'known to us',
    'a tip',
    'Tip 12',
    'Annex',
    'operator',
    'washington',
    'the exchange',
    'Memorandum',
  ],
  ...['KR, US', 'mail.*', 'FATF', 'OFAC', 'Meiklejohn', 'Kappos', 'Tsuchiya', 'USENIX Security', 'IMC'],
];

describe('a desk’s pages in a browser', () => {
  test('one report is in front of everyone, and the pages say who knows, what waits and why', async (t) => {
    const { desk, reader } = await seatAtDesk(t, async () => undefined);
    const { page } = reader;

    await t.test('what is wrong is said beside its field, in the reader’s language', () => refuses(page, desk));
    const incident = await page.evaluate(() => location.pathname);
    assert.equal(incident, '/report');
    await t.test('a report opens an incident, and its agencies, clocks and value are told', () => reports(page));
    const path = new URL(page.url()).pathname;
    await t.test('what waits says why; whoever was called is acknowledged', () => acknowledges(page));
    await t.test('the same transaction again joins, and it is said before and after', () => joins(page, desk, path));
    await t.test('what is probably the same is proposed, and kept apart by a person', () => keepsApart(page, desk));
    await t.test('an exercise cannot be mistaken', () => drills(page, desk));
    await t.test('alerts are joined, silenced with a reason, and unlike when unconfirmed or withdrawn', () =>
      silences(page, desk),
    );
    await t.test('an address is watched by hand, ended, and watched again', () => watches(page, desk));
    await t.test('measures sort and leave as a file', () => measures(page, desk));
    await t.test('the directory says who is there, and finds a name in either script', () => finds(page, desk));
    await t.test('the status line says what is down and how much waits', () => troubles(page));
    await t.test('every page speaks either language and nothing else', () => speaks(reader, desk, path));
    assert.deepEqual(reader.complaints, []);
  });
});

/** What stands beside fields, as the fields themselves name it. */
const errorsOn = (page: Page) => page.locator('p[id$="-error"]').allTextContents();

async function refuses(page: Page, desk: PageDesk): Promise<void> {
  await page.goto(`${desk.url}/report`);
  await page.getByLabel('Transactions').fill(`${desk.lead}\n0x12`);
  await page.getByRole('button', { name: 'Add an amount' }).click();
  await page.getByLabel('Amount', { exact: true }).fill('1,23');
  await page.getByRole('button', { name: 'Report and start' }).click();
  assert.deepEqual((await errorsOn(page)).sort(), [
    'Give a title in one of the languages.',
    'Line 2 is not a transaction hash: 0x and 64 hexadecimal digits.',
    'Write a number with a point, such as 1,234.5.',
  ]);
  await speak(page, 'ko');
  assert.ok((await errorsOn(page)).some((text) => /2번째 줄은 거래 해시가 아닙니다/.test(text)));
  await speak(page, 'en');
}

async function reports(page: Page): Promise<void> {
  await page.getByLabel('Title in English').fill('Hanbit Exchange drained');
  await page.getByLabel('Title in Korean').fill('한빛거래소 탈취');
  await page.getByLabel('Victim').fill('Hanbit');
  await page.getByLabel('Countries concerned').fill('us');
  const [first = ''] = (await page.getByLabel('Transactions').inputValue()).split('\n');
  await page.getByLabel('Transactions').fill(first);
  await page.getByLabel('Went to').fill(address(2));
  await page.getByLabel('Amount', { exact: true }).fill('1,234.5');
  await page.getByLabel('Name', { exact: true }).fill('Kim Minji');
  await page.getByRole('button', { name: 'Add another chain' }).click();
  await page.getByLabel('Transactions').nth(1).fill(txid(0x51));
  await page.getByRole('button', { name: 'Report and start' }).click();
  await page.locator('[data-testid="taken"][data-outcome="opened"]').waitFor();
  await page.locator('[data-testid="agency"][data-agency="kr-npa"][data-state="told"]').waitFor();
  await page.locator('[data-testid="place"]').first().waitFor();
  // What it took on another chain is a part of it.
  await page.getByRole('link', { name: `${otherChain}: Hanbit Exchange drained` }).waitFor();
  for (const clock of ['occurred', 'reported', 'firstTold'])
    await page.locator(`[data-testid="clock"][data-clock="${clock}"] time`).first().waitFor();
  assert.match((await page.locator('[data-clock="allTold"]').textContent()) ?? '', /running: \d+/);
}

async function acknowledges(page: Page): Promise<void> {
  await page.locator('[data-testid="why-waiting"][data-code="mail-unreachable"]').waitFor();
  await page.locator('[data-testid="why-waiting"][data-code="webhook-unreachable"]').waitFor();
  const police = page.locator('[data-testid="agency"][data-agency="kr-npa"]');
  await police.getByRole('button', { name: 'Acknowledge' }).click();
  await page.locator('[data-testid="agency"][data-agency="kr-npa"][data-state="acknowledged"]').waitFor();
  await page.locator('[data-clock="firstAcknowledged"] time').first().waitFor();
  const called = page.locator('[data-testid="agency"][data-agency="kr-kisa"]');
  await called.getByRole('button', { name: 'They know' }).click();
  await page.locator('[data-testid="agency"][data-agency="kr-kisa"][data-state="acknowledged"]').waitFor();
}

async function joins(page: Page, desk: PageDesk, path: string): Promise<void> {
  await page.goto(`${desk.url}/report`);
  await page.getByLabel('Title in English').fill('Drained again');
  await page.getByLabel('Transactions').fill(desk.lead);
  await page.locator('[data-testid="known"][data-by="lead"]').waitFor();
  await page.getByRole('button', { name: 'Report and start' }).click();
  await page.locator('[data-testid="taken"][data-outcome="joined"]').waitFor();
  assert.equal(new URL(page.url()).pathname, path);
  await page.locator('[data-testid="report"]').nth(1).waitFor();
}

async function keepsApart(page: Page, desk: PageDesk): Promise<void> {
  await page.goto(`${desk.url}/report`);
  await page.getByLabel('Title in Korean').fill('이용자 자산 유출');
  await page.getByLabel('Title in English').fill('Customer funds missing');
  await page.getByLabel('Transactions').fill(`0x${'99'.repeat(32)}`);
  await page.getByLabel('Victim').fill('Hanbit');
  await page.getByLabel('Went to').fill(address(2));
  await page.locator('[data-testid="known"][data-by="address"]').waitFor();
  const wall = await page.evaluate(() => new Date(Date.now() + 9 * 3_600_000 - 900_000).toISOString().slice(0, 16));
  await page.getByLabel('Occurred').fill(wall);
  await page.getByRole('button', { name: 'Report and start' }).click();
  await page.locator('[data-testid="taken"][data-outcome="opened"]').waitFor();
  const match = page.locator('[data-testid="match"]').first();
  await page.locator('[data-testid="match"][data-state="proposed"]').waitFor();
  await match.getByRole('button', { name: 'Keep apart' }).click();
  await page.locator('[data-testid="match"][data-state="apart"]').waitFor();
}

async function drills(page: Page, desk: PageDesk): Promise<void> {
  await page.goto(`${desk.url}/report`);
  await page.getByLabel('Title in Korean').fill('훈련 사건');
  await page.getByLabel('Title in English').fill('An exercise');
  await page.getByLabel('Transactions').fill(`0x${'77'.repeat(32)}`);
  await page.getByLabel('This is a drill').check();
  await page.locator('[data-testid="drill"]').waitFor();
  await page.getByRole('button', { name: 'Report and start' }).click();
  await page.locator('[data-testid="taken"]').waitFor();
  await page.locator('[data-testid="drill"]').waitFor();
  assert.match(await page.title(), /\[DRILL\]/);
  await page.goto(desk.url);
  await page.locator('[data-testid="incident"] .drill-mark').first().waitFor();
  assert.equal(await page.locator('[data-testid="drill"]').count(), 0);
}

async function silences(page: Page, desk: PageDesk): Promise<void> {
  await page.goto(`${desk.url}/alerts?show=all`);
  await page.locator('[data-testid="alert-group"].unconfirmed[data-rule="about-to-move"]').waitFor();
  await page.locator('[data-testid="alert-group"].withdrawn[data-rule="sleeper-wakes"]').waitFor();
  // Two deposits at one exchange are one group.
  const joined = page.locator('[data-testid="alert-group"][data-rule="deposit-to-service"]', { hasText: '2 alerts' });
  await joined.getByRole('button', { name: 'Silence' }).click();
  await joined.getByRole('button', { name: 'Do it' }).click();
  assert.deepEqual(await errorsOn(page), ['Give a reason of at least 3 characters.']);
  await joined.getByLabel('Reason').fill('known to us');
  await joined.getByRole('button', { name: 'Do it' }).click();
  const silenced = page.locator('[data-testid="alert-group"][data-state="silenced"]');
  await silenced.waitFor();
  assert.match((await silenced.textContent()) ?? '', /Silenced until .*: known to us/);
  await silenced.getByRole('button', { name: 'Assign' }).click();
  await silenced.getByLabel('To whom').fill('Kim Minji');
  await silenced.getByRole('button', { name: 'Do it' }).click();
  await silenced.getByText('Assigned to Kim Minji').waitFor();
  await silenced.getByRole('button', { name: 'Acknowledge' }).click();
  await page.locator('[data-testid="alert-group"][data-state="handled"]').waitFor();
  await page.getByRole('button', { name: 'Show the alerts' }).first().click();
  await page.locator('[data-testid="group-alert"]').first().waitFor();
}

async function watches(page: Page, desk: PageDesk): Promise<void> {
  await page.goto(`${desk.url}/watches`);
  await page.locator('[data-testid="watch-source"][data-source="trace"]').first().waitFor();
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  assert.deepEqual((await errorsOn(page)).sort(), ['Give a reason of at least 3 characters.', 'Give the address.']);
  await page.getByLabel('Address').fill(address(12));
  await page.getByLabel('Name, if you like').fill('Tip 12');
  await page.getByLabel('Reason').fill('a tip');
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  const row = page.locator('[data-testid="watch"][data-kind="address"]');
  await row.waitFor();
  await page.getByRole('button', { name: 'End the watch “Tip 12”' }).click();
  await row.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.waitFor();
  await page.getByRole('button', { name: 'List', exact: true }).click();
  await page.getByLabel('Addresses', { exact: true }).fill(`${address(0x4001)}\nno address\n${address(0x4002)},mule`);
  await page.getByLabel('Name', { exact: true }).fill('Annex');
  await page.getByLabel('Reason').fill('a tip');
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  assert.match(
    (await page.locator('[data-testid="watch-added"]', { hasText: 'Annex' }).textContent()) ?? '',
    /“Annex” is watched from now on: 2 addresses\.1 line is no address of this chain.*no address/,
  );
  await page.locator('[data-testid="watch-source"][data-source="list"]').waitFor();
}

async function measures(page: Page, desk: PageDesk): Promise<void> {
  await page.goto(`${desk.url}/measures`);
  await page.locator('[data-testid="measured"]').nth(1).waitFor();
  assert.equal(await page.locator('[data-testid="month"]').count(), 1);
  await page.getByRole('button', { name: 'Deposits' }).nth(1).click();
  assert.match((await page.locator('[data-testid="measured"]').first().textContent()) ?? '', /Hanbit Exchange drained/);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).nth(1).click();
  assert.equal((await download).suggestedFilename(), 'measures-by-incident.csv');
}

async function finds(page: Page, desk: PageDesk): Promise<void> {
  await page.goto(`${desk.url}/directory`);
  await page.locator('[data-testid="entry"][data-id="kr-npa"] [data-duty="on"]').waitFor();
  await page.getByLabel('Find a name').fill('경찰청');
  await page.locator('[data-testid="found"]', { hasText: 'Korean National Police Agency' }).first().waitFor();
  await page.getByLabel('Find a name').fill('Dunamu');
  await page.locator('[data-testid="found"] a', { hasText: 'Upbit' }).first().click();
  await page.locator('[data-testid="entry"][data-id="upbit"].opened').waitFor();
  await page.goto(`${desk.url}/directory?list=channels`);
  await page.locator('[data-testid="entry"][data-id="budapest"] [data-usable="no"]').waitFor();
}

async function troubles(page: Page): Promise<void> {
  for (const code of ['mail-unreachable', 'webhook-unreachable', 'partner-unreachable'])
    await page.locator(`[data-testid="trouble"][data-code="${code}"]`).waitFor();
  for (const channel of ['email', 'webhook'])
    await page.locator(`[data-testid="notices-waiting"][data-channel="${channel}"]`).waitFor();
}

async function speaks({ page }: Reader, desk: PageDesk, path: string): Promise<void> {
  const pages = [
    ['report', '/report', 'form.report'],
    ['incident', path, '[data-testid="agency"]'],
    ['alerts', '/alerts?show=all', '[data-testid="alert-group"]'],
    ['watches', '/watches', '[data-testid="rule"]'],
    ['measures', '/measures', '[data-testid="measured"]'],
    ['directory', '/directory', '[data-testid="entry"]'],
    ['approvals', '/approvals', '[data-testid="approval"], .empty'],
    ['holds', '/holds', '[data-testid="hold"], .empty'],
    ['cases', '/cases', '[data-testid="case"], .empty'],
    ['requests', '/requests', '[data-testid="request"], .empty'],
    ['overlap', '/overlap', '[data-testid="overlap-partner"]'],
    ['partner', '/partners/washington', '.partner-header .facts'],
  ] as const;
  const forgotten: string[] = [];
  // Each sign is there when the page has what it shows; its heading is there before.
  for (const [name, at, ready] of pages) {
    await page.goto(`${desk.url}${at}`);
    await page.locator(ready).first().waitFor();
    for (const language of languages) {
      await speak(page, language);
      const words = (await wordsOf(page)).filter((word) => !isTechnical(word));
      forgotten.push(...untranslated(words, language, alike).map((word) => `${name} in ${language}: ${word}`));
      await picture(page, `pages-${name}-${language}`);
    }
  }
  assert.deepEqual(forgotten, []);
}

/** Why a connection failed is told in the words of the machine; a chain that nobody named has its identifier. */
function isTechnical(word: string): boolean {
  return /ECONNREFUSED|^eip155:3133[78]/.test(word);
}
