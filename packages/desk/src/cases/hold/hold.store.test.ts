import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Address, type HoldState, zHoldAnswer } from '@gongjo/contract';
import { createDirectory } from '../../directory/index.ts';
import { answerHold } from './answer.ts';
import { chain, ether, factsOf, hex, hourMs, openCases } from './desk.fixture.ts';
import { approvedDocuments } from './document.store.ts';
import { reviseHold } from './draft.ts';
import { happeningsOf } from './hold.store.ts';
import {
  joinParallel,
  joinPartnerHold,
  keepPartnerHold,
  listPartnerHolds,
  type PartnerHold,
  parallelOf,
} from './parallel.store.ts';
import { afterHappening, notBegun } from './progress.ts';
import { sendHold } from './send.ts';
import { termsOf } from './terms.ts';

let cases: Awaited<ReturnType<typeof openCases>>;
before(async () => {
  cases = await openCases();
});
after(() => cases.close());

describe('approval', () => {
  test('whoever changed a request does not approve it', async () => {
    const id = await cases.draft(await cases.incident(1));
    await reviseHold(cases.context, id, { days: 9 }, 'Lee');
    for (const by of ['Kim', 'Lee'])
      await assert.rejects(cases.approve(id, by), /drafted or changed this request or has approved it already/);
    await cases.approve(id, 'Park');
    assert.equal((await cases.hold(id)).progress.state, 'approved');
  });

  test('day and number are those of the desk’s own time zone', async () => {
    const id = await cases.draft(await cases.incident(2));
    await cases.approve(id);
    assert.match((await cases.hold(id)).number ?? '', /^2027-/);
    const json = (await approvedDocuments(cases.records, id)).find(({ form }) => form === 'json');
    assert.equal(JSON.parse(json?.content.toString('utf8') ?? '{}').day, '2027-01-01');
  });

  test('the documents of a request that was changed since are nobody’s any more', async () => {
    const id = await cases.draft(await cases.incident(3));
    await cases.approve(id);
    const [document] = await approvedDocuments(cases.records, id);
    await reviseHold(cases.context, id, { days: 9 }, 'Kim');
    await assert.rejects(approvedDocuments(cases.records, id), /nothing here/);
    await assert.rejects(approvedDocuments(cases.records, id, document?.name), /nothing here/);
    await cases.approve(id);
    assert.ok((await approvedDocuments(cases.records, id)).length > 0);
  });
});

test('where a request stands is made from what happened and from nothing else', async () => {
  const id = await cases.draft(await cases.incident(10));
  await reviseHold(cases.context, id, { days: 9 }, 'Kim');
  await cases.approve(id);
  await sendHold(cases.context, id, { way: 'print' }, 'Kim');
  const until = (days: number) => new Date(cases.clock.at + days * 24 * hourMs).toISOString();
  for (const answer of [
    { event: 'acknowledge', reference: 'PX-1' },
    { event: 'hold', amounts: [{ asset: ether, units: '7' }] },
    { event: 'hold', until: until(5) },
    { event: 'extend', until: until(6) },
    { event: 'order', reference: 'Warrant 1', until: until(30) },
    { event: 'seize', reference: 'Seizure 2' },
    { event: 'return', reference: 'Restitution 3' },
  ]) {
    cases.clock.at += hourMs;
    await answerHold(cases.context, id, zHoldAnswer.parse(answer), 'Kim');
    const hold = await cases.hold(id);
    const happened = await happeningsOf(cases.records, id);
    const made = happened.reduce((progress, it) => afterHappening(progress, termsOf(hold), it), notBegun);
    assert.deepEqual(made, hold.progress);
  }
});

describe('requests for the same value', () => {
  const directory = createDirectory([]);
  const theirs = (change: Partial<PartnerHold> = {}): PartnerHold =>
    ({
      id: `hold--${hex(1, 30)}`,
      desk: { id: 'washington', name: { en: 'Washington', ko: '워싱턴' } },
      ...{ incident: null, modified: '2026-11-28T00:00:00.000Z', chain, address: hex(0x51, 40) as Address, txids: [] },
      addressee: { id: 'pacific', name: { en: 'Pacific', ko: '퍼시픽' }, country: 'US' },
      ...{ state: 'sent' as HoldState, scope: 'full', number: null, amounts: [], held: [] },
      ...{ draftedAt: '2026-11-28T00:00:00.000Z', sentAt: null, expiresAt: null, drill: false, revoked: false },
      ...change,
    }) as PartnerHold;
  const take = (hold: PartnerHold) =>
    cases.records.transaction(async (tx) => {
      const isNew = await keepPartnerHold(tx, cases.clock, hold, `course-of-action--${hold.id}`);
      const joined = await joinPartnerHold(tx, cases.clock, directory, hold);
      return { isNew, joined: joined.map(({ id }) => id) };
    });

  test('two desks may call theirs by one identifier; each is kept and joined', async () => {
    const id = await cases.draft(await cases.incident(20), { facts: { address: hex(0x51, 40) } });
    const seoul = { id: 'busan', name: { en: 'Busan', ko: '부산' } };
    assert.deepEqual(await take(theirs()), { isNew: true, joined: [id] });
    assert.deepEqual(await take(theirs({ desk: seoul, state: 'acknowledged' })), { isNew: true, joined: [id] });
    // A partner can also call its own as this desk calls this one.
    assert.deepEqual(await take(theirs({ id })), { isNew: true, joined: [id] });
    const found = await parallelOf(cases.records, id);
    assert.deepEqual(found.map((it) => [it.desk?.id, it.id === id, it.state]).sort(), [
      ['busan', false, 'acknowledged'],
      ['washington', false, 'sent'],
      ['washington', true, 'sent'],
    ]);
  });

  test('a real request and an exercise never meet', async () => {
    const address = hex(0x52, 40) as Address;
    const real = await cases.draft(await cases.incident(21), { facts: { address, transactions: [] } });
    const drill = await cases.draft(await cases.incident(22), { facts: { address, transactions: [] }, drill: true });
    assert.deepEqual((await take(theirs({ id: 'hold--2', address, drill: true }))).joined, [drill]);
    assert.deepEqual((await take(theirs({ id: 'hold--3', address }))).joined, [real]);
    for (const [id, other] of [
      [real, 'hold--3'],
      [drill, 'hold--2'],
    ] as const) {
      const hold = await cases.hold(id);
      await cases.records.transaction((tx) => joinParallel(tx, cases.clock, directory, hold));
      assert.deepEqual(
        (await parallelOf(cases.records, id)).map((it) => it.id),
        [other],
      );
    }
    const listed = await listPartnerHolds(cases.records);
    assert.equal(listed.find(({ id }) => id === 'hold--2')?.drill, true);
  });

  test('a partner’s request about a part of an incident is listed with the incident', async () => {
    const main = await cases.incident(23);
    const part = await cases.incident(24, { mainId: main });
    await take(theirs({ id: 'hold--4', incident: part, address: hex(0x53, 40) as Address }));
    assert.deepEqual(
      (await listPartnerHolds(cases.records, main)).map(({ id }) => id),
      ['hold--4'],
    );
  });
});

test('the marking of a request is that of its incident at this hour', async () => {
  const incident = await cases.incident(30);
  const id = await cases.draft(incident);
  assert.equal((await cases.hold(id)).tlp, 'green');
  await cases.records.query(`update incidents set body = body || '{"tlp":"amber"}' where id = $1`, [incident]);
  assert.equal((await cases.hold(id)).tlp, 'amber');
  assert.equal(factsOf().amountsMore, 0);
});
