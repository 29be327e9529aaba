import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  type CaseRevision,
  caseDesksMax,
  type FactBody,
  factRevisionsMax,
  zCaseRevision,
  zDeskId,
  zFactChange,
  zNewFact,
} from '@gongjo/contract';
import {
  addFact,
  answerCase,
  caseSummaries,
  changeFact,
  convertFact,
  type Fact,
  factsOf,
  findCase,
  offerCase,
  openCase,
  revisionsOf,
  standingsOf,
} from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { deskIdentityId, revisionId } from '../stix/index.ts';
import { approve } from './approve.ts';
import { recallByHand } from './by-hand.ts';
import { findDelivery } from './delivery.store.ts';
import type { TestDesk } from './desk.fixture.ts';
import { givenOf, givenView } from './given.store.ts';
import { shareCase } from './joint.ts';
import { openPair, type Pair } from './pair.fixture.ts';
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
const approveOf = (desk: TestDesk, request = '') =>
  desk.records.transaction((tx) => approve(tx, context(desk), { request, person: 'lee', reason: null }));
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
    await change(seoul, caseId, name, text('for our eyes'), { tlp: 'amber+strict' });
    await carry();
    assert.deepEqual(
      (await factAt(washington, caseId, name)).heads.map(({ body }) => body),
      [text('first')],
    );
    await change(washington, caseId, name, text('theirs'));
    const before = new Set((await listRequests(seoul.records, seoul.clock, 'open')).map((it) => it.id));
    await change(seoul, caseId, name, text('for both'));
    const waiting = (await listRequests(seoul.records, seoul.clock, 'open')).filter((it) => !before.has(it.id));
    assert.equal(waiting.length, 1);
    await approveOf(seoul, waiting[0]?.id);
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
    await approveOf(seoul, request?.id);
    await carry();
    assert.deepEqual((await factAt(washington, caseId, name)).heads[0]?.tlp, 'amber+strict');
  });

  test('a change is never marked less strictly than what it rests on', async () => {
    const caseId = await joint();
    const name = await add(seoul, caseId, text('strict'), { tlp: 'amber+strict' });
    await assert.rejects(change(seoul, caseId, name, text('loose'), { tlp: 'amber' }), hasCode('mark-looser'));
    await change(seoul, caseId, name, text('stricter'), { tlp: 'red' });
    assert.equal((await factAt(seoul, caseId, name)).heads[0]?.tlp, 'red');
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

  test('is taken back whole: the partner has nothing of it any more, and the work here goes on untold', async () => {
    const caseId = await joint();
    const name = await add(seoul, caseId, text('first'));
    await carry();
    await seoul.records.transaction((tx) =>
      recallByHand(tx, context(seoul), { what: caseId, reason: { en: 'wrong', ko: 'wrong' }, by: 'kim' }),
    );
    await carry();
    assert.deepEqual(await caseSummaries(washington.records, 'washington'), []);
    assert.equal(
      (await factsAt(washington, caseId)).some((it) => it.id === name),
      false,
    );
    const [summary] = await caseSummaries(seoul.records, 'seoul');
    assert.deepEqual([summary?.recalled, (await factAt(seoul, caseId, name)).heads[0]?.body], [true, text('first')]);
    const later = await add(seoul, caseId, text('later'));
    await carry();
    assert.equal(
      (await factsAt(washington, caseId)).some((it) => it.id === later),
      false,
    );
    await assert.rejects(offer(seoul, caseId, washington), hasCode('case-recalled'));
    const given = await givenOf(seoul.records, 'seoul', [caseId]);
    assert.deepEqual(
      given.get(caseId)?.map((it) => givenView(it).outcome),
      ['withdrawn'],
    );
  });

  test('an incident that was taken out of a case is not its incident any more, and can be put back', async () => {
    const caseId = await open(seoul);
    const incident = 'incident--6f1c0a8e-2b53-4d0e-9a51-0d7f3c2b1a90';
    const about = () => caseSummaries(seoul.records, 'seoul', incident).then((found) => found.map((it) => it.id));
    const name = await add(seoul, caseId, { kind: 'incident', incident });
    assert.deepEqual(await about(), [caseId]);
    await change(seoul, caseId, name, { kind: 'incident', incident }, { removed: true });
    assert.deepEqual(await about(), []);
    assert.equal(await add(seoul, caseId, { kind: 'incident', incident }), name);
    assert.deepEqual(await about(), [caseId]);
    const fact = await factAt(seoul, caseId, name);
    assert.deepEqual(
      fact.revisions.map(({ n }) => n),
      [1, 2, 3],
    );
    await assert.rejects(add(seoul, caseId, { kind: 'incident', incident }), hasCode('input-invalid'));
    const another = 'incident--0d7f3c2b-2b53-4d0e-9a51-6f1c0a8e1a90';
    await assert.rejects(
      change(seoul, caseId, name, { kind: 'incident', incident: another }),
      hasCode('input-invalid'),
    );
  });

  test('a fact that was taken back and is said again has a number of its own', async () => {
    const caseId = await joint();
    const incident = 'incident--6f1c0a8e-2b53-4d0e-9a51-0d7f3c2b1a90';
    const name = await add(seoul, caseId, { kind: 'incident', incident });
    await carry();
    const what = (await factAt(seoul, caseId, name)).heads[0]?.object ?? '';
    await seoul.records.transaction((tx) =>
      recallByHand(tx, context(seoul), { what, reason: { en: 'wrong', ko: 'wrong' }, by: 'kim' }),
    );
    await add(seoul, caseId, { kind: 'incident', incident });
    await carry();
    for (const desk of desks())
      assert.deepEqual(
        (await factAt(desk, caseId, name)).heads.map(({ n }) => n),
        [2],
      );
  });

  test('no desk writes more into it than the others take', async () => {
    const caseId = await joint();
    const name = await add(seoul, caseId, text('first'));
    await seoul.records.query('update case_revisions set n = $1 where fact = $2', [factRevisionsMax, name]);
    await assert.rejects(change(seoul, caseId, name, text('more')), hasCode('case-full'));
    const others = Array.from({ length: caseDesksMax - 2 }, (_, i) => `desk-${i}`);
    for (const desk of others)
      await seoul.records.query(
        `insert into case_desks (case_id, desk, invited, added_at, added_by) values ($1, $2, false, now(), 'kim')`,
        [caseId, desk],
      );
    const one = { to: zDeskId.parse('one-more'), legalBasis: null };
    await assert.rejects(
      act(seoul, caseId, (tx) => offerCase(tx, context(seoul), caseId, one, 'kim')),
      hasCode('case-full'),
    );
  });

  test('is decided again for a partner on another legal basis', async () => {
    const caseId = await joint();
    await add(seoul, caseId, text('strict'), { tlp: 'amber+strict' });
    const basesOf = async () =>
      (
        await seoul.records.query<{ legal_basis: string }>(
          `select legal_basis from release_decisions where outcome = 'ask-person' and recipient = 'washington'`,
        )
      ).map((it) => it.legal_basis);
    assert.deepEqual(await basesOf(), ['MoU 2026, 4']);
    await act(seoul, caseId, (tx) =>
      offerCase(tx, context(seoul), caseId, { to: id(washington), legalBasis: 'Treaty, 7' }, 'kim'),
    );
    assert.deepEqual(await basesOf(), ['Treaty, 7']);
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
  /**
   * Washington's bundle with one note changed on the way out of it. The identifier fits what it says then, so that it is refused for what
   * it says and nothing else; but for where that is what is tried.
   */
  async function forged(caseId: string, change: (revision: Revision) => void, isFitting = true): Promise<string[]> {
    const before = plain(await factsAt(seoul, caseId));
    const refused = await pair.forge((objects) => {
      const note = objects.findLast(({ type }) => type === 'note') ?? assert.fail('no note');
      const { revision } = Object.values(note.extensions as object)[0] as { revision: Revision };
      change(revision);
      if (isFitting) note.id = revisionId(deskIdentityId(id(washington)), zCaseRevision.parse(revision));
    });
    assert.deepEqual(plain(await factsAt(seoul, caseId)), before);
    assert.deepEqual(new Set(refused.map(({ code }) => code)), new Set(['case-revision-false']));
    return refused.map(({ detail }) => detail);
  }
  type Revision = { -readonly [K in keyof CaseRevision]: CaseRevision[K] };
  const says = (details: readonly string[], why: string) =>
    assert.ok(details.length === 1 && details[0]?.endsWith(`: ${why}`), details.join('\n'));

  test('cannot change what a revision says under its identifier', async () => {
    const caseId = await joint();
    await add(washington, caseId, text('theirs'));
    const details = await forged(caseId, (it) => Object.assign(it, { body: text('other') }), false);
    says(details, 'its identifier is not that of its content');
  });

  test('cannot speak for this desk, nor for a third', async () => {
    const caseId = await joint();
    await add(washington, caseId, text('theirs'));
    for (const desk of ['seoul', 'tokyo'])
      says(await forged(caseId, (it) => Object.assign(it, { desk })), `it is said to be of ${desk}`);
  });

  test('cannot answer for another desk, nor take its answer back', async () => {
    const caseId = await joint();
    await add(washington, caseId, text('theirs'));
    const body = { kind: 'desk', desk: 'seoul', standing: 'left' };
    const why = 'it speaks for another desk';
    says(await forged(caseId, (it) => Object.assign(it, { fact: 'desk-seoul', body })), why);
    const offered = { fact: 'desk-seoul', body: { ...body, standing: 'offered' }, seen: { seoul: [[1, 1]] } };
    says(await forged(caseId, (it) => Object.assign(it, offered)), why);
  });

  test('cannot make another kind of fact of one, nor use the name of one that a case has once', async () => {
    const caseId = await joint();
    await add(washington, caseId, text('theirs'));
    const title = { en: 'x', ko: 'x' };
    for (const other of [
      { fact: 'case' },
      { fact: 'desk-seoul' },
      { fact: 'incident-1' },
      { body: { kind: 'case', title, state: 'closed' } },
      { body: { kind: 'task', title: 'x', done: false } },
      { body: { kind: 'incident', incident: 'incident--1' } },
    ])
      says(await forged(caseId, (it) => Object.assign(it, other)), 'it has the name of another fact');
  });

  test('what a desk has said itself counts as its word, whatever another says of it', async () => {
    const caseId = await joint();
    const [own] = (await factAt(seoul, caseId, 'desk-seoul')).heads;
    assert.ok(own);
    // As a desk wrote it that does not look at claims.
    const offered = { ...own, desk: id(washington), seen: { seoul: [[1, own.n]] }, object: 'note--x' } as typeof own;
    const facts = factsOf([
      ...(await revisionsOf(seoul.records, caseId, 'seoul')),
      { ...offered, body: { kind: 'desk', desk: id(seoul), standing: 'offered' } },
    ]);
    assert.deepEqual([...standingsOf(facts)].sort(), [
      ['seoul', 'joined'],
      ['washington', 'joined'],
    ]);
  });

  test('cannot name an act by which evidence was made that its author never did', async () => {
    const caseId = await joint();
    const name = await add(seoul, caseId, text('seen'));
    const legalBasis = 'Criminal Procedure Act, 199';
    const based = (await factAt(seoul, caseId, name)).heads.map(({ object }) => object);
    await act(seoul, caseId, (tx) => convertFact(tx, context(seoul), caseId, name, { based, legalBasis }, 'kim'));
    await carry();
    await change(washington, caseId, name, text('seen twice'));
    const real = (await factAt(washington, caseId, name)).heads[0]?.about.conversion ?? assert.fail();
    const withAct =
      (conversion: object, more: object = {}) =>
      (it: Revision) =>
        Object.assign(it, { about: { flag: 'evidence', conversion: { ...real, ...conversion }, ...more } });
    const didNot = (desk: string, at: string) => `${desk} did not make evidence of it at ${at} on this basis`;
    says(await forged(caseId, withAct({ legalBasis: 'None' })), didNot('seoul', real.at));
    const at = '2026-01-01T00:00:00.000Z';
    says(await forged(caseId, withAct({ at })), didNot('seoul', at));
    says(await forged(caseId, withAct({ desk: 'washington' })), didNot('washington', real.at));
    says(await forged(caseId, withAct({ desk: 'tokyo' })), didNot('tokyo', real.at));
    const none = 'it names the act that made evidence of it, and is none';
    says(await forged(caseId, withAct({}, { flag: 'intelligence' })), none);
    await carry();
    const here = await factAt(seoul, caseId, name);
    assert.deepEqual([here.flag, here.heads[0]?.body], ['evidence', text('seen twice')]);
  });

  test('cannot begin a fact with an act that makes evidence of it', async () => {
    const caseId = await joint();
    await add(washington, caseId, text('theirs'));
    const details = await forged(caseId, (it) => {
      const conversion = { legalBasis: 'None', at: it.at, desk: id(washington) };
      it.about = { flag: 'evidence', conversion };
    });
    says(details, 'it makes evidence of what nobody had written');
    const [kept] = await seoul.records.query<{ ko: string }>(
      `select problem -> 'text' ->> 'ko' as ko from quarantined_objects order by at desc, place desc limit 1`,
    );
    // The whole sentence is in the reader's language; identifiers are none.
    assert.doesNotMatch(kept?.ko ?? '-', /[a-z]{2,} [a-z]{2,}/);
    assert.match(kept?.ko ?? '', /작성된 적이 없는 내용을/);
  });

  test('cannot claim to have seen what this desk never wrote', async () => {
    const caseId = await joint();
    const name = await add(seoul, caseId, text('first'));
    await carry();
    await change(washington, caseId, name, text('over everything'));
    const details = await forged(caseId, (it) => Object.assign(it, { seen: { seoul: [[1, 9]] } }));
    says(details, 'it has seen change 2 of seoul, which there is not');
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
