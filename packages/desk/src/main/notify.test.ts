import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type Notice, zIncidentMatch, zIncidentMeasures, zNotice, zProblem, zReportStatus } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Door, runCli } from '../cli/index.ts';
import { buildApp } from '../http/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { readSettings, silentLog, systemClock, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';
import { address, blocksOf, txid } from './round.fixture.ts';

/** A desk that runs, an exchange's program, a webhook of the police, and a mail server that is down. */
const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-notify-'));
const data = path.join(folder, 'data');
const chain = 'eip155:31337';
/** What takes a second on an idle machine may take some on a busy one. */
const patienceMs = 30_000;
const hooks: { signature: string | undefined; body: { drill: boolean; incident: { id: string } } }[] = [];
const receiver = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  hooks.push({ signature: request.headers['gongjo-signature']?.toString(), body: JSON.parse(body) });
  response.writeHead(202).end();
});

let desk: Desk;
let network: FastifyInstance;
let operator: FastifyInstance;
before(async () => {
  mkdirSync(data);
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port: mailPort } = gone.address() as AddressInfo;
  gone.close();
  const said = { source: 'the agency itself', certainty: 'verified', asOf: '2026-11-28' };
  const contact = (channel: string, to: string) => ({ id: `by-${channel}`, role: 'duty-officer', channel, to });
  const directory = {
    agencies: [
      {
        ...{ ...said, id: 'own-police', name: { en: 'Own Police', ko: '우리 경찰' }, country: 'KR' },
        functions: ['cyber-investigation'],
        duty: {
          ...{ ...said, timeZone: 'Asia/Seoul', always: true },
          contacts: [contact('webhook', `http://127.0.0.1:${port}/hook`), contact('email', 'officer@police.example')],
        },
      },
    ],
  };
  writeFileSync(path.join(folder, 'own.yaml'), JSON.stringify(directory));
  const settings = readSettings(
    {
      data,
      url: 'https://desk.example',
      desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR' },
      directory: [path.join(folder, 'own.yaml')],
      mail: { host: '127.0.0.1', port: mailPort, from: 'desk@seoul.example' },
    },
    {},
  );
  desk = await openDesk(settings, { clock: systemClock, random: systemRandom, log: silentLog, version: '0' });
  await desk.http.ledger.append(blocksOf(chain as never, 1, [[[1, 1, 2, 100n]], [[2, 3, 4, 7n]], [[3, 5, 6, 9n]]]));
  network = await buildApp(desk.http, 'network');
  operator = await buildApp(desk.http, 'folder');
  await desk.start();
});
after(async () => {
  await Promise.all([network?.close(), operator?.close()]);
  await desk?.close();
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

const door: Door = {
  call: async (method, url, body) => {
    const response = await operator.inject({ method, url, ...(body === undefined ? {} : { payload: body as object }) });
    if (response.statusCode >= 400) throw GongjoError.of(zProblem.parse(response.json()));
    return response.json();
  },
  lines: () => {
    throw new Error('not asked');
  },
  close: async () => undefined,
};
async function gongjo(...argv: string[]) {
  let out = '';
  let err = '';
  const code = await runCli([...argv, '--data', data], {
    version: '0',
    env: {},
    signal: new AbortController().signal,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    open: async () => door,
    up: () => Promise.reject(new Error('not asked')),
    demo: () => Promise.reject(new Error('not asked')),
  });
  return { code, out, err, json: () => JSON.parse(out) };
}
/** The reporter's program: it has a token and no session. */
const call = (method: 'GET' | 'POST', url: string, token: string, payload?: object) =>
  network.inject({
    method,
    url,
    headers: { host: 'desk.example', authorization: `Bearer ${token}` },
    ...(payload && { payload }),
  });
const report = (n: number, change: object = {}) => ({
  reference: `case ${n}`,
  kind: 'theft',
  title: { ko: `탈취 ${n}` },
  victim: 'Upbit',
  occurredAt: '2025-11-26T19:42:00.000Z',
  moved: [{ chain, txids: [txid(n)], addresses: [{ address: address(2 * n), role: 'destination' }] }],
  ...change,
});
const noticesOf = async (incident: string): Promise<Notice[]> =>
  z
    .object({ notices: z.array(zNotice) })
    .parse((await gongjo('notice', 'list', '--incident', incident, '--json')).json()).notices;
async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  const ends = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < ends, 'it did not come');
    await wait(50);
  }
}
const problemCode = (response: { json(): unknown }) => zProblem.parse(response.json()).code;

describe('an exchange’s program', () => {
  let token = '';
  before(async () => {
    const made = await gongjo('reporter', 'add', 'upbit', '--organisation', 'Upbit', '--country', 'KR', '--json');
    assert.equal(made.code, 0, made.err);
    token = made.json().token;
  });

  test('reports, and everyone who must know is told at once; what is down is said, with its reason', async () => {
    const answered = await call('POST', '/api/reports', token, report(1));
    assert.equal(answered.statusCode, 201, answered.body);
    const status = zReportStatus.parse(answered.json());
    assert.deepEqual([status.outcome, status.reference], ['opened', 'case 1']);
    const hook = await until(async () => hooks[0]);
    assert.match(hook.signature ?? '', /^t=\d+,v1=[0-9a-f]{64}$/);
    const { id } = hook.body.incident;
    const notices = await until(async () => {
      const all = await noticesOf(id);
      const isIn = (channel: string, states: string[]) =>
        all.some((it) => it.agency.id === 'own-police' && it.channel === channel && states.includes(it.state));
      return isIn('webhook', ['delivered']) && isIn('email', ['failed']) && all;
    });
    assert.ok(notices.some(({ agency, channel }) => agency.id === 'desk:seoul' && channel === 'page'));
    assert.ok(notices.some(({ agency, problem }) => agency.id === 'kr-kofiu' && problem?.code === 'contact-missing'));
    const waiting = await gongjo('notice', 'list', '--waiting', '--lang', 'ko');
    assert.match(waiting.out, /우리 경찰 +이메일 +실패 +탈취 1 +메일 서버 127\.0\.0\.1에 연결하지 못하였습니다/);

    const asked = await call('GET', new URL(status.statusUrl).pathname, token);
    assert.ok(zReportStatus.parse(asked.json()).told >= 2);
    const webhook = notices.find(({ channel }) => channel === 'webhook');
    const acknowledged = await gongjo('notice', 'ack', webhook?.id ?? '', '--json');
    assert.equal(acknowledged.json().acknowledgedBy, 'operator', acknowledged.err);
    assert.equal(
      zReportStatus.parse((await call('GET', new URL(status.statusUrl).pathname, token)).json()).acknowledged,
      1,
    );

    const measures = z
      .object({ incidents: z.array(zIncidentMeasures) })
      .parse((await gongjo('measures', '--incident', id, '--json')).json());
    const [one] = measures.incidents;
    assert.equal(one?.incident.id, id);
    assert.ok(one?.firstToldSeconds !== null && (one?.firstToldSeconds ?? 99) < 30);
    assert.equal((await gongjo('measures', '--csv')).out.split('\r\n').length, 2);
    const secret = await gongjo('notice', 'secret', 'own-police', 'by-webhook');
    assert.match(secret.out, /^[\w-]{43}\n$/);
    assert.equal((await gongjo('notice', 'secret', 'own-police', 'by-email')).code, 1);
  });

  test('may send a report again: the same reference is the same report', async () => {
    const first = zReportStatus.parse((await call('POST', '/api/reports', token, report(2))).json());
    const again = await call('POST', '/api/reports', token, report(2));
    assert.deepEqual([again.statusCode, again.json().report], [200, first.report]);
    const other = await call('POST', '/api/reports', token, report(2, { reference: 'another number' }));
    assert.deepEqual([other.statusCode, other.json().outcome], [201, 'joined']);
  });

  test('is refused with what is wrong, in both languages', async () => {
    const [first] = report(3).moved;
    const wrong: [string, object][] = [
      ['input-invalid', { title: {} }],
      ['input-invalid', { kind: 'loss' }],
      ['input-invalid', { moved: [{ ...first, txids: ['x'] }] }],
      ['input-invalid', { moved: [{ ...first, addresses: [{ address: 'x', role: 'source' }] }] }],
      ['asset-of-other-chain', { moved: [{ ...first, amounts: [{ asset: 'eip155:1/slip44:60', units: '1' }] }] }],
      ['time-in-future', { occurredAt: '2999-01-01T00:00:00.000Z' }],
      ['chain-unknown', { moved: [{ ...first, chain: 'eip155:5' }] }],
    ];
    for (const [code, change] of wrong) {
      const answered = await call('POST', '/api/reports', token, report(3, change));
      assert.equal(problemCode(answered), code, answered.body);
      const { text } = zProblem.parse(answered.json());
      assert.notEqual(text.en, text.ko);
    }
  });

  test('opens nothing else with its token, and sees no report but its own', async () => {
    for (const url of ['/api/incidents', '/api/notices', '/api/measures', '/api/reporters'])
      assert.equal((await call('GET', url, token)).statusCode, 401, url);
    const other = await gongjo('reporter', 'add', 'other', '--json');
    const mine = zReportStatus.parse((await call('POST', '/api/reports', token, report(2))).json());
    assert.equal((await call('GET', `/api/reports/${mine.report}`, other.json().token)).statusCode, 404);
    assert.equal((await call('GET', `/api/reports/${mine.report}`, 'x'.repeat(43))).statusCode, 401);
    assert.equal((await gongjo('reporter', 'revoke', 'other')).code, 0);
    assert.equal(problemCode(await call('POST', '/api/reports', other.json().token, report(3))), 'reporter-unknown');
    assert.match((await gongjo('reporter', 'list')).out, /other .*revoked/);
  });

  test('an exercise is told to pages alone, and shown as one', async () => {
    const before = hooks.length;
    const answered = await call('POST', '/api/reports', token, report(3, { reference: 'drill', drill: true }));
    assert.equal(answered.statusCode, 201, answered.body);
    const drill = await until(async () => {
      const all = z
        .object({ notices: z.array(zNotice) })
        .parse((await gongjo('notice', 'list', '--json')).json()).notices;
      return all.find((it) => it.drill);
    });
    assert.deepEqual([drill.channel, drill.state], ['page', 'delivered']);
    assert.match((await gongjo('notice', 'list', '--incident', drill.incident.id)).out, /\[DRILL\]/);
    assert.equal(hooks.length, before);
  });
});

describe('gongjo incident', () => {
  test('joins what a person finds to be one', async () => {
    const open = async (n: number, victim: string) => {
      const opened = await gongjo(
        ...['incident', 'open', '--chain', chain, '--tx', txid(n), '--title-en', `T${n}`, '--title-ko', `가${n}`],
        ...['--victim', victim, '--to', address(77), '--occurred', '2025-11-27T04:42+09:00', '--json'],
      );
      assert.equal(opened.code, 0, opened.err);
      return opened.json() as { id: string };
    };
    const first = await open(100, '업비트');
    const second = await open(101, 'Upbit');
    const [match] = z
      .object({ matches: z.array(zIncidentMatch) })
      .parse((await gongjo('incident', 'matches', second.id, '--json')).json())
      .matches.filter(({ other }) => other === first.id);
    assert.deepEqual([match?.certainty, match?.state], ['probable', 'proposed']);
    const joined = await gongjo('incident', 'join', second.id, first.id, '--json');
    assert.equal(joined.json().main, first.id, joined.err);
    const shown = (await gongjo('incident', 'show', second.id, '--json')).json() as { mainId?: string };
    assert.equal(shown.mainId, first.id);
    assert.equal((await gongjo('incident', 'apart', second.id, first.id)).code, 1);
  });
});
