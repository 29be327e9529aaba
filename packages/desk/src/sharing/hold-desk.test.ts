import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  type HoldEventKind,
  type HoldProgress,
  type HoldState,
  type HoldTold,
  type HoldWord,
  holdStates,
  holdsAskedMax,
  zHoldTold,
} from '@gongjo/contract';
import { custodyOf } from '../cases/custody.store.ts';
import { answerHold } from '../cases/hold/answer.ts';
import { wordsTold, wordsUnsettled } from '../cases/hold/asked.store.ts';
import { deliverHolds } from '../cases/hold/deliver.ts';
import { ether, factsOf, pacific } from '../cases/hold/desk.fixture.ts';
import { keepDocuments } from '../cases/hold/document.store.ts';
import { addHold, findHold, keepHold, keepNumber } from '../cases/hold/hold.store.ts';
import { messagesOf, queueRequest } from '../cases/hold/message.store.ts';
import { notBegun } from '../cases/hold/progress.ts';
import { listReceived } from '../cases/hold/received.store.ts';
import { holdTable } from '../cases/hold/states.ts';
import {
  type AskedLooking,
  addIncident,
  askedHold,
  countAsked,
  findAsked,
  forgetDrills,
  giveToAsker,
  holdDetail,
  holdWordsOf,
  listAskedHolds,
  tellAsker,
} from '../cases/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import { type Db, settleReading, sha256Hex } from '../platform/index.ts';
import { zHolds } from '../platform/settings.ts';
import { deskIdentityId, holdAskedObject, holdToldObject } from '../stix/index.ts';
import { approve } from './approve.ts';
import { schemas, type TestDesk } from './desk.fixture.ts';
import { askAddressee, carriageOf, settleHoldWords, shareHoldWords } from './hold-desk.ts';
import { putInOutbox } from './outbox.ts';
import { openPair, type Pair } from './pair.fixture.ts';
import { release } from './release.ts';
import { listRequests } from './request.store.ts';
import { stopAsking } from './stop-asking.ts';

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
const letter = Buffer.from('%PDF-1.7 letter');
const documents = [
  {
    name: 'hold-2026-1-letter-en.pdf',
    form: 'pdf' as const,
    language: 'en' as const,
    content: letter,
    sha256: sha256Hex(letter),
  },
];
let holds = 0;

/** A request of Seoul's to Washington, as it stands in a state. */
async function make(state: HoldState = 'approved', tlp = 'amber', drill = false): Promise<string> {
  holds += 1;
  const tail = `${holds.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
  const [id, incident] = [`hold--${tail}`, `incident--${tail}`];
  const { records, clock, context } = seoul;
  await addIncident(records, clock, incident, {
    ...{ chain: 'eip155:1', txids: [`0x${'9'.repeat(64)}`], kind: 'theft', title: { en: 'Theft', ko: '탈취' } },
    ...{ victim: null, tlp, origin: null, drill },
  } as never);
  const now = instant(clock.now());
  await records.transaction(async (tx) => {
    await addHold(tx, clock, {
      ...{ id, incident, alert: null, drill, approvalsNeeded: 1, draftedBy: 'Kim' },
      addressee: { ...pacific, desk: washington.party.id as never },
      facts: factsOf(),
    });
    await keepNumber(tx, id, `2026-${holds}`);
    const hold = await findHold(tx, id);
    const progress: HoldProgress = {
      ...notBegun,
      state,
      approvedAt: state === 'drafted' ? null : now,
      sentAt: state === 'drafted' || state === 'approved' ? null : now,
      heldAt: ['held-in-part', 'held-in-full', 'ordered', 'released', 'seized', 'returned'].includes(state)
        ? now
        : null,
      expiresAt: ['held-in-part', 'held-in-full', 'ordered'].includes(state) ? instant(clock.now() + 24 * hour) : null,
    };
    await keepHold(
      tx,
      clock,
      { ...hold, progress, round: 1, roundTlp: hold.tlp },
      { kind: 'approve', at: now, by: 'Lee' },
    );
    await keepDocuments(tx, clock, id, 1, documents);
    await queueRequest(tx, context, { hold: id, round: 1, way: 'desk', to: washington.party.id, by: 'Kim' });
  });
  return id;
}

const ask = async (id: string, change: object = {}) => {
  const answer = await seoul.records.transaction(async (tx) => {
    const message = (await messagesOf(tx, id)).find(({ state }) => state === 'due');
    return message
      ? askAddressee(tx, pair.context(seoul), { message, documents, acknowledgeHours: 24, ...change })
      : 'nothing waits';
  });
  return answer instanceof GongjoError ? answer.code : answer;
};
/** The notes that arrive. */
const notes = async () =>
  (await pair.carry()).flatMap(({ objects }) => objects.filter(({ id }) => id.startsWith('note--')));
const stateOf = async (id: string) => (await findHold(seoul.records, id)).progress.state;
const there = (id: string) => ({ desk: seoul.party.id, id });
const ours = () => pair.context(washington);
const tell = (id: string, what: Parameters<typeof tellAsker>[3]) =>
  washington.records.transaction(async (tx) => {
    await tellAsker(tx, ours(), there(id), what, 'Pat');
    await shareHoldWords(tx, ours(), there(id));
  });
const give = (id: string, content: Buffer, name = 'kyc.pdf') =>
  washington.records.transaction(async (tx) => {
    await giveToAsker(tx, ours(), there(id), { kind: 'kyc', name, mediaType: 'application/pdf', content }, 'Pat');
    await shareHoldWords(tx, ours(), there(id));
  });
const settle = () =>
  washington.records.transaction(async (tx) => {
    for (const words of await wordsUnsettled(tx, washington.party.id)) await settleHoldWords(tx, ours(), words);
  });
const audited = async ({ records }: TestDesk, id: string) =>
  (
    await records.query<{ actor: string; action: string }>(
      'select actor, action from audit_entries where subject = $1 order by seq',
      [id],
    )
  ).map(({ actor, action }) => `${actor} ${action}`);
const looking = (): AskedLooking => ({
  ...{ us: washington.context.desk.desk, clock: washington.clock, settings: zHolds.parse({}) },
  nameOf: async () => seoul.party.name,
  carriageOf: (db, desk, object) => carriageOf(db, ours(), desk, object),
});
const viewed = (id: string) => askedHold(washington.records, looking(), seoul.party.id, id);

/** A word as a desk that keeps to no rules may write it. */
async function utter(id: string, what: HoldWord, change: Partial<HoldTold> = {}) {
  const { desk } = washington.context.desk;
  const told = zHoldTold.parse({
    ...{ hold: id, from: 'seoul', desk, round: 1, n: 1, at: instant(washington.clock.now()), what },
    ...change,
  });
  const stamp = { now: told.at, author: deskIdentityId(desk), tlp: 'amber' as const };
  await washington.records.transaction((tx) =>
    release(tx, ours(), {
      ...{
        incident: null,
        objects: [holdToldObject(told, 'said', stamp)],
        to: [seoul.party],
        purpose: 'investigation',
      },
    }),
  );
  return (await pair.carry()).flatMap(({ refused }) => refused ?? []);
}

describe('a request to the addressee’s own desk', () => {
  test('arrives with its documents byte for byte, and is accepted once receipts say so', async () => {
    const id = await make();
    assert.equal(await ask(id), 'waiting');
    assert.equal(await ask(id), 'waiting');
    await pair.carry();
    assert.equal(await ask(id), 'accepted');
    const asked = await viewed(id);
    assert.equal(asked.state, 'sent');
    assert.deepEqual(
      asked.documents.map(({ name, sha256, here }) => [name, sha256, here]),
      documents.map(({ name, sha256 }) => [name, sha256, true]),
    );
    assert.deepEqual(asked.facts, factsOf());
    assert.deepEqual(
      asked.clocks.map(({ kind, state }) => `${kind} ${state}`),
      ['acknowledgement running'],
    );
    assert.deepEqual(await audited(washington, id), ['desk:seoul hold.asked']);
    const { records: custody } = await custodyOf(washington.records, { sha256: documents[0]?.sha256 });
    assert.deepEqual(
      custody.map(({ direction, who }) => `${direction} ${who}`),
      ['in desk:seoul'],
    );
  });

  test('stays here while persons have to approve, or there is no such partner', async () => {
    const id = await make('approved', 'amber+strict');
    assert.equal(await ask(id), 'hold-desk-kept');
    assert.deepEqual(await notes(), []);
    await seoul.records.query(`update hold_messages set target = 'nowhere' where hold = $1`, [id]);
    await assert.rejects(ask(id), hasCode('hold-desk-not-paired'));
  });

  test('is refused where there is no room for more of one partner, and a known one is not', async () => {
    const known = await make();
    await ask(known);
    await pair.carry();
    await washington.records.query(
      `insert into holds_asked (desk, id, round, object, tlp, body, received_at)
       select desk, 'filler ' || n, round, object, tlp, body, received_at from holds_asked, generate_series(1, $1) n`,
      [holdsAskedMax - 2],
    );
    const last = await make();
    await ask(last);
    await pair.carry();
    assert.equal(await ask(last), 'accepted');
    const more = await make();
    await ask(more);
    // Its documents are refused with it.
    await assert.rejects(pair.carry(), hasCode('hold-answer-false'));
    assert.equal(await ask(more), 'hold-desk-refused');
    const refused = await washington.records.query<{ code: string }>(
      `select problem ->> 'code' as code from quarantined_objects`,
    );
    assert.deepEqual(
      refused.map(({ code }) => code),
      ['holds-asked-full'],
    );
    assert.equal(await findAsked(washington.records, 'seoul', more), null);
  });

  test('has room again once others have come to an end, by the word of either side', async () => {
    const known = await make();
    await ask(known);
    await pair.carry();
    const { records } = washington;
    await records.query(
      `insert into holds_asked (desk, id, round, object, tlp, body, received_at)
       select desk, 'filler ' || n, round, object, tlp, body, received_at from holds_asked, generate_series(1, $1) n`,
      [holdsAskedMax - 1],
    );
    const word = (n: number, event: string, round = 1) =>
      records.query(
        `insert into hold_words (asker, asked, hold, n, object, tlp, body, by, entered_at)
         values ('seoul', 'washington', $1, 1, $1, 'amber', $2, 'Pat', now())`,
        [`filler ${n}`, JSON.stringify({ round, what: { event } })],
      );
    const there = (n: number, state: string) =>
      records.query(
        `insert into partner_holds (desk, id, modified, body, received_at, object)
         values ('seoul', $1, '', $2, now(), $1)`,
        [`filler ${n}`, JSON.stringify({ state })],
      );
    const counted = () => countAsked(records, 'washington', 'seoul');
    await word(1, 'acknowledge');
    await word(2, 'refuse', 2);
    await there(3, 'sent');
    assert.equal(await counted(), holdsAskedMax);
    await word(4, 'refuse');
    await word(5, 'release');
    await there(6, 'withdrawn');
    assert.equal(await counted(), holdsAskedMax - 3);
    const more = await make();
    await ask(more);
    await pair.carry();
    assert.equal(await ask(more), 'accepted');
  });

  test('is listed, however many others ask', async () => {
    const ids = [await make(), await make()];
    for (const id of ids) {
      await ask(id);
      await pair.carry();
    }
    const [first, second] = ids;
    await tell(second ?? '', { event: 'refuse', reason: 'not our customer' });
    const { records } = washington;
    // Newer all of them.
    await records.query(
      `insert into holds_asked (desk, id, round, object, tlp, body, received_at)
       select 'tokyo', 'filler ' || n, round, object, tlp, body, received_at + interval '1 hour'
       from holds_asked, generate_series(1, 2000) n where id = $1`,
      [first],
    );
    const listed = await listAskedHolds(records, looking());
    assert.equal(listed.length, 1000);
    assert.deepEqual(
      listed.filter(({ desk }) => desk.id === 'seoul').map(({ id }) => id),
      [first],
    );
    await records.query(`delete from holds_asked where desk = 'tokyo' and id > 'filler 1'`);
    const all = await listAskedHolds(records, looking());
    assert.deepEqual(
      all.map(({ desk }) => desk.id),
      ['tokyo', 'seoul', 'seoul'],
    );
  });

  test('is looked at in one question for all that are listed', async () => {
    for (const n of [1, 2, 3]) {
      const id = await make();
      await ask(id);
      await pair.carry();
      if (n < 3) await tell(id, { event: 'acknowledge' });
    }
    const { records } = washington;
    let questions = 0;
    const counting: Db = {
      query: async (...question) => {
        questions += 1;
        return records.query(...question);
      },
    };
    const listed = await listAskedHolds(counting, looking());
    assert.deepEqual(listed.map(({ state }) => state).sort(), ['acknowledged', 'acknowledged', 'sent']);
    assert.equal(questions, 3);
  });

  test('says what a courier could not carry yet, and what was refused there', async () => {
    const id = await make();
    await ask(id);
    const noting = (state: string) =>
      seoul.records.query(`update deliveries set state = $1, problem = $2`, [
        state,
        JSON.stringify(new GongjoError('partner-unreachable', { desk: 'washington', url: 'u', detail: 'x' }).problem),
      ]);
    await noting('waiting');
    assert.equal(await ask(id), 'hold-desk-waiting');
    await noting('refused-by-partner');
    assert.equal(await ask(id), 'hold-desk-refused');
  });

  test('is said to be refused where its documents do not come as they were named', async () => {
    const id = await make();
    const [document] = documents;
    assert.ok(document);
    await ask(id, { documents: [{ ...document, content: Buffer.from('other') }] });
    await assert.rejects(pair.carry(), hasCode('hold-file-differs'));
    assert.deepEqual(
      (await viewed(id)).documents.map(({ here }) => here),
      [false],
    );
  });
});

describe('a request that is with the courier', () => {
  const never = new AbortController().signal;
  const stop = (tx: Db, objects: readonly string[]) => stopAsking(tx, pair.context(seoul), objects);
  /** Delivers what is due as the desk does, ten seconds later each time. */
  const deliver = async () => {
    const { records, clock, context } = seoul;
    const exchange = {
      stop,
      partner: async () => ({ id: washington.party.id, name: washington.party.name }),
      ask: async (message: { id: string; hold: string }) => {
        const state = await records.transaction((tx) =>
          askAddressee(tx, pair.context(seoul), { message, documents, acknowledgeHours: 24 }),
        );
        if (state instanceof GongjoError) throw state;
        return state;
      },
    };
    await deliverHolds({ records, clock, random: context.random, exchange } as never, never, (_, thrown) => {
      throw thrown;
    });
    clock.at += 11_000;
  };
  const withdraw = async (id: string) =>
    answerHold({ ...seoul, exchange: { stop } } as never, id, { event: 'withdraw', reason: 'a mistake' }, 'Lee');
  const left = async (id: string) =>
    (await audited(seoul, id)).filter((it) => it.endsWith('hold.sent') || it.endsWith('hold.sent-too-late'));
  const custody = async (id: string) =>
    (await custodyOf(seoul.records, { incident: id.replace('hold--', 'incident--') })).records.map(
      ({ direction, sha256 }) => `${direction} ${sha256}`,
    );
  const out = documents.map(({ sha256 }) => `out ${sha256}`);

  test('and is withdrawn meanwhile: that it left is in the record and in custody', async () => {
    const id = await make();
    await deliver();
    await withdraw(id);
    await deliver();
    assert.deepEqual(await custody(id), []);
    await pair.carry();
    await deliver();
    assert.deepEqual(await left(id), ['Kim hold.sent-too-late']);
    assert.deepEqual(await custody(id), out);
    await deliver();
    assert.deepEqual(await custody(id), out);
    assert.equal(await stateOf(id), 'withdrawn');
  });

  const openRequests = async () => listRequests(seoul.records, seoul.clock, 'open');
  const approveAll = async () => {
    for (const { id } of await openRequests())
      await seoul.records.transaction((tx) =>
        approve(tx, pair.context(seoul), { request: id, person: 'Lee', reason: null }),
      );
  };

  test('withdrawn while persons are asked: nobody can let it go any more, and it can be asked anew', async () => {
    const id = await make('approved', 'amber+strict');
    await deliver();
    const [request] = await openRequests();
    assert.ok(request);
    await withdraw(id);
    assert.deepEqual(await openRequests(), []);
    seoul.clock.at += 2 * hour;
    const late = { request: request.id, person: 'Lee', reason: null };
    await assert.rejects(
      seoul.records.transaction((tx) => approve(tx, pair.context(seoul), late)),
      hasCode('request-closed'),
    );
    await deliver();
    assert.deepEqual(await notes(), []);
    assert.deepEqual([await left(id), await custody(id)], [[], []]);
    const [decision] = await seoul.records.query<{ outcome: string; reason: string }>(
      `select outcome, reasons -> 0 ->> 'policy' as reason from release_decisions where object_id like 'note--%'`,
    );
    assert.deepEqual(decision, { outcome: 'refuse', reason: 'asked-no-more' });
    // The same round once more: persons are asked anew.
    await seoul.records.query(
      `update holds set state = 'approved', progress = progress || '{"state": "approved"}' where id = $1`,
      [id],
    );
    await seoul.records.transaction((tx) =>
      queueRequest(tx, seoul.context, { hold: id, round: 1, way: 'desk', to: washington.party.id, by: 'Kim' }),
    );
    await deliver();
    await approveAll();
    await deliver();
    await pair.carry();
    await deliver();
    assert.deepEqual(await left(id), ['Kim hold.sent']);
    assert.deepEqual(await custody(id), out);
  });

  test('sent to another desk instead: what was asked for the first is not to go', async () => {
    const id = await make('approved', 'amber+strict');
    await deliver();
    const [message] = await messagesOf(seoul.records, id);
    assert.ok(message?.object);
    const again = { hold: id, round: 1, way: 'desk', to: 'tokyo', by: 'Kim' } as const;
    const queue = () => seoul.records.transaction((tx) => queueRequest(tx, seoul.context, again));
    assert.deepEqual(await queue(), [message.object]);
    assert.deepEqual(await queue(), []);
  });

  test('approved by persons, and withdrawn before its documents went: the record says what left, and no more goes', async () => {
    const id = await make('approved', 'amber+strict');
    await deliver();
    await approveAll();
    await withdraw(id);
    await deliver();
    await pair.carry();
    await deliver();
    await deliver();
    assert.deepEqual(await left(id), ['Kim hold.sent-too-late']);
    const [entry] = await seoul.records.query<{ details: { documents: unknown[]; state: string } }>(
      `select details from audit_entries where subject = $1 and action = 'hold.sent-too-late'`,
      [id],
    );
    assert.deepEqual([entry?.details.documents, entry?.details.state], [[], 'withdrawn']);
    assert.deepEqual(await custody(id), []);
    assert.deepEqual(
      (await viewed(id)).documents.map(({ here }) => here),
      [false],
    );
  });

  test('approved by persons, and answered before its documents went: they follow', async () => {
    const id = await make('approved', 'amber+strict');
    await deliver();
    await approveAll();
    await pair.carry();
    // Words wait for persons at that desk as well.
    await tell(id, { event: 'acknowledge' });
    const [asked] = await listRequests(washington.records, washington.clock, 'open');
    await washington.records.transaction((tx) =>
      approve(tx, ours(), { request: asked?.id ?? '', person: 'Ann', reason: null }),
    );
    await pair.carry();
    assert.equal(await stateOf(id), 'acknowledged');
    assert.deepEqual(await custody(id), []);
    await deliver();
    await pair.carry();
    await deliver();
    assert.deepEqual(await custody(id), out);
    assert.deepEqual(
      (await viewed(id)).documents.map(({ here }) => here),
      [true],
    );
  });

  test('and is withdrawn, then refused there: it left all the same', async () => {
    const id = await make();
    await deliver();
    await withdraw(id);
    await seoul.records.query(
      `update deliveries set state = 'refused-by-partner', problem = $1 where state = 'waiting'`,
      [JSON.stringify(new GongjoError('hold-answer-false', { id, detail: { en: 'x', ko: 'x' } }).problem)],
    );
    await deliver();
    await deliver();
    assert.deepEqual(await left(id), ['Kim hold.sent-too-late']);
    assert.deepEqual(await custody(id), out);
  });

  test('and is revised and sent anew: both rounds are in custody', async () => {
    const id = await make();
    await deliver();
    const { records, clock, context } = seoul;
    const hold = await findHold(records, id);
    const now = instant(clock.now());
    await records.transaction(async (tx) => {
      await keepHold(tx, clock, { ...hold, round: 2 }, { kind: 'approve', at: now, by: 'Lee' });
      await keepDocuments(tx, clock, id, 2, documents);
      await queueRequest(tx, context, { hold: id, round: 2, way: 'desk', to: washington.party.id, by: 'Kim' });
    });
    await pair.carry();
    await deliver();
    await pair.carry();
    await deliver();
    assert.deepEqual((await left(id)).sort(), ['Kim hold.sent', 'Kim hold.sent-too-late']);
    assert.deepEqual(await custody(id), [...out, ...out]);
    assert.equal((await findAsked(washington.records, 'seoul', id))?.asked.round, 2);
  });

  test('and is answered before its receipt is looked at: it left once', async () => {
    const id = await make();
    await deliver();
    await pair.carry();
    await tell(id, { event: 'acknowledge' });
    await pair.carry();
    await deliver();
    assert.deepEqual(await left(id), ['Kim hold.sent']);
    assert.deepEqual(await custody(id), out);
    assert.equal(await stateOf(id), 'acknowledged');
  });

  test('and was held by what a person entered, then answered: that it left is in custody', async () => {
    const id = await make();
    await deliver();
    await seoul.records.query(`update holds set state = 'held-in-part', progress = progress || $2 where id = $1`, [
      id,
      JSON.stringify({
        state: 'held-in-part',
        sentAt: instant(seoul.clock.now()),
        heldAt: instant(seoul.clock.now()),
        expiresAt: instant(seoul.clock.now() + 24 * hour),
      }),
    ]);
    await pair.carry();
    await tell(id, { event: 'hold', amounts: [{ asset: ether as never, units: '1000' }] });
    await pair.carry();
    await deliver();
    assert.deepEqual(await left(id), ['Kim hold.sent-too-late']);
    assert.deepEqual(await custody(id), out);
    assert.equal(await stateOf(id), 'held-in-full');
  });

  test('asks the same when its case is called otherwise, and time to acknowledge is another', async () => {
    const id = await make();
    await ask(id);
    await seoul.records.query(
      `update incidents set body = jsonb_set(body, '{title}', '{"en": "Other", "ko": "다른"}') where id = $1`,
      [id.replace('hold--', 'incident--')],
    );
    await ask(id, { acknowledgeHours: 48 });
    const came = await notes();
    assert.equal(new Set(came.map(({ id: note }) => note)).size, 1);
    assert.equal(await ask(id), 'accepted');
    assert.equal((await viewed(id)).title.en, 'Theft');
    assert.deepEqual(
      (await viewed(id)).documents.map(({ here }) => here),
      [true],
    );
  });
});

describe('what the desk says', () => {
  const arrived = async () => {
    const id = await make();
    await ask(id);
    await pair.carry();
    return id;
  };

  test('moves the request by the table of states, told by that desk, with audit on both sides', async () => {
    const id = await arrived();
    await tell(id, { event: 'acknowledge', reference: 'PX-1' });
    await pair.carry();
    // The word came before anybody looked at the receipts.
    assert.equal(await stateOf(id), 'acknowledged');
    washington.clock.at += hour;
    seoul.clock.at += hour;
    const until = instant(seoul.clock.now() + 72 * hour);
    await tell(id, { event: 'hold', amounts: [{ asset: ether as never, units: '999' }], until });
    await pair.carry();
    const part = (await findHold(seoul.records, id)).progress;
    assert.deepEqual([part.state, part.expiresAt, part.theirReference], ['held-in-part', until, 'PX-1']);
    await tell(id, { event: 'hold', amounts: [{ asset: ether as never, units: '1000' }] });
    await pair.carry();
    assert.equal(await stateOf(id), 'held-in-full');
    assert.equal((await viewed(id)).state, 'held-in-full');
    assert.ok((await viewed(id)).words.every(({ carriage }) => carriage.state === 'accepted'));
    const rows = await seoul.records.query<{ kind: string; by: string; desk: string }>(
      `select kind, by, body ->> 'desk' as desk from hold_happenings where hold = $1 and kind <> 'approve' order by seq`,
      [id],
    );
    assert.deepEqual(
      rows.map(({ kind, by, desk }) => `${kind} ${by} ${desk}`),
      [
        'send Kim null',
        'acknowledge desk:washington washington',
        'hold-part desk:washington washington',
        'hold-full desk:washington washington',
      ],
    );
    const here = await audited(seoul, id);
    for (const act of ['Kim hold.sent', 'desk:washington hold.acknowledge', 'desk:washington hold.hold-full'])
      assert.ok(here.includes(act), act);
    assert.equal((await audited(washington, id)).filter((it) => it === 'Pat hold.told').length, 3);
  });

  test('is refused here where it cannot be: more than was asked, a step that is forbidden', async () => {
    const id = await arrived();
    const more = { event: 'hold' as const, amounts: [{ asset: ether as never, units: '1001' }] };
    await assert.rejects(tell(id, more), hasCode('hold-amount-wrong'));
    await tell(id, { event: 'refuse', reason: 'not our customer' });
    await assert.rejects(tell(id, { event: 'acknowledge' }), hasCode('hold-step-forbidden'));
  });

  test('crosses with what a person entered: it is refused there, shown on both sides, and counts no more', async () => {
    const id = await arrived();
    await pair.carry();
    await seoul.records.query(
      `update holds set state = 'withdrawn', progress = progress || '{"state": "withdrawn"}' where id = $1`,
      [id],
    );
    await tell(id, { event: 'acknowledge' });
    const receipts = await pair.carry();
    assert.deepEqual(
      receipts.flatMap(({ refused }) => (refused ?? []).map(({ code }) => code)),
      ['hold-step-forbidden'],
    );
    assert.equal(await stateOf(id), 'withdrawn');
    const words = await holdWordsOf(seoul.records, { from: 'seoul' as never, desk: 'washington' as never, hold: id });
    assert.deepEqual(
      words.map(({ problem }) => problem?.code),
      ['hold-step-forbidden'],
    );
    await settle();
    const asked = await viewed(id);
    assert.equal(asked.state, 'sent');
    assert.deepEqual(
      asked.words.map(({ carriage }) => carriage.state),
      ['refused'],
    );
  });

  test('a refused word before a good one leaves the request, and the list of all, to be looked at', async () => {
    const id = await arrived();
    await tell(id, { event: 'acknowledge' });
    await tell(id, { event: 'hold', amounts: [{ asset: ether as never, units: '999' }] });
    await tell(id, { event: 'extend', until: instant(washington.clock.now() + 99 * hour) });
    await pair.carry();
    const refused = new GongjoError('hold-amount-wrong', { asset: 'ETH' });
    await washington.records.query(`update hold_words set problem = $1 where hold = $2 and n = 2`, [
      JSON.stringify(refused.problem),
      id,
    ]);
    const [listed] = await listAskedHolds(washington.records, looking());
    // Nothing is held that could be extended.
    assert.deepEqual([listed?.id, listed?.state, listed?.expiresAt], [id, 'acknowledged', null]);
    await tell(id, { event: 'hold', amounts: [{ asset: ether as never, units: '1000' }] });
    assert.equal((await viewed(id)).state, 'held-in-full');
  });

  test('waits for persons where its marking asks for them, and goes once they have approved', async () => {
    const id = await make('approved', 'amber+strict');
    assert.equal(await ask(id), 'hold-desk-kept');
    const [request] = await listRequests(seoul.records, seoul.clock, 'open');
    assert.ok(request);
    await seoul.records.transaction((tx) =>
      approve(tx, pair.context(seoul), { request: request.id, person: 'Lee', reason: null }),
    );
    await ask(id);
    await pair.carry();
    assert.equal(await ask(id), 'accepted');
    await give(id, Buffer.from('a passport'));
    assert.deepEqual(await notes(), []);
    assert.deepEqual(
      (await viewed(id)).words.map(({ carriage }) => carriage.state),
      ['kept'],
    );
  });
});

describe('a file that the desk sends', () => {
  test('comes into custody here, from that desk, and once', async () => {
    const id = await make();
    await ask(id);
    await pair.carry();
    const content = Buffer.from([0, 255, 10, 13]);
    await give(id, content);
    await pair.carry();
    const [file] = await listReceived(seoul.records, id);
    assert.deepEqual(
      [file?.from, file?.by, file?.sha256, file?.kind],
      ['washington', 'desk:washington', sha256Hex(content), 'kyc'],
    );
    const { records: custody } = await custodyOf(seoul.records, { sha256: file?.sha256 ?? '' });
    assert.deepEqual(
      custody.map(({ direction, who }) => `${direction} ${who}`),
      ['in desk:washington'],
    );
    await assert.rejects(give(id, content, 'again.pdf'), hasCode('hold-file-known'));
  });

  test('is seen in custody there by whoever sees the request, and tells nothing that was noted of it', async () => {
    const id = await make('approved', 'amber');
    await ask(id);
    await pair.carry();
    await washington.records.transaction((tx) =>
      giveToAsker(
        tx,
        ours(),
        there(id),
        { kind: 'kyc', name: 'k.pdf', mediaType: 'a/b', note: 'Ann Lee', content: letter },
        'Pat',
      ),
    );
    await settleReading(washington.records, schemas);
    const seen = async (clearance: 'green' | 'amber') => {
      const { records } = await custodyOf(washington.records.readBy({ person: 'p', clearance }));
      return records.map(({ direction, why }) => `${direction} ${why}`);
    };
    assert.deepEqual(await seen('green'), []);
    assert.deepEqual(await seen('amber'), [`in ${id} asked by seoul`, `out ${id} kyc to seoul`]);
  });

  test('that is too large is refused before and after it has left', async () => {
    const id = await make();
    await ask(id);
    await pair.carry();
    await assert.rejects(give(id, Buffer.alloc(5 * 1024 * 1024 + 1)), hasCode('hold-file-too-large'));
    (seoul.context as { holdFileBytes?: number }).holdFileBytes = 10;
    try {
      const refused = await utter(id, {
        ...{ event: 'file', kind: 'logs', name: 'x.bin', mediaType: 'a/b', bytes: 11, sha256: '0'.repeat(64) },
      });
      assert.deepEqual(
        refused.map(({ code }) => code),
        ['hold-file-too-large'],
      );
    } finally {
      (seoul.context as { holdFileBytes?: number }).holdFileBytes = undefined as never;
    }
  });

  test('that no word named, or whose bytes are others, is refused as a whole', async () => {
    const id = await make('sent');
    const sha256 = sha256Hex(Buffer.from('named'));
    const parcel = (object: string, base64: string) =>
      washington.records.transaction((tx) =>
        putInOutbox(tx, ours(), seoul.party, {
          ...{ incident: null, bodies: [], objects: [], reasons: [] },
          notice: { kind: 'hold-file', object, hold: id, sha256, base64 },
        }),
      );
    await parcel('note--00000000-0000-5000-8000-000000000000', Buffer.from('named').toString('base64'));
    await assert.rejects(pair.carry(), hasCode('hold-answer-false'));
    await washington.records.query(`update deliveries set state = 'refused-by-partner' where state = 'waiting'`);
    const file = { event: 'file' as const, kind: 'logs' as const, name: 'x.bin', mediaType: 'a/b', bytes: 5, sha256 };
    assert.deepEqual(await utter(id, file), []);
    const [word] = await holdWordsOf(seoul.records, { from: 'seoul' as never, desk: 'washington' as never, hold: id });
    await parcel(word?.object ?? '', Buffer.from('other').toString('base64'));
    await assert.rejects(pair.carry(), hasCode('hold-file-differs'));
    assert.deepEqual(await listReceived(seoul.records, id), []);
  });
});

describe('a file that this desk does not take', () => {
  const refusals = async (id: string) =>
    (await wordsTold(seoul.records, id)).map(({ told, problem }) => `${told.n} ${problem?.code ?? 'taken'}`);
  const sent = async () => {
    const id = await make();
    await ask(id);
    await pair.carry();
    return id;
  };
  const settings = (holdFileBytes: number | undefined) => Object.assign(seoul.context, { holdFileBytes });

  test('that there is no more room for: whoever asked sees so, and whoever sent it', async () => {
    const id = await sent();
    await pair.carry();
    await seoul.records.query(
      `insert into hold_received (id, hold, seq, sha256, kind, name, media_type, size, content, giver, received_at, taken_at, by)
       select 'file ' || n, $1, n, n::text, 'logs', 'n', 'a/b', 1, '', 'g', now(), now(), 'b' from generate_series(1, 200) n`,
      [id],
    );
    await give(id, Buffer.from('one too many'));
    await assert.rejects(pair.carry(), hasCode('hold-files-full'));
    assert.deepEqual(await refusals(id), ['1 hold-files-full']);
    const { refusedWords } = await holdDetail(
      seoul.records,
      { clock: seoul.clock, settings: zHolds.parse({}), office: { settings: {} } } as never,
      id,
    );
    assert.deepEqual(
      refusedWords.map(({ desk, event, file, problem }) => [desk, event, file, problem.code]),
      [['washington', 'file', 'kyc.pdf', 'hold-files-full']],
    );
    assert.ok((await audited(seoul, id)).includes('desk:washington hold.file-refused'));
    await washington.records.query(
      `update deliveries set state = 'refused-by-partner', problem = $1 where state = 'waiting' and kind = 'hold-file'`,
      [JSON.stringify(new GongjoError('hold-files-full', { limit: 200 }).problem)],
    );
    await settle();
    const [word] = (await viewed(id)).words;
    assert.equal(word?.carriage.state, 'refused');
    assert.match(word?.carriage.reasons[0]?.ko ?? '', /한도인 200건/);
  });

  test('whose bytes are others: neither side takes it for given', async () => {
    const id = await sent();
    await give(id, Buffer.from('these'));
    const [delivery] = await washington.records.query<{ envelope: string }>(
      `select envelope from deliveries where state = 'waiting' and kind = 'hold-file'`,
    );
    const envelope = delivery?.envelope.replace(/"base64":"[^"]*"/, `"base64":"${btoa('those')}"`) ?? '';
    await washington.records.query(
      `update deliveries set envelope = $1, envelope_sha256 = $2 where kind = 'hold-file'`,
      [envelope, sha256Hex(envelope)],
    );
    await assert.rejects(pair.carry(), hasCode('hold-file-differs'));
    assert.deepEqual(await refusals(id), ['1 hold-file-differs']);
  });

  test('for a fault that is not the file’s is taken when it comes again', async () => {
    const id = await sent();
    await tell(id, { event: 'acknowledge' });
    await pair.carry();
    await give(id, Buffer.from('a passport'));
    const { random } = seoul.context;
    const uuid = () => {
      throw new GongjoError('not-found');
    };
    Object.assign(seoul.context, { random: { ...random, uuid } });
    try {
      await assert.rejects(pair.carry(), hasCode('not-found'));
    } finally {
      Object.assign(seoul.context, { random });
    }
    await pair.carry();
    assert.deepEqual(await refusals(id), ['1 taken', '2 taken']);
    assert.equal((await listReceived(seoul.records, id)).length, 1);
  });

  test('and the same word again is refused again', async () => {
    const id = await sent();
    const file = { kind: 'logs' as const, name: 'x.bin', mediaType: 'a/b', sha256: '0'.repeat(64) };
    settings(10);
    try {
      const again = async () => {
        const refused = await utter(id, { event: 'file', ...file, bytes: 11 });
        await washington.records.query('delete from release_decisions');
        await washington.records.query('delete from deliveries');
        return refused.map(({ code }) => code);
      };
      assert.deepEqual(await again(), ['hold-file-too-large']);
      settings(100);
      assert.deepEqual(await again(), ['hold-file-too-large']);
      assert.deepEqual(await refusals(id), ['1 hold-file-too-large']);
      const admitted = await seoul.records.query(
        `select id from shared_objects where id in (select object from hold_words where hold = $1)`,
        [id],
      );
      assert.deepEqual(admitted, []);
    } finally {
      settings(undefined);
    }
  });

  test('that is not what was given any more does not leave the desk that gave it', async () => {
    const id = await make('approved', 'amber+strict');
    await ask(id);
    const [request] = await listRequests(seoul.records, seoul.clock, 'open');
    await seoul.records.transaction((tx) =>
      approve(tx, pair.context(seoul), { request: request?.id ?? '', person: 'Lee', reason: null }),
    );
    await ask(id);
    await pair.carry();
    await give(id, Buffer.from('a passport'));
    await washington.records.query(`update hold_words set content = 'another' where hold = $1`, [id]);
    const [asked] = await listRequests(washington.records, washington.clock, 'open');
    await washington.records.transaction((tx) =>
      approve(tx, ours(), { request: asked?.id ?? '', person: 'Ann', reason: null }),
    );
    await settle();
    await pair.carry();
    assert.deepEqual(await listReceived(seoul.records, id), []);
    const [word] = (await viewed(id)).words;
    assert.deepEqual([word?.carriage.state, word?.carriage.reasons.length], ['refused', 1]);
    assert.match(word?.carriage.reasons[0]?.en ?? '', /not what was received any more/);
    const unsettled = await washington.records.query('select n from hold_words where not settled');
    assert.deepEqual(unsettled, []);
  });
});

test('an exercise is forgotten with all that was asked and said in it, and nothing else is', async () => {
  const ids = [await make('approved', 'amber', true), await make()];
  for (const id of ids) {
    await ask(id);
    await pair.carry();
    await tell(id, { event: 'acknowledge' });
    await give(id, Buffer.from(`a passport of ${id}`));
    await pair.carry();
  }
  const [drill, real] = ids;
  const counted = async ({ records }: TestDesk, id: string | undefined) => {
    const [row] = await records.query<Record<string, number>>(
      `select (select count(*)::integer from holds_asked where id = $1) as asked,
         (select count(*)::integer from holds_asked_documents where hold = $1) as documents,
         (select count(*)::integer from hold_words where hold = $1) as words,
         (select count(*)::integer from hold_parcels) as parcels`,
      [id],
    );
    return Object.values(row ?? {});
  };
  const chain = factsOf().chain;
  assert.deepEqual(
    [await counted(seoul, drill), await counted(washington, drill)],
    [
      [0, 0, 2, 2],
      [1, 1, 2, 2],
    ],
  );
  for (const { records } of [seoul, washington]) await records.transaction((tx) => forgetDrills(tx, [chain]));
  assert.deepEqual(
    [await counted(seoul, drill), await counted(washington, drill)],
    [
      [0, 0, 0, 1],
      [0, 0, 0, 1],
    ],
  );
  assert.deepEqual(
    [await counted(seoul, real), await counted(washington, real)],
    [
      [0, 0, 2, 1],
      [1, 1, 2, 1],
    ],
  );
});

describe('a hostile desk', () => {
  const ack: HoldWord = { event: 'acknowledge' };
  test('answers nothing that was not asked of it', async () => {
    const id = await make('sent');
    const codes = async (change: Partial<HoldTold>) => (await utter(id, ack, change)).map(({ code }) => code);
    assert.deepEqual(await codes({ desk: 'tokyo' as never }), ['hold-answer-false']);
    assert.deepEqual(await codes({ from: 'tokyo' as never }), ['hold-answer-false']);
    assert.deepEqual(await codes({ hold: 'hold--ffffffff-0000-4000-8000-000000000000' }), ['hold-answer-false']);
    assert.deepEqual(await codes({ round: 2 }), ['hold-changed']);
    await seoul.records.query(`update holds set addressee_body = addressee_body || '{"desk": "tokyo"}' where id = $1`, [
      id,
    ]);
    assert.deepEqual(await codes({ n: 3 }), ['hold-answer-false']);
    await seoul.records.query(
      `update holds set addressee_body = addressee_body || '{"desk": "washington"}' where id = $1`,
      [id],
    );
    await seoul.records.query('delete from hold_messages where hold = $1', [id]);
    assert.deepEqual(await codes({ n: 4 }), ['hold-answer-false']);
    assert.equal(await stateOf(id), 'sent');
  });

  test('says one thing once: another word under the same number is refused', async () => {
    const id = await make('sent');
    assert.deepEqual(await utter(id, ack), []);
    assert.deepEqual(
      (await utter(id, { event: 'refuse', reason: 'no more' })).map(({ code }) => code),
      ['hold-answer-false'],
    );
    assert.equal(await stateOf(id), 'acknowledged');
  });

  test('cannot ask in another’s name, nor this desk to ask another', async () => {
    const id = await make();
    await ask(id);
    await pair.carry();
    const asked = (await findAsked(washington.records, 'seoul', id))?.asked;
    assert.ok(asked);
    for (const change of [{ from: 'tokyo' }, { from: 'washington', to: 'tokyo' }, {}]) {
      const stamp = {
        now: asked.approvedAt,
        author: deskIdentityId(washington.context.desk.desk),
        tlp: 'amber' as const,
      };
      const object = holdAskedObject({ ...asked, ...change } as never, 'asked', stamp);
      await washington.records.transaction((tx) =>
        release(tx, ours(), { ...{ incident: null, objects: [object], to: [seoul.party], purpose: 'investigation' } }),
      );
      const refused = (await pair.carry()).flatMap((it) => it.refused ?? []);
      assert.deepEqual(
        refused.map(({ code }) => code),
        ['hold-answer-false'],
      );
    }
    assert.equal(await findAsked(seoul.records, 'washington', id), null);
  });
});

describe('states and answers of the addressee’s desk', () => {
  const until = () => instant(seoul.clock.now() + 1000 * hour);
  const words: readonly [HoldEventKind | 'file', () => HoldWord][] = [
    ['acknowledge', () => ({ event: 'acknowledge' })],
    ['hold-part', () => ({ event: 'hold', amounts: [{ asset: ether as never, units: '1' }] })],
    ['hold-full', () => ({ event: 'hold', amounts: [{ asset: ether as never, units: '1000' }] })],
    ['extend', () => ({ event: 'extend', until: until() })],
    ['release', () => ({ event: 'release', reason: 'an order of a court' })],
    ['refuse', () => ({ event: 'refuse', reason: 'not our customer' })],
    ['file', () => ({ event: 'file', kind: 'kyc', name: 'k', mediaType: 'a/b', bytes: 1, sha256: '0'.repeat(64) })],
  ];
  for (const state of holdStates)
    test(`${state}: what the table provides for is taken, the rest refused and kept`, async () => {
      for (const [kind, what] of words) {
        const id = await make(state);
        // Whoever answers has the request.
        const from = state === 'approved' ? 'sent' : state;
        const next = kind === 'file' ? from : holdTable[from][kind];
        const possible = next !== undefined && !(kind === 'file' && state === 'drafted');
        const codes = (await utter(id, what())).map(({ code }) => code);
        assert.deepEqual(codes, possible ? [] : ['hold-step-forbidden'], `${state} ${kind}`);
        assert.equal(await stateOf(id), possible ? next : state, `${state} ${kind}`);
        const kept = await holdWordsOf(seoul.records, {
          from: 'seoul' as never,
          desk: 'washington' as never,
          hold: id,
        });
        assert.deepEqual(
          kept.map(({ problem }) => problem?.code ?? null),
          [possible ? null : 'hold-step-forbidden'],
          `${state} ${kind}`,
        );
      }
    });
});
