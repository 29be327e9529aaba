import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { access, mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Language, languages } from '@gongjo/contract';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchIn, sitDown } from './browser.fixture.ts';
import { routedPaths, type Visit, visits } from './page-visits.fixture.ts';
import { houseOf } from './theatre.fixture.ts';
import { emptyDesk, type WorkedDesk, workedDesk } from './worked-desks.fixture.ts';

/**
 * Every page of a desk in the middle of its work, looked at by axe in both languages and both themes. Where the environment
 * names a folder, pictures of all of them are kept there: `npm run docs:screens`.
 */
const patienceMs = 30_000;
const docs = join(import.meta.dirname, '../docs');
const pictures = process.env.GONGJO_PICTURES;
const schemes = ['light', 'dark'] as const;
type Scheme = (typeof schemes)[number];
/** A table of a hundred rows that unfold shows in a few what they are like. */
const foldsMax = 6;
const firstSteps = { name: 'first-steps' };
const lookedAt: Readonly<Record<Language, Scheme>> = { en: 'light', ko: 'dark' };
const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};
// Handed to the page by the browser itself, as a debugger does: the content security policy stays as it is.
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test('axe finds nothing on any page', { timeout: 600_000 }, async (t) => {
  await t.test('every page of the router is visited', () => {
    assert.deepEqual(Object.keys(visits).sort(), routedPaths().sort());
  });
  const house = houseOf(t);
  const desk = await workedDesk(house);
  const browser = await launchIn(house);
  for (const language of languages)
    await t.test(`${language}, ${lookedAt[language]}`, async () => {
      const inside = await readerOf(browser, desk, language);
      const outside = await readerOf(browser, desk, language);
      await inside.page.goto(await desk.signInUrl());
      await inside.page.locator('[data-live="live"]').waitFor();
      const found: string[] = [];
      for (const visit of Object.values(visits)) {
        const { page } = visit.signedOut ? outside : inside;
        await page.emulateMedia({ colorScheme: lookedAt[language] });
        const wrong = await open(page, desk, visit).then(
          () => violations(page),
          (error) => [`it does not open: ${error}`],
        );
        if (pictures) for (const scheme of schemes) await keep(page, visit, `${language}-${scheme}`, scheme);
        if (language === 'en') wrong.push(...(await opened(page)));
        found.push(...wrong.map((it) => `${visit.name} in ${language}: ${it}`));
      }
      await inside.page.keyboard.press('?');
      await inside.page.locator('[data-testid="shortcuts"]').waitFor();
      found.push(...(await violations(inside.page)).map((it) => `shortcuts in ${language}: ${it}`));
      assert.deepEqual(found, []);
      assert.deepEqual([...inside.complaints, ...outside.complaints], []);
    });
  await t.test('the first steps of an empty desk', async () => {
    const empty = await emptyDesk(house);
    for (const language of languages) {
      const { page, complaints } = await readerOf(browser, empty, language);
      await page.emulateMedia({ colorScheme: lookedAt[language] });
      await page.goto(await empty.signInUrl());
      await page.locator('.first-steps').waitFor();
      assert.deepEqual(await violations(page), []);
      if (pictures) for (const scheme of schemes) await keep(page, firstSteps, `${language}-${scheme}`, scheme);
      assert.deepEqual(complaints, []);
    }
  });
  await t.test('docs/pages.md shows every page in both languages and themes', async () => {
    const text = await readFile(join(docs, 'pages.md'), 'utf8');
    const shown = [...text.matchAll(/\]\((images\/pages\/[^)]*)\)\]/g)].map(([, path = '']) => path);
    const named = [...Object.values(visits), firstSteps].flatMap(({ name }) =>
      languages.flatMap((language) => schemes.map((scheme) => `images/pages/${name}-${language}-${scheme}.jpg`)),
    );
    assert.deepEqual(shown.sort(), named.sort());
    for (const path of named) await access(join(docs, path));
  });
});

async function readerOf(browser: Browser, { url: origin }: Pick<WorkedDesk, 'url'>, language: Language) {
  const locale = { en: 'en-US', ko: 'ko-KR' }[language];
  const reader = await sitDown(browser, { origin, locale, timeZone: 'Asia/Seoul' });
  reader.page.setDefaultTimeout(patienceMs);
  await reader.page.setViewportSize({ width: 1280, height: 900 });
  await reader.page.emulateMedia({ reducedMotion: 'reduce' });
  return reader;
}

async function open(page: Page, desk: WorkedDesk, { at, ready }: Visit): Promise<void> {
  await page.goto(new URL(await at(desk), desk.url).href);
  await page.locator(ready).first().waitFor();
  // Beside it nothing is still asked for.
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root') === null);
}

/** What lies folded on the page, one after the other. */
async function opened(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.locator('main details').evaluateAll((all) => {
    for (const it of all) (it as HTMLDetailsElement).open = true;
  });
  const folds = page.locator('main [aria-expanded]');
  const count = Math.min(foldsMax, await folds.count());
  for (let at = 0; at < count; at += 1) {
    const fold = folds.nth(at);
    if (!(await fold.isVisible()) || (await fold.getAttribute('aria-expanded')) === 'true') continue;
    const name = await fold.textContent();
    await fold.click();
    found.push(...(await violations(page)).map((it) => `“${name}” open: ${it}`));
    await fold.click();
  }
  found.push(...(await violations(page)));
  return found;
}

/** Page, rule, and where. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(
    (options) => (globalThis as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run(options),
    rules as object,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`),
  );
}

async function keep(
  page: Page,
  { name, shows }: Pick<Visit, 'name' | 'shows'>,
  as: string,
  colorScheme: Scheme,
): Promise<void> {
  await mkdir(pictures ?? '', { recursive: true });
  await page.emulateMedia({ colorScheme });
  if (shows)
    await page
      .locator(shows)
      .first()
      .evaluate((it) => it.scrollIntoView({ block: 'start' }));
  await page.screenshot({ path: join(pictures ?? '', `${name}-${as}.jpg`), type: 'jpeg', quality: 55 });
}
