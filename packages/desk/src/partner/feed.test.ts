import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { FeedSettings } from '../platform/index.ts';
import { FeedFailure } from './feed.client.ts';
import { cursorOf, feedView } from './feed.store.ts';
import { runFeed, waitAfterFailure } from './feed.ts';
import { identity, openServer, type Server } from './taxii/taxii21.fixture.ts';

/**
 * The client against a TAXII 2.1 server of its own kind, written here from the standard: rows with dates that may be the same,
 * pages, and whatever can go wrong on the way.
 */
interface Row {
  readonly object: object;
  readonly addedAt: string;
}

interface Remote {
  rows: Row[];
  /** What a page holds at most. */
  pageMax: number;
  /** Whether it gives `next`, or leaves clients to go on by date. */
  givesNext: boolean;
  givesDates: boolean;
  /** Answers the next requests instead of it. */
  instead: ((request: IncomingMessage, response: ServerResponse) => void)[];
  posted: object[];
  requests: string[];
  url: string;
}

const type = 'application/taxii+json;version=2.1';
const secret = mkdtempSync(path.join(os.tmpdir(), 'gongjo-feed-'));
const passwordFile = path.join(secret, 'password');
writeFileSync(passwordFile, 'hunter2\n');

let desk: Server;
let http: HttpServer;
let remote: Remote;

before(async () => {
  desk = await openServer();
  http = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  // A machine that is busy admitting a page may come back late.
  http.keepAliveTimeout = 60_000;
  await once(http, 'listening');
});
beforeEach(async () => {
  await desk.empty();
  await desk.context.records.query('truncate taxii_feeds');
  remote = {
    rows: [],
    pageMax: 4,
    givesNext: true,
    givesDates: true,
    instead: [],
    posted: [],
    requests: [],
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/top/collections/c1/`,
  };
});
afterEach(() => assert.equal(remote.instead.length, 0, 'every planned answer was asked for'));
after(async () => {
  http.closeAllConnections();
  http.close();
  await desk.close();
  rmSync(secret, { recursive: true, force: true });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', remote.url);
  remote.requests.push(`${request.method} ${url.pathname}${url.search}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const instead = remote.instead.shift();
  if (instead) return instead(request, response);
  const say = (status: number, body: object, headers: object = {}) =>
    response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
  if (request.headers.authorization !== `Basic ${Buffer.from('gongjo:hunter2').toString('base64')}`)
    return void say(401, { title: 'who are you' }, { 'www-authenticate': 'Basic' });
  if (request.headers.accept !== type) return void say(406, { title: 'no' });
  if (!/^gongjo\//.test(request.headers['user-agent'] ?? '')) return void say(400, { title: 'no agent' });
  if (url.pathname === '/top/') return void say(200, { title: 'r', versions: [type], max_content_length: 2000 });
  if (url.pathname.startsWith('/top/status/'))
    return void say(200, {
      id: 's',
      status: 'complete',
      total_count: 1,
      success_count: 1,
      failure_count: 0,
      pending_count: 0,
    });
  if (url.pathname !== '/top/collections/c1/objects/') return void say(404, { title: 'no' });
  if (request.method === 'POST') {
    const { objects } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { objects: object[] };
    remote.posted.push(...objects);
    const counts = { total_count: objects.length, success_count: objects.length, failure_count: 0, pending_count: 0 };
    return void say(202, { id: 's', status: 'complete', ...counts });
  }
  const limit = Math.min(remote.pageMax, Number(url.searchParams.get('limit') ?? 100));
  const added = url.searchParams.get('added_after');
  const start = Number(url.searchParams.get('next') ?? 0);
  const found = remote.rows.filter(({ addedAt }) => added === null || addedAt > added).slice(start);
  const page = found.slice(0, limit);
  const more = found.length > page.length;
  say(
    200,
    {
      ...(more && { more }),
      ...(more && remote.givesNext && { next: String(start + page.length) }),
      ...(page.length > 0 && { objects: page.map(({ object }) => object) }),
    },
    remote.givesDates && page.length > 0
      ? { 'X-TAXII-Date-Added-First': page[0]?.addedAt, 'X-TAXII-Date-Added-Last': page.at(-1)?.addedAt }
      : {},
  );
}

const feed = (change: Partial<FeedSettings> = {}): FeedSettings => ({
  name: 'isac',
  url: remote.url,
  direction: 'pull',
  user: 'gongjo',
  passwordFile,
  everyMs: 1000,
  unmarked: 'refuse',
  ...change,
});
const run = (change: Partial<FeedSettings> = {}) =>
  runFeed(desk.context, feed(change), { agent: 'gongjo/test', signal: AbortSignal.timeout(20_000) });
const day = (n: number) => `2026-03-0${n}T00:00:00.000000Z`;
const put = (from: number, to: number, addedAt: string) => {
  for (let n = from; n <= to; n += 1) remote.rows.push({ object: identity(n), addedAt });
};
const held = async () =>
  (
    await desk.context.records.query<{ id: string }>(
      `select id from shared_objects where origin = 'feed:isac' order by added_seq`,
    )
  ).map(({ id }) => Number.parseInt(id.slice(10, 18), 16));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const failed = async (change: Partial<FeedSettings> = {}) => {
  const failure = await run(change).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.ok(failure instanceof FeedFailure, String(failure));
  return failure;
};

describe('pulling', () => {
  test('follows all pages, and later brings only what is new', async () => {
    put(1, 10, day(1));
    put(11, 13, day(2));
    assert.deepEqual(await run(), { admitted: 13, refused: 0, sent: 0, more: false });
    assert.deepEqual(await held(), range(1, 13));
    put(14, 15, day(3));
    remote.requests.length = 0;
    await run();
    assert.deepEqual(await held(), range(1, 15));
    assert.equal(
      remote.requests[0],
      'GET /top/collections/c1/objects/?limit=1000&added_after=2026-03-01T23%3A59%3A59.999999Z',
    );
  });

  test('objects of the date that was seen last, but added since, are not missed', async () => {
    put(1, 3, day(1));
    await run();
    put(4, 5, day(1));
    await run();
    assert.deepEqual(await held(), range(1, 5));
  });

  test('without next it goes on by date, also where a page ends among objects of one date', async () => {
    remote.givesNext = false;
    remote.pageMax = 1000;
    put(1, 2, day(1));
    put(3, 1302, day(2));
    put(1303, 1304, day(3));
    remote.pageMax = 5000;
    await run();
    assert.deepEqual(await held(), range(1, 1304));
  });

  test('a server that has more of one date than it gives at once, and no next, is said to be at fault', async () => {
    remote.givesNext = false;
    put(1, 9, day(1));
    assert.match((await failed()).message, /does not say where/);
    assert.deepEqual(await held(), range(1, 4));
  });

  test('a server that tells no dates is asked by its own clock', async () => {
    remote.givesDates = false;
    put(1, 3, day(1));
    await run();
    const { addedAfter } = await cursorOf(desk.context.records, feed());
    assert.ok(Math.abs(Date.parse(String(addedAfter)) - Date.now()) < 60_000, String(addedAfter));
  });

  test('goes on in the middle where it was cut off, and from the start of the run where the server has forgotten the place', async () => {
    put(1, 12, day(1));
    const cut = (_: IncomingMessage, response: ServerResponse) => void response.destroy();
    let pages = 0;
    const original = remote.pageMax;
    // The third page never comes.
    Object.defineProperty(remote, 'pageMax', {
      configurable: true,
      get: () => {
        pages += 1;
        if (pages === 2) remote.instead.push(cut);
        return original;
      },
    });
    await failed();
    assert.deepEqual(await held(), range(1, 8));
    const { next } = await cursorOf(desk.context.records, feed());
    assert.equal(next, '8');
    remote.instead.push(
      (_, response) => void response.writeHead(404, { 'content-type': type }).end('{"title":"gone"}'),
    );
    pages = 100;
    await run();
    assert.deepEqual(await held(), range(1, 12));
  });

  test('what fails is refused for itself, and the rest admitted once, again and again', async () => {
    remote.rows = [
      { object: identity(1), addedAt: day(1) },
      { object: { ...identity(2), object_marking_refs: undefined }, addedAt: day(1) },
      { object: { type: 'nonsense' }, addedAt: day(1) },
      { object: identity(3), addedAt: day(1) },
    ];
    assert.deepEqual(await run(), { admitted: 2, refused: 2, sent: 0, more: false });
    await run();
    assert.deepEqual(await held(), [1, 3]);
  });

  test('an unmarked object is taken at the level that the settings give', async () => {
    remote.rows = [{ object: { ...identity(2), object_marking_refs: undefined }, addedAt: day(1) }];
    await run({ unmarked: 'amber' });
    assert.deepEqual(await held(), [2]);
  });
});

const say =
  (status: number, body: string, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': type, ...headers }).end(body);

describe('a server in trouble', () => {
  for (const [what, instead, expected, retryAfterMs] of [
    ['429 with seconds', say(429, '{"title":"slow down"}', { 'retry-after': '7' }), /429: slow down/, 7000],
    [
      '503 with a date',
      say(503, '', { date: 'Thu, 01 Jan 2026 00:00:00 GMT', 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }),
      /503/,
      60_000,
    ],
    ['a wait of a year', say(503, '', { 'retry-after': '31536000' }), /503/, 3_600_000],
    ['502 of a proxy', say(502, '<html>', { 'content-type': 'text/html' }), /502/, null],
    ['401', say(401, '{"title":"no\\u001b[2J"}'), /401: no/, null],
    ['a page of a captive portal', say(200, '<html>', { 'content-type': 'text/html' }), /instead of TAXII/, null],
    ['garbage', say(200, '{"objects":'), /instead of TAXII/, null],
    ['no envelope', say(200, '{"objects":{}}'), /no envelope/, null],
    ['no UTF-8', say(200, Buffer.from([0x22, 0xff, 0x22]).toString('latin1')), /./, null],
    ['a redirect to another host', say(302, '', { location: 'http://localhost:1/x' }), /elsewhere/, null],
    ['a redirect that does not end', say(302, '', { location: '?limit=1' }), /./, null],
    [
      'a bomb',
      (_: IncomingMessage, response: ServerResponse) =>
        void response
          .writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '))),
      /larger than/,
      null,
    ],
    ['a next that leads nowhere', say(200, '{"more":true}'), /does not say where/, null],
  ] as const)
    test(`${what}: nothing is lost, and it is told`, async () => {
      put(1, 2, day(1));
      const times = what === 'a redirect that does not end' ? 4 : what === 'a next that leads nowhere' ? 5 : 1;
      remote.instead = Array.from({ length: times }, () => instead);
      const failure = await failed();
      assert.match(failure.message, expected);
      assert.equal(failure.retryAfterMs, retryAfterMs);
      assert.doesNotMatch(failure.problem.text.en, /\p{Cc}/u);
      assert.deepEqual(await held(), []);
      await run();
      assert.deepEqual(await held(), [1, 2]);
    });

  test('a redirect on the same host is followed, with the credentials', async () => {
    put(1, 1, day(1));
    remote.instead = [say(307, '', { location: '/top/collections/c1/objects/?limit=5' })];
    await run();
    assert.deepEqual(await held(), [1]);
  });

  test('a secret that cannot be read is told before anything is asked', async () => {
    await assert.rejects(run({ passwordFile: path.join(secret, 'none') }), /ENOENT/);
    assert.deepEqual(remote.requests, []);
  });

  test('it is asked ever more seldom, never before it said, never in step', () => {
    assert.equal(waitAfterFailure(1, null, 0), 1000);
    assert.equal(waitAfterFailure(1, 7000, 0), 8000);
    assert.ok(waitAfterFailure(5, null, 0.9) > waitAfterFailure(4, null, 0.9));
    assert.equal(waitAfterFailure(1000, null, 0), 450_000);
  });
});

describe('pushing', () => {
  const push = { direction: 'push', collection: 'shared' } as const;
  test('sends what a collection holds, once, in parts that the server takes', async () => {
    await desk.put(
      'shared',
      range(1, 20).map((n) => identity(n)),
    );
    assert.deepEqual(await run(push), { admitted: 0, refused: 0, sent: 20, more: false });
    assert.deepEqual(
      remote.posted,
      range(1, 20).map((n) => identity(n)),
    );
    assert.ok(remote.requests.filter((it) => it.startsWith('POST')).length > 2, 'the server takes 2,000 bytes at once');
    await desk.put('shared', [identity(21)]);
    remote.posted.length = 0;
    await run(push);
    assert.deepEqual(remote.posted, [identity(21)]);
  });

  test('where it was cut off it sends again, and waits for a status that is pending', async () => {
    await desk.put('shared', [identity(1)]);
    remote.instead = [say(200, '{}'), (_, response) => void response.destroy()];
    await failed(push);
    remote.instead = [
      say(200, '{}'),
      say(202, '{"id":"s","status":"pending","total_count":1,"success_count":0,"failure_count":0,"pending_count":1}'),
    ];
    assert.deepEqual((await run(push)).sent, 1);
    assert.equal(remote.requests.at(-1), 'GET /top/status/s/');
  });

  test('an object that the server refuses holds up no other', async () => {
    await desk.put('shared', [identity(1), identity(2)]);
    const refuse = say(422, '{"title":"no"}');
    remote.instead = [say(200, '{}'), refuse, refuse];
    assert.deepEqual(await run(push), { admitted: 0, refused: 1, sent: 1, more: false });
    const { refused, sent } = await feedView(desk.context.records, feed(push));
    assert.deepEqual([refused, sent], [1, 1]);
  });
});
