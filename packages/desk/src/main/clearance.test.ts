import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Tlp } from '@gongjo/contract';
import { codeOf, openPeopleDesk, type PeopleDesk } from './people-desk.fixture.ts';
import { blocksOf, txid } from './round.fixture.ts';

const chain = 'eip155:31337';
const title = { en: 'Theft', ko: '탈취' };
let house: PeopleDesk;
const incidents = new Map<Tlp, string>();
let amber: { cookie: string };
let red: { cookie: string };

before(async () => {
  house = await openPeopleDesk();
  const levels = ['green', 'amber', 'amber+strict', 'red'] as const;
  await house.desk.http.ledger.append(
    blocksOf(
      chain as never,
      1,
      levels.map((_, at) => [[at + 1, at * 2 + 1, at * 2 + 2, 100n]]),
    ),
  );
  for (const [at, tlp] of levels.entries()) {
    const body = { chain, txids: [txid(at + 1)], kind: 'theft', title, tlp };
    const opened = await house.operate('POST', '/api/incidents', body);
    assert.equal(opened.statusCode, 201, opened.body);
    incidents.set(tlp, opened.json<{ id: string }>().id);
  }
  amber = await house.signIn('Amber', ['case-officer']);
  red = await house.signIn('Red', ['case-officer'], 'red');
});
after(() => house.close());

const idOf = (tlp: Tlp) => incidents.get(tlp) ?? '';
const entries = async (actor: string) =>
  (await house.operate('GET', `/api/audit/entries?action=read.restricted&actor=${actor}`)).json<{
    entries: { subject: string; details: { kind: string; marking: string } }[];
  }>().entries;

describe('clearance', () => {
  test('leaves out of a list what the reader is not cleared for', async () => {
    for (const [headers, seen] of [
      [amber, ['amber', 'green']],
      [red, ['amber', 'amber+strict', 'green', 'red']],
    ] as const) {
      const answer = await house.call('GET', '/api/incidents', { headers });
      const listed = answer.json<{ incidents: { tlp: string }[] }>().incidents;
      assert.deepEqual(listed.map(({ tlp }) => tlp).sort(), seen);
    }
  });

  test('what is marked more strictly is not found, to read or to act on', async () => {
    for (const [method, path, body] of [
      ['GET', `/api/incidents/${idOf('red')}`, undefined],
      ['GET', `/api/incidents/${idOf('amber+strict')}/reports`, undefined],
      ['POST', '/api/evidence', { incident: idOf('red') }],
      ['POST', '/api/cases', { title, incidents: [idOf('green'), idOf('red')] }],
      ['GET', `/api/holds?incident=${idOf('red')}`, undefined],
      ['GET', `/api/notices?incident=${idOf('red')}`, undefined],
    ] as const) {
      const call = { headers: amber, ...(body === undefined ? {} : { body }) };
      const answer = await house.call(method, path, call);
      assert.deepEqual([answer.statusCode, codeOf(answer)], [404, 'not-found'], path);
      const cleared = await house.call(method, path, { ...call, headers: red });
      assert.notEqual(codeOf(cleared), 'not-found', path);
    }
    assert.equal((await house.call('GET', `/api/incidents/${idOf('amber')}`, { headers: amber })).statusCode, 200);
    // Two things that one act is about: either may be too strict.
    for (const [of, other] of [
      ['red', 'green'],
      ['green', 'red'],
    ] as const) {
      const body = { other: idOf(other), decision: 'apart' };
      const path = `/api/incidents/${idOf(of)}/matches`;
      assert.equal((await house.call('POST', path, { headers: amber, body })).statusCode, 404);
      assert.equal((await entries('Amber')).length, 0);
    }
  });

  test('a change of it holds at once', async () => {
    const late = await house.signIn('Late', ['analyst'], 'green');
    const at = `/api/incidents/${idOf('amber')}`;
    assert.equal((await house.call('GET', at, { headers: late })).statusCode, 404);
    await house.operate('PATCH', '/api/people/Late', { clearance: 'amber' });
    assert.equal((await house.call('GET', at, { headers: late })).statusCode, 200);
  });

  test('an export of everything is for whoever may see everything', async () => {
    const low = await house.signIn('Low liaison', ['liaison'], 'amber+strict');
    const high = await house.signIn('High liaison', ['liaison'], 'red');
    assert.equal((await house.call('GET', '/api/stix/export', { headers: low })).statusCode, 404);
    assert.equal((await house.call('GET', '/api/stix/export', { headers: high })).statusCode, 200);
  });
});

describe('a look at restricted material', () => {
  test('is recorded once for each person, thing and day', async () => {
    const reader = await house.signIn('Reader', ['analyst'], 'red');
    const look = (tlp: Tlp) => house.call('GET', `/api/incidents/${idOf(tlp)}`, { headers: reader });
    await look('red');
    await look('red');
    await look('amber+strict');
    await look('amber');
    const seen = async () => (await entries('Reader')).map(({ subject, details }) => [subject, details]);
    const strict = [idOf('amber+strict'), { kind: 'incident', marking: 'amber+strict' }];
    const reds = [idOf('red'), { kind: 'incident', marking: 'red' }];
    assert.deepEqual(await seen(), [strict, reds]);
    // Past midnight (UTC); the session of yesterday has ended.
    house.clock.at += 86_400_000;
    const tomorrow = await house.signIn('Reader', ['analyst'], 'red');
    await house.call('GET', `/api/incidents/${idOf('red')}`, { headers: tomorrow });
    assert.deepEqual(await seen(), [reds, strict, reds]);
  });

  test('that was refused is no look', async () => {
    await house.call('GET', `/api/incidents/${idOf('red')}`, { headers: amber });
    assert.deepEqual(await entries('Amber'), []);
  });
});
