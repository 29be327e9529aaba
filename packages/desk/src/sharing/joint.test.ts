import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { type FactBody, zDeskId, zFactChange, zNewFact } from '@gongjo/contract';
import {
  addFact,
  answerCase,
  changeFact,
  convertFact,
  type Fact,
  factsOf,
  findCase,
  offerCase,
  openCase,
  revisionsOf,
} from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { approve } from './approve.ts';
import { recallByHand } from './by-hand.ts';
import { findDelivery, nextWaiting } from './delivery.store.ts';
import { type TestDesk, unsigned } from './desk.fixture.ts';
import { shareCase } from './joint.ts';
import { openPair, type Pair } from './pair.fixture.ts';
import { type ReceiptFacts, receive } from './receive.ts';
import { listRequests } from './request.store.ts';

/** Two desks that have paired; the link between them is there when a test carries. */
let pair: Pair;
let seoul: TestDesk;
let washington: TestDesk;
before(async () => {
  pair = await openPair();
  ({ seoul, washington } = pair);
});
beforeEach(() => pair.empty());
after(() => pair.close());

const desks = () => pair.desks;
const context = (desk: TestDesk) => pair.context(desk);
const carry = () => pair.carry();
const hasCode = (code: string) => (thrown: unknown) => thrown instanceof GongjoError && thrown.code === code;
const id = (desk: TestDesk) => zDeskId.parse(desk.party.id);

type Work<T> = (tx: Parameters<Parameters<TestDesk['records']['transaction']>[0]>[0]) => Promise<T>;

/** An act of a person, and what goes out by it, in one transaction. */
async function act<T>(desk: TestDesk, caseId: string | null, work: Work<T>): Promise<T> {
  desk.clock.at += 60_000;
  return desk.records.transaction(async (tx) => {
    const result = await work(tx);
    await shareCase(tx, context(desk), caseId ?? String(result));
    return result;
  });
}
const open = (desk: TestDesk) =>
  act(desk, null, (tx) => openCase(tx, context(desk), { title: { en: 'Theft', ko: 'Theft' } }, 'kim'));
const offer = (desk: TestDesk, caseId: string, to: TestDesk) =>
  act(desk, caseId, (tx) => offerCase(tx, context(desk), caseId, { to: id(to), legalBasis: 'MoU 2026, 4' }, 'kim'));
const join = (desk: TestDesk, caseId: string) =>
  act(desk, caseId, (tx) => answerCase(tx, context(desk), caseId, 'joined', 'smith'));
const add = (desk: TestDesk, caseId: string, body: FactBody, more: object = {}) =>
  act(desk, caseId, (tx) => addFact(tx, context(desk), caseId, zNewFact.parse({ body, ...more }), 'kim'));
const change = async (desk: TestDesk, caseId: string, name: string, body: FactBody, more: object = {}) => {
  const fact = await factAt(desk, caseId, name);
  const based = fact.heads.map(({ object }) => object);
  await act(desk, caseId, (tx) =>
    changeFact(tx, context(desk), caseId, name, zFactChange.parse({ based, body, ...more }), 'kim'),
  );
};
const factsAt = async (desk: TestDesk, caseId: string): Promise<Fact[]> =>
  factsOf(await revisionsOf(desk.records, caseId, desk.party.id));
const factAt = async (desk: TestDesk, caseId: string, name: string) =>
  (await factsAt(desk, caseId)).find((it) => it.id === name) ?? assert.fail(`${desk.party.id} has no ${name}`);
/** What is the same at both: nothing of who here wrote it. */
const plain = (facts: readonly Fact[]) =>
  facts.map(({ id, kind, conflict, flag, heads, revisions }) => ({
    ...{
      id,
      kind,
      conflict,
      flag,
      heads: heads.map(({ object }) => object).sort(),
      revisions: revisions.map(({ object }) => object).sort(),
    },
  }));
const text = (words: string): FactBody => ({ kind: 'note', text: words });

async function joint(): Promise<string> {
  const caseId = await open(seoul);
  await offer(seoul, caseId, washington);
  await carry();
  await join(washington, caseId);
  await carry();
  return caseId;
}

describe('a joint case', () => {
  test('is offered, answered, and then each side has what the other released', async () => {
    const caseId = await open(seoul);
    await add(seoul, caseId, text('He called twice.'));
    assert.equal(await findCase(washington.records, caseId), null);
    await offer(seoul, caseId, washington);
    await carry();
    assert.equal((await findCase(washington.records, caseId))?.origin, 'seoul');
    await add(washington, caseId, text('Not told before somebody has answered.'));
    await carry();
    assert.equal((await factsAt(seoul, caseId)).filter(({ kind }) => kind === 'note').length, 1);
    await join(washington, caseId);
    await carry();
    assert.deepEqual(plain(await factsAt(seoul, caseId)), plain(await factsAt(washington, caseId)));
    assert.equal((await factsAt(seoul, caseId)).filter(({ kind }) => kind === 'note').length, 2);
  });

  test('who declines tells that alone', async () => {
    const caseId = await open(seoul);
    await offer(seoul, caseId, washington);
    await carry();
    await add(washington, caseId, text('ours'));
    await act(washington, caseId, (tx) => answerCase(tx, context(washington), caseId, 'declined', 'smith'));
    await carry();
    const facts = await factsAt(seoul, caseId);
    assert.equal(facts.filter(({ kind }) => kind === 'note').length, 0);
    const [head] = (await factAt(seoul, caseId, 'desk-washington')).heads;
    assert.deepEqual(head?.body, { kind: 'desk', desk: 'washington', standing: 'declined' });
  });

  test('is worked on by both while the link is cut: both changes stand as a conflict, and one settles it for both', async () => {
    const caseId = await joint();
    const name = await add(seoul, caseId, text('first'));
    await carry();
    await change(seoul, caseId, name, text('Seoul'));
    await change(washington, caseId, name, text('Washington'));
    await carry();
    for (const desk of desks()) {
      const fact = await factAt(desk, caseId, name);
      assert.equal(fact.conflict, true);
      assert.deepEqual(new Set(fact.heads.map(({ body }) => body)), new Set([text('Seoul'), text('Washington')]));
    }
    await change(washington, caseId, name, text('both'));
    await carry();
    for (const desk of desks()) {
      const fact = await factAt(desk, caseId, name);
      assert.equal(fact.conflict, false);
      assert.deepEqual(
        fact.heads.map(({ body }) => body),
        [text('both')],
      );
      assert.equal(fact.revisions.length, 4);
    }
  });

  test('policy decides of each change: what it holds back is not there, and what rests on it still fits', async () => {
    const caseId = await joint();
    const name = await add(seoul, caseId, text('first'));
    await carry();
    await change(seoul, caseId, name, text('for our eyes'), { tlp: 'red' });
    await carry();
    assert.deepEqual(
      (await factAt(washington, caseId, name)).heads.map(({ body }) => body),
      [text('first')],
    );
    await change(washington, caseId, name, text('theirs'));
    await change(seoul, caseId, name, text('for all'), { tlp: 'amber' });
    await carry();
    const [here, there] = [await factAt(seoul, caseId, name), await factAt(washington, caseId, name)];
    assert.equal(here.conflict, true);
    assert.equal(there.conflict, true);
    assert.deepEqual(
      here.heads.map(({ object }) => object),
      there.heads.map(({ object }) => object),
    );
    assert.equal(there.revisions.length, here.revisions.length - 1);
  });

  test('AMBER+STRICT goes once a person has approved', async () => {
    const caseId = await joint();
    const name = await add(seoul, caseId, text('strict'), { tlp: 'amber+strict' });
    await carry();
    assert.equal(
      (await factsAt(washington, caseId)).some((it) => it.id === name),
      false,
    );
    const [request] = await listRequests(seoul.records, seoul.clock, 'open');
    await seoul.records.transaction((tx) =>
      approve(tx, context(seoul), { request: request?.id ?? '', person: 'lee', reason: null }),
    );
    await carry();
    assert.deepEqual((await factAt(washington, caseId, name)).heads[0]?.tlp, 'amber+strict');
  });

  test('what is kept here never leaves', async () => {
    const caseId = await joint();
    const name = await add(seoul, caseId, text('kept'), { keptHere: true });
    await carry();
    assert.equal(
      (await factsAt(washington, caseId)).some((it) => it.id === name),
      false,
    );
    const [head] = (await factAt(seoul, caseId, name)).heads;
    const sent = await seoul.records.query('select 1 from shared_objects where id = $1', [head?.object ?? '']);
    assert.equal(sent.length, 0);
  });

  test('a change that is taken back counts at neither desk any more', async () => {
    const caseId = await joint();
    const name = await add(seoul, caseId, text('first'));
    await change(seoul, caseId, name, text('wrong'));
    await carry();
    const [head] = (await factAt(seoul, caseId, name)).heads;
    await seoul.records.transaction((tx) =>
      recallByHand(tx, context(seoul), { what: head?.object ?? '', reason: { en: 'wrong', ko: 'wrong' }, by: 'kim' }),
    );
    await carry();
    for (const desk of desks())
      assert.deepEqual(
        (await factAt(desk, caseId, name)).heads.map(({ body }) => body),
        [text('first')],
      );
  });

  test('intelligence becomes evidence by an act with its legal basis, at both desks, and the act stands in the record', async () => {
    const caseId = await joint();
    const name = await add(seoul, caseId, text('seen'));
    await carry();
    const based = (await factAt(washington, caseId, name)).heads.map(({ object }) => object);
    const legalBasis = '18 U.S.C. 3512';
    await act(washington, caseId, (tx) =>
      convertFact(tx, context(washington), caseId, name, { based, legalBasis }, 'smith'),
    );
    await carry();
    for (const desk of desks()) assert.equal((await factAt(desk, caseId, name)).flag, 'evidence');
    const [entry] = await washington.records.query<{ actor: string; details: { legalBasis: string } }>(
      `select actor, details from audit_entries where action = 'case.made-evidence'`,
    );
    assert.deepEqual([entry?.actor, entry?.details.legalBasis], ['smith', legalBasis]);
    const again = (await factAt(seoul, caseId, name)).heads.map(({ object }) => object);
    await assert.rejects(
      act(seoul, caseId, (tx) => convertFact(tx, context(seoul), caseId, name, { based: again, legalBasis }, 'kim')),
      hasCode('case-flag-by-act'),
    );
  });
});

describe('a partner that does not keep to it', () => {
  /** Washington's bundle with one note changed on the way out of it. */
  async function forged(caseId: string, change: (note: Record<string, unknown>) => void) {
    const next = await nextWaiting(washington.records, 'seoul');
    const envelope = JSON.parse(next?.envelope ?? '') as { objects: Record<string, unknown>[] };
    const note = envelope.objects.find(({ type }) => type === 'note') ?? assert.fail('no note');
    change(note);
    const incoming = { partner: washington.party, id: 'forged', envelope: JSON.stringify(envelope), signature: 'x..y' };
    const before = plain(await factsAt(seoul, caseId));
    const { receipt } = await receive(seoul.records, context(seoul), incoming, unsigned);
    assert.deepEqual(plain(await factsAt(seoul, caseId)), before);
    return (JSON.parse(receipt) as ReceiptFacts).refused?.map(({ code }) => code);
  }
  const revisionIn = (note: Record<string, unknown>) =>
    (Object.values(note.extensions as object)[0] as { revision: Record<string, unknown> }).revision;

  test('cannot change what a revision says under its identifier', async () => {
    const caseId = await joint();
    await add(washington, caseId, text('theirs'));
    assert.deepEqual(await forged(caseId, (note) => Object.assign(revisionIn(note), { body: text('other') })), [
      'case-revision-false',
    ]);
  });

  test('cannot speak for this desk, nor for a third', async () => {
    const caseId = await joint();
    await add(washington, caseId, text('theirs'));
    assert.deepEqual(await forged(caseId, (note) => Object.assign(revisionIn(note), { desk: 'seoul' })), [
      'case-revision-false',
    ]);
  });

  test('cannot claim to have seen what this desk never wrote', async () => {
    const caseId = await joint();
    const name = await add(seoul, caseId, text('first'));
    await carry();
    const fact = await factAt(washington, caseId, name);
    await washington.records.query(`update case_revisions set seen = '{"seoul": [[1, 9]]}' where object = $1`, [
      fact.heads[0]?.object ?? '',
    ]);
    await change(washington, caseId, name, text('over everything'));
    const receipts = await carry();
    assert.deepEqual(
      receipts.flatMap(({ refused = [] }) => refused.map(({ code }) => code)),
      ['case-revision-false'],
    );
    assert.deepEqual(
      (await factAt(seoul, caseId, name)).heads.map(({ body }) => body),
      [text('first')],
    );
  });

  test('a desk that is not in the case changes nothing in it', async () => {
    const caseId = await open(seoul);
    const name = await add(seoul, caseId, text('first'));
    await washington.records.transaction(async (tx) => {
      const { addCase } = await import('../cases/index.ts');
      await addCase(tx, washington.clock, {
        id: caseId,
        origin: null,
        title: { en: 'x', ko: 'x' },
        tlp: 'amber',
        by: 'smith',
      });
    });
    await offer(washington, caseId, seoul);
    await add(washington, caseId, text('smuggled'));
    await carry();
    const facts = await factsAt(seoul, caseId);
    assert.deepEqual(
      facts.filter(({ kind }) => kind === 'note').map((it) => it.id),
      [name],
    );
    assert.equal((await findCase(seoul.records, caseId))?.origin, null);
  });
});

test('deliveries of a case are kept with their receipts like all others', async () => {
  const caseId = await joint();
  await add(seoul, caseId, text('first'));
  await carry();
  const rows = await seoul.records.query<{ id: string }>(`select id from deliveries where direction = 'out'`);
  for (const { id } of rows)
    assert.equal((await findDelivery(seoul.records, 'washington', 'out', id))?.state, 'delivered');
  assert.ok(caseId && rows.length > 1);
});
