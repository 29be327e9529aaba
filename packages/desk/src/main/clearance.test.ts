import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Address, type Tlp, zKnownAddress, zSearchAnswer } from '@gongjo/contract';
import { tell } from '../cases/index.ts';
import { tlpRefs } from '../stix/index.ts';
import { raiseAlerts, watchToo } from '../watch/index.ts';
import { codeOf, openPeopleDesk, type PeopleDesk } from './people-desk.fixture.ts';
import { address, blocksOf, txid } from './round.fixture.ts';

const chain = 'eip155:31337';
const title = { en: 'Theft', ko: '탈취' };
const secret = '0xabcd00000000000000000000000000000000beef' as Address;
const imitation = '0xabcd11111111111111111111111111111111beef';
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

const absent = 'incident--00000000-0000-4000-8000-000000000000';
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
    ] as const) {
      const call = { headers: amber, ...(body === undefined ? {} : { body }) };
      const answer = await house.call(method, path, call);
      assert.deepEqual([answer.statusCode, codeOf(answer)], [404, 'not-found'], path);
      // As what there is not.
      const nowhere = JSON.parse(
        JSON.stringify({ path, body: body ?? null }).replace(/incident--[\w-]+(?="|\/)/g, absent),
      );
      const none = await house.call(method, nowhere.path, {
        headers: amber,
        ...(nowhere.body === null ? {} : { body: nowhere.body }),
      });
      assert.deepEqual([none.statusCode, codeOf(none)], [404, 'not-found'], path);
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

  test('what becomes hidden by what a person does is done, and nothing of it is answered', async () => {
    const witness = await house.signIn('Witness', ['case-officer', 'liaison']);
    const body = { chain, txids: [txid(4)], kind: 'theft', title: { en: 'Seen', ko: '목격' }, tlp: 'amber' };
    const reported = await house.call('POST', '/api/incidents', { headers: witness, body });
    assert.deepEqual([reported.statusCode, reported.body], [204, '']);
    const path = `/api/incidents/${idOf('red')}/reports`;
    const { reports } = (await house.call('GET', path, { headers: red })).json<{ reports: object[] }>();
    assert.match(JSON.stringify(reports), /Witness/);
    const id = 'malware--00000009-0000-4000-8000-00000000000e';
    const object = {
      ...{ type: 'malware', spec_version: '2.1', id, name: 'marked', is_family: false },
      ...{ created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' },
    };
    await house.operate('POST', '/api/stix/imports', { source: 'marks', tlp: 'green', objects: [object] });
    const at = `/api/objects/${id}`;
    const marking = async (tlp: Tlp) =>
      house.call('POST', `${at}/marks`, { headers: witness, body: { tlp, reason: 'A witness' } });
    assert.equal((await marking('amber')).statusCode, 201);
    const marked = await marking('red');
    assert.deepEqual([marked.statusCode, marked.body], [204, '']);
    assert.equal((await house.call('GET', at, { headers: witness })).statusCode, 404);
    assert.equal((await house.operate('GET', at)).statusCode, 200);
  });

  test('a change of it holds at once', async () => {
    const late = await house.signIn('Late', ['analyst'], 'green');
    const at = `/api/incidents/${idOf('amber')}`;
    assert.equal((await house.call('GET', at, { headers: late })).statusCode, 404);
    await house.operate('PATCH', '/api/people/Late', { clearance: 'amber' });
    assert.equal((await house.call('GET', at, { headers: late })).statusCode, 200);
  });

  test('an export has what the reader sees, and nothing else', async () => {
    const objects = (['green', 'amber+strict'] as const).map((tlp, n) => ({
      ...{ type: 'malware', spec_version: '2.1', id: `malware--0000000${n}-0000-4000-8000-00000000000e` },
      ...{ created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' },
      ...{ name: `exported ${tlp}`, is_family: false, object_marking_refs: tlpRefs(tlp) },
    }));
    const kept = await house.operate('POST', '/api/stix/imports', { source: 'export', objects });
    assert.equal(kept.json<{ added: number }>().added, 2, kept.body);
    for (const [clearance, seen] of [
      ['amber', ['exported green']],
      ['amber+strict', ['exported green', 'exported amber+strict']],
    ] as const) {
      const headers = await house.signIn(`Liaison of ${clearance}`, ['liaison'], clearance);
      const { body } = await house.call('GET', '/api/stix/export', { headers });
      assert.deepEqual(body.match(/exported [\w+]+/g), seen);
    }
  });
});

describe('one search and what is known of an address', () => {
  const thief = address(0xe99);
  const stix = (n: number) => `indicator--0000000${n}-0000-4000-8000-000000000001`;
  before(async () => {
    const { records } = house.desk.http;
    const alert = {
      ...{
        rule: 'watched-moved' as const,
        urgency: 'act' as const,
        chain: chain as never,
        height: 1,
        ord: 0,
        service: null,
      },
      ...{ blockTime: '2026-01-01T00:00:00.000Z', from: thief, to: address(2), units: '1', txid: txid(1) },
      asset: { id: `${chain}/slip44:60` as never, symbol: 'ETH', decimals: 18 },
    };
    await records.transaction(async (tx) => {
      for (const level of ['green', 'red'] as const) {
        await watchToo(tx, chain as never, idOf(level), 'trace', [thief]);
        await raiseAlerts(tx, house.desk.http.clock, [{ ...alert, incident: { id: idOf(level), title } }]);
        const step = { at: alert.blockTime, kind: 'moved' as const, txid: txid(1), address: thief };
        await tell(tx, idOf(level), [{ key: 'thief', ...step, asset: null, units: null, who: null, count: null }]);
      }
      await watchToo(tx, chain as never, idOf('red'), 'trace', [secret]);
      for (const [n, tlp, incident] of [
        [1, 'green', null],
        [2, 'red', null],
        [3, 'green', idOf('red')],
        [4, null, null],
      ] as const)
        await tx.query(
          `insert into shared_objects (id, modified, origin, type, label, tlp, incident, body, sha256, added_at, marks)
           values ($1, '', 'file:kb', 'indicator', $2, $3, $4, '{}', '', now(), '{}')`,
          [stix(n), `Phishing kit ${thief}`, tlp, incident],
        );
    });
  });

  const find = async (headers: Record<string, string>, q: string) => {
    const answer = await house.call('GET', `/api/search?q=${encodeURIComponent(q)}`, { headers });
    assert.equal(answer.statusCode, 200, answer.body);
    return zSearchAnswer.parse(answer.json());
  };
  const known = async (headers: Record<string, string>, of: string) => {
    const answer = await house.call('GET', `/api/known/addresses/${chain}/${of}`, { headers });
    assert.equal(answer.statusCode, 200, answer.body);
    return zKnownAddress.parse(answer.json());
  };

  test('find no incident, object, watch or alert that the reader is not cleared for, and count none', async () => {
    for (const [headers, levels, objects] of [
      // What is not marked is kept like RED.
      [amber, ['amber', 'green'], [1]],
      [red, ['amber', 'amber+strict', 'green', 'red'], [1, 2, 3, 4]],
    ] as const) {
      const both = levels.length > 2;
      const { incidents: named } = await find(headers, 'Theft');
      assert.deepEqual(named.map(({ tlp }) => tlp).sort(), levels);
      assert.equal((await find(headers, idOf('red'))).incidents.length, both ? 1 : 0);
      assert.deepEqual((await find(headers, 'phishing')).objects.map(({ id }) => id).sort(), objects.map(stix));
      const [thing] = (await find(headers, thief)).things;
      const page = await known(headers, thief);
      const ids = ['green', ...(both ? ['red'] : [])].map((it) => idOf(it as Tlp)).sort();
      assert.ok(thing?.as === 'address');
      for (const { watched, incidents: about, alerts } of [thing, page]) {
        assert.deepEqual(watched.map(({ id }) => id).sort(), ids);
        assert.deepEqual(about.map(({ id }) => id).sort(), ids);
        assert.equal(alerts, ids.length);
      }
      assert.deepEqual(page.alertsListed.map(({ incident }) => incident?.id).sort(), ids);
      assert.deepEqual(page.objectsListed.map(({ id }) => id).sort(), objects.map(stix));
    }
  });

  test('an address that only such an incident has watched is an address like any other, and warns of no imitation', async () => {
    for (const [headers, isTold] of [
      [amber, false],
      [red, true],
    ] as const) {
      const page = await known(headers, secret);
      assert.deepEqual([page.known, page.watched.length], [isTold, isTold ? 1 : 0]);
      assert.equal((await known(headers, imitation)).alike.length, isTold ? 1 : 0);
    }
  });

  test('count how an object is marked here, whatever it says itself', async () => {
    const at = `/api/objects/${stix(4)}`;
    const seen = async () => {
      const listed = await house.call('GET', '/api/objects', { headers: amber });
      const ids = listed.json<{ objects: { id: string }[] }>().objects.map(({ id }) => id);
      const found = (await find(amber, 'phishing')).objects.map(({ id }) => id);
      const page = (await known(amber, thief)).objectsListed.map(({ id }) => id);
      return [ids, found, page].map((it) => it.includes(stix(4)));
    };
    assert.deepEqual(await seen(), [false, false, false]);
    for (const [tlp, isSeen] of [
      ['amber', true],
      ['red', false],
    ] as const) {
      const marked = await house.operate('POST', `${at}/marks`, { tlp, reason: 'A witness' });
      assert.equal(marked.statusCode, 201, marked.body);
      assert.deepEqual(await seen(), [isSeen, isSeen, isSeen]);
    }
    assert.equal((await house.call('GET', at, { headers: amber })).statusCode, 404);
    const liaison = await house.signIn('Amber liaison', ['liaison']);
    for (const [method, path, of] of [
      ['GET', `/api/policy/explain?object=${stix(4)}&to=nobody&purpose=investigation`, undefined],
      ['POST', '/api/releases', { what: stix(4), to: 'nobody', purpose: 'investigation', legalBasis: 'x' }],
      ['POST', '/api/recalls', { what: idOf('red'), reason: title }],
    ] as const) {
      const answer = await house.call(method, path, { headers: liaison, ...(of === undefined ? {} : { body: of }) });
      assert.equal(answer.statusCode, 404, `${path}: ${answer.body}`);
    }
  });

  test('an object names nothing that it is joined with and the reader is not cleared for', async () => {
    const times = { created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z', spec_version: '2.1' };
    const malware = (n: number) => `malware--0000000${n}-0000-4000-8000-000000000001`;
    const relationship = 'relationship--00000001-0000-4000-8000-000000000001';
    const objects = [
      { ...times, type: 'malware', id: malware(1), name: 'Kit', is_family: false },
      { ...times, type: 'malware', id: malware(2), name: 'Secret', is_family: false },
      {
        ...{ ...times, type: 'relationship', id: relationship, relationship_type: 'related-to' },
        ...{ source_ref: malware(1), target_ref: malware(2) },
      },
    ];
    const kept = await house.operate('POST', '/api/stix/imports', { source: 'kb', tlp: 'green', objects });
    assert.equal(kept.statusCode, 200, kept.body);
    await house.operate('POST', `/api/objects/${malware(2)}/marks`, { tlp: 'red', reason: 'A witness' });
    for (const [headers, joined] of [
      // The relation says which it is; what it is, is hidden like what is not here.
      [amber, [null]],
      [red, ['Secret']],
    ] as const) {
      const answer = await house.call('GET', `/api/objects/${malware(1)}`, { headers });
      const { relations } = answer.json<{ relations: { other: { label: string | null } }[] }>();
      assert.deepEqual(
        relations.map(({ other }) => other.label),
        joined,
      );
    }
  });

  test('tell the bearer of a token only of the kinds that it reads', async () => {
    const body = { name: 'cases only', rights: ['case:read'] };
    const made = await house.call('POST', '/api/account/tokens', { headers: red, body });
    assert.equal(made.statusCode, 201, made.body);
    const headers = { authorization: `Bearer ${made.json<{ secret: string }>().secret}` };
    const { incidents: named } = await find(headers, 'Theft');
    assert.deepEqual([named, (await find(headers, 'phishing')).objects], [[], []]);
    const page = await known(headers, thief);
    assert.deepEqual([page.watched, page.incidents, page.alerts, page.objects, page.alertsListed], [[], [], 0, 0, []]);
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
