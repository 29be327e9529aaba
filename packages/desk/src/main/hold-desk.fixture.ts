import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type AssetId, type ChainId, type Hold, zHold } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../http/index.ts';
import { type Clock, readSettings, silentLog, systemClock, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';
import { address, blocksOf, exchange, txid } from './round.fixture.ts';

export const chain = 'eip155:31337' as ChainId;
/** What takes a second on an idle machine may take some on a busy one. */
const patienceMs = 180_000;
const said = { source: 'the exchange itself', certainty: 'verified', asOf: '2026-11-28' };

/** An exchange in New York whose demands are known, and the desk's own people, who are told by webhook. */
function directoryOf(hook: string | null, addresseeChannel: object, addresseeDesk?: string): object {
  return {
    agencies: [
      {
        ...{ ...said, id: 'own-police', name: { en: 'Own Police', ko: '우리 경찰' }, country: 'KR', desk: 'seoul' },
        functions: ['cyber-investigation'],
        duty: {
          ...{ ...said, timeZone: 'Asia/Seoul', always: true },
          contacts: hook ? [{ id: 'hook', role: 'duty-officer', channel: 'webhook', to: hook }] : [],
        },
      },
    ],
    vasps: [
      {
        ...{ ...said, id: 'pacific', name: { en: 'Pacific Exchange', ko: '퍼시픽거래소' }, countries: ['US'] },
        entities: [{ ...said, name: { en: 'Pacific Exchange, Inc.', ko: '퍼시픽거래소 주식회사' }, country: 'US' }],
        channel: { ...said, ...addresseeChannel },
        ...(addresseeDesk && { desk: addresseeDesk }),
        requires: ['badge', 'case-number', 'legal-entity', 'hop-before', 'transaction-hashes', 'addresses-as-text'],
        hold: { ...said, courtesyDays: 7 },
        languages: ['en'],
      },
    ],
  };
}

export const signatory = {
  name: { en: 'Kim Min-su', ko: '김민수' },
  title: { en: 'Inspector', ko: '경감' },
  badge: 'A-12345',
  email: 'minsu.kim@police.go.kr',
  phone: '+82-2-0000-0001',
};

export interface HoldDesk {
  readonly desk: Desk;
  readonly folder: string;
  readonly operator: FastifyInstance;
  readonly incident: string;
  /** What the desk's clock is ahead of the machine's. */
  aheadMs: number;
  as(person: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<Answer>;
  hold(id: string): Promise<Hold>;
  close(): Promise<void>;
}
export type Answer = Awaited<ReturnType<FastifyInstance['inject']>>;

const usual: Parameters<typeof blocksOf>[2] = [
  [[1, 1, 2, 100n]],
  [[2, 2, 3, 60n]],
  [
    [3, 3, exchange, 45n],
    [4, 3, exchange, 15n],
  ],
];

type Options = Parameters<typeof openHoldDesk>[0];

async function appendTheft(ledger: Desk['http']['ledger'], theft: NonNullable<Options['theft']>): Promise<void> {
  await ledger.putAssets([{ id: `${chain}/slip44:60` as AssetId, symbol: 'ETH', decimals: 18 }]);
  const moves = theft.map((block) =>
    block.map(([tx, from, to, tenths]) => [tx, from, to, BigInt(tenths) * 10n ** 17n] as const),
  );
  const blocks = blocksOf(chain, 1, moves).map(({ block, movements }, at, { length }) => {
    const time = new Date(Date.now() - (length - at) * 60_000).toISOString();
    return { block: { ...block, time }, movements: movements.map((it) => ({ ...it, time })) };
  });
  await ledger.append(blocks);
}

/** A desk whose ledger holds a theft: 60 of 100 reached the exchange in two payments, by way of a second address. */
export async function openHoldDesk(options: {
  readonly hook?: string;
  readonly channel: object;
  /** The desk that the exchange runs. */
  readonly addresseeDesk?: string;
  /** Another desk than Seoul's, or one that partners reach. */
  readonly identity?: { readonly id: string; readonly country: string };
  readonly port?: number;
  /** False: the desk waits for a partner's incident. */
  readonly opens?: boolean;
  readonly settings?: object;
  /** Another theft than the usual one, of minutes ago: by block, with amounts in tenths of ether. */
  readonly theft?: readonly (readonly (readonly [tx: number, from: number, to: number, tenths: number])[])[];
}): Promise<HoldDesk> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-holds-'));
  const { identity = { id: 'seoul', country: 'KR' }, port, opens = true } = options;
  const url = port === undefined ? 'https://desk.example' : `http://127.0.0.1:${port}`;
  const file = (name: string, content: unknown) => {
    writeFileSync(path.join(folder, name), JSON.stringify(content));
    return path.join(folder, name);
  };
  const data = path.join(folder, 'data');
  mkdirSync(data);
  const tag = { chain, label: 'Pacific Exchange: hot wallet', category: 'exchange', actor: 'pacific' };
  const settings = readSettings(
    {
      data,
      url,
      desk: { ...identity, name: { en: identity.id, ko: `데스크 ${identity.id}` }, timeZone: 'Asia/Seoul' },
      directory: [file('own.yaml', directoryOf(options.hook ?? null, options.channel, options.addresseeDesk))],
      tags: [file('tags.yaml', { tags: [{ ...tag, address: address(exchange), source: 'test', confidence: 90 }] })],
      ...options.settings,
    },
    {},
  );
  const state = { aheadMs: 0, jumped: new AbortController() };
  const clock: Clock = {
    now: () => systemClock.now() + state.aheadMs,
    sleep: (ms, signal) => systemClock.sleep(ms, AbortSignal.any([state.jumped.signal, ...(signal ? [signal] : [])])),
  };
  const desk = await openDesk(settings, { clock, random: systemRandom, log: silentLog, version: '0' });
  await (options.theft
    ? appendTheft(desk.http.ledger, options.theft)
    : desk.http.ledger.append(blocksOf(chain, 1, usual)));
  const operator = await buildApp(desk.http, 'folder');
  const network = await buildApp(desk.http, 'network');
  if (port !== undefined) await network.listen({ host: '127.0.0.1', port });
  await desk.start();
  const sessions = new Map<string, string>();
  const headers = { host: new URL(url).host, 'sec-fetch-site': 'same-origin' };
  const as: HoldDesk['as'] = async (person, method, url, payload) => {
    if (person === 'operator') return operator.inject({ method, url, ...(payload && { payload }) });
    let cookie = sessions.get(person);
    if (!cookie) {
      const link = await operator.inject({ method: 'POST', url: '/api/sign-in-links', payload: { name: person } });
      const [, token] = (link.json() as { signInUrl: string }).signInUrl.split('#');
      const session = await network.inject({ method: 'POST', url: '/api/session', headers, payload: { token } });
      cookie = String(session.headers['set-cookie']).split(';')[0] ?? '';
      sessions.set(person, cookie);
    }
    return network.inject({ method, url, headers: { ...headers, cookie }, ...(payload && { payload }) });
  };
  const title = { en: 'Theft from an exchange', ko: '거래소 탈취' };
  const payload = { chain, txids: [txid(1)], kind: 'theft', title };
  const opened = opens ? await operator.inject({ method: 'POST', url: '/api/incidents', payload }) : null;
  const { id: incident } = (opened?.json() ?? { id: '' }) as { id: string };
  if (opens) await until(() => isTraced(as, incident));
  return {
    ...{ desk, folder, operator, incident, as },
    get aheadMs() {
      return state.aheadMs;
    },
    set aheadMs(ms) {
      state.aheadMs = ms;
      // Whoever waits by this clock has waited for as long.
      state.jumped.abort();
      state.jumped = new AbortController();
    },
    hold: async (id) => zHold.parse((await as('operator', 'GET', `/api/holds/${id}`)).json()),
    close: async () => {
      await Promise.all([network.close(), operator.close()]);
      await desk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The incident is here, and it is known where its value stands. */
export async function isTraced(as: HoldDesk['as'], incident: string): Promise<boolean> {
  const detail = await as('operator', 'GET', `/api/incidents/${incident}`);
  return detail.statusCode === 200 && (detail.json() as { trace: unknown }).trace !== null;
}

export async function until<T>(look: () => Promise<T | undefined | false | null>): Promise<T> {
  const ends = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < ends, 'it did not come');
    await wait(50);
  }
}
