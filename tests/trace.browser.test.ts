import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { languages } from '@gongjo/contract';
import type { Page } from 'playwright-core';
import { picture, speak, wordsOf } from './browser.fixture.ts';
import { address, chain, otherChain, type PageDesk, seatAtDesk } from './desk-pages.fixture.ts';
import { untranslated } from './untranslated.fixture.ts';

/** What people typed, and tags in the language of whoever wrote them. */
const alike = [...['hanbit', 'pacific', 'operator', 'Deposits 902', 'the exchange', 'to be asked first']];

describe('the trace page in a browser', () => {
  test('money is followed from a transaction, looked at by keyboard alone, saved, and taken away as files', async (t) => {
    const { desk, reader } = await seatAtDesk(t, async () => undefined);
    const { page } = reader;

    await t.test('it is asked for by hand, and the page’s address keeps the question', () => asks(page, desk));
    const all = await steps(page);
    await t.test('arrow keys walk through the steps, and each is told', () => walks(page, all));
    await t.test('the flow is folded, hidden, noted, and taken back', () => edits(page, all));
    await t.test('a table has the same steps', () => reads(page, all));
    await t.test('methods are compared place by place', () => compares(page));
    await t.test('time is gone back in', () => scrubs(page, all));
    await t.test('a view is saved with its notes, opened and deleted', () => saves(page, desk, all));
    await t.test('the picture leaves as PNG, SVG and PDF', () => exports(page));
    await t.test('a new block is followed', () => follows(page, desk, all));
    await t.test('backward, it says where value came from', () => comesFrom(page, desk));
    await t.test('it speaks either language and nothing else', () => speaks(page));
    assert.deepEqual(reader.complaints, []);
  });
});

const steps = async (page: Page): Promise<number> =>
  Number(await page.locator('[data-testid="flow"]').first().getAttribute('data-steps'));

/** The picture has that many steps; it is drawn anew within a frame or two. */
const drawn = (page: Page, count: number) => page.locator(`[data-testid="flow"][data-steps="${count}"]`).waitFor();

async function asks(page: Page, desk: PageDesk): Promise<void> {
  await page.goto(`${desk.url}/trace`);
  await page.getByRole('button', { name: 'Trace', exact: true }).click();
  await page.getByText('Give an address or a transaction.').waitFor();
  await page.getByLabel('Start').fill(desk.lead);
  await page.getByRole('button', { name: 'Trace', exact: true }).click();
  await page.locator('[data-testid="flow"]').waitFor();
  const { searchParams } = new URL(page.url());
  assert.equal(searchParams.get('start'), desk.lead);
  assert.equal(searchParams.get('chain'), chain);
  await page.reload();
  await page.locator('[data-testid="flow"]').waitFor();
  assert.ok((await steps(page)) >= 8);
  assert.ok((await page.locator('[data-testid="traced-place"]').count()) >= 4);
}

async function walks(page: Page, all: number): Promise<void> {
  const hop = page.locator('[data-testid="hop"]');
  await hop.focus();
  const first = await hop.getAttribute('data-hop');
  await page.keyboard.press('Home');
  const seen = new Set([first]);
  for (let at = 2; at <= all; at += 1) {
    await page.keyboard.press('ArrowRight');
    await page.getByText(`Step ${at} of ${all}.`).waitFor({ state: 'attached' });
    seen.add(await hop.getAttribute('data-hop'));
  }
  assert.equal(seen.size, all);
  assert.match((await hop.getAttribute('aria-label')) ?? '', /ETH from .* to /);
  assert.match((await page.locator('[data-testid="hop-detail"]').textContent()) ?? '', /Rule[\s\S]*Transaction/);
  // Letting go of a step does not lose the place.
  const last = await hop.getAttribute('data-hop');
  await page.keyboard.press('Escape');
  assert.equal(await hop.getAttribute('data-hop'), last);
  await page.keyboard.press('Home');
  await page.keyboard.press('Escape');
}

async function edits(page: Page, all: number): Promise<void> {
  const hop = page.locator('[data-testid="hop"]');
  await hop.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('c');
  await page.locator('.flow-left-out').waitFor();
  const folded = await steps(page);
  assert.ok(folded < all);
  await page.keyboard.press('Control+z');
  await drawn(page, all);
  await page.keyboard.press('Control+Shift+z');
  await drawn(page, folded);
  await page.keyboard.press('Control+z');
  await drawn(page, all);
  await page.keyboard.press('h');
  await page.locator('.flow-left-out').click();
  await drawn(page, all);
  await hop.focus();
  await page.keyboard.press('n');
  await page.getByLabel('Note on this mark').fill('to be asked first');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="flow-mark"]', { hasText: 'to be asked first' }).waitFor();
  // The field is gone, and the keyboard is back at its step, with a note and without.
  const isFocused = () => hop.evaluate((element) => element === document.activeElement);
  assert.equal(await isFocused(), true);
  await page.keyboard.press('n');
  await page.getByLabel('Note on this mark').press('Escape');
  await page.getByLabel('Note on this mark').waitFor({ state: 'detached' });
  assert.equal(await isFocused(), true);
}

async function reads(page: Page, all: number): Promise<void> {
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await page.locator('[data-testid="flow-row"]').first().waitFor();
  assert.equal(await page.locator('[data-testid="flow-row"]').count(), all);
  await page.locator('[data-testid="flow-table"]').getByRole('button', { name: 'Amount' }).click();
  const largest = await page.locator('[data-testid="flow-row"]').first().textContent();
  assert.match(largest ?? '', /1,234\.5/);
  await picture(page, 'trace-table-en');
  await page.getByRole('button', { name: 'Picture', exact: true }).click();
}

async function compares(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'Tainted in full (poison)' }).check();
  await page.locator('[data-testid="compared"]').waitFor();
  assert.equal(await page.locator('[data-testid="flow"]').count(), 2);
  assert.deepEqual(JSON.parse(new URL(page.url()).searchParams.get('with') ?? '[]'), ['poison']);
  // In this theft nothing clean was mixed in, so that the methods agree; that is said, too.
  const rows = await page.locator('[data-testid="compared-place"]').allTextContents();
  assert.ok(rows.length >= 4 && rows.every((row) => row.includes('the same')), rows.join('\n'));
  await picture(page, 'trace-compared-en');
  await page.getByRole('checkbox', { name: 'Tainted in full (poison)' }).uncheck();
  await page.locator('[data-testid="compared"]').waitFor({ state: 'detached' });
}

async function scrubs(page: Page, all: number): Promise<void> {
  const scrub = page.locator('[data-testid="scrub"]');
  await scrub.focus();
  await page.keyboard.press('Home');
  await drawn(page, 1);
  await page.keyboard.press('ArrowRight');
  await drawn(page, 2);
  await page.keyboard.press('End');
  await drawn(page, all);
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.getByRole('button', { name: 'Play' }).waitFor();
  await drawn(page, all);
}

async function saves(page: Page, desk: PageDesk, all: number): Promise<void> {
  await page.locator('[data-testid="hop"]').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('c');
  await page.locator('.flow-left-out').waitFor();
  const folded = await steps(page);
  await page.getByLabel('Name of the view').fill('Deposits 902');
  await page.getByRole('button', { name: 'Save this view' }).click();
  await page.locator('[data-testid="trace-view"]', { hasText: 'Deposits 902' }).waitFor();
  await page.goto(`${desk.url}/trace`);
  await page.getByRole('link', { name: 'Deposits 902' }).click();
  await drawn(page, folded);
  await page.locator('[data-testid="flow-mark"]', { hasText: 'to be asked first' }).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('start'), desk.lead);
  await page.locator('.flow-left-out').click();
  await drawn(page, all);
}

async function exports(page: Page): Promise<void> {
  const file = async (kind: string): Promise<Buffer> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator(`[data-export="${kind}"]`).click(),
    ]);
    assert.equal(download.suggestedFilename(), `trace.${kind}`);
    return readFile(await download.path());
  };
  const svg = (await file('svg')).toString();
  assert.match(svg, /^<\?xml/);
  for (const words of ['hanbit', 'At a service', 'As of block', '1,234.5 ETH']) assert.ok(svg.includes(words), words);
  assert.equal((await file('png')).subarray(1, 4).toString('latin1'), 'PNG');
  const pdf = (await file('pdf')).toString('latin1');
  assert.match(pdf, /^%PDF-1\.7/);
  assert.match(pdf, /\/FontFile3/);
}

async function follows(page: Page, desk: PageDesk, all: number): Promise<void> {
  await page.getByLabel('Follow live').check();
  await desk.mine([[0x90, 6, 0x902, 1_000n]]);
  await drawn(page, all + 1);
  await page.getByLabel('Follow live').uncheck();
}

async function comesFrom(page: Page, desk: PageDesk): Promise<void> {
  await page.goto(`${desk.url}/trace?chain=${chain}&start=${address(0x902)}&direction=backward`);
  await page.locator('[data-testid="flow"]').waitFor();
  assert.ok((await steps(page)) >= 4);
  assert.equal(await page.getByLabel('Direction').inputValue(), 'backward');
  await picture(page, 'trace-backward-en');
}

async function speaks(page: Page): Promise<void> {
  const forgotten: string[] = [];
  await page.getByRole('link', { name: 'Deposits 902' }).click();
  await page.locator('[data-testid="flow-mark"]').waitFor();
  await page.locator('.flow-left-out').click();
  for (const language of languages) {
    await speak(page, language);
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await page.locator('[data-testid="hop"]').focus();
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      await page.waitForTimeout(600);
      await picture(page, `trace-${language}-${theme}`);
    }
    // A chain that nobody named has its identifier.
    const words = (await wordsOf(page)).filter((word) => ![chain, otherChain].some((one) => one === word));
    forgotten.push(...untranslated(words, language, alike).map((word) => `${language}: ${word}`));
  }
  assert.deepEqual(forgotten, []);
  await speak(page, 'en');
  await page.getByRole('button', { name: 'Delete: Deposits 902' }).click();
  await page.getByText('No view is saved yet.').waitFor();
}
