import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Address, AssetId, BlockHash, ChainId, TxId } from '@gongjo/contract';
import { freePort } from '@gongjo/demo';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../packages/desk/src/http/index.ts';
import { type Desk, openDesk } from '../packages/desk/src/main/desk.ts';
import {
  fingerprintOf,
  openKeys,
  readSettings,
  silentLog,
  systemClock,
  systemRandom,
} from '../packages/desk/src/platform/index.ts';
import { raiseAlerts, withdrawThese } from '../packages/desk/src/watch/index.ts';
import { launchIn, type Reader, sitDown } from './browser.fixture.ts';
import { houseOf, temporaryFolder } from './theatre.fixture.ts';

/** One desk with a small theft in its ledger, a directory with contacts that fail, and a partner that is down. */
export interface PageDesk {
  readonly url: string;
  readonly lead: TxId;
  readonly signInUrl: () => Promise<string>;
  /** One more block on the chain of the theft, with these movements. */
  readonly mine: (moves: readonly Move[]) => Promise<void>;
  readonly ask: (method: 'GET' | 'POST', url: string, body?: object) => Promise<unknown>;
}

export const chain = 'eip155:31337' as ChainId;
export const address = (n: number) => `0x${n.toString(16).padStart(4, '0').repeat(10)}` as Address;
export const txid = (n: number) => `0x${n.toString(16).padStart(4, '0').repeat(16)}` as TxId;
/** The theft took something on another chain, too. */
export const otherChain = 'eip155:31338' as ChainId;
const coinOf = (on: ChainId) => ({ id: `${on}/slip44:60` as AssetId, symbol: 'ETH', decimals: 18 });
const asset = coinOf(chain);
const coin = 10n ** 18n;

export type Move = readonly [tx: number, from: number, to: number, tenths: bigint];
/** Two victims, a thief who peels, and deposits at an exchange of each country. */
const story: readonly (readonly Move[])[] = [
  [[1, 1, 2, 12_345n]],
  [[2, 2, 3, 1_000n]],
  [[3, 2, 4, 11_000n]],
  [[4, 3, 0x901, 990n]],
  [
    [5, 4, 5, 5_000n],
    [6, 4, 6, 5_000n],
  ],
  [[7, 5, 0x902, 2_500n]],
  [[8, 5, 0x902, 2_400n]],
  [[9, 6, 0xa01, 100n]],
  [[10, 11, 12, 77n]],
];

const said = { source: 'the agency itself', certainty: 'verified', asOf: '2026-11-28' };
const directory = (gone: number) => ({
  agencies: [
    {
      ...{ ...said, id: 'kr-npa', name: { en: 'Korean National Police Agency', ko: '경찰청' }, country: 'KR' },
      ...{ functions: ['cyber-investigation'], desk: 'seoul' },
      duty: {
        ...{ ...said, timeZone: 'Asia/Seoul', always: true },
        contacts: [
          { id: 'page', role: 'duty-officer', channel: 'page' },
          { id: 'mail', role: 'duty-officer', channel: 'email', to: 'officer@police.example' },
        ],
      },
    },
    {
      ...{ ...said, id: 'kr-kisa', name: { en: 'Korea Internet & Security Agency', ko: '한국인터넷진흥원' } },
      ...{ country: 'KR', functions: ['cyber-defence'] },
      duty: {
        ...{ ...said, timeZone: 'Asia/Seoul', always: true },
        contacts: [
          { id: 'hook', role: 'duty-officer', channel: 'webhook', to: `http://127.0.0.1:${gone}/notices` },
          { id: 'phone', role: 'duty-officer', channel: 'phone', to: '+82-0-0000-0000' },
        ],
      },
    },
  ],
  entries: [
    { id: 'hanbit', name: { en: 'Hanbit Exchange', ko: '한빛거래소' }, country: 'KR', kind: 'exchange' },
    { id: 'pacific', name: { en: 'Pacific Exchange', ko: '퍼시픽 거래소' }, country: 'US', kind: 'exchange' },
  ],
});

const tag = (n: number, actor: string, category: 'exchange' | 'mixer') => ({
  ...{ chain, address: address(n), label: actor, category, source: 'the exchange', confidence: 90, actor },
});

function blocks(chain: ChainId, story: readonly (readonly Move[])[], nowMs: number) {
  const hash = (height: number) => `0x${height.toString(16).padStart(64, '0')}` as BlockHash;
  const asset = coinOf(chain);
  return story.map((moves, at) => {
    const height = at + 1;
    const time = new Date(nowMs - (story.length - at) * 60_000).toISOString();
    const block = { chain, height, hash: hash(height), parent: hash(at), time, transactionCount: moves.length };
    return {
      block,
      movements: moves.map(([tx, from, to, tenths], txIndex) => ({
        ...{ chain, height, txIndex, ord: 0, txid: txid(tx), time, kind: 'native' as const },
        ...{ from: address(from), to: address(to), asset: asset.id, units: (tenths * coin) / 10n, call: false },
      })),
    };
  });
}

export async function deskWithPages(house: AsyncDisposableStack): Promise<PageDesk> {
  const folder = await temporaryFolder(house);
  const data = join(folder, 'data');
  mkdirSync(data);
  const [port, gone] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(folder, 'own.yaml'), JSON.stringify(directory(gone)));
  const settings = readSettings(
    {
      ...{ data, url, listen: { host: '127.0.0.1', port }, directory: [join(folder, 'own.yaml')] },
      desk: {
        ...{ id: 'seoul', name: { en: 'Seoul desk', ko: '서울 데스크' }, country: 'KR', timeZone: 'Asia/Seoul' },
      },
      mail: { host: '127.0.0.1', port: gone, from: 'desk@seoul.example' },
    },
    {},
  );
  const desk = await openDesk(settings, { clock: systemClock, random: systemRandom, log: silentLog, version: '0' });
  house.defer(() => desk.close());
  const network = await buildApp(desk.http, 'network');
  const operator = await buildApp(desk.http, 'folder');
  house.defer(() => Promise.all([network.close(), operator.close()]).then(() => undefined));
  const { ledger } = desk.http;
  await ledger.putAssets([asset, coinOf(otherChain)]);
  await ledger.putTags([tag(0x901, 'hanbit', 'exchange'), tag(0x902, 'pacific', 'exchange')]);
  await ledger.append(blocks(chain, story, Date.now()));
  await ledger.append(blocks(otherChain, [[[0x51, 1, 2, 55n]]], Date.now()));
  await network.listen({ host: '127.0.0.1', port });
  const ask = asker(operator);
  await pairWithNobody(folder, gone, ask);
  await desk.start();
  const signInUrl = async () => ((await ask('POST', '/api/sign-in-links', {})) as { signInUrl: string }).signInUrl;
  await unusualAlerts(desk);
  const told = [...story];
  const mine = async (moves: readonly Move[]) => {
    told.push(moves);
    await ledger.append(blocks(chain, told, Date.now()).slice(-1));
    desk.http.feed.publish('status');
  };
  return { url, lead: txid(1), mine, ask, signInUrl };
}

function asker(operator: FastifyInstance): PageDesk['ask'] {
  return async (method, url, body) => {
    const answer = await operator.inject({ method, url, ...(body && { payload: body }) });
    if (answer.statusCode >= 400) throw new Error(`${method} ${url}: ${answer.body}`);
    return answer.json();
  };
}

/** A partner whose desk nobody runs. */
async function pairWithNobody(folder: string, port: number, ask: PageDesk['ask']): Promise<void> {
  const other = join(folder, 'other');
  mkdirSync(other);
  const { publicKey: key } = await openKeys(other);
  const name = { en: 'Washington desk', ko: '워싱턴 데스크' };
  const card = { desk: 'washington', name, country: 'US', timeZone: 'America/New_York', key };
  await ask('POST', '/api/partners', {
    card: { ...card, url: `http://127.0.0.1:${port}` },
    ...{ fingerprint: await fingerprintOf(key), agreement: 'Memorandum' },
  });
}

/** One alert that no block has yet, and one that was taken back. */
async function unusualAlerts(desk: Desk): Promise<void> {
  const { records } = desk.http;
  const base = {
    ...{ chain, urgency: 'know' as const, incident: null, height: story.length, ord: 0, asset, units: `${7n * coin}` },
    ...{ blockTime: new Date().toISOString(), service: null, from: address(11), to: address(12) },
  };
  await records.transaction(async (tx) => {
    await raiseAlerts(tx, systemClock, [{ ...base, rule: 'about-to-move', txid: txid(0x77), unconfirmed: true }]);
    const gone = await raiseAlerts(tx, systemClock, [{ ...base, rule: 'sleeper-wakes', txid: txid(0x78) }]);
    await withdrawThese(
      tx,
      systemClock,
      gone.map(({ id }) => id),
    );
  });
}

/** A busy machine gets this long; what never comes fails the test. */
const patienceMs = 30_000;

/** Such a desk, and somebody signed in before its first page. `before`: what is done to the desk first. */
export async function seatAtDesk<T>(
  t: TestContext,
  before: (desk: PageDesk) => Promise<T>,
): Promise<{ readonly desk: PageDesk; readonly reader: Reader; readonly done: T }> {
  const house = houseOf(t);
  const desk = await deskWithPages(house);
  const done = await before(desk);
  const browser = await launchIn(house);
  const reader = await sitDown(browser, { origin: desk.url, locale: 'en-US', timeZone: 'Asia/Seoul' });
  reader.page.setDefaultTimeout(patienceMs);
  await reader.page.goto(await desk.signInUrl());
  await reader.page.locator('[data-live="live"]').waitFor();
  return { desk, reader, done };
}
