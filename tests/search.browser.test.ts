import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { languages } from '@gongjo/contract';
import type { Page } from 'playwright-core';
import { picture, type Reader, speak, wordsOf } from './browser.fixture.ts';
import { address, chain, type PageDesk, seatAtDesk, txid } from './desk-pages.fixture.ts';
import { eventually } from './theatre.fixture.ts';
import { untranslated } from './untranslated.fixture.ts';

/** A busy machine gets this long; what never comes fails the test. */
const patienceMs = 30_000;
/** What people typed or lists say in one language, and what is written alike in both. */
const alike = [
  ...[
    'Hanbit Exchange drained',
    'Hanbit',
    'hanbit',
    'pacific',
    'Dear colleagues',
    'the exchange',
    'operator',
    'washington',
  ],
  ...[
    'Memorandum',
    'Seoul desk',
    'Gongjo exact cryptocurrency facts',
    'Gongjo',
    'mail.*',
    'malicious-activity',
    'Wallet',
  ],
];
const thief = address(2);
/** The thief's address with another middle, as who poisons histories makes them. */
const imitation = `${thief.slice(0, 10)}${'7'.repeat(24)}${thief.slice(-8)}`;

describe('one search, by keyboard alone', () => {
  test('an address in a pasted text leads to its page and its incident, in both languages', async (t) => {
    const { desk, reader, done: incident } = await seatAtDesk(t, opened);
    const { page } = reader;
    await t.test('paste, open, go on: no mouse', () => journey(page, incident));
    await t.test('shortcuts are listed under ?, lead to each page, and leave writers alone', () => keys(page));
    await t.test('names, transactions and what is unknown', () => finds(page, desk));
    await t.test('an object says where it is from and leads on', () => objects(page, desk));
    await t.test('the line of pages holds at 1280 pixels and is usable at 390', () => fits(page, desk));
    await t.test('every page speaks either language and nothing else', () => speaks(reader, desk));
    assert.deepEqual(reader.complaints, []);
  });
});

async function opened(desk: PageDesk): Promise<string> {
  const { id } = (await desk.ask('POST', '/api/incidents', {
    ...{ chain, txids: [desk.lead], kind: 'theft', title: { en: 'Hanbit Exchange drained', ko: '한빛거래소 탈취' } },
    victim: 'Hanbit',
  })) as { id: string };
  await eventually(
    'the incident is followed',
    () => desk.ask('GET', `/api/incidents/${encodeURIComponent(id)}`) as Promise<{ places: unknown[] }>,
    ({ places }) => places.length > 0,
  );
  return id;
}

/** The link or button that Enter would press. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.closest('a, button')?.textContent ?? '');

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
}

async function journey(page: Page, incident: string): Promise<void> {
  const mail = `Dear colleagues,\nfunds went to ${thief} (see https://scan.example/tx/${txid(2)}).\nNot ${imitation}, nor 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb.`;
  await page.keyboard.press('/');
  await paste(page, mail);
  await page.locator('[data-testid="thing"]').nth(3).waitFor();
  assert.deepEqual(
    await page
      .locator('[data-testid="thing"]')
      .evaluateAll((rows) =>
        rows.map((row) => [row.getAttribute('data-as'), row.getAttribute('data-known')].join(' ')),
      ),
    [
      // Both chains of the desk have addresses and transactions of this form.
      ...['address yes', 'address yes', 'transaction yes', 'transaction yes', 'address no', 'address no'],
      'fault no',
    ],
  );
  await page.locator('[data-testid="poisoned"]').first().waitFor();
  // What differs in the middle is shown of both.
  assert.ok((await page.locator('[data-testid="thing"] .address mark').count()) >= 2);
  await picture(page, 'search-pasted');
  await page.keyboard.press('j');
  assert.match(await focused(page), /0x0002/);
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="known-address"]').waitFor();
  await page.locator('[data-testid="known-party"]').first().waitFor();
  await page.locator('[data-testid="known-incident"]').waitFor();
  const trace = page.getByRole('link', { name: 'Trace from here' });
  assert.equal(
    await trace.getAttribute('href'),
    `/trace?chain=${encodeURIComponent(chain)}&start=${encodeURIComponent(thief)}`,
  );
  for (let steps = 0; steps < 40 && !/drained/.test(await focused(page)); steps += 1) await page.keyboard.press('j');
  assert.match(await focused(page), /Hanbit Exchange drained/);
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="place"]').first().waitFor();
  assert.equal(new URL(page.url()).pathname, `/incidents/${incident}`);
}

async function keys(page: Page): Promise<void> {
  await page.keyboard.press('?');
  const dialog = page.locator('[data-testid="shortcuts"]');
  await dialog.locator('kbd').first().waitFor();
  await picture(page, 'shortcuts-en');
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  assert.ok(await dialog.isVisible());
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  for (const [key, path] of [
    ['a', '/alerts'],
    ['i', '/intelligence'],
    ['d', '/directory'],
    ['t', '/'],
  ] as const) {
    // On a busy machine more than a moment can pass between two keys, which then are no shortcut.
    await eventually(
      path,
      async () => {
        await page.keyboard.type(`g${key}`);
        return new URL(page.url()).pathname;
      },
      (at) => at === path,
      patienceMs,
    );
  }
  await page.keyboard.press('?');
  await dialog.getByLabel('Keys act on pages').uncheck();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.keyboard.type('ga?');
  await page.reload();
  await page.locator('[data-live="live"]').waitFor();
  await page.keyboard.type('ga?');
  assert.ok(!(await dialog.isVisible()));
  assert.equal(new URL(page.url()).pathname, '/');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await dialog.getByLabel('Keys act on pages').check();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.keyboard.press('/');
  await page.keyboard.type('gajk?');
  assert.equal(await page.locator('[data-search-box]').inputValue(), 'gajk?');
  assert.equal(new URL(page.url()).pathname, '/');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="found"][data-asked="gajk?"] .empty').waitFor();
}

async function finds(page: Page, desk: PageDesk): Promise<void> {
  for (const [text, found] of [
    ['한빛거래소', 'found-incident'],
    ['Korean National', 'found-entry'],
    ['워싱턴', 'found-partner'],
  ] as const) {
    await page.goto(`${desk.url}/search?q=${encodeURIComponent(text)}`);
    await page.locator(`[data-testid="${found}"]`).first().waitFor();
  }
  await page.goto(`${desk.url}/transaction/${chain}/${txid(2)}`);
  await page.locator('[data-testid="known-movement"]').first().waitFor();
  await page.locator('[data-testid="known-incident"]').waitFor();
  await page.goto(`${desk.url}/address/${encodeURIComponent('tron:0x2b6653dc')}/TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t`);
  await page.getByText('This desk does not read this chain').waitFor();
  await page.goto(`${desk.url}/address/${chain}/${imitation}`);
  await page.locator('[data-testid="poisoned"] mark').first().waitFor();
}

async function objects(page: Page, desk: PageDesk): Promise<void> {
  await page.goto(`${desk.url}/intelligence?type=indicator`);
  await page.locator('[data-testid="object"][data-type="indicator"] a').first().click();
  await page.locator('[data-testid="object-page"][data-type="indicator"]').waitFor();
  await page.locator('[data-testid="relation"] a').first().waitFor();
  await page.getByRole('button', { name: 'Show as JSON' }).click();
  await page.locator('[data-testid="object-raw"]').waitFor();
  await page.locator('[data-testid="relation"] a').first().click();
  await page.locator('[data-testid="object-page"]:not([data-type="indicator"])').waitFor();
}

async function fits(page: Page, desk: PageDesk): Promise<void> {
  await page.goto(`${desk.url}/search?q=hanbit`);
  await page.locator('[data-testid="found-incident"]').waitFor();
  for (const language of languages) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await speak(page, language);
    const nav = page.locator('nav.nav');
    const { hidden, tops } = await nav.evaluate((line) => ({
      hidden: line.scrollWidth - line.clientWidth,
      tops: new Set([...line.querySelectorAll('a')].map((link) => Math.round(link.getBoundingClientRect().top))).size,
    }));
    assert.deepEqual({ hidden, tops }, { hidden: 0, tops: 1 }, language);
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${language}: ${overflow} pixels beyond the screen`);
    await picture(page, `search-narrow-${language}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function speaks({ page }: Reader, desk: PageDesk): Promise<void> {
  const pages = [
    ['search', `/search?q=${thief}`, '[data-testid="thing"]'],
    ['address', `/address/${chain}/${thief}`, '[data-testid="known-party"]'],
    ['imitation', `/address/${chain}/${imitation}`, '[data-testid="poisoned"]'],
    ['transaction', `/transaction/${chain}/${txid(2)}`, '[data-testid="known-movement"]'],
    ['intelligence', '/intelligence', '[data-testid="object"]'],
    ['object', '/intelligence?type=indicator', '[data-testid="object"]'],
  ] as const;
  const forgotten: string[] = [];
  for (const [name, at, ready] of pages) {
    await page.goto(`${desk.url}${at}`);
    await page.locator(ready).first().waitFor();
    if (name === 'object') {
      await page.locator('[data-testid="object"] a').first().click();
      await page.locator('[data-testid="object-page"]').waitFor();
    }
    for (const language of languages) {
      await speak(page, language);
      const words = (await wordsOf(page)).filter((word) => !isTechnical(word));
      forgotten.push(...untranslated(words, language, alike).map((word) => `${name} in ${language}: ${word}`));
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await picture(page, `${name}-${language}-${scheme}`);
      }
    }
  }
  assert.deepEqual(forgotten, []);
}

/** Names of properties, identifiers, patterns and codes of STIX; what a connection answered; chains that nobody named. */
function isTechnical(word: string): boolean {
  return /ECONNREFUSED|^eip155:|^[a-z0-9]+(_[a-z0-9]+)+$|--[0-9a-f-]{36}|^\[|^[{"]|^(pattern|name|labels|indicates|related-to|stix|en|ko|extensions|lang|description|← [a-z-]+|[a-z-]+ →)$/.test(
    word,
  );
}
