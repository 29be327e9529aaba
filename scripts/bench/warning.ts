import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Address, ChainId } from '@gongjo/contract';
import { type DeskProcess, freePort, startDesk, writeDeskFiles } from '@gongjo/demo';
import chromium from '@sparticuz/chromium';
import { chromium as browsers } from 'playwright-core';
import { type Figure, percentile } from './figure.ts';
import { hex, startNode } from './node.ts';

const chain = 'eip155:31337' as ChainId;
const deposits = 50;
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

/**
 * From the moment the node is told to mine the block with a deposit until the alert is on the partner's open page: two desks,
 * a real node, a real browser. The incident was opened at Seoul; the page is Washington's.
 */
export async function benchWarning(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-bench-'));
  const node = await startNode();
  const started: DeskProcess[] = [];
  const browser = await browsers.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const send = (from: string, to: string, value: bigint) =>
      node.rpc<string>('eth_sendTransaction', { from, to, value: hex(value), gas: hex(21_000) });
    for (const address of [victim, thief]) await node.rpc('anvil_impersonateAccount', address);
    await send(node.rich, victim, 1000n * 10n ** 18n);
    await node.rpc('evm_mine');

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
        node.url,
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
    await pair(folder, seoul, washington);
    await pair(folder, washington, seoul);
    const lead = await send(victim, thief, 500n * 10n ** 18n);
    await node.rpc('evm_mine');
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
      const txid = await send(thief, deposit, 10n ** 16n);
      const minedMs = Date.now();
      await node.rpc('evm_mine');
      const seenMs = await page.waitForFunction(
        (id) => (window as unknown as { seen: Map<string, number> }).seen.get(id),
        txid,
        { polling: 50 },
      );
      delaysMs.push(Number(await seenMs.jsonValue()) - minedMs);
      // Deposits at odd times, so that the poll's phase is not always the same.
      await sleep(37 * (index % 7));
    }
    delaysMs.sort((a, b) => a - b);
    return [
      {
        what: `block mined → alert on the partner's open page, ${deposits} deposits: p50 / p99`,
        figure: `${percentile(delaysMs, 0.5)} / ${percentile(delaysMs, 0.99)} ms`,
        against: 'budget: p99 ≤ 1,000 ms',
      },
    ];
  } finally {
    await browser.close();
    for (const desk of started) await desk.kill();
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pair(folder: string, from: DeskProcess, to: DeskProcess): Promise<void> {
  const card = (await from.run(['partner', 'card'])) as { fingerprint: string };
  const file = path.join(folder, `${from.id}-card.json`);
  await writeFile(file, JSON.stringify(card));
  await to.run(['partner', 'add', file, '--fingerprint', card.fingerprint, '--agreement', 'Bench']);
}
