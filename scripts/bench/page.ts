import { freePort } from '@gongjo/demo';
import chromium from '@sparticuz/chromium';
import { type BrowserContext, chromium as browsers } from 'playwright-core';
import { openHoldDesk } from '../../packages/desk/src/main/hold-desk.fixture.ts';
import { type Figure, percentile } from './figure.ts';

const firsts = 9;
/** What a reader waits for: the incident, with what is known of it, and the live events behind it. */
const usable = ['[data-testid="incident"]', '[data-live="live"]'];
const bytesPerKb = 1_000;

/**
 * The first page of a desk with an incident, for somebody who is signed in and whose browser has nothing of it: from the address to what
 * can be worked with, in a browser without a graphics card beside the desk. Against the same page again, from the browser's own store.
 */
export async function benchPage(): Promise<Figure[]> {
  const port = await freePort();
  const desk = await openHoldDesk({ port, channel: { kind: 'portal' } });
  const args = ['--no-sandbox', '--disable-gpu'];
  const browser = await browsers.launch({ executablePath: await chromium.executablePath(), args });
  const url = `http://127.0.0.1:${port}/`;
  try {
    const link = await desk.as('operator', 'POST', '/api/sign-in-links', {});
    const first = await browser.newContext();
    const page = await first.newPage();
    await page.goto((link.json() as { signInUrl: string }).signInUrl);
    await page.locator(usable[0] ?? '').waitFor();
    const storageState = await first.storageState();
    const [cold, warm]: [number[], number[]] = [[], []];
    let scriptBytes = 0;
    for (let turn = 0; turn < firsts; turn += 1) {
      const context = await browser.newContext({ storageState });
      const opened = await openIn(context, url);
      cold.push(opened.ms);
      scriptBytes = opened.scriptBytes;
      warm.push((await openIn(context, url)).ms);
      await context.close();
    }
    const [colds, warms] = [cold.toSorted((a, b) => a - b), warm.toSorted((a, b) => a - b)];
    const of = (all: readonly number[]) => `${percentile(all, 0.5).toFixed(0)} / ${percentile(all, 1).toFixed(0)} ms`;
    return [
      {
        what: 'first page, empty browser: address → usable, p50 / most',
        figure: of(colds),
        against: `from the browser's store: ${of(warms)}; ${(percentile(colds, 0.5) / percentile(warms, 0.5)).toFixed(1)} ×`,
      },
      { what: 'scripts of it, as they came over the wire', figure: `${Math.round(scriptBytes / bytesPerKb)} kB` },
    ];
  } finally {
    await browser.close();
    await desk.close();
  }
}

async function openIn(context: BrowserContext, url: string): Promise<{ ms: number; scriptBytes: number }> {
  const page = await context.newPage();
  const startedMs = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  for (const one of usable) await page.locator(one).first().waitFor();
  const ms = performance.now() - startedMs;
  const scriptBytes = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .reduce((sum, it) => sum + (it as PerformanceResourceTiming).encodedBodySize, 0),
  );
  await page.close();
  return { ms, scriptBytes };
}
