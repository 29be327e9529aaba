import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as browsers, type Page } from 'playwright-core';
import { build } from 'vite';
import { generateTrace } from '../../packages/web/bench/generate.ts';
import type {} from '../../packages/web/bench/window.ts';
import { layout } from '../../packages/web/src/flow/layout.ts';
import type { Figure } from './figure.ts';

const nodeCount = 5_000;
const seed = 6;
const firsts = 5;
const movingMs = 3_000;
const viewport = { width: 1440, height: 1000 };

interface Moved {
  readonly fps: number;
  readonly p95Ms: number;
}

/**
 * The flow picture of a generated trace of 5,000 nodes in a browser without a graphics card, on canvas, and as SVG elements, which is how
 * it was drawn before: from the desk's answer to the first picture, and frames a second while it is panned and zoomed.
 */
export async function benchFlow(): Promise<Figure[]> {
  const { trace } = generateTrace(nodeCount, seed);
  const picture = layout(trace);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-bench-'));
  const root = path.resolve(import.meta.dirname, '../../packages/web/bench');
  const configFile = path.resolve(root, '../vite.config.ts');
  await build({ root, configFile, logLevel: 'warn', build: { outDir: folder, emptyOutDir: false } });
  const server = createServer(async (request, response) => {
    const name = path.basename(request.url === '/' ? 'index.html' : (request.url ?? ''));
    const file = await readFile(path.join(folder, name === 'index.html' ? '' : 'assets', name)).catch(() => null);
    const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
    response.writeHead(file ? 200 : 404, { 'content-type': types[path.extname(name)] ?? 'font/woff2' }).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const args = ['--no-sandbox', '--disable-gpu'];
  const browser = await browsers.launch({ executablePath: await chromium.executablePath(), args });
  try {
    const measured = new Map<string, Awaited<ReturnType<typeof measure>>>();
    for (const kind of ['canvas', 'svg'] as const) {
      const page = await browser.newPage({ viewport });
      page.on('pageerror', (error) => console.error(error));
      await page.goto(`http://127.0.0.1:${port}/`);
      measured.set(kind, await measure(page, kind, JSON.stringify(trace)));
      await page.close();
    }
    const [canvas, svg] = [measured.get('canvas')!, measured.get('svg')!];
    const frames = (what: string, of: (one: typeof canvas) => Moved): Figure => ({
      what,
      figure: `${of(canvas).fps.toFixed(0)} frames/s, p95 ${of(canvas).p95Ms.toFixed(0)} ms`,
      against: `SVG: ${of(svg).fps.toFixed(0)} frames/s, p95 ${of(svg).p95Ms.toFixed(0)} ms; ${(of(canvas).fps / of(svg).fps).toFixed(1)} ×`,
    });
    const what = `${picture.nodes.length.toLocaleString('en')} nodes, ${picture.ribbons.length.toLocaleString('en')} ribbons`;
    return [
      {
        what: `flow picture, ${what}: answer → first picture, p50 / most`,
        figure: `${canvas.firstMs.toFixed(0)} / ${canvas.firstMsMost.toFixed(0)} ms`,
        against: `SVG: ${svg.firstMs.toFixed(0)} / ${svg.firstMsMost.toFixed(0)} ms`,
      },
      { what: 'of that the layout', figure: `${canvas.layoutMs.toFixed(0)} ms` },
      frames('panned, readable', ({ panned }) => panned),
      frames('panned, further out', ({ far }) => far),
      frames('zoomed in and out', ({ zoomed }) => zoomed),
      {
        what: 'panned, all of it in the window',
        figure: `${canvas.whole.fps.toFixed(0)} frames/s, p95 ${canvas.whole.p95Ms.toFixed(0)} ms`,
        against: 'SVG is not measured: it goes no further out than a fifth of its size',
      },
    ];
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(page: Page, kind: 'canvas' | 'svg', text: string) {
  const first: { firstMs: number; layoutMs: number }[] = [];
  for (let turn = 0; turn < firsts; turn += 1)
    first.push(await page.evaluate(([one, answer]) => window.measureFirst(one, answer), [kind, text] as const));
  const frames = (how: 'pan' | 'zoom'): Promise<Moved> =>
    page.evaluate(([one, forMs]) => window.measureFrames(one, forMs), [how, movingMs] as const);
  const wheel = async (turns: number, deltaY: number) => {
    await page.mouse.move(720, 300);
    await page.keyboard.down('Control');
    for (let turn = 0; turn < turns; turn += 1) await page.mouse.wheel(0, deltaY);
    await page.keyboard.up('Control');
    await page.waitForTimeout(500);
  };
  await page.waitForTimeout(500);
  const panned = await frames('pan');
  await wheel(10, 80);
  const far = await frames('pan');
  const zoomed = await frames('zoom');
  await wheel(60, 100);
  const whole = await frames('pan');
  const sorted = first.map(({ firstMs }) => firstMs).sort((a, b) => a - b);
  return {
    firstMs: sorted[Math.floor(firsts / 2)] ?? 0,
    firstMsMost: sorted.at(-1) ?? 0,
    layoutMs: first.at(-1)?.layoutMs ?? 0,
    ...{ panned, far, zoomed, whole },
  };
}
