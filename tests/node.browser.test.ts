import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type ChainStatus, zDeskStatus } from '@gongjo/contract';
import { type DeskProcess, freePort, type LocalChain, startChain, startDesk } from '@gongjo/demo';
import type { Page } from 'playwright-core';
import { stringify } from 'yaml';
import { launchIn, picture, type Reader, sitDown, speak } from './browser.fixture.ts';
import { type NodeProxy, nodeProxy } from './node-proxy.fixture.ts';
import { eventually, gongjo, temporaryFolder } from './theatre.fixture.ts';

/** Said on the page within seconds; a machine under load gets this long. */
const saidWithinMs = 15_000;
const blocksAtStart = 30;
const steady = 'eip155:31337';
const second = 'eip155:31338';

const house = new AsyncDisposableStack();
let chain: LocalChain;
let node: NodeProxy;
let standing: NodeProxy;
let desk: DeskProcess;
let reader: Reader;
let page: Page;
let timeS = Math.floor(Date.now() / 1000) - 3600;

const mine = async (blocks: number) => {
  for (let n = 0; n < blocks; n += 1) {
    timeS += 1;
    await chain.mine(timeS);
  }
};

async function ask(method: string, params: readonly unknown[]): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const reply = await fetch(chain.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { result, error } = (await reply.json()) as { result?: unknown; error?: unknown };
  assert.equal(error, undefined, method);
  return result;
}

interface Header {
  readonly number: string;
  readonly hash: string;
}
const header = (at: number | 'latest') =>
  ask('eth_getBlockByNumber', [at === 'latest' ? at : `0x${at.toString(16)}`, false]) as Promise<Header>;
const heightOf = async () => Number((await header('latest')).number);

/** A node that says this block is its tip. */
const ends = (at: unknown): NodeProxy['lie'] => {
  return ({ method, params }) => (method === 'eth_getBlockByNumber' && params[0] === 'latest' ? at : undefined);
};
const honest: NodeProxy['lie'] = () => undefined;

async function statusOf(id: string): Promise<ChainStatus> {
  const raw = await page.evaluate(async () => (await fetch('/api/status')).json());
  const found = zDeskStatus.parse(raw).chains.find((one) => one.chain === id);
  return found ?? assert.fail(`${id} is not followed`);
}

/** What the strip says, and how long after `sinceMs` it said it. */
async function said(pattern: RegExp, sinceMs: number): Promise<number> {
  await eventually(
    `the page says ${pattern}`,
    () => page.locator('.strip').innerText(),
    (text) => pattern.test(text),
    saidWithinMs,
  );
  return Date.now() - sinceMs;
}

/** The ledger's tip is the node's, and it holds every block from the first on. */
const isWhole = (tip: Header) => (status: ChainStatus) =>
  status.tip?.hash === tip.hash && status.from === 0 && status.source?.state === 'following' && !status.source.problem;

before(async () => {
  const folder = await temporaryFolder(house);
  chain = await startChain({ genesisTimeS: timeS });
  house.defer(() => chain.stop());
  await mine(blocksAtStart);
  node = await nodeProxy(house, chain.url);
  standing = await nodeProxy(house, chain.url);
  const otherChain: NodeProxy['lie'] = ({ method }) => (method === 'eth_chainId' ? '0x7a6a' : undefined);
  const tip = await header('latest');
  standing.lie = (question, answer) => otherChain(question, answer) ?? ends(tip)(question, answer);
  const port = await freePort();
  const configFile = join(folder, 'desk.yaml');
  const chains = [
    { chain: steady, name: 'First', rpc: node.url, from: 0, pollMs: 100 },
    { chain: second, name: 'Second', rpc: standing.url, from: 0, pollMs: 100 },
  ];
  const about = { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR', timeZone: 'Asia/Seoul' };
  const settings = { desk: about, listen: { port }, url: `http://127.0.0.1:${port}`, chains };
  await writeFile(configFile, stringify(settings));
  const logFile = join(folder, 'desk.log');
  desk = await startDesk({ id: 'seoul', gongjo, dataDir: join(folder, 'data'), configFile, logFile });
  house.defer(() => desk.kill());
  const browser = await launchIn(house);
  reader = await sitDown(browser, { origin: desk.ready.url, locale: 'en-US', timeZone: 'America/New_York' });
  page = reader.page;
  await page.goto(desk.ready.signInUrl ?? assert.fail());
  await page.locator('[data-live="live"]').waitFor();
});
after(() => house.disposeAsync());

describe('a page is open while the node', () => {
  test('disappears: said, and read on by itself when it is back', async (t) => {
    await eventually('all is read', () => statusOf(steady), isWhole(await header('latest')));
    node.gone = true;
    t.diagnostic(`gone → said: ${await said(/Node unreachable/, Date.now())} ms`);
    await said(/cannot be reached/, Date.now());
    await picture(page, 'node-gone-en');
    await mine(25);
    node.gone = false;
    const backMs = Date.now();
    await eventually('it has caught up', () => statusOf(steady), isWhole(await header('latest')), 60_000);
    t.diagnostic(`back → caught up with 25 blocks: ${Date.now() - backMs} ms`);
  });

  test('says a lower tip than before: said, and nothing is lost when it comes to itself', async (t) => {
    const height = await heightOf();
    node.lie = ends(await header(height - 4));
    t.diagnostic(`tip fell → said: ${await said(/now ends at block \d+; it had block \d+ before/, Date.now())} ms`);
    await delay(4_000);
    node.lie = honest;
    await eventually('all is there again', () => statusOf(steady), isWhole(await header('latest')));
  });

  test('says a tip that it does not have: said, and not believed', async (t) => {
    const tip = await header('latest');
    node.lie = ends({ ...tip, number: `0x${(Number(tip.number) + 500).toString(16)}`, hash: `0x${'77'.repeat(32)}` });
    t.diagnostic(`false tip → said: ${await said(/announced but not served/, Date.now())} ms`);
    assert.equal((await statusOf(steady)).tip?.hash, tip.hash, 'the ledger ends where the node really ends');
    node.lie = honest;
    await eventually('it goes on', () => statusOf(steady), isWhole(tip), 60_000);
  });

  test('leaves a branch of ten blocks: said, and the ledger has the new one', async (t) => {
    const before = await heightOf();
    await ask('anvil_reorg', [10, []]);
    const sinceMs = Date.now();
    const tip = await header('latest');
    assert.equal(Number(tip.number), before);
    t.diagnostic(`reorganised → said: ${await said(/10 blocks taken back/, sinceMs)} ms`);
    await eventually('the new branch is read', () => statusOf(steady), isWhole(tip));
    const { source } = await statusOf(steady);
    assert.equal(source?.reorganised?.blocks, 10);
    await speak(page, 'ko');
    await said(/블록 10개 무효화/, Date.now());
    await picture(page, 'node-reorganised-ko');
    await speak(page, 'en');
  });

  test('stands still: said after ten usual intervals, a minute at least, and over with the next block', async () => {
    await eventually(
      'a minute has passed',
      () => page.locator('.strip').innerText(),
      (text) => /Node stands still/.test(text),
      90_000,
    );
    await said(/has had no block after/, Date.now());
    const { source, tip } = await statusOf(second);
    assert.equal(source?.state, 'stalled');
    assert.equal(tip?.height, blocksAtStart);
    await picture(page, 'node-stalled-en');
    standing.lie = ({ method }) => (method === 'eth_chainId' ? '0x7a6a' : undefined);
    await eventually('it goes on', () => statusOf(second), isWhole(await header('latest')));
    await eventually(
      'nothing is wrong any more',
      () => page.locator('.strip-problem').count(),
      (count) => count === 0,
    );
  });

  test('whatever it does, the page complains of nothing', () => {
    assert.deepEqual(reader.complaints, []);
  });
});
