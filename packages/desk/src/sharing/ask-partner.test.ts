import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  type NewRequest,
  type RequestEvent,
  type RequestHappening,
  type RequestView,
  requestEventsMax,
  zDeskId,
  zNewRequest,
  zRequestEvent,
  zRequestHappening,
} from '@gongjo/contract';
import { actOnRequest, openRequest, requestsDue, requestView, requestViews, takeRequestStep } from '../cases/index.ts';
import { createDirectory } from '../directory/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import { deskIdentityId, requestEventId } from '../stix/index.ts';
import { approve } from './approve.ts';
import { eventGivens, shareRequest } from './ask-partner.ts';
import { recallByHand } from './by-hand.ts';
import type { TestDesk } from './desk.fixture.ts';
import { openPair, type Pair } from './pair.fixture.ts';
import { listRequests } from './request.store.ts';

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
const givens = (desk: TestDesk) => eventGivens(desk.records, pair.context(desk));
const at = (desk: TestDesk, id: string): Promise<RequestView> =>
  requestView(desk.records, looking(desk), givens(desk), id);
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
  for (const id of await requestsDue(desk.records, pair.context(desk), directory, givens(desk)))
    await desk.records.transaction(async (tx) => {
      await takeRequestStep(tx, pair.context(desk), directory, eventGivens(tx, pair.context(desk)), id);
      await shareRequest(tx, pair.context(desk), id);
    });
};
const answer = (text: string) => ({ kind: 'rfi', text });

describe('a request to a partner', () => {
  test('goes there and its answer comes back, in parts', async () => {
    const id = await ask();
    assert.equal((await requestViews(washington.records, looking(washington), givens(washington))).length, 0);
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
    assert.equal((await requestViews(washington.records, looking(washington), givens(washington))).length, 0);
    assert.equal((await at(seoul, id)).state, 'draft');
    await act(seoul, id, { event: 'send', content: content() });
    await pair.carry();
    assert.deepEqual(await state(id), ['sent', 'sent']);
  });

  test('a draft is sent while its deadline is still to come, and none is sent after it', async () => {
    await assert.rejects(ask({ deadline: instant(seoul.clock.now()) }), hasCode('input-invalid'));
    const deadline = instant(seoul.clock.now() + hour);
    const id = await ask({ deadline }, { draft: true });
    seoul.clock.at += 2 * hour;
    await assert.rejects(act(seoul, id, { event: 'send', content: content({ deadline }) }), hasCode('input-invalid'));
    await act(seoul, id, { event: 'send', content: content() });
    assert.equal((await at(seoul, id)).state, 'sent');
  });

  test('of which only an answer has come, or whose beginning was taken back, is not known', async () => {
    const id = await ask();
    await pair.carry();
    const what = (await at(seoul, id)).events[0]?.id ?? '';
    await seoul.records.transaction((tx) =>
      recallByHand(tx, pair.context(seoul), { what, reason: { en: 'wrong', ko: 'wrong' }, by: 'kim' }),
    );
    await pair.carry();
    for (const desk of pair.desks) {
      await assert.rejects(at(desk, id), hasCode('partner-request-unknown'));
      assert.deepEqual(await requestViews(desk.records, looking(desk), givens(desk)), []);
    }
    await assert.rejects(act(seoul, id, { event: 'withdraw', reason: 'x' }), hasCode('partner-request-unknown'));
    await assert.rejects(act(washington, id, { event: 'acknowledge' }), hasCode('partner-request-unknown'));
  });

  test('of a case or an incident is listed with it, each event with what became of it for the other side', async () => {
    const about = 'incident--6f1c0a8e-2b53-4d0e-9a51-0d7f3c2b1a90';
    const id = await ask({ incident: about });
    await ask();
    const listed = await requestViews(seoul.records, looking(seoul), givens(seoul), { incident: about });
    assert.deepEqual(
      listed.map((it) => [it.id, it.events.map(({ given }) => given?.outcome)]),
      [[id, ['release']]],
    );
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

  test('an extension is not reminded of for what had passed before it', async () => {
    const id = await ask();
    await pair.carry();
    // Down from the beginning until after the deadline: of the steps that were due it takes the last alone.
    seoul.clock.at += 73 * hour;
    await look(seoul);
    await act(seoul, id, { event: 'extend', deadline: instant(seoul.clock.now() + 72 * hour) });
    await look(seoul);
    assert.equal((await at(seoul, id)).reminders, 1);
    assert.deepEqual(
      (await at(seoul, id)).clocks.map(({ event }) => event),
      ['remind', 'remind', 'escalate'],
    );
  });

  test('nobody is reminded of what was not released, and the clock runs from when it was', async () => {
    const id = await ask({ deadline: instant(seoul.clock.now() + 300 * hour) }, { tlp: 'amber+strict' });
    await pair.carry();
    seoul.clock.at += 50 * hour;
    await look(seoul);
    assert.deepEqual([(await at(seoul, id)).reminders, (await at(seoul, id)).clocks], [0, []]);
    const [request] = await listRequests(seoul.records, seoul.clock, 'open');
    await seoul.records.transaction((tx) =>
      approve(tx, pair.context(seoul), { request: request?.id ?? '', person: 'lee', reason: null }),
    );
    await pair.carry();
    await look(seoul);
    assert.equal((await at(seoul, id)).reminders, 0);
    seoul.clock.at += 25 * hour;
    await look(seoul);
    assert.equal((await at(seoul, id)).reminders, 1);
  });

  test('every request that waits is reminded of, however many came after it', async () => {
    const id = await ask();
    seoul.clock.at += 1000;
    await seoul.records.query(
      `insert into partner_requests (id, asker, asked, tlp, draft, opened_at, opened_by)
       select 'later-' || i, 'washington', 'seoul', 'amber', null, $1, 'x' from generate_series(1, 600) i`,
      [instant(seoul.clock.now())],
    );
    seoul.clock.at += 25 * hour;
    await look(seoul);
    assert.equal((await at(seoul, id)).reminders, 1);
  });

  test('nobody writes more events than the other side takes, and the clock does not try', async () => {
    const id = await ask();
    await seoul.records.query('update request_events set n = $1', [requestEventsMax]);
    await assert.rejects(
      act(seoul, id, { event: 'extend', deadline: instant(seoul.clock.now() + 100 * hour) }),
      hasCode('partner-request-full'),
    );
    seoul.clock.at += 25 * hour;
    await look(seoul);
    assert.equal((await at(seoul, id)).reminders, 0);
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
  /** Washington's event changed on the way, under an identifier that fits what it says then; but for where that is what is tried. */
  async function forged(change: (event: Event) => void, isFitting = true): Promise<string> {
    const refused = await pair.forge((objects) => {
      const note = objects.find(({ type }) => type === 'note') ?? assert.fail('no note');
      const { request } = Object.values(note.extensions as object)[0] as { request: Event };
      change(request);
      if (isFitting)
        note.id = requestEventId(deskIdentityId(zDeskId.parse('washington')), zRequestEvent.parse(request));
    });
    assert.deepEqual(
      refused.map(({ code }) => code),
      ['partner-request-false'],
    );
    return refused[0]?.detail.replace(/^.*: /, '') ?? '';
  }
  type Event = { -readonly [K in keyof RequestEvent]: RequestEvent[K] };

  test('cannot change an event under its identifier', async () => {
    const id = await ask();
    await pair.carry();
    await act(washington, id, { event: 'answer', answer: answer('x') });
    const why = await forged((event) => Object.assign(event, { at: '2026-01-01T00:00:00.000Z' }), false);
    assert.equal(why, 'its identifier is not that of its content');
    assert.equal((await at(seoul, id)).state, 'sent');
  });

  test('cannot act for this desk, for a third, or on the other side of it', async () => {
    const id = await ask();
    await pair.carry();
    await act(washington, id, { event: 'answer', answer: answer('x') });
    assert.equal(await forged((event) => Object.assign(event, { desk: 'seoul' })), 'it is said to be of seoul');
    const between = 'it is said to be between seoul and washington';
    const withdrawal = { what: { event: 'withdraw', reason: 'x' } };
    assert.equal(await forged((event) => Object.assign(event, withdrawal)), between);
    const third = await forged((event) => Object.assign(event, { from: 'tokyo' }));
    assert.equal(third, 'it is said to be between tokyo and washington');
    const swapped = { ...withdrawal, from: 'washington', to: 'seoul' };
    assert.equal(await forged((event) => Object.assign(event, swapped)), 'the request is between others');
    const unseen = { seen: { seoul: [[1, 3]] } };
    assert.equal(
      await forged((event) => Object.assign(event, unseen)),
      'it has seen event 2 of seoul, which there is not',
    );
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
