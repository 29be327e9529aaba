import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type DeskCard, type ProblemCode, type Quotas, zDeskId } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { CompactSign, SignJWT, UnsecuredJWT } from 'jose';
import { buildApp, type HttpContext } from '../http/index.ts';
import { addPartner, createGate, defaultQuotas, revokePartnerKey } from '../partner/index.ts';
import { createFeed, type DeskKeys, fingerprintOf, openKeys } from '../platform/index.ts';
import { type ExchangeDesk, openExchangeDesk } from './exchange.fixture.ts';

/** What a partner's server in other hands can send, against the desk's real HTTP face: each is refused by its own name. */

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-hostile-'));
const inbox = '/taxii2/api/collections/c2f1a6d4-6f0e-4d6c-9a35-0d5d8a3b7e11/objects/';
const outbox = '/taxii2/api/collections/5b8f9c50-1f0b-4a52-8a4e-7a1f6f7d2c93/objects/';
const taxiiType = 'application/taxii+json;version=2.1';
const slowMs = 2_000;

let desk: ExchangeDesk;
let app: FastifyInstance;
let port: number;
let alpha: DeskKeys;
let beta: DeskKeys;
let nobody: DeskKeys;

const quotas = (more: Partial<Quotas>) => Object.assign(desk.context, { quotas: { ...defaultQuotas, ...more } });
async function face(): Promise<void> {
  await app?.close();
  const stub = { warn: () => undefined, error: () => undefined, info: () => undefined };
  const rest = { clock: desk.clock, feed: createFeed(), log: stub, records: desk.context.records };
  const nothing = async () => undefined;
  const wake = { round: () => undefined, ...{ rounds: nothing, couriers: nothing, collections: nothing } };
  const notify = { desk: desk.context.desk };
  const own = { partnerContext: desk.context, gate: createGate(desk.context) };
  const people = { limits: { sessionMs: slowMs, idleMs: slowMs } };
  const context = { ...rest, wake, notify, people, ...own } as unknown as HttpContext;
  app = await buildApp(context, 'network', { requestTimeoutMs: slowMs });
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
}
async function partner(id: string, keys: DeskKeys): Promise<void> {
  const name = { en: id, ko: id };
  const card: DeskCard = {
    ...{
      desk: zDeskId.parse(id),
      name,
      country: 'JP',
      timeZone: 'UTC',
      url: 'http://127.0.0.1:9',
      key: keys.publicKey,
    },
  };
  const fingerprint = await fingerprintOf(keys.publicKey);
  await desk.context.records.transaction((tx) =>
    addPartner(tx, desk.clock, desk.context.desk, { card, fingerprint, agreement: 'MoU', by: 'operator' }),
  );
}

before(async () => {
  desk = await openExchangeDesk('seoul', 'KR');
  const keysOf = (it: string) => openKeys(mkdtempSync(path.join(folder, it)));
  [alpha, beta, nobody] = await Promise.all([keysOf('alpha'), keysOf('beta'), keysOf('nobody')]);
});
beforeEach(async () => {
  await desk.empty();
  await desk.context.records.query('truncate partner_usage, partner_keys');
  quotas({});
  await partner('alpha', alpha);
  await partner('beta', beta);
  await face();
});
after(async () => {
  await app?.close();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const nowS = () => Math.floor(desk.clock.now() / 1000);
const claims = (more: object = {}) => ({
  ...{ iss: 'alpha', aud: 'seoul', iat: nowS(), exp: nowS() + 60, jti: randomUUID() },
  ...more,
});
const tokenHeader = (keys: DeskKeys) => ({ alg: 'EdDSA', typ: 'gongjo-token+jwt', kid: keys.keyId });

/** A token with any header and claims, by any key. */
async function token(keys = alpha, more: object = {}, header: object = {}): Promise<string> {
  return new SignJWT(claims(more)).setProtectedHeader({ ...tokenHeader(keys), ...header }).sign(keys.privateKey);
}
async function seal(envelope: string, keys = alpha, header: object = {}): Promise<string> {
  const protectedHeader = { alg: 'EdDSA', typ: 'gongjo-delivery+jws', kid: keys.keyId };
  const whole = { ...protectedHeader, iss: 'alpha', aud: 'seoul', jti: randomUUID(), ...header };
  const jws = await new CompactSign(Buffer.from(envelope)).setProtectedHeader(whole).sign(keys.privateKey);
  const [head, , signature] = jws.split('.');
  return `${head}..${signature}`;
}
const object = () => ({
  ...{ type: 'identity', spec_version: '2.1', id: `identity--${randomUUID()}`, name: 'Nobody' },
  ...{ created: '2025-11-27T00:00:00.000Z', modified: '2025-11-27T00:00:00.000Z' },
  object_marking_refs: ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb'],
});
const bundle = () => JSON.stringify({ objects: [object()] });

interface Sending {
  readonly body?: string | Uint8Array;
  readonly token?: string | null;
  readonly signature?: string | null;
  readonly headers?: Record<string, string>;
}
async function send({ body = bundle(), headers = {}, ...given }: Sending = {}) {
  const proof = given.token === undefined ? await token() : given.token;
  const signature = given.signature === undefined ? await seal(body.toString()) : given.signature;
  const response = await fetch(`http://127.0.0.1:${port}${inbox}`, {
    method: 'POST',
    headers: {
      ...{ accept: taxiiType, 'content-type': taxiiType },
      ...(proof !== null && { authorization: `Bearer ${proof}` }),
      ...(signature !== null && { 'gongjo-signature': signature }),
      ...headers,
    },
    body: typeof body === 'string' ? body : new Blob([new Uint8Array(body)]),
  });
  const json = (await response.json()) as { error_code?: string; gongjo_receipt?: string };
  return {
    status: response.status,
    code: json.error_code ?? null,
    retryAfter: response.headers.get('retry-after'),
    json,
  };
}
const held = async () =>
  (await desk.context.records.query<{ id: string }>(`select id from shared_objects where origin <> 'seoul'`)).length;

/** Written to the socket as it is; what comes back until the desk ends the connection. */
function raw(...parts: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    let said = '';
    socket.on('data', (chunk) => {
      said += chunk.toString();
    });
    socket.on('close', () => resolve(said));
    socket.on('error', (thrown) => (said === '' ? reject(thrown) : resolve(said)));
  });
}

test('what an honest partner sends is taken', async () => {
  const { status, json } = await send();
  assert.equal(status, 202);
  assert.ok(json.gongjo_receipt);
  assert.equal(await held(), 1);
});

const secret = () => new TextEncoder().encode(alpha.publicKey.x);
const deep = 400_000;
const table: readonly [name: string, code: ProblemCode, sending: () => Promise<Sending> | Sending][] = [
  ['no token', 'account-invalid', () => ({ token: null })],
  ['a token that is none', 'partner-token-invalid', () => ({ token: 'a.b.c' })],
  ['a token by a key that was never compared', 'partner-token-invalid', async () => ({ token: await token(nobody) })],
  [
    'a token by another partner’s key under this partner’s name',
    'partner-token-invalid',
    async () => ({ token: await token(beta) }),
  ],
  [
    'a token by another key that names this partner’s key',
    'partner-token-invalid',
    async () => ({ token: await token(nobody, {}, { kid: alpha.keyId }) }),
  ],
  [
    'a token whose key is named by a place or a statement',
    'partner-token-invalid',
    async () => ({ token: await token(alpha, {}, { kid: "../../x' or '1'='1" }) }),
  ],
  [
    'a token that brings its own key',
    'partner-token-invalid',
    async () => ({ token: await token(nobody, {}, { jwk: nobody.publicKey, kid: alpha.keyId }) }),
  ],
  ['a token for another desk', 'partner-token-invalid', async () => ({ token: await token(alpha, { aud: 'busan' }) })],
  [
    'a token of tomorrow',
    'partner-token-invalid',
    async () => ({ token: await token(alpha, { iat: nowS() + 86_400 }) }),
  ],
  ['a token without jti', 'partner-token-invalid', async () => ({ token: await token(alpha, { jti: undefined }) })],
  [
    'a token of another kind',
    'partner-token-invalid',
    async () => ({ token: await token(alpha, {}, { typ: 'gongjo-receipt+jws' }) }),
  ],
  [
    'a token with alg none',
    'partner-token-invalid',
    () => ({ token: new UnsecuredJWT(claims()).encode().replace(/\.$/, '.x') }),
  ],
  [
    'a token with HS256 over the public key',
    'partner-token-invalid',
    async () => ({
      token: await new SignJWT(claims()).setProtectedHeader({ ...tokenHeader(alpha), alg: 'HS256' }).sign(secret()),
    }),
  ],
  ['no signature', 'signature-missing', () => ({ signature: null })],
  ['a signature over another body', 'signature-invalid', async () => ({ signature: await seal(bundle()) })],
  ...(
    [
      [
        'with alg none',
        async (body) => `${encode({ alg: 'none', typ: 'gongjo-delivery+jws', jti: randomUUID() })}..${body.length}`,
      ],
      [
        'with HS256 over the public key',
        async (body) => {
          const header = { alg: 'HS256', typ: 'gongjo-delivery+jws', iss: 'alpha', aud: 'seoul', jti: randomUUID() };
          const jws = await new CompactSign(Buffer.from(body)).setProtectedHeader(header).sign(secret());
          return jws.replace(/\..*\./, '..');
        },
      ],
      ['by a key that was never compared', (body) => seal(body, nobody)],
      ['by another partner’s key', (body) => seal(body, beta)],
      ['by another key that names this partner’s', (body) => seal(body, nobody, { kid: alpha.keyId })],
      ['that brings its own key', (body) => seal(body, nobody, { jwk: nobody.publicKey, kid: alpha.keyId })],
      ['for another desk', (body) => seal(body, alpha, { aud: 'busan' })],
      ['under another name', (body) => seal(body, alpha, { iss: 'beta' })],
      ['of another kind', (body) => seal(body, alpha, { typ: 'gongjo-receipt+jws' })],
      ['with an identifier that is none', (body) => seal(body, alpha, { jti: '../../etc/passwd' })],
    ] as [string, (body: string) => Promise<string>][]
  ).map(([name, sign]): (typeof table)[number] => [
    `a signature ${name}`,
    'signature-invalid',
    async () => {
      const body = bundle();
      return { body, signature: await sign(body) };
    },
  ]),
  [
    'a signature with a header that has to be understood and is not',
    'signature-invalid',
    async () => {
      const body = bundle();
      const [head = '', , tail] = (await seal(body)).split('.');
      const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as object;
      return { body, signature: `${encode({ ...header, crit: ['exp'], exp: 1 })}..${tail}` };
    },
  ],
  [
    'a bomb in gzip',
    'encoding-unsupported',
    () => ({ body: gzipSync(Buffer.alloc(50_000_000)), signature: 'x', headers: { 'content-encoding': 'gzip' } }),
  ],
  ['a body of nine megabytes', 'body-too-large', () => ({ body: 'x'.repeat(9 * 1024 * 1024), signature: 'x' })],
  ['a bundle of a million nothings', 'bundle-invalid', () => ({ body: `{"objects":[${'{},'.repeat(1_000_000)}{}]}` })],
  [
    'a bundle nested very deep',
    'bundle-invalid',
    () => ({ body: `{"objects":${'['.repeat(deep)}${']'.repeat(deep)}}` }),
  ],
  ['a bundle with an object in place of a list', 'bundle-invalid', () => ({ body: '{"objects":{"length":1}}' })],
  ['a bundle that is a text', 'bundle-invalid', () => ({ body: '"objects"' })],
  ['a bundle that is no JSON', 'bundle-invalid', () => ({ body: '{"objects":[' })],
  ['a bundle with NUL', 'bundle-invalid', () => ({ body: bundle().replace('Nobody', 'No\u0000body') })],
  ['a bundle of no objects', 'bundle-invalid', () => ({ body: '{"objects":[]}' })],
  [
    'a delivery of a kind that nobody knows',
    'bundle-invalid',
    () => ({ body: '{"gongjo":{"kind":"__proto__"},"objects":[]}' }),
  ],
  [
    'a letter about a key that nobody vouches for',
    'key-chain-broken',
    () => ({ body: '{"gongjo":{"byNew":"a.b.c","byOld":"a.b.c","kind":"key"},"objects":[]}' }),
  ],
  ['another media type', 'media-type-unsupported', () => ({ headers: { 'content-type': 'text/html' } })],
];

describe('hostile requests', () => {
  for (const [name, code, sending] of table)
    test(`${name}: ${code}`, async () => {
      const { code: said } = await send(await sending());
      assert.equal(said, code);
      assert.equal(await held(), 0);
      assert.equal((await send()).status, 202, 'the desk answers as before');
    });

  test('a revoked key: key-revoked', async () => {
    const asked = { desk: 'alpha', kid: alpha.keyId, reason: 'stolen', by: 'operator' };
    await desk.context.records.transaction((tx) => revokePartnerKey(tx, desk.context, asked));
    const { status, code } = await send();
    assert.deepEqual([status, code], [401, 'key-revoked']);
    assert.equal((await send({ token: await token(nobody, {}, { kid: alpha.keyId }) })).code, 'partner-token-invalid');
    assert.equal(await held(), 0);
  });

  test('a token a second time: partner-token-invalid', async () => {
    const used = await token();
    assert.equal((await send({ token: used })).status, 202);
    assert.equal((await send({ token: used })).code, 'partner-token-invalid');
    assert.equal(await held(), 1);
  });

  test('a bundle a second time: the same receipt, and nothing twice', async () => {
    const body = bundle();
    const signature = await seal(body);
    const first = await send({ body, signature });
    const second = await send({ body, signature });
    assert.deepEqual([second.status, second.json.gongjo_receipt], [202, first.json.gongjo_receipt]);
    assert.equal(await held(), 1);
  });

  test('headers without end: headers-too-large', async () => {
    const said = await raw(`GET ${outbox} HTTP/1.1\r\nhost: seoul\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`);
    assert.match(said, /^HTTP\/1\.1 431 [\s\S]*headers-too-large/);
  });

  test('a body that never comes: request-too-slow', async () => {
    const head = [
      `POST ${inbox} HTTP/1.1`,
      'host: seoul',
      `content-type: ${taxiiType}`,
      `authorization: Bearer ${await token()}`,
      'gongjo-signature: x',
      'content-length: 1000',
    ];
    const said = await raw(`${head.join('\r\n')}\r\n\r\n{`);
    assert.match(said, /^HTTP\/1\.1 408 [\s\S]*request-too-slow/);
  });

  test('what is no HTTP: input-invalid', async () => {
    assert.match(await raw('\u0016\u0003\u0001 hello\r\n\r\n'), /^HTTP\/1\.1 400 [\s\S]*input-invalid/);
  });
});

describe('a partner’s quota', () => {
  const asBeta = async () => {
    const body = bundle();
    return { body, token: await token(beta, { iss: 'beta' }), signature: await seal(body, beta, { iss: 'beta' }) };
  };
  for (const [quota, fits] of [
    [{ deliveriesPerHour: 2 }, 2],
    [{ objectsPerHour: 2 }, 2],
    [{ bytesPerHour: 400 }, 2],
    [{ requestsPerHour: 3 }, 3],
  ] as const)
    test(`${JSON.stringify(quota)}: ${fits} bundles, then 429 until the hour is over, for it alone`, async () => {
      quotas(quota);
      await face();
      desk.clock.at += 1_800_000;
      for (let i = 0; i < fits; i += 1) assert.equal((await send()).status, 202);
      const { status, code, retryAfter } = await send();
      assert.deepEqual([status, code, retryAfter], [429, 'quota-exceeded', '1800']);
      assert.equal((await send(await asBeta())).status, 202, 'others do not notice');
      // A desk that starts again has not forgotten it.
      await face();
      assert.equal((await send()).code, 'quota-exceeded');
      const told = await desk.context.records.query(
        `select 1 from audit_entries where action = 'partner.quota-exceeded'`,
      );
      assert.equal(told.length, 1, 'on record once');
      desk.clock.at += 1_800_000;
      assert.equal((await send()).status, 202);
    });

  test('of bytes in one body holds also where the request does not say how many come', async () => {
    quotas({ bodyBytes: 1024 });
    await face();
    const long = 'x'.repeat(5000);
    assert.equal((await send({ body: long, signature: 'x' })).code, 'body-too-large');
    const head = [
      ...[`POST ${inbox} HTTP/1.1`, 'host: seoul', `content-type: ${taxiiType}`, 'connection: close'],
      ...[`authorization: Bearer ${await token()}`, 'gongjo-signature: x', 'transfer-encoding: chunked'],
    ];
    const said = await raw(`${head.join('\r\n')}\r\n\r\n`, `1388\r\n${long}\r\n0\r\n\r\n`);
    assert.match(said, /body-too-large/);
  });

  test('of requests at once: the rest is asked to come again in a second', async () => {
    quotas({ concurrent: 1 });
    await face();
    const slow = raw(
      [
        ...[`POST ${inbox} HTTP/1.1`, 'host: seoul', `content-type: ${taxiiType}`, 'content-length: 10'],
        ...[`authorization: Bearer ${await token()}`, 'gongjo-signature: x', '', ''],
      ].join('\r\n'),
    );
    await new Promise((resolve) => setTimeout(resolve, slowMs / 4));
    const { code, retryAfter } = await send();
    assert.deepEqual([code, retryAfter], ['quota-exceeded', '1']);
    await slow;
    assert.equal((await send()).status, 202);
  });
});
