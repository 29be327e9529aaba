import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '@gongjo/contract';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';

/** A person at a desk: one browser context, one page, and all that the page did that it should not. */
export interface Reader {
  readonly page: Page;
  /** Errors on the console, uncaught errors, and requests to anybody but the desk. */
  readonly complaints: readonly string[];
}

/**
 * The package's own arguments are for a cloud function: one process for all pages, which then wait for each other, and no
 * same-origin rules. A reader's browser has neither.
 */
const browserArguments = ['--no-sandbox', '--disable-gpu'];

export async function launchIn(house: AsyncDisposableStack): Promise<Browser> {
  return house.use(
    await playwright.launch({ executablePath: await chromium.executablePath(), args: browserArguments }),
  );
}

export async function sitDown(
  browser: Browser,
  { origin, locale, timeZone }: { readonly origin: string; readonly locale: string; readonly timeZone: string },
): Promise<Reader> {
  const context = await browser.newContext({ locale, timezoneId: timeZone, viewport: { width: 1440, height: 1000 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // The browser logs every refused request by itself; a used sign-in link and a missing session are refused on purpose.
    const isRefusal = /status of 401/.test(message.text());
    if (message.type() === 'error' && !isRefusal) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['blob:', 'data:'].includes(url.protocol) && url.origin !== origin) complaints.push(`request: ${url.href}`);
  });
  return { page, complaints };
}

export async function speak(page: Page, language: Language): Promise<void> {
  await page.locator(`fieldset.switch button[lang="${language}"]`).click();
  await page.locator(`html[lang="${language}"]`).waitFor();
}

/** What a person reads on the page or hears from it: text, labels, titles, placeholders; the page's own title first. */
export function wordsOf(page: Page): Promise<string[]> {
  return page.locator('body').evaluate((body) => {
    const { title } = body.ownerDocument;
    const words: string[] = [title];
    const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ['title', 'aria-label', 'aria-description', 'placeholder', 'alt'])
          words.push(node.getAttribute(name) ?? '');
      }
      const parent = node.parentElement;
      // Languages are named in themselves, so that a reader of either finds the switch. Addresses and hashes are no words.
      if (!(node instanceof Text) || parent?.closest('script, style, fieldset.switch button[lang], .address .mono'))
        continue;
      if (parent?.checkVisibility({ visibilityProperty: true })) words.push(node.data);
    }
    return [...new Set(words.map((word) => word.trim()))].filter((word) => word !== '');
  });
}

/** Keeps a picture of the whole page where the environment names a folder for pictures. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.GONGJO_SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
