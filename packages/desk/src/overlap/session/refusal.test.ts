import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disclosures } from '@gongjo/contract';
import { publish } from '../list/publish.ts';
import { openGroup } from '../voprf/sodium-group.ts';
import { voprfOver } from '../voprf/voprf.ts';
import { takeAsk, takeReturn } from './answerer.ts';
import { startAsk, takeAnswer, takeTold } from './asker.ts';
import { commitmentDigest, epochKeys } from './commitment.ts';
import { desk, entry, seeded } from './desks.fixture.ts';
import { asMarked, strictestEach } from './entry.ts';
import { type Answer, type Ask, messageDigest, zAnswer, zAsk, zTell } from './messages.ts';
import { pack, unpack } from './packed.ts';
import type { SessionFault } from './question.ts';

/** What a side does not take from the other. */
const voprf = voprfOver(await openGroup());
const a = desk(voprf, 'a', [entry(1, 'open', 'A'), entry(2, 'silent', 'A')]);
const b = desk(voprf, 'b', [entry(1, 'contact', 'B')]);
const otherKeys = epochKeys(voprf, seeded('other')(32), 1);
const reverseCount = 2;
const session = '7b0f6c0e-4b1c-4c55-9d59-0c53f2f1a002';

const asking = startAsk(a.context, {
  session,
  theirs: b.own,
  own: a.own,
  entries: a.entries,
  purpose: 'test',
  legalBasis: 'treaty',
});
const facts = { own: b.own, list: b.published.list.header, theirs: a.own, reverseCount, waiting: b.entries };
const at = { list: b.published.list, own: a.own, reverseCount };
const honest = takeAsk(b.context, asking.ask, facts);
assert.ok(honest.fault === null);

const byAsk = (change: Partial<Ask>, expected: SessionFault | null, changed: Partial<typeof facts> = {}) =>
  assert.equal(takeAsk(b.context, { ...asking.ask, ...change }, { ...facts, ...changed }).fault, expected);
const byAnswer = (change: Partial<Answer>, expected: SessionFault | null, changed: Partial<typeof at> = {}) =>
  assert.equal(takeAnswer(a.context, asking, { ...honest.answer, ...change }, { ...at, ...changed }).fault, expected);
const half = (text: string) => pack(unpack(text).subarray(0, unpack(text).length / 2));

test('ask: another key, an unknown offer, another count, disorder, no element', () => {
  byAsk({}, null);
  byAsk({ epoch: 2 }, 'epoch');
  byAsk({ key: pack(otherKeys.publicKey) }, 'epoch');
  byAsk({ offer: { ...asking.ask.offer, epoch: 2 } }, 'commitment');
  byAsk({}, 'commitment', { theirs: otherKeys });
  byAsk({ elements: half(asking.ask.elements) }, 'count');
  byAsk({ offer: { ...asking.ask.offer, values: half(asking.ask.offer.values) } }, 'count');
  const values = unpack(asking.ask.offer.values);
  byAsk(
    { offer: { ...asking.ask.offer, values: pack(values.slice(8, 16), values.slice(0, 8), values.slice(16)) } },
    'order',
  );
  byAsk({ elements: pack(unpack(asking.ask.elements).fill(0, 0, 32)) }, 'element');
});

test('answer: another session or key, a forged part, another count, an old list', () => {
  byAnswer({}, null);
  byAnswer({ session: '7b0f6c0e-4b1c-4c55-9d59-0c53f2f1a003' }, 'session');
  byAnswer({ elements: half(honest.answer.elements) }, 'count');
  byAnswer({}, 'count', { reverseCount: 3 });
  byAnswer({ reverse: pack(new Uint8Array(64)) }, 'element');
  byAnswer({ proof: pack(unpack(honest.answer.proof).with(3, 1)) }, 'proof');
  byAnswer({ list: pack(new Uint8Array(32)) }, 'list');
  byAnswer({}, null, { list: publish(b.own, [1n], b.published).list });
  byAnswer({}, 'list', { list: publish(b.own, [1n], null).list });
  byAnswer({ serial: 2 }, null);
  byAnswer({}, 'list', { list: publish(otherKeys, b.published.entries, null).list });
});

test('the proof catches a desk that answers one partner with another key', () => {
  const cheat = takeAsk(b.context, asking.ask, { ...facts, own: { ...otherKeys, publicKey: b.own.publicKey } });
  assert.ok(cheat.fault === null);
  assert.equal(takeAnswer(a.context, asking, cheat.answer, at).fault, 'proof');
  // So is an asker who answers the questions that go back with another key.
  const done = takeAnswer(a.context, asking, honest.answer, {
    ...at,
    own: { ...otherKeys, publicKey: a.own.publicKey },
  });
  assert.ok(done.fault === null);
  assert.equal(takeReturn(b.context, honest, done.reply, a.own).fault, 'proof');
});

test('a key for each partner shows where partners compare what they were given', () => {
  const given = { desk: 'b', epoch: 1, publicKey: b.own.publicKey };
  assert.equal(commitmentDigest(given), commitmentDigest({ ...given, publicKey: b.own.publicKey.slice() }));
  for (const other of [{ publicKey: otherKeys.publicKey }, { desk: 'c' }, { epoch: 2 }])
    assert.notEqual(commitmentDigest(given), commitmentDigest({ ...given, ...other }));
});

test('told: for another session, or another number of claims', () => {
  assert.equal(takeTold(session, [], { kind: 'told', session: asking.ask.session, notes: [null] }).fault, 'count');
  assert.equal(takeTold('x', [], { kind: 'told', session, notes: [] }).fault, 'session');
});

test('messages out of bounds are none: too many questions, broken text, unknown properties, claims without an output', () => {
  assert.ok(zAsk.safeParse(asking.ask).success);
  assert.ok(zAnswer.safeParse(honest.answer).success);
  const huge = pack(new Uint8Array(4097 * 32));
  for (const bad of [
    { ...asking.ask, elements: huge },
    { ...asking.ask, elements: '' },
    { ...asking.ask, elements: asking.ask.elements.slice(1) },
    { ...asking.ask, elements: `${asking.ask.elements.slice(1)}*` },
    { ...asking.ask, epoch: 0 },
    { ...asking.ask, purpose: ' ' },
    { ...asking.ask, purpose: 'a\ud800b' },
    { ...asking.ask, purpose: 'a\0b' },
    { ...asking.ask, epoch: 2 ** 31 },
    { ...asking.ask, identifier: 'x' },
    { ...asking.ask, session: 'x' },
  ])
    assert.equal(zAsk.safeParse(bad).success, false);
  const note = { contact: 'x', reference: null };
  assert.equal(zTell.safeParse({ kind: 'tell', session, claims: [{ output: 'AAAA', note }] }).success, false);
});

test('an ask that comes again is the same ask; any change makes it another', () => {
  const again = JSON.parse(JSON.stringify(asking.ask)) as Ask;
  assert.equal(messageDigest(again), messageDigest(asking.ask));
  assert.notEqual(messageDigest({ ...again, purpose: 'other' }), messageDigest(asking.ask));
});

test('of several entries about one identifier the one that says least decides', () => {
  const same = (['open', 'silent', 'contact'] as const).map((it, i) => ({ ...entry(1, it), id: `${i}` }));
  for (const order of [same, same.toReversed()])
    assert.deepEqual(
      strictestEach([...order, entry(2, 'open')]).map((it) => it.disclosure),
      ['silent', 'open'],
    );
  assert.deepEqual([...disclosures], ['open', 'contact', 'silent']);
});

test('what one asks is told no further than others let be told of the same', () => {
  const of = (mark: 'open' | 'contact' | 'silent', id: string) => ({ ...entry(1, mark), id });
  for (const [asked, about, expected] of [
    ['open', 'silent', 'silent'],
    ['contact', 'open', 'contact'],
    ['silent', 'open', 'silent'],
  ] as const)
    assert.deepEqual(
      asMarked([of(asked, 'asked'), entry(2, 'open')], [of(about, 'listed'), entry(3, 'silent')]).map(
        ({ id, disclosure }) => [id, disclosure],
      ),
      [
        ['asked', expected],
        [entry(2, 'open').id, 'open'],
      ],
    );
});
