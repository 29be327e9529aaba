import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Role } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../http/index.ts';
import { readSettings, silentLog, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';

export type Answer = Awaited<ReturnType<FastifyInstance['inject']>>;
export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
export interface Call {
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface PeopleDesk {
  readonly desk: Desk;
  readonly network: FastifyInstance;
  readonly clock: { at: number };
  /** Over the network, with a cookie where one is given. */
  call(method: Method, url: string, call?: Call): Promise<Answer>;
  /** As the operator. */
  operate(method: Method, url: string, body?: unknown): Promise<Answer>;
  /** Signs in by a link; answers the headers of that session. */
  signIn(name: string, roles: readonly Role[], clearance?: string): Promise<{ cookie: string }>;
  close(): Promise<void>;
}

export const startMs = Date.UTC(2026, 0, 1);

/** A desk on a clock of its own. */
export async function openPeopleDesk(
  settings: object = {},
  url = 'https://desk.example',
  data?: string,
): Promise<PeopleDesk> {
  const folder = data ?? mkdtempSync(path.join(os.tmpdir(), 'gongjo-people-'));
  const clock = { at: startMs, now: () => clock.at, sleep: async () => undefined };
  const desk = await openDesk(
    readSettings(
      { data: folder, url, desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR' }, ...settings },
      {},
    ),
    { clock, random: systemRandom, log: silentLog, version: '0' },
  );
  const network = await buildApp(desk.http, 'network');
  const folderApp = await buildApp(desk.http, 'folder');
  const host = new URL(url).host;
  const call: PeopleDesk['call'] = (method, at, { headers = {}, body } = {}) =>
    network.inject({
      ...{ method, url: at, headers: { host, ...headers } },
      ...(body === undefined ? {} : { payload: body as object }),
    });
  const operate: PeopleDesk['operate'] = (method, at, body) =>
    folderApp.inject({ method, url: at, ...(body === undefined ? {} : { payload: body as object }) });
  return {
    ...{ desk, network, clock, call, operate },
    signIn: async (name, roles, clearance = 'amber') => {
      const link = await operate('POST', '/api/sign-in-links', { name, roles, clearance });
      const token = new URL(link.json<{ signInUrl: string }>().signInUrl).hash.slice(1);
      return { cookie: cookieOf(await call('POST', '/api/session', { body: { token } })) };
    },
    close: async () => {
      await Promise.all([network.close(), folderApp.close()]);
      await desk.close();
      if (data === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function cookieOf(answer: Answer): string {
  const [cookie] = answer.cookies;
  return cookie ? `${cookie.name}=${cookie.value}` : '';
}

export const codeOf = (answer: Answer) => answer.json<{ code?: string }>().code;
