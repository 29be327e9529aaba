import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { ApiToken, Me, Person, PersonLink, SessionView } from '@gongjo/contract';
import { type Answer, codeOf, cookieOf, openPeopleDesk, type PeopleDesk, startMs } from './people-desk.fixture.ts';

let house: PeopleDesk;
let count = 0;
/** Nobody is called like anybody before: a name is never given twice. */
const unheardOf = (word: string) => {
  count += 1;
  return `${word} ${count}`;
};
before(async () => {
  house = await openPeopleDesk();
});
beforeEach(() => {
  house.clock.at = startMs;
});
after(() => house.close());

const refused = (answer: Answer, status: number, code: string) =>
  assert.deepEqual([answer.statusCode, codeOf(answer)], [status, code], answer.body);
const as = (headers: Record<string, string>, body?: unknown) => ({ headers, ...(body === undefined ? {} : { body }) });
const me = async (headers: Record<string, string>) => house.call('GET', '/api/me', as(headers));
const audited = async (action: string) =>
  (await house.operate('GET', `/api/audit/entries?action=${action}&limit=1`)).json<{
    entries: { actor: string; subject: string; details: Record<string, unknown> }[];
  }>().entries[0];

async function added(roles: readonly string[], name = unheardOf('Person'), rest: object = {}): Promise<Person> {
  const answer = await house.operate('POST', '/api/people', { name, roles, ...rest });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json<PersonLink>().person;
}

describe('accounts', () => {
  test('are made with a link that stands in the fragment and in no table', async () => {
    const name = unheardOf('Kim Min-su');
    const answer = await house.operate('POST', '/api/people', { name, roles: ['auditor', 'analyst'] });
    const { person, enrolUrl } = answer.json<PersonLink>();
    assert.deepEqual(
      [person.name, person.roles, person.clearance, person.state, person.passkeys],
      [name, ['analyst', 'auditor'], 'amber', 'active', 0],
    );
    assert.match(enrolUrl, /^https:\/\/desk\.example\/enrol#[\w-]{43}$/);
    const [, token = ''] = enrolUrl.split('#');
    const rows = await house.desk.http.records.query<{ row: string }>(
      'select row_to_json(l)::text as row from sign_in_links l union all select row_to_json(a)::text from audit_entries a',
    );
    assert.ok(rows.length > 1 && !rows.some(({ row }) => row.includes(token)));
    assert.equal((await audited('person.added'))?.subject, name);
    // It registers a passkey; it signs nobody in.
    refused(await house.call('POST', '/api/session', { body: { token } }), 401, 'sign-in-link-invalid');
  });

  test('need a role, a name of their own, and one line of visible characters', async () => {
    const name = unheardOf('Lee');
    await added(['analyst'], name);
    for (const [body, status, code] of [
      [{ name, roles: ['analyst'] }, 409, 'person-name-taken'],
      [{ name: ` ${name} `, roles: ['analyst'] }, 409, 'person-name-taken'],
      [{ name: 'Operator', roles: ['analyst'] }, 409, 'person-name-taken'],
      [{ name: 'reporter:exchange', roles: ['analyst'] }, 400, 'input-invalid'],
      [{ name: 'a\u202eb', roles: ['analyst'] }, 400, 'input-invalid'],
      [{ name: unheardOf('x'), roles: [] }, 400, 'input-invalid'],
      [{ name: unheardOf('x'), roles: ['chief'] }, 400, 'input-invalid'],
    ] as const)
      refused(await house.operate('POST', '/api/people', body), status, code);
  });

  test('a change of roles holds for the next request of a session that stands', async () => {
    const name = unheardOf('Park');
    const session = await house.signIn(name, ['analyst']);
    refused(await house.call('GET', '/api/people', as(session)), 403, 'right-missing');
    await house.operate('PATCH', `/api/people/${encodeURIComponent(name)}`, { roles: ['auditor'] });
    assert.equal((await house.call('GET', '/api/people', as(session))).statusCode, 200);
    refused(await house.call('GET', '/api/incidents', as(session)), 404, 'not-found');
    assert.deepEqual((await audited('person.changed'))?.details.after, { roles: ['auditor'], clearance: 'amber' });
  });

  test('nobody changes the own, and somebody is left to give rights', async () => {
    const [one, other] = [unheardOf('Admin'), unheardOf('Admin')];
    const [first, second] = [await house.signIn(one, ['administrator']), await house.signIn(other, ['administrator'])];
    const at = (name: string) => `/api/people/${encodeURIComponent(name)}`;
    for (const change of [{ roles: ['analyst'] }, { clearance: 'red' }, { state: 'disabled' }])
      refused(await house.call('PATCH', at(one), as(first, change)), 403, 'person-own-rights');
    // All others that there are by now go, until one is left.
    const { people } = (await house.operate('GET', '/api/people')).json<{ people: Person[] }>();
    for (const { name, roles, state } of people)
      if (roles.includes('administrator') && state === 'active' && ![one, other].includes(name))
        await house.operate('PATCH', at(name), { state: 'disabled' });
    assert.equal((await house.call('PATCH', at(other), as(first, { roles: ['auditor'] }))).statusCode, 200);
    assert.equal((await me(second)).json<Me>().roles.join(), 'auditor');
    refused(await house.operate('PATCH', at(one), { state: 'disabled' }), 409, 'administrator-last');
    refused(await house.operate('PATCH', at(one), { roles: ['analyst'] }), 409, 'administrator-last');
  });

  test('a disabled one has no session, no link and no token left', async () => {
    const name = unheardOf('Choi');
    const session = await house.signIn(name, ['analyst']);
    const made = await house.call('POST', '/api/account/tokens', as(session, { name: 'x', rights: ['alert:read'] }));
    const bearer = { authorization: `Bearer ${made.json<{ secret: string }>().secret}` };
    assert.equal((await house.call('GET', '/api/alerts', as(bearer))).statusCode, 200);
    const link = await house.operate('POST', '/api/sign-in-links', { name });
    const at = `/api/people/${encodeURIComponent(name)}`;
    await house.operate('PATCH', at, { state: 'disabled' });
    refused(await me(session), 401, 'not-signed-in');
    refused(await house.call('GET', '/api/alerts', as(bearer)), 401, 'token-invalid');
    const token = new URL(link.json<{ signInUrl: string }>().signInUrl).hash.slice(1);
    refused(await house.call('POST', '/api/session', { body: { token } }), 401, 'sign-in-link-invalid');
    refused(await house.operate('POST', '/api/sign-in-links', { name }), 409, 'person-disabled');
    await house.operate('PATCH', at, { state: 'active' });
    refused(await me(session), 401, 'not-signed-in');
    refused(await house.call('GET', '/api/alerts', as(bearer)), 401, 'token-invalid');
  });

  test('a link of the operator signs in whoever has that name, with the roles that are there', async () => {
    const { name } = await added(['auditor'], unheardOf('Jung'), { clearance: 'green' });
    const { roles, clearance } = (await me(await house.signIn(name, ['administrator'], 'red'))).json<Me>();
    assert.deepEqual([roles, clearance], [['auditor'], 'green']);
  });
});

describe('sessions', () => {
  test('end when nobody uses them, and listening is no use', async () => {
    const session = await house.signIn(unheardOf('Yoon'), ['analyst']);
    for (let hour = 0; hour < 3; hour += 1) {
      house.clock.at += 59 * 60_000;
      assert.equal((await me(session)).statusCode, 200);
    }
    house.clock.at += 59 * 60_000;
    await house.network
      .inject({
        ...{ method: 'GET', url: '/api/events', headers: { host: 'desk.example', ...session } },
        signal: AbortSignal.timeout(100),
      })
      .catch(() => undefined);
    house.clock.at += 60_000;
    refused(await me(session), 401, 'not-signed-in');
  });

  test('are counted while they are open', async () => {
    const name = unheardOf('Bae');
    const counted = async () => {
      const { people } = (await house.operate('GET', '/api/people')).json<{ people: Person[] }>();
      const one = (await house.operate('GET', `/api/people/${encodeURIComponent(name)}`)).json<Person>();
      assert.deepEqual(
        people.find((it) => it.name === name),
        one,
      );
      return one.sessions;
    };
    await house.signIn(name, ['analyst']);
    house.clock.at += 40 * 60_000;
    await house.signIn(name, ['analyst']);
    assert.equal(await counted(), 2);
    // The first was not used for an hour, and is over; the second is not.
    house.clock.at += 40 * 60_000;
    assert.equal(await counted(), 1);
  });

  test('are new at each sign-in: a token that somebody planted stays worth nothing', async () => {
    const planted = `gongjo_seoul=${'A'.repeat(43)}`;
    const link = await house.operate('POST', '/api/sign-in-links', { name: unheardOf('Han'), roles: ['analyst'] });
    const token = new URL(link.json<{ signInUrl: string }>().signInUrl).hash.slice(1);
    const answer = await house.call('POST', '/api/session', as({ cookie: planted }, { token }));
    assert.notEqual(cookieOf(answer), planted);
    assert.equal((await me({ cookie: cookieOf(answer) })).statusCode, 200);
    refused(await me({ cookie: planted }), 401, 'not-signed-in');
    // Signing in once more leaves the old token to nobody but its holder, and makes another.
    const again = await house.signIn(unheardOf('Han'), ['analyst']);
    assert.notEqual(again.cookie, cookieOf(answer));
  });

  test('are listed to their person with browser and times, and end one by one or all', async () => {
    const name = unheardOf('Lim');
    const [mine, other, third] = [
      await house.signIn(name, ['analyst']),
      await house.signIn(name, ['analyst']),
      await house.signIn(name, ['analyst']),
    ];
    const list = async () =>
      (await house.call('GET', '/api/account/sessions', as(mine))).json<{ sessions: SessionView[] }>().sessions;
    const all = await list();
    assert.equal(all.length, 3);
    assert.equal(all.filter(({ current }) => current).length, 1);
    assert.ok(all.every(({ way, browser }) => way === 'link' && browser !== ''));
    const [one] = all.filter(({ current }) => !current);
    await house.call('DELETE', `/api/account/sessions/${one?.id}`, as(mine));
    assert.equal((await list()).length, 2);
    await house.call('DELETE', '/api/account/sessions', as(mine));
    assert.deepEqual(
      (await list()).map(({ current }) => current),
      [true],
    );
    refused(await me(other), 401, 'not-signed-in');
    refused(await me(third), 401, 'not-signed-in');
  });

  test('of others are not found by their identifiers, whatever the role', async () => {
    const [alice, bob] = [
      await house.signIn(unheardOf('A'), ['analyst']),
      await house.signIn(unheardOf('B'), ['administrator']),
    ];
    const { sessions } = (await house.call('GET', '/api/account/sessions', as(alice))).json<{
      sessions: SessionView[];
    }>();
    refused(await house.call('DELETE', `/api/account/sessions/${sessions[0]?.id}`, as(bob)), 404, 'not-found');
    assert.equal((await me(alice)).statusCode, 200);
  });

  test('are seen and ended by administrators', async () => {
    const name = unheardOf('Seo');
    const theirs = await house.signIn(name, ['analyst']);
    const admin = await house.signIn(unheardOf('Admin'), ['administrator']);
    const at = `/api/people/${encodeURIComponent(name)}/sessions`;
    const { sessions } = (await house.call('GET', at, as(admin))).json<{ sessions: SessionView[] }>();
    assert.equal(sessions.length, 1);
    // A session of one person is not found below the name of another.
    const wrong = `/api/people/${encodeURIComponent('당직자 (duty officer)')}/sessions/${sessions[0]?.id}`;
    await house.operate('POST', '/api/sign-in-links', {});
    refused(await house.call('DELETE', wrong, as(admin)), 404, 'not-found');
    await house.call('DELETE', `${at}/${sessions[0]?.id}`, as(admin));
    refused(await me(theirs), 401, 'not-signed-in');
    assert.equal((await audited('session.revoked'))?.subject, name);
  });
});

describe('tokens', () => {
  type Made = ApiToken & { secret: string };
  const make = async (session: Record<string, string>, body: object) =>
    house.call('POST', '/api/account/tokens', as(session, body));
  const bearer = (made: Answer) => ({ authorization: `Bearer ${made.json<Made>().secret}` });

  test('do what they were made for, and nothing else of what their owner may', async () => {
    const session = await house.signIn(unheardOf('Token'), ['case-officer']);
    const made = await make(session, { name: 'nightly', rights: ['alert:read'] });
    assert.equal(made.statusCode, 201);
    const { secret, expiresAt } = made.json<Made>();
    assert.match(secret, /^gjt_[\w-]{43}$/);
    assert.equal(Date.parse(expiresAt) - startMs, 90 * 86_400_000);
    const headers = bearer(made);
    assert.equal((await house.call('GET', '/api/alerts', as(headers))).statusCode, 200);
    assert.deepEqual((await me(headers)).json<Me>().rights, ['alert:read']);
    refused(await house.call('POST', '/api/alerts/x/acknowledge', as(headers)), 403, 'token-right-missing');
    refused(await house.call('GET', '/api/account/tokens', as(headers)), 403, 'token-right-missing');
    refused(await house.call('POST', '/api/account/tokens', as(headers, {})), 403, 'token-right-missing');
    // Hidden is what a token may not read, too.
    refused(await house.call('GET', '/api/incidents', as(headers)), 404, 'not-found');
    const [listed] = (await house.call('GET', '/api/account/tokens', as(session))).json<{ tokens: ApiToken[] }>()
      .tokens;
    assert.ok(listed?.usedAt !== null && !('secret' in (listed ?? {})));
    const rows = await house.desk.http.records.query<{ row: string }>(
      'select row_to_json(t)::text as row from api_tokens t union all select row_to_json(a)::text from audit_entries a',
    );
    assert.ok(!rows.some(({ row }) => row.includes(secret)));
  });

  test('never do more than their owner may, now or later', async () => {
    const name = unheardOf('Token');
    const session = await house.signIn(name, ['analyst']);
    refused(await make(session, { name: 'x', rights: ['people:read'] }), 403, 'token-too-wide');
    const headers = bearer(await make(session, { name: 'x', rights: ['alert:read', 'status:read'] }));
    await house.operate('PATCH', `/api/people/${encodeURIComponent(name)}`, { roles: ['auditor'] });
    refused(await house.call('GET', '/api/alerts', as(headers)), 404, 'not-found');
    assert.equal((await house.call('GET', '/api/status', as(headers))).statusCode, 200);
  });

  test('end: by time, by hand, and never later than in a year', async () => {
    const session = await house.signIn(unheardOf('Token'), ['analyst']);
    assert.equal((await make(session, { name: 'x', rights: ['alert:read'], days: 367 })).statusCode, 400);
    const short = await make(session, { name: 'short', rights: ['alert:read'], days: 1 });
    const other = await make(session, { name: 'other', rights: ['alert:read'] });
    const at = `/api/account/tokens/${other.json<Made>().id}`;
    assert.equal((await house.call('DELETE', at, as(session))).statusCode, 200);
    refused(await house.call('GET', '/api/alerts', as(bearer(other))), 401, 'token-invalid');
    house.clock.at += 86_400_000;
    refused(await house.call('GET', '/api/alerts', as(bearer(short))), 401, 'token-invalid');
  });

  test('of others are not found by their identifiers', async () => {
    const alice = await house.signIn(unheardOf('A'), ['analyst']);
    const bob = await house.signIn(unheardOf('B'), ['analyst', 'administrator']);
    const made = await make(alice, { name: 'x', rights: ['alert:read'] });
    refused(await house.call('DELETE', `/api/account/tokens/${made.json<Made>().id}`, as(bob)), 404, 'not-found');
    assert.equal((await house.call('GET', '/api/alerts', as(bearer(made)))).statusCode, 200);
  });

  test('with a token no cookie counts, and no other site can send one', async () => {
    const admin = await house.signIn(unheardOf('Admin'), ['administrator']);
    const session = await house.signIn(unheardOf('Token'), ['analyst']);
    const headers = bearer(await make(session, { name: 'x', rights: ['alert:read'] }));
    refused(await house.call('GET', '/api/people', as({ ...headers, ...admin })), 403, 'right-missing');
    refused(
      await house.call('GET', '/api/me', as({ ...admin, authorization: `Bearer gjt_${'A'.repeat(43)}` })),
      401,
      'token-invalid',
    );
    const from = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    refused(
      await house.call('POST', '/api/alerts/x/acknowledge', as({ ...headers, ...from })),
      403,
      'token-right-missing',
    );
    refused(await house.call('POST', '/api/alerts/x/acknowledge', as({ ...session, ...from })), 403, 'request-forged');
    // What is no token of ours is looked at by nobody here, and so counts as none.
    refused(
      await house.call('POST', '/api/alerts/x/acknowledge', as({ ...session, ...from, authorization: 'Bearer x' })),
      403,
      'request-forged',
    );
  });
});

describe('redirects', () => {
  test('where no sign-in of the agency is configured there is none', async () => {
    refused(await house.call('GET', '/api/oidc/start'), 404, 'not-found');
    refused(await house.call('GET', '/api/oidc/callback?code=x&state=x'), 404, 'not-found');
  });

  test('there is none that a reader can be sent away by', async () => {
    for (const at of [
      '/',
      '/sign-in?next=https://evil.example',
      '/sign-in?to=//evil.example',
      '//evil.example/',
      '/\\evil.example',
      '/enrol?url=https://evil.example',
    ]) {
      const answer = await house.call('GET', at);
      assert.equal(answer.headers.location, undefined, at);
      assert.ok(answer.statusCode < 300 || answer.statusCode >= 400, at);
    }
  });
});
