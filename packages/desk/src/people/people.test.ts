import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { systemRandom } from '../platform/index.ts';
import { type Account, demandChangeAllowed, demandFreeName } from './account.ts';
import { challengeLifeMs, createChallenges } from './challenges.ts';
import { passkeyState } from './passkey.ts';
import { browserName } from './session.store.ts';

const account = (id: string, part: Partial<Account> = {}): Account => ({
  ...{ id, name: id, roles: ['administrator'], clearance: 'amber', subject: null, state: 'active' },
  ...part,
});
const operator = { name: 'operator', account: null };

describe('who may change whom', () => {
  test('nobody the own account, in anything', () => {
    const asker = { name: 'a', account: 'a' };
    for (const change of [{ clearance: 'red' as const }, { state: 'disabled' as const }])
      assert.throws(() => demandChangeAllowed(asker, account('a'), change, [account('b')]), {
        code: 'person-own-rights',
      });
    demandChangeAllowed(asker, account('b'), { clearance: 'red' }, []);
  });

  test('an administrator stays while no other active one is there', () => {
    const others = [account('b', { state: 'disabled' }), account('c', { roles: ['analyst'] })];
    for (const change of [{ state: 'disabled' as const }, { roles: ['analyst' as const] }])
      assert.throws(() => demandChangeAllowed(operator, account('a'), change, others), { code: 'administrator-last' });
    demandChangeAllowed(operator, account('a'), { roles: ['administrator', 'auditor'] }, others);
    demandChangeAllowed(operator, account('a'), { state: 'disabled' }, [...others, account('d')]);
  });

  test('names that mean something else in the record are nobody’s', () => {
    for (const name of ['operator', 'Desk', 'FILE'])
      assert.throws(() => demandFreeName(name), { code: 'person-name-taken' });
    demandFreeName('Operator of the night');
  });
});

describe('challenges', () => {
  const clock = { at: 0, now: () => clock.at, sleep: async () => undefined };

  test('are taken once, in their time, and known to nobody else', () => {
    const challenges = createChallenges<string>({ clock, random: systemRandom });
    const [one, late] = [challenges.make('one'), challenges.make('late')];
    assert.deepEqual([challenges.take(one), challenges.take(one), challenges.take('x')], ['one', null, null]);
    clock.at += challengeLifeMs;
    assert.equal(challenges.take(late), null);
  });

  test('are bounded in number: the oldest give way', () => {
    const challenges = createChallenges<number>({ clock, random: systemRandom });
    const made = Array.from({ length: 10_001 }, (_, at) => challenges.make(at));
    assert.equal(challenges.take(made[0] ?? ''), null);
    assert.equal(challenges.take(made.at(-1) ?? ''), 10_000);
  });
});

test('browsers keep passkeys for names reached by https, and for localhost', () => {
  for (const [url, state] of [
    ['https://desk.example', 'available'],
    ['http://localhost:4500', 'available'],
    ['http://desk.example', 'insecure'],
    ['http://127.0.0.1:4500', 'address'],
    ['https://10.0.0.5', 'address'],
    ['https://[::1]:4500', 'address'],
  ] as const)
    assert.equal(passkeyState(url), state, url);
});

test('a browser’s long name for itself is told shortly', () => {
  const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
  assert.equal(browserName(firefox), 'Firefox 140, Windows NT 10.0');
  assert.equal(browserName(undefined), '');
  assert.ok(browserName(`x\u001b[31m${'y'.repeat(5000)}`).length <= 120);
  assert.doesNotMatch(browserName('\u001b[31mred'), /\p{C}/u);
});
