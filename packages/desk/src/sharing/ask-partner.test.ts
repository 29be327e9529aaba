import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  type NewRequest,
  type RequestHappening,
  type RequestView,
  zDeskId,
  zNewRequest,
  zRequestHappening,
} from '@gongjo/contract';
import { actOnRequest, openRequest, requestsDue, requestView, requestViews, takeRequestStep } from '../cases/index.ts';
import { createDirectory } from '../directory/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import { shareRequest } from './ask-partner.ts';
import { nextWaiting } from './delivery.store.ts';
import { type TestDesk, unsigned } from './desk.fixture.ts';
import { openPair, type Pair } from './pair.fixture.ts';
import { type ReceiptFacts, receive } from './receive.ts';

let pair: Pair;
let seoul: TestDesk;
let washington: TestDesk;
before(async () => {
  pair = await openPair();
  ({ seoul, washington } = pair);
});
beforeEach(() => pair.empty());
after(() => pair.close());

const hour = 3_600_000;
const hasCode = (code: string) => (thrown: unknown) => thrown instanceof GongjoError && thrown.code === code;
const directory = createDirectory([]);
const looking = (desk: TestDesk) => ({
  us: desk.party.id,
  now: instant(desk.clock.now()),
  attendingAt: () => (at: string) => at,
});
const at = (desk: TestDesk, id: string): Promise<RequestView> =>
  requestView(desk.records, looking(desk), id, () => null);
const state = async (id: string) => [(await at(seoul, id)).state, (await at(washington, id)).state];

const content = (more: object = {}) => ({
  title: 'Holder of an account',
  fields: { kind: 'rfi', question: 'Who opened it?' } as const,
  legalBasis: 'MoU 2026, article 4',
  purpose: 'Case 2026-17',
  deadline: instant(seoul.clock.now() + 72 * hour),
  ...more,
});
const ask = async (more: object = {}, rest: Partial<NewRequest> = {}): Promise<string> =>
  seoul.records.transaction(async (tx) => {
    const asked = zNewRequest.parse({ to: zDeskId.parse('washington'), content: content(more), ...rest });
    const id = await openRequest(tx, pair.context(seoul), asked, 'kim');
    await shareRequest(tx, pair.context(seoul), id);
    return id;
  });
const act = async (desk: TestDesk, id: string, what: object): Promise<void> => {
  desk.clock.at += 1000;
  const happening: RequestHappening = zRequestHappening.parse(what);
  await desk.records.transaction(async (tx) => {
    await actOnRequest(tx, pair.context(desk), id, { what: happening }, desk === seoul ? 'kim' : 'smith');
    await shareRequest(tx, pair.context(desk), id);
  });
};
/** What the desk's worker does when it looks. */
const look = async (desk: TestDesk): Promise<void> => {
  for (const id of await requestsDue(desk.records, pair.context(desk), directory))
    await desk.records.transaction(async (tx) => {
      await takeRequestStep(tx, pair.context(desk), directory, id);
      await shareRequest(tx, pair.context(desk), id);
    });
};
const answer = (text: string) => ({ kind: 'rfi', text });

describe('a request to a partner', () => {
  test('goes there and its answer comes back, in parts', async () => {
    const id = await ask();
    assert.equal((await requestViews(washington.records, looking(washington))).length, 0);
    await pair.carry();
    assert.deepEqual(await state(id), ['sent', 'sent']);
    await act(washington, id, { event: 'acknowledge' });
    await act(washington, id, { event: 'answer-partly', answer: answer('A company.'), missing: 'Its owners.' });
    await pair.carry();
    assert.deepEqual(await state(id), ['partly-answered', 'partly-answered']);
    await act(washington, id, { event: 'answer', answer: answer('And its owner.') });
    await pair.carry();
    await act(seoul, id, { event: 'close' });
    await pair.carry();
    assert.deepEqual(await state(id), ['closed', 'closed']);
    const here = (await at(seoul, id)).events.map(({ what }) => what);
    assert.deepEqual(
      here,
      (await at(washington, id)).events.map(({ what }) => what),
    );
    assert.equal(here.length, 5);
  });

  test('is refused with a ground and a reason', async () => {
    const id = await ask();
    await pair.carry();
    await act(washington, id, { event: 'refuse', ground: 'dual-criminality', reason: 'No offence here.' });
    await pair.carry();
    const last = (await at(seoul, id)).events.at(-1)?.what;
    assert.deepEqual(last, { event: 'refuse', ground: 'dual-criminality', reason: 'No offence here.' });
    assert.deepEqual(await state(id), ['refused', 'refused']);
  });

  test('withdrawn while the answer was on its way is withdrawn on both sides, and the answer is kept', async () => {
    const id = await ask();
    await pair.carry();
    await act(seoul, id, { event: 'withdraw', reason: 'Found out otherwise.' });
    await act(washington, id, { event: 'answer', answer: answer('A company.') });
    await pair.carry();
    assert.deepEqual(await state(id), ['withdrawn', 'withdrawn']);
    for (const desk of pair.desks)
      assert.ok((await at(desk, id)).events.some(({ what, effect }) => what.event === 'answer' && effect !== 'void'));
  });

  test('asked back and supplied', async () => {
    const id = await ask();
    await pair.carry();
    await act(washington, id, { event: 'query', text: 'Which account?' });
    await pair.carry();
    await act(seoul, id, { event: 'supply', text: 'The first.' });
    await pair.carry();
    assert.deepEqual(await state(id), ['acknowledged', 'acknowledged']);
  });

  test('is forbidden what the table forbids, to either side', async () => {
    const id = await ask();
    await pair.carry();
    await assert.rejects(
      act(seoul, id, { event: 'answer', answer: answer('x') }),
      hasCode('partner-request-forbidden'),
    );
    await assert.rejects(act(washington, id, { event: 'close' }), hasCode('partner-request-forbidden'));
    await act(washington, id, { event: 'answer', answer: answer('x') });
    await assert.rejects(
      act(washington, id, { event: 'refuse', ground: 'other', reason: 'x' }),
      hasCode('partner-request-forbidden'),
    );
    const other = { kind: 'mla', text: 'x' };
    const second = await ask();
    await pair.carry();
    await assert.rejects(act(washington, second, { event: 'answer', answer: other }), hasCode('input-invalid'));
  });

  test('a draft is seen by nobody else until it is sent', async () => {
    const id = await ask({}, { draft: true });
    await pair.carry();
    assert.equal((await requestViews(washington.records, looking(washington))).length, 0);
    assert.equal((await at(seoul, id)).state, 'draft');
    await act(seoul, id, { event: 'send', content: content() });
    await pair.carry();
    assert.deepEqual(await state(id), ['sent', 'sent']);
  });

  test('every kind goes there and back whole', async () => {
    const until = instant(seoul.clock.now() + 90 * 24 * hour);
    const kinds = [
      [
        { kind: 'preservation', holder: 'Exchange', accounts: ['17'], data: ['logs'], days: 90 },
        { kind: 'preservation', preserved: [{ account: '17', until }] },
      ],
      [
        { kind: 'sighting', subjects: ['0xabc'] },
        { kind: 'sighting', seen: [{ subject: '0xabc', seen: true, at: until }] },
      ],
      [
        { kind: 'interview', person: 'A. Person', role: 'witness', topics: ['the account'], presence: 'remote' },
        { kind: 'interview', at: until, place: 'New York' },
      ],
      [
        {
          ...{ kind: 'mla', treaty: 'Treaty of 1993', authorityFrom: 'Ministry of Justice', authorityTo: 'OIA' },
          ...{ offences: ['Fraud'], facts: 'He took it.', measures: ['Bank records'], confidential: true },
        },
        { kind: 'mla', text: 'Received as a draft.', reference: 'OIA-1' },
      ],
    ] as const;
    for (const [fields, given] of kinds) {
      const id = await ask({ fields });
      await pair.carry();
      assert.deepEqual((await at(washington, id)).content.fields, fields);
      await act(washington, id, { event: 'answer', answer: given });
      await pair.carry();
      const last = (await at(seoul, id)).events.at(-1)?.what;
      assert.deepEqual(last, { event: 'answer', answer: given });
    }
  });
});

describe('clocks of a request', () => {
  test('remind once when nobody acknowledges, before the deadline and at it, and escalate after it', async () => {
    const id = await ask();
    await pair.carry();
    const told: (readonly string[])[] = [];
    for (let hours = 0; hours <= 110; hours += 1) {
      await look(seoul);
      seoul.clock.at += hour;
    }
    await pair.carry();
    for (const { what } of (await at(washington, id)).events)
      if (what.event === 'remind' || what.event === 'escalate') told.push([what.event, what.step.split(' ')[0] ?? '']);
    assert.deepEqual(told, [
      ['remind', 'acknowledge'],
      ['remind', 'near'],
      ['remind', 'due'],
      ['escalate', 'over'],
    ]);
    const there = await at(washington, id);
    assert.deepEqual([there.reminders, there.escalations], [3, 1]);
  });

  test('a desk that was down takes the last step that was due, and an extension has steps of its own', async () => {
    const id = await ask();
    await pair.carry();
    seoul.clock.at += 73 * hour;
    await look(seoul);
    await look(seoul);
    assert.equal((await at(seoul, id)).reminders, 1);
    await act(seoul, id, { event: 'extend', deadline: instant(seoul.clock.now() + 72 * hour) });
    seoul.clock.at += 50 * hour;
    await look(seoul);
    await pair.carry();
    const there = await at(washington, id);
    assert.deepEqual([there.reminders, there.escalations], [2, 0]);
    assert.equal(there.deadline, (await at(seoul, id)).deadline);
  });

  test('nothing is reminded of that was answered', async () => {
    const id = await ask({ urgent: true });
    await pair.carry();
    await act(washington, id, { event: 'answer', answer: answer('x') });
    await pair.carry();
    seoul.clock.at += 200 * hour;
    await look(seoul);
    assert.equal((await at(seoul, id)).reminders, 0);
    assert.deepEqual((await at(seoul, id)).clocks, []);
  });
});

describe('a partner that does not keep to it', () => {
  async function forged(change: (event: Record<string, unknown>) => void): Promise<string[]> {
    const next = await nextWaiting(washington.records, 'seoul');
    const envelope = JSON.parse(next?.envelope ?? '') as { objects: Record<string, unknown>[] };
    const note = envelope.objects.find(({ type }) => type === 'note') ?? assert.fail('no note');
    change((Object.values(note.extensions as object)[0] as { request: Record<string, unknown> }).request);
    const incoming = { partner: washington.party, id: 'forged', envelope: JSON.stringify(envelope), signature: 'x..y' };
    const { receipt } = await receive(seoul.records, pair.context(seoul), incoming, unsigned);
    return ((JSON.parse(receipt) as ReceiptFacts).refused ?? []).map(({ code }) => code);
  }

  test('cannot change an event under its identifier', async () => {
    const id = await ask();
    await pair.carry();
    await act(washington, id, { event: 'answer', answer: answer('x') });
    assert.deepEqual(await forged((event) => Object.assign(event, { at: '2026-01-01T00:00:00.000Z' })), [
      'partner-request-false',
    ]);
    assert.equal((await at(seoul, id)).state, 'sent');
  });

  test('cannot answer what was not asked', async () => {
    const id = await ask();
    await pair.carry();
    await act(washington, id, { event: 'answer', answer: answer('x') });
    await seoul.records.query('delete from partner_requests');
    const receipts = await pair.carry();
    assert.deepEqual(
      receipts.flatMap(({ refused = [] }) => refused.map(({ code }) => code)),
      ['partner-request-false'],
    );
    assert.ok(id);
  });
});
