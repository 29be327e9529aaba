import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Me } from '@gongjo/contract';
import fastify, { type FastifyInstance } from 'fastify';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createOidc } from '../people/index.ts';
import { sha256Hex } from '../platform/index.ts';
import { type Answer, codeOf, cookieOf, openPeopleDesk, type PeopleDesk } from './people-desk.fixture.ts';

/** What the provider does wrong, where a test asks for it. */
interface Faults {
  nonce?: string;
  audience?: string;
  issuer?: string;
  foreignKey?: boolean;
  tokenEndpoint?: string;
}

/** A provider on this machine: it signs whom it is told to, and checks what a provider checks. */
async function startProvider() {
  const [own, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const jwk = await exportJWK(own.publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const codes = new Map<string, { challenge: string; nonce: string; redirect: string }>();
  const state = { subject: 'kim@police.example', faults: {} as Faults, asked: [] as string[] };
  const app: FastifyInstance = fastify();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addHook('onRequest', async ({ url }) => void state.asked.push(url.split('?')[0] ?? ''));
  let issuer = '';
  app.get('/.well-known/openid-configuration', async () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: state.faults.tokenEndpoint ?? `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  }));
  app.get('/keys', async () => ({ keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] }));
  app.post('/token', async (request, reply) => {
    const { code = '', code_verifier = '', client_secret, redirect_uri } = request.body as Record<string, string>;
    const known = codes.get(code);
    codes.delete(code);
    const challenge = Buffer.from(sha256Hex(code_verifier), 'hex').toString('base64url');
    if (!known || known.challenge !== challenge || known.redirect !== redirect_uri || client_secret !== 'open sesame')
      return reply.status(400).send({ error: 'invalid_grant' });
    const { faults } = state;
    const idToken = await new SignJWT({ nonce: faults.nonce ?? known.nonce })
      .setProtectedHeader({ alg: 'RS256', kid })
      .setIssuer(faults.issuer ?? issuer)
      .setAudience(faults.audience ?? 'gongjo')
      .setSubject(state.subject)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(faults.foreignKey ? foreign.privateKey : own.privateKey);
    return { access_token: 'x', token_type: 'Bearer', id_token: idToken };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  issuer = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    issuer,
    state,
    /** What a person does there: answers where the browser is sent back to. */
    agree: (authorizeUrl: string) => {
      const { searchParams } = new URL(authorizeUrl);
      const of = (name: string) => searchParams.get(name) ?? '';
      assert.equal(of('code_challenge_method'), 'S256');
      const code = `code-${codes.size}-${Math.random()}`;
      codes.set(code, { challenge: of('code_challenge'), nonce: of('nonce'), redirect: of('redirect_uri') });
      const back = new URL(of('redirect_uri'));
      back.search = new URLSearchParams({ code, state: of('state') }).toString();
      return back;
    },
    close: () => app.close(),
  };
}

describe('the agency’s own sign-in (OpenID Connect Core 1.0, section 3.1)', () => {
  let provider: Awaited<ReturnType<typeof startProvider>>;
  let house: PeopleDesk;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-oidc-'));
  before(async () => {
    provider = await startProvider();
    const clientSecretFile = path.join(folder, 'secret');
    writeFileSync(clientSecretFile, 'open sesame\n');
    house = await openPeopleDesk({
      people: { oidc: { issuer: provider.issuer, clientId: 'gongjo', clientSecretFile } },
    });
    await house.operate('POST', '/api/people', {
      ...{ name: 'Kim', roles: ['auditor'], subject: 'kim@police.example' },
    });
  });
  after(async () => {
    await house.close();
    await provider.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async () => {
    const answer = await house.call('GET', '/api/oidc/start');
    assert.equal(answer.statusCode, 303, answer.body);
    return { to: String(answer.headers.location), cookie: cookieOf(answer), answer };
  };
  const back = (url: URL, cookie: string) =>
    house.call('GET', `${url.pathname}${url.search}`, {
      headers: { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    });
  const sessionOf = (answer: Answer) => answer.cookies.find(({ name }) => name === 'gongjo_seoul')?.value;
  async function flow(faults: Faults = {}) {
    provider.state.faults = faults;
    const { to, cookie } = await start();
    return back(provider.agree(to), cookie);
  }

  test('signs in whoever has an account with that subject, with the roles of the account', async () => {
    assert.deepEqual((await house.call('GET', '/api/sign-in')).json(), { passkeys: 'available', oidc: true });
    const answer = await flow();
    assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/']);
    const session = answer.cookies.find(({ name }) => name === 'gongjo_seoul');
    assert.deepEqual([session?.httpOnly, session?.sameSite, session?.secure], [true, 'Strict', true]);
    const me = await house.call('GET', '/api/me', { headers: { cookie: `gongjo_seoul=${session?.value}` } });
    const { name, roles } = me.json<Me>();
    assert.deepEqual([name, roles], ['Kim', ['auditor']]);
  });

  test('sends nobody but to the issuer, whatever the request says', async () => {
    const answer = await house.call('GET', '/api/oidc/start?redirect_uri=https://evil.example&to=//evil.example');
    const to = new URL(String(answer.headers.location));
    assert.equal(to.origin, provider.issuer);
    assert.equal(to.searchParams.get('redirect_uri'), 'https://desk.example/api/oidc/callback');
  });

  test('nobody gets in who has no account, or a disabled one', async () => {
    provider.state.subject = 'stranger@example';
    const answer = await flow();
    assert.deepEqual([answer.statusCode, codeOf(answer)], [403, 'oidc-no-account']);
    assert.equal(sessionOf(answer), undefined);
    provider.state.subject = 'kim@police.example';
    await house.operate('PATCH', '/api/people/Kim', { state: 'disabled' });
    assert.equal(codeOf(await flow()), 'oidc-no-account');
    await house.operate('PATCH', '/api/people/Kim', { state: 'active' });
  });

  for (const [name, faults] of [
    ['another nonce', { nonce: 'other' }],
    ['another audience', { audience: 'somebody' }],
    ['another issuer', { issuer: 'https://evil.example' }],
    ['another key', { foreignKey: true }],
  ] as const)
    test(`an ID token with ${name} signs nobody in`, async () => {
      const answer = await flow(faults);
      assert.deepEqual([answer.statusCode, codeOf(answer)], [502, 'oidc-failed']);
      assert.equal(sessionOf(answer), undefined);
    });

  test('an answer is taken once, from the browser that asked, and with its state', async () => {
    provider.state.faults = {};
    const first = await start();
    const other = await start();
    const answered = provider.agree(first.to);
    assert.equal(codeOf(await back(answered, '')), 'sign-in-link-invalid');
    // Somebody else's answer in this browser: the state is another one.
    assert.equal(codeOf(await back(answered, other.cookie)), 'oidc-failed');
    assert.equal((await back(provider.agree(first.to), first.cookie)).statusCode, 303);
    assert.equal(codeOf(await back(provider.agree(first.to), first.cookie)), 'sign-in-link-invalid');
  });

  test('no host is called that the operator did not name', async () => {
    const called: string[] = [];
    const evil = fastify();
    evil.addHook('onRequest', async ({ url }) => void called.push(url));
    await evil.listen({ host: '127.0.0.1', port: 0 });
    try {
      const { port } = evil.server.address() as AddressInfo;
      provider.state.faults = { tokenEndpoint: `http://127.0.0.1:${port}/token` };
      const settings = { issuer: provider.issuer, clientId: 'gongjo', claim: 'sub' };
      const oidc = createOidc(settings, 'https://desk.example');
      const { url, flow: kept } = await oidc.begin();
      await assert.rejects(oidc.finish(provider.agree(url), kept), { code: 'oidc-failed' });
      assert.deepEqual(called, []);
    } finally {
      await evil.close();
    }
  });
});
