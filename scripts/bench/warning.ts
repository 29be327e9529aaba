import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Address, ChainId } from '@gongjo/contract';
import { type DeskProcess, freePort, pair, startDesk, writeDeskFiles } from '@gongjo/demo';
import chromium from '@sparticuz/chromium';
import { chromium as browsers } from 'playwright-core';
import { type Payment, startBusyNode } from './busy-node.ts';
import { type Figure, percentile } from './figure.ts';
import { hex, startNode } from './node.ts';

const chain = 'eip155:31337' as ChainId;
const victim = `0x${'1'.repeat(40)}`;
const thief = `0x${'2'.repeat(40)}`;
const deposit = `0x${'3'.repeat(40)}`;
const desks = {
  seoul: { id: 'seoul', name: { en: 'Seoul desk', ko: '서울 데스크' }, country: 'KR', timeZone: 'Asia/Seoul' },
  washington: {
    id: 'washington',
    name: { en: 'Washington desk', ko: '워싱턴 데스크' },
    country: 'US',
    timeZone: 'America/New_York',
  },
} as const;

/** What happens on the chain, and how often. */
interface Scene {
  readonly what: string;
  readonly url: string;
  /** A payment, and the block with it: when that block was there. */
  pay(payment: Payment): Promise<{ readonly txid: string; readonly minedMs: number }>;
  /** Between two deposits. */
  readonly pause: (index: number) => Promise<void>;
}

const ether = 10n ** 18n;
const deposits = 50;
/** How many blocks of mainnet's size are mined every minute in the loaded scene: eight times as many as Ethereum has. */
const busyBlocksPerMinute = 50;
const seenMsMax = 60_000;

/**
 * From the moment a block with a deposit is there until the alert is on the partner's open page: two desks, a real browser. The
 * incident was opened at Seoul; the page is Washington's. Once on a real node where nothing else happens, and once while
 * fifty blocks of mainnet's size come every minute, which both desks read whole.
 */
export async function benchWarning(): Promise<Figure[]> {
  return [await quiet(), await busy()];
}

async function quiet(): Promise<Figure> {
  const node = await startNode();
  try {
    for (const address of [victim, thief]) await node.rpc('anvil_impersonateAccount', address);
    const pay = async ({ from, to, units }: Payment) => {
      const txid = await node.rpc<string>('eth_sendTransaction', { from, to, value: hex(units), gas: hex(21_000) });
      const minedMs = Date.now();
      await node.rpc('evm_mine');
      return { txid, minedMs };
    };
    await pay({ from: node.rich, to: victim, units: 1000n * ether });
    // Deposits at odd times, so that the poll's phase is not always the same.
    return await measure({ what: '', url: node.url, pay, pause: (index) => sleep(37 * (index % 7)) });
  } finally {
    await node.stop();
  }
}

async function busy(): Promise<Figure> {
  await using node = await startBusyNode(31_337, Math.floor(Date.now() / 1000) - 100_000);
  const waiting: { payment: Payment; told: (mined: { txid: string; minedMs: number }) => void }[] = [];
  const next = () => {
    const [first] = waiting.splice(0, 1);
    const [txid] = node.mine(first ? [first.payment] : []);
    if (first && txid) first.told({ txid, minedMs: Date.now() });
  };
  const timer = setInterval(next, 60_000 / busyBlocksPerMinute);
  try {
    const pay = (payment: Payment) => {
      const { promise, resolve } = Promise.withResolvers<{ txid: string; minedMs: number }>();
      waiting.push({ payment, told: resolve });
      return promise;
    };
    const what = `, ${busyBlocksPerMinute} blocks of mainnet's size a minute`;
    return await measure({ what, url: node.url, pay, pause: async () => undefined });
  } finally {
    clearInterval(timer);
  }
}

async function measure({ what, url, pay, pause }: Scene): Promise<Figure> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-bench-'));
  const started: DeskProcess[] = [];
  const browser = await browsers.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const tag = {
      chain,
      address: deposit as Address,
      label: 'Deposit address',
      category: 'exchange',
      actor: 'pacific-exchange',
      source: 'bench',
      confidence: 100,
    } as const;
    for (const desk of Object.values(desks)) {
      const files = await writeDeskFiles(
        folder,
        { ...desk, port: await freePort(), tags: desk.id === 'washington' ? [tag] : [] },
        url,
      );
      started.push(
        await startDesk({
          id: desk.id,
          gongjo: [process.execPath, fileURLToPath(new URL('../../packages/desk/bin/gongjo.js', import.meta.url))],
          ...files,
        }),
      );
    }
    const [seoul, washington] = started as [DeskProcess, DeskProcess];
    await pair(seoul, washington, { folder, agreement: 'Bench' });
    const { txid: lead } = await pay({ from: victim, to: thief, units: 500n * ether });
    await seoul.run(['incident', 'open', '--chain', chain, '--tx', lead, '--title-en', 'Bench', '--title-ko', '측정']);

    const page = await browser.newPage();
    await page.goto(String(washington.ready.signInUrl));
    await page.getByText('Bench').first().waitFor();
    await page.evaluate(() => {
      const seen = new Map<string, number>();
      const look = () => {
        for (const row of document.querySelectorAll<HTMLElement>('[data-testid="alert"]')) {
          const txid = row.dataset.txid ?? '';
          if (!seen.has(txid)) seen.set(txid, Date.now());
        }
      };
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
      (window as unknown as { seen: Map<string, number> }).seen = seen;
    });
    const delaysMs: number[] = [];
    for (let index = 0; index < deposits; index += 1) {
      const { txid, minedMs } = await pay({ from: thief, to: deposit, units: ether / 100n });
      const seenMs = await page.waitForFunction(
        (id) => (window as unknown as { seen: Map<string, number> }).seen.get(id),
        txid,
        { polling: 50, timeout: seenMsMax },
      );
      delaysMs.push(Number(await seenMs.jsonValue()) - minedMs);
      await pause(index);
    }
    delaysMs.sort((a, b) => a - b);
    return {
      what: `block mined → alert on the partner's open page, ${deposits} deposits${what}: p50 / p99`,
      figure: `${percentile(delaysMs, 0.5)} / ${percentile(delaysMs, 0.99)} ms`,
      against: 'budget: p99 ≤ 1,000 ms',
    };
  } finally {
    await browser.close();
    for (const desk of started) await desk.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
