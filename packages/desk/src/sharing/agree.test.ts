import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { findIncident, readTimeline } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { StixObject } from '../stix/index.ts';
import { approve, refuse } from './approve.ts';
import { recallByHand, releaseByHand } from './by-hand.ts';
import { findDelivery, keepSignature, nextWaiting } from './delivery.store.ts';
import { openTestDesk, ownIncident, partyOf, read, type TestDesk, unsigned } from './desk.fixture.ts';
import { mark } from './mark.ts';
import { findObject, newestObjects } from './object.store.ts';
import { objectDetail } from './object-view.ts';
import type { Party } from './party.ts';
import { keepReceipt } from './receipt.ts';
import { type ReceiptFacts, receive } from './receive.ts';
import { release } from './release.ts';
import { releaseTo } from './release-to.ts';
import { listRequests } from './request.store.ts';

/** Three desks, each paired with the others; what one sends, another receives, without a network between. */
let seoul: TestDesk;
let washington: TestDesk;
let ottawa: TestDesk;
const desks = () => [seoul, washington, ottawa];
before(async () => {
  seoul = await openTestDesk('seoul');
  washington = await openTestDesk('washington', 'US');
  ottawa = await openTestDesk('ottawa', 'CA');
});
beforeEach(async () => {
  for (const desk of desks()) await desk.empty();
});
after(async () => {
  for (const desk of desks()) await desk.close();
});

const collection: Party = {
  ...partyOf({ desk: 'x', name: { en: 'Community', ko: 'Community' }, country: 'KR' } as never),
  id: 'collection:community',
  kind: 'collection',
  communities: ['kr-us'],
};
const parties = (): readonly Party[] => [
  ...desks().map(({ party }) => ({ ...party, communities: ['kr-us'] })),
  collection,
];
const context = (desk: TestDesk) => ({
  ...desk.context,
  communities: ['kr-us'],
  party: async (_: unknown, id: string) => parties().find((it) => it.id === id) ?? null,
});
const partyNamed = (id: string) => parties().find((it) => it.id === id) as Party;
const hasCode = (code: string) => (thrown: unknown) => thrown instanceof GongjoError && thrown.code === code;
const basis = { purpose: 'investigation', legalBasis: 'MoU 2026' } as const;
const asking = (desk: TestDesk, what: string, to: string, by = 'kim') =>
  desk.records.transaction((tx) => releaseByHand(tx, context(desk), { what, to, by, ...basis }));
const saying = (desk: TestDesk, verb: typeof approve, request: string, person: string) =>
  desk.records.transaction((tx) => verb(tx, context(desk), { request, person, reason: 'because' }));
const recalling = (desk: TestDesk, what: string) =>
  desk.records.transaction((tx) =>
    recallByHand(tx, context(desk), { what, reason: { en: 'wrong', ko: 'wrong' }, by: 'kim' }),
  );
const requests = (desk: TestDesk) => listRequests(desk.records, desk.clock, 'open');

/** Carries everything that waits anywhere, until nothing does. Answers the receipts. */
async function carryAll(): Promise<ReceiptFacts[]> {
  const receipts: ReceiptFacts[] = [];
  for (let more = true; more; ) {
    more = false;
    for (const from of desks())
      for (const to of desks()) {
        const next = from === to ? null : await nextWaiting(from.records, to.party.id);
        if (!next) continue;
        more = true;
        await from.records.transaction((tx) => keepSignature(tx, to.party.id, next.id, 'header..signature'));
        const incoming = {
          partner: partyNamed(from.party.id),
          id: next.id,
          envelope: next.envelope,
          signature: 'header..signature',
        };
        const { receipt } = await receive(to.records, context(to), incoming, unsigned);
        const facts = JSON.parse(receipt) as ReceiptFacts;
        await from.records.transaction((tx) => keepReceipt(tx, context(from), to.party, facts, receipt));
        receipts.push(facts);
      }
  }
  return receipts;
}

const tellAll = async (from: TestDesk, n: number, tlp: Parameters<typeof ownIncident>[2], to: readonly TestDesk[]) => {
  const incident = await ownIncident(from, n, tlp);
  await from.records.transaction((tx) =>
    release(tx, context(from), {
      incident: incident.id,
      objects: incident.objects,
      to: to.map(({ party }) => partyNamed(party.id)),
      purpose: 'investigation',
    }),
  );
  await carryAll();
  return incident;
};
const served = async (desk: TestDesk, recipient: string) =>
  (await read(desk.records, recipient)).rows.map(({ body }) => JSON.parse(body) as StixObject);
const types = (objects: readonly StixObject[]) => objects.map(({ type }) => type);
const watched = async (desk: TestDesk) =>
  (await desk.records.query<{ address: string }>('select address from watched_addresses order by address')).length;

describe('approval by persons', () => {
  test('AMBER+STRICT goes out once one person has approved, and is told in the timeline', async () => {
    const incident = await tellAll(seoul, 1, { tlp: 'amber+strict' }, [washington]);
    assert.equal(await findObject(washington.records, 'seoul', incident.id), null);
    const [request] = await requests(seoul);
    const answered = await saying(seoul, approve, request?.id ?? '', 'kim');
    assert.deepEqual(answered, { state: 'approved', approvals: 1, persons: 1, waiting: true });
    await carryAll();
    assert.deepEqual(await findObject(washington.records, 'seoul', incident.id), incident.objects[1]);
    const kinds = (await readTimeline(seoul.records, incident.id)).map(({ kind }) => kind);
    assert.ok(kinds.includes('approval-asked') && kinds.includes('approval-given') && kinds.includes('receipted'));
  });

  test('RED needs two persons; one who approves twice is one, and whoever asked is none of them', async () => {
    const incident = await tellAll(seoul, 1, { tlp: 'red' }, []);
    await asking(seoul, incident.id, 'washington', 'kim');
    const [request] = await requests(seoul);
    const id = request?.id ?? '';
    assert.equal(request?.persons, 2);
    await assert.rejects(saying(seoul, approve, id, 'kim'), hasCode('approval-own'));
    assert.deepEqual(await saying(seoul, approve, id, 'lee'), {
      state: 'open',
      approvals: 1,
      persons: 2,
      waiting: false,
    });
    await assert.rejects(saying(seoul, approve, id, 'lee'), hasCode('approval-repeated'));
    await assert.rejects(saying(seoul, refuse, id, 'lee'), hasCode('approval-repeated'));
    assert.deepEqual(types(await served(seoul, 'washington')), ['identity']);
    assert.equal((await saying(seoul, approve, id, 'park')).state, 'approved');
    assert.ok((await served(seoul, 'washington')).some((object) => object.id === incident.id));
    await assert.rejects(saying(seoul, approve, id, 'choi'), hasCode('request-closed'));
  });

  test('a refusal ends it; the decision says who was asked and said no', async () => {
    const incident = await tellAll(seoul, 1, { tlp: 'amber+strict' }, [washington]);
    const [request] = await requests(seoul);
    await saying(seoul, refuse, request?.id ?? '', 'kim');
    assert.deepEqual(await requests(seoul), []);
    const { recipients } = await objectDetail(seoul.records, context(seoul), incident.id);
    assert.deepEqual([recipients[0]?.outcome, recipients[0]?.reasons[0]?.policy], ['refuse', 'person-refused']);
  });

  test('a request that nobody answers expires', async () => {
    await tellAll(seoul, 1, { tlp: 'amber+strict' }, [washington]);
    const [request] = await requests(seoul);
    seoul.clock.at += 31 * 86_400_000;
    await assert.rejects(saying(seoul, approve, request?.id ?? '', 'kim'), hasCode('request-closed'));
    assert.deepEqual(await served(seoul, 'washington').then((it) => it.filter(({ type }) => type === 'incident')), []);
  });

  test('a release asked again takes the place of the request before', async () => {
    const incident = await tellAll(seoul, 1, { tlp: 'amber+strict' }, [washington]);
    const [first] = await requests(seoul);
    await asking(seoul, incident.id, 'washington');
    const open = await requests(seoul);
    assert.equal(open.length, 1);
    assert.notEqual(open[0]?.id, first?.id);
  });
});

describe('consent of the origin', () => {
  const passOn = async () => {
    const incident = await tellAll(seoul, 1, { tlp: 'amber' }, [washington]);
    await asking(washington, incident.id, 'ottawa');
    return incident;
  };

  test('what came from another desk goes on only after that desk agrees', async () => {
    const incident = await passOn();
    await carryAll();
    assert.equal(await findObject(ottawa.records, 'washington', incident.id), null);
    const [asked] = await requests(seoul);
    assert.deepEqual(
      [asked?.kind, asked?.origin, asked?.recipient, asked?.recipientCountry],
      ['consent', 'washington', 'ottawa', 'CA'],
    );
    await saying(seoul, approve, asked?.id ?? '', 'kim');
    await carryAll();
    assert.deepEqual(await findObject(ottawa.records, 'washington', incident.id), incident.objects[1]);
    assert.deepEqual(await requests(washington), []);
    const kinds = (await readTimeline(washington.records, incident.id)).map(({ kind }) => kind);
    assert.ok(kinds.includes('consent-asked') && kinds.includes('consent-given'));
  });

  test('a no is kept on both sides, and nothing goes', async () => {
    const incident = await passOn();
    await carryAll();
    const [asked] = await requests(seoul);
    await saying(seoul, refuse, asked?.id ?? '', 'kim');
    await carryAll();
    assert.equal(await findObject(ottawa.records, 'washington', incident.id), null);
    const { recipients } = await objectDetail(washington.records, context(washington), incident.id);
    assert.deepEqual([recipients[0]?.outcome, recipients[0]?.reasons[0]?.policy], ['refuse', 'origin-refused']);
  });

  test('of what it did not give, nobody here is asked', async () => {
    await tellAll(seoul, 1, { tlp: 'amber' }, [washington]);
    const notice = {
      kind: 'consent-request',
      objects: [{ id: 'incident--00000001-0000-4000-8000-000000000001', modified: null, sha256: 'a'.repeat(64) }],
      purpose: 'investigation',
      recipient: { country: 'CA', id: 'ottawa', kind: 'desk', name: { en: 'o', ko: 'o' } },
      request: '00000001-0000-4000-8000-000000000001',
    };
    const incoming = {
      partner: partyNamed('washington'),
      id: '00000002-0000-4000-8000-000000000001',
      envelope: JSON.stringify({ gongjo: notice }),
      signature: 's',
    };
    await receive(seoul.records, context(seoul), incoming, unsigned);
    assert.deepEqual(await requests(seoul), []);
    assert.match((await nextWaiting(seoul.records, 'washington'))?.envelope ?? '', /"granted":false/);
  });

  test('nobody but the origin can agree', async () => {
    await passOn();
    const [mine] = await requests(washington);
    await assert.rejects(saying(washington, approve, mine?.id ?? '', 'smith'), hasCode('request-elsewhere'));
    const answer = { gongjo: { granted: true, kind: 'consent-answer', request: mine?.id } };
    const incoming = {
      partner: partyNamed('ottawa'),
      id: '00000003-0000-4000-8000-000000000001',
      envelope: JSON.stringify(answer),
      signature: 's',
    };
    await assert.rejects(
      receive(washington.records, context(washington), incoming, unsigned),
      hasCode('request-unknown'),
    );
    assert.deepEqual(types(await served(washington, 'ottawa')), ['identity']);
  });
});

describe('recall', () => {
  test('reaches whoever holds it, and whoever it was passed on to; nothing is used any more', async () => {
    const incident = await tellAll(seoul, 1, { tlp: 'clear' }, [washington]);
    await asking(washington, incident.id, 'ottawa');
    await carryAll();
    assert.ok(await findObject(ottawa.records, 'washington', incident.id));
    assert.equal(await watched(washington), 2);
    await recalling(seoul, incident.id);
    const receipts = await carryAll();
    for (const [desk, origin] of [
      [washington, 'seoul'],
      [ottawa, 'washington'],
    ] as const) {
      const [held] = await newestObjects(desk.records, origin, [incident.id]);
      assert.deepEqual([held?.revoked, held?.recalled], [true, true]);
      assert.equal(await watched(desk), 0);
      assert.notEqual((await findIncident(desk.records, incident.id))?.recalledAt, null);
      assert.ok((await readTimeline(desk.records, incident.id)).some(({ kind }) => kind === 'recalled'));
    }
    assert.ok(receipts.some((it) => it.recalled?.every(({ done }) => done === 'withdrawn')));
    assert.ok(
      (await served(seoul, 'washington')).filter(({ type }) => type === 'incident').every(({ revoked }) => revoked),
    );
    const { recalls } = await objectDetail(washington.records, context(washington), incident.id);
    assert.deepEqual(
      recalls.map(({ direction, partner, reason }) => [direction, partner, reason.en]),
      [['in', 'seoul', 'wrong']],
    );
  });

  test('a recalled incident is not told again, however it grows', async () => {
    const incident = await tellAll(seoul, 1, { addresses: [1] }, [washington]);
    await recalling(seoul, incident.id);
    await carryAll();
    const before = (await served(seoul, 'washington')).length;
    await seoul.records.transaction((tx) =>
      release(tx, context(seoul), {
        incident: incident.id,
        objects: incident.objects,
        to: [partyNamed('washington'), partyNamed('ottawa')],
        purpose: 'investigation',
      }),
    );
    assert.equal((await served(seoul, 'washington')).length, before);
    assert.deepEqual(
      (await served(seoul, 'ottawa')).map(({ type }) => type),
      ['identity'],
    );
  });

  test('of what the sender never sent is answered "unknown", and takes nothing of others', async () => {
    const incident = await tellAll(seoul, 1, {}, [washington]);
    const notice = {
      kind: 'recall',
      objects: [{ id: incident.id, modified: null }],
      reason: { en: 'mine', ko: 'mine' },
      recall: '00000001-0000-4000-8000-000000000001',
    };
    const incoming = {
      partner: partyNamed('ottawa'),
      id: '00000002-0000-4000-8000-000000000001',
      envelope: JSON.stringify({ gongjo: notice }),
      signature: 's',
    };
    const { receipt } = await receive(washington.records, context(washington), incoming, unsigned);
    assert.deepEqual((JSON.parse(receipt) as ReceiptFacts).recalled, [
      { id: incident.id, modified: null, done: 'unknown' },
    ]);
    const [held] = await newestObjects(washington.records, 'seoul', [incident.id]);
    assert.equal(held?.recalled, false);
    assert.equal(await watched(washington), 2);
  });

  test('an indicator that is recalled alone is watched no more, and its incident stays', async () => {
    const incident = await tellAll(seoul, 1, { addresses: [1, 2] }, [washington]);
    const indicator = incident.objects.find(({ type }) => type === 'indicator');
    await recalling(seoul, indicator?.id ?? '');
    await carryAll();
    assert.equal(await watched(washington), 1);
    assert.equal((await findIncident(washington.records, incident.id))?.recalledAt, null);
  });

  test('a revoked object has no later version', async () => {
    const incident = await tellAll(seoul, 1, {}, [washington]);
    await recalling(seoul, incident.id);
    await carryAll();
    const later = { ...incident.objects[1], modified: '2027-01-01T00:00:00.000Z' };
    const incoming = {
      partner: partyNamed('seoul'),
      id: '00000002-0000-4000-8000-000000000001',
      envelope: JSON.stringify({ objects: [later] }),
      signature: 's',
    };
    const { refused } = await receive(washington.records, context(washington), incoming, unsigned);
    assert.deepEqual(
      refused.map(({ code }) => code),
      ['object-revoked'],
    );
  });
});

describe('a mark of this desk', () => {
  test('tightens and never loosens; what a collection serves follows', async () => {
    const incident = await ownIncident(seoul, 1, { tlp: 'green' });
    await seoul.records.transaction((tx) =>
      release(tx, context(seoul), { ...incident, incident: incident.id, to: [collection], purpose: 'investigation' }),
    );
    const isServed = async () => (await served(seoul, collection.id)).some(({ id }) => id === incident.id);
    assert.equal(await isServed(), true);
    const marking = (tlp: 'clear' | 'amber' | 'red') =>
      seoul.records.transaction((tx) =>
        mark(tx, context(seoul), { object: incident.id, tlp, reason: 'sealed by court', by: 'kim' }),
      );
    await assert.rejects(marking('clear'), hasCode('mark-looser'));
    await marking('red');
    assert.equal(await isServed(), false);
    await assert.rejects(marking('amber'), hasCode('mark-looser'));
    const { marking: said } = await objectDetail(seoul.records, context(seoul), incident.id);
    assert.deepEqual([said.tlp, said.marks.map(({ by }) => by)], ['red', ['kim']]);
  });

  test('a collection serves no earlier version either where the newest was not released', async () => {
    const { id, objects } = await ownIncident(seoul, 1, { tlp: 'green' });
    const telling = (built: readonly StixObject[], to: Party) =>
      seoul.records.transaction((tx) =>
        release(tx, context(seoul), { incident: id, objects: built, to: [to], purpose: 'investigation' }),
      );
    await telling(objects, collection);
    seoul.clock.at += 1000;
    const renamed = objects.map((it) => (it.id === id ? ({ ...it, name: 'Renamed' } as StixObject) : it));
    await telling(renamed, { ...collection, communities: [] });
    const isServed = async () => (await served(seoul, collection.id)).some((it) => it.id === id);
    assert.equal(await isServed(), true);
    await seoul.records.transaction((tx) =>
      mark(tx, context(seoul), { object: id, tlp: 'red', reason: 'sealed by court', by: 'kim' }),
    );
    assert.equal(await isServed(), false);
  });

  test('a copy leaves under the stricter of the object’s, this desk’s and the recipient’s marking; nothing else changes', async () => {
    const incident = await ownIncident(seoul, 1, { tlp: 'green' });
    const strict = { ...partyNamed('washington'), markFloor: 'amber' as const };
    const object = incident.objects[1] as StixObject;
    await tellAll(seoul, 1, { tlp: 'green' }, []);
    const [held] = await newestObjects(seoul.records, 'seoul', [incident.id]);
    assert.ok(held);
    await seoul.records.transaction((tx) =>
      releaseTo(tx, context(seoul), { recipient: strict, objects: [held], incident: null, by: null, ...basis }),
    );
    const [copy] = await served(seoul, 'washington');
    const { object_marking_refs: refs, ...rest } = copy as StixObject;
    const { object_marking_refs: _, ...same } = object;
    assert.deepEqual(rest, same);
    assert.deepEqual(refs, ['marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421']);
  });
});

test('a changed object of ours is a new version; unchanged it is the same bytes, and nothing goes', async () => {
  const incident = await tellAll(seoul, 1, {}, [washington]);
  const [, first] = incident.objects;
  const again = async (change: object) => {
    seoul.clock.at += 60_000;
    await seoul.records.transaction((tx) =>
      release(tx, context(seoul), {
        incident: incident.id,
        objects: incident.objects.map((it, at) => (at === 1 ? ({ ...it, ...change } as StixObject) : it)),
        to: [partyNamed('washington')],
        purpose: 'investigation',
      }),
    );
    return (await nextWaiting(seoul.records, 'washington')) !== null;
  };
  assert.equal(await again({}), false);
  assert.equal(await again({ name: 'Grown' }), true);
  await carryAll();
  const held = await findObject(washington.records, 'seoul', incident.id);
  assert.deepEqual(held, { ...first, name: 'Grown', modified: '2026-01-01T00:02:00.000Z' });
  assert.equal(await again({ name: 'Grown' }), false);
  assert.equal(await findDelivery(seoul.records, 'washington', 'out', 'none'), null);
});
