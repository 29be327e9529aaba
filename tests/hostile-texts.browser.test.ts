import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Language, languages } from '@gongjo/contract';
import type { Browser, Page } from 'playwright-core';
import { launchIn, sitDown } from './browser.fixture.ts';
import { type Visit, visits } from './page-visits.fixture.ts';
import { houseOf } from './theatre.fixture.ts';
import { type WorkedDesk, workedDesk } from './worked-desks.fixture.ts';

/**
 * Whatever people of a partner, of an exchange and of the desk itself write, in names, notes, labels, legal bases, answers and
 * objects, is text on every page: it makes no element, runs no script and leads nowhere.
 */
const hostile = `'"><img data-hostile src=x onerror=hostile()><svg data-hostile onload=hostile()><script>hostile()</script>`;
const patienceMs = 30_000;

test('what others write is text on every page', { timeout: 900_000 }, async (t) => {
  const house = houseOf(t);
  const desk = await workedDesk(house, hostile);
  const object = await imported(desk);
  const browser = await launchIn(house);
  for (const language of languages)
    await t.test(language, async () => {
      const reader = await readerOf(browser, desk, language);
      let shown = 0;
      const all = [
        ...Object.values(visits).filter(({ signedOut }) => !signedOut),
        { ...visits['/intelligence/$id'], at: () => `/intelligence/${object}` } as Visit,
      ];
      for (const { name, at, ready } of all) {
        await reader.page.goto(new URL(await at(desk), desk.url).href);
        await reader.page.locator(ready).first().waitFor();
        await unfold(reader.page);
        assert.deepEqual(await found(reader.page), { elements: [], links: [], ran: false }, name);
        if ((await reader.page.locator('body').innerText()).includes('data-hostile')) shown += 1;
      }
      // It is shown as it was written; else nothing was tried.
      assert.ok(shown >= 15, `only ${shown} pages show it`);
      assert.deepEqual(reader.complaints, []);
    });
});

async function imported(desk: WorkedDesk): Promise<string> {
  const id = 'malware--0b6d3f0e-6b1c-4a38-9d0e-3c9b8f2a7d11';
  const at = '2026-11-28T00:00:00.000Z';
  const marking = 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487';
  const objects = [
    {
      ...{ type: 'malware', spec_version: '2.1', id, created: at, modified: at, is_family: false, name: `x${hostile}` },
      ...{ description: hostile, labels: [hostile], aliases: [hostile], object_marking_refs: [marking] },
      external_references: [
        { source_name: hostile, url: 'javascript:hostile()', description: hostile },
        { source_name: 'data', url: 'data:text/html,<script>hostile()</script>' },
      ],
    },
  ];
  const { added } = await desk.ask<{ added: number }>('POST', '/api/stix/imports', { source: 'hostile', objects });
  assert.equal(added, 1);
  return id;
}

async function readerOf(browser: Browser, desk: WorkedDesk, language: Language) {
  const locale = { en: 'en-US', ko: 'ko-KR' }[language];
  const reader = await sitDown(browser, { origin: desk.url, locale, timeZone: 'Asia/Seoul' });
  reader.page.setDefaultTimeout(patienceMs);
  await reader.page.addInitScript(() => {
    Object.assign(globalThis, { hostile: () => Object.assign(globalThis, { hostileRan: true }) });
  });
  await reader.page.goto(await desk.signInUrl());
  await reader.page.locator('[data-live="live"]').waitFor();
  return reader;
}

/** What lies folded on the page as well. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const it of document.querySelectorAll('details')) it.open = true;
    for (const it of document.querySelectorAll<HTMLElement>('main [aria-expanded="false"]')) it.click();
  });
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root') === null);
}

function found(page: Page): Promise<{ elements: string[]; links: string[]; ran: boolean }> {
  return page.evaluate(() => {
    const isElsewhere = (it: HTMLAnchorElement) =>
      !['http:', 'https:'].includes(it.protocol) || it.origin !== location.origin;
    return {
      elements: [...document.querySelectorAll('[data-hostile]')].map((it) => it.outerHTML),
      links: [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].filter(isElsewhere).map((it) => it.href),
      ran: 'hostileRan' in globalThis,
    };
  });
}
