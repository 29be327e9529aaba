import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Passkey, Person, PersonLink } from '@gongjo/contract';
import { type Authenticator, makeAuthenticator, type Place } from './authenticator.fixture.ts';
import { type Answer, codeOf, cookieOf, openPeopleDesk, type PeopleDesk, startMs } from './people-desk.fixture.ts';

/** Registering and signing in with a passkey (Web Authentication Level 3, sections 7.1 and 7.2), over HTTP. */
const here: Place = { origin: 'https://desk.example', rpId: 'desk.example' };
let house: PeopleDesk;
let count = 0;
before(async () => {
  house = await openPeopleDesk();
});
after(() => house.close());

type Options = { challenge: string };
const refused = (answer: Answer, status: number, code: string) =>
  assert.deepEqual([answer.statusCode, codeOf(answer)], [status, code], answer.body);

async function person(): Promise<{ name: string; token: string }> {
  count += 1;
  const name = `Person ${count}`;
  const made = await house.operate('POST', '/api/people', { name, roles: ['analyst'] });
  return { name, token: new URL(made.json<PersonLink>().enrolUrl).hash.slice(1) };
}
const registering = async (token: string) =>
  (await house.call('POST', '/api/passkeys/enrolment/options', { body: { token } })).json<{ options: Options }>()
    .options;
const register = (token: string, response: object) =>
  house.call('POST', '/api/passkeys/enrolment', { body: { token, response, name: 'Key' } });
const asking = async () => (await house.call('POST', '/api/passkeys/sign-in/options', { body: {} })).json<Options>();
const present = (response: object) => house.call('POST', '/api/passkeys/sign-in', { body: { response } });
const signIn = async (key: Authenticator, at = here) => present(key.signIn(await asking(), at));

/** Somebody with a passkey, and the session in which it was registered. */
async function enrolled() {
  const { name, token } = await person();
  const key = makeAuthenticator();
  const answer = await register(token, key.register(await registering(token), here));
  assert.equal(answer.statusCode, 204, answer.body);
  return { name, key, headers: { cookie: cookieOf(answer) } };
}

describe('7.1 registering', () => {
  test('a link registers one passkey and signs in; then it is used up', async () => {
    const { name, token } = await person();
    const key = makeAuthenticator();
    const answer = await register(token, key.register(await registering(token), here));
    assert.equal(answer.statusCode, 204, answer.body);
    const me = await house.call('GET', '/api/me', { headers: { cookie: cookieOf(answer) } });
    assert.equal(me.json<{ name: string }>().name, name);
    const again = await house.call('POST', '/api/passkeys/enrolment/options', { body: { token } });
    refused(again, 401, 'sign-in-link-invalid');
  });

  for (const [name, at] of [
    ['of another origin', { ...here, origin: 'https://evil.example' }],
    ['for another host', { ...here, rpId: 'evil.example' }],
    ['whose user was not verified', { ...here, userVerified: false }],
  ] as const)
    test(`a passkey ${name} is not taken, and the link stays good`, async () => {
      const { token } = await person();
      const key = makeAuthenticator();
      refused(await register(token, key.register(await registering(token), at)), 401, 'passkey-invalid');
      assert.equal((await register(token, key.register(await registering(token), here))).statusCode, 204);
    });

  test('a challenge is good once, for the account that it was made for, and for ten minutes', async () => {
    const [one, other] = [await person(), await person()];
    const options = await registering(one.token);
    refused(await register(other.token, makeAuthenticator().register(options, here)), 401, 'passkey-invalid');
    refused(await register(one.token, makeAuthenticator().register(options, here)), 401, 'passkey-invalid');
    const late = await registering(one.token);
    house.clock.at += 10 * 60_000;
    refused(await register(one.token, makeAuthenticator().register(late, here)), 401, 'passkey-invalid');
    house.clock.at = startMs;
    // One made for signing in registers nothing.
    refused(await register(one.token, makeAuthenticator().register(await asking(), here)), 401, 'passkey-invalid');
  });

  test('a passkey that somebody has is registered for nobody else', async () => {
    const { key } = await enrolled();
    const { token } = await person();
    refused(await register(token, key.register(await registering(token), here)), 401, 'passkey-invalid');
  });

  test('a link lives for an hour, and a new one takes its place', async () => {
    const { name, token } = await person();
    const made = await house.operate('POST', `/api/people/${encodeURIComponent(name)}/links`);
    const next = new URL(made.json<PersonLink>().enrolUrl).hash.slice(1);
    const options = (link: string) => house.call('POST', '/api/passkeys/enrolment/options', { body: { token: link } });
    refused(await options(token), 401, 'sign-in-link-invalid');
    assert.equal((await options(next)).statusCode, 200);
    house.clock.at += 3_600_000;
    refused(await options(next), 401, 'sign-in-link-invalid');
    house.clock.at = startMs;
  });
});

describe('7.2 signing in', () => {
  test('a passkey signs in its person, with a session of its own', async () => {
    const { name, key, headers } = await enrolled();
    const answer = await signIn(key);
    assert.equal(answer.statusCode, 204, answer.body);
    assert.notEqual(cookieOf(answer), headers.cookie);
    const me = await house.call('GET', '/api/me', { headers: { cookie: cookieOf(answer) } });
    assert.equal(me.json<{ name: string }>().name, name);
  });

  test('what it is asked to sign names nobody', async () => {
    const answer = await house.call('POST', '/api/passkeys/sign-in/options', { body: {} });
    const { allowCredentials, userVerification } = answer.json<Record<string, unknown>>();
    assert.deepEqual([allowCredentials ?? [], userVerification], [[], 'required']);
  });

  for (const [name, at] of [
    ['at another origin', { ...here, origin: 'https://evil.example' }],
    ['for another host', { ...here, rpId: 'evil.example' }],
    ['of a user who was not verified', { ...here, userVerified: false }],
  ] as const)
    test(`a signature ${name} signs nobody in`, async () => {
      const { key } = await enrolled();
      refused(await signIn(key, at), 401, 'passkey-invalid');
      assert.equal((await signIn(key)).statusCode, 204);
    });

  test('an answer is taken once, and only to a challenge of ours', async () => {
    const { key } = await enrolled();
    const response = key.signIn(await asking(), here);
    assert.equal((await present(response)).statusCode, 204);
    refused(await present(response), 401, 'passkey-invalid');
    const own = Buffer.from('a challenge that nobody made').toString('base64url');
    refused(await present(key.signIn({ challenge: own }, here)), 401, 'passkey-invalid');
    refused(await signIn(makeAuthenticator()), 401, 'passkey-invalid');
  });

  test('21: a counter that goes backwards is told, and the passkey opens nothing any more', async () => {
    const { name, key, headers } = await enrolled();
    assert.equal((await signIn(key)).statusCode, 204);
    assert.equal((await signIn(key)).statusCode, 204);
    key.counter = 0;
    refused(await signIn(key), 401, 'passkey-copied');
    key.counter = 100;
    refused(await signIn(key), 401, 'passkey-copied');
    const { passkeys } = (await house.call('GET', '/api/account/passkeys', { headers })).json<{
      passkeys: Passkey[];
    }>();
    assert.ok(passkeys[0]?.suspectedAt);
    const { entries } = (await house.operate('GET', '/api/audit/entries?action=passkey.suspected')).json<{
      entries: { subject: string }[];
    }>();
    assert.equal(entries[0]?.subject, name);
  });

  test('21: whoever only knows its identifier brings no passkey under suspicion', async () => {
    const { key } = await enrolled();
    assert.equal((await signIn(key)).statusCode, 204);
    const forger = makeAuthenticator();
    forger.counter = -1;
    const forged = { ...forger.signIn(await asking(), here), id: key.id, rawId: key.id };
    refused(await present(forged), 401, 'passkey-invalid');
    assert.equal((await signIn(key)).statusCode, 204);
  });

  test('a disabled account is signed in by nothing', async () => {
    const { name, key } = await enrolled();
    await house.operate('PATCH', `/api/people/${encodeURIComponent(name)}`, { state: 'disabled' });
    refused(await signIn(key), 401, 'passkey-invalid');
  });
});

describe('one’s own passkeys', () => {
  const list = async (headers: Record<string, string>) =>
    (await house.call('GET', '/api/account/passkeys', { headers })).json<{ passkeys: Passkey[] }>().passkeys;

  test('are several, named, and removed but for the last', async () => {
    const { key, headers } = await enrolled();
    const second = makeAuthenticator();
    const asked = await house.call('POST', '/api/account/passkeys/options', { headers, body: {} });
    const response = second.register(asked.json<{ options: Options }>().options, here);
    const added = await house.call('POST', '/api/account/passkeys', {
      headers,
      body: { response, name: 'In the safe' },
    });
    assert.equal(added.statusCode, 201, added.body);
    assert.deepEqual((await list(headers)).map(({ name }) => name).sort(), ['In the safe', 'Key']);
    assert.equal((await house.call('DELETE', `/api/account/passkeys/${key.id}`, { headers })).statusCode, 200);
    refused(await signIn(key), 401, 'passkey-invalid');
    assert.equal((await signIn(second)).statusCode, 204);
    refused(await house.call('DELETE', `/api/account/passkeys/${second.id}`, { headers }), 409, 'passkey-last');
  });

  test('of others are not found by their identifiers', async () => {
    const [alice, bob] = [await enrolled(), await enrolled()];
    const at = `/api/account/passkeys/${alice.key.id}`;
    refused(await house.call('DELETE', at, { headers: bob.headers }), 404, 'not-found');
    assert.equal((await signIn(alice.key)).statusCode, 204);
  });

  test('stay when a new link is made for whoever lost one', async () => {
    const { name, key } = await enrolled();
    const made = await house.operate('POST', `/api/people/${encodeURIComponent(name)}/links`);
    const token = new URL(made.json<PersonLink>().enrolUrl).hash.slice(1);
    const other = makeAuthenticator();
    assert.equal((await register(token, other.register(await registering(token), here))).statusCode, 204);
    assert.equal((await signIn(key)).statusCode, 204);
    const { passkeys } = (await house.operate('GET', `/api/people/${encodeURIComponent(name)}`)).json<Person>();
    assert.equal(passkeys, 2);
  });
});
