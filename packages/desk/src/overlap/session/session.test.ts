import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disclosures } from '@gongjo/contract';
import fc from 'fast-check';
import { openGroup } from '../voprf/sodium-group.ts';
import { voprfOver } from '../voprf/voprf.ts';
import { desk, entry, hold, type TestDesk } from './desks.fixture.ts';
import { type Entry, isListed, noteOf } from './entry.ts';
import { messageDigest } from './messages.ts';

const voprf = voprfOver(await openGroup());

const ids = (rows: Iterable<{ readonly entry: Entry } | null>) =>
  [...rows].flatMap((row) => row?.entry.id ?? []).sort();

/** What each side may know of the other's entries, by the plain intersection. */
function check(a: TestDesk, b: TestDesk, held: ReturnType<typeof hold>) {
  const of = (entries: readonly Entry[]) => new Map(entries.map((it) => [it.identifier.text, it]));
  const [inA, inB] = [of(a.entries), of(b.entries)];
  const shared = a.entries.flatMap((mine) => {
    const theirs = inB.get(mine.identifier.text);
    return theirs === undefined ? [] : [{ mine, theirs }];
  });
  const listedThere = shared.filter(({ theirs }) => isListed(theirs));
  const listedHere = shared.filter(({ mine }) => isListed(mine));
  const both = listedThere.filter(({ mine }) => isListed(mine));
  // The asker finds what is shared and not silent there; the answerer what is shared and not silent with the asker.
  assert.deepEqual(ids(held.found), listedThere.map(({ mine }) => mine.id).sort());
  assert.deepEqual(ids(held.learned), listedHere.map(({ theirs }) => theirs.id).sort());
  // Told is what neither keeps silent, to each what the other lets be told.
  assert.deepEqual(ids(held.claims), both.map(({ theirs }) => theirs.id).sort());
  assert.deepEqual(ids(held.silentClaims), []);
  for (const { entry: mine, note } of held.notes) {
    const theirs = inB.get(mine.identifier.text);
    assert.ok(theirs !== undefined);
    assert.deepEqual(note, noteOf(theirs));
    assert.equal(note?.reference ?? null, theirs.disclosure === 'open' ? theirs.reference : null);
  }
  for (const claim of held.claims) {
    const theirs = claim === null ? undefined : inA.get(claim.entry.identifier.text);
    assert.deepEqual(claim?.theirNote, theirs === undefined ? undefined : noteOf(theirs));
  }
}

/** Two lists over the same names, some shared, each with disclosures of its own. */
function pair(sizeA: number, sizeB: number, shared: number, turn: number) {
  const disclosure = (at: number) => disclosures[(at * 7 + turn) % 3] ?? 'open';
  const a = Array.from({ length: sizeA }, (_, at) => entry(at, disclosure(at), 'A'));
  const first = sizeA - Math.min(shared, sizeA);
  const b = Array.from({ length: sizeB }, (_, at) => entry(first + at, disclosure(at * 5 + 1), 'B'));
  return { a: desk(voprf, `A ${turn}`, a), b: desk(voprf, `B ${turn}`, b) };
}

test('the result is the plain intersection, for random sets and all disclosures', () => {
  const disclosure = fc.constantFrom(...disclosures);
  const set = fc.uniqueArray(fc.record({ number: fc.nat(60), disclosure }), {
    maxLength: 60,
    selector: ({ number }) => number,
  });
  fc.assert(
    fc.property(set, set, fc.nat(), (first, second, turn) => {
      const a = desk(
        voprf,
        `a ${turn}`,
        first.map((it) => entry(it.number, it.disclosure, 'A')),
      );
      const b = desk(
        voprf,
        `b ${turn}`,
        second.map((it) => entry(it.number, it.disclosure, 'B')),
      );
      check(a, b, hold(a, b));
    }),
    { numRuns: 8 },
  );
});

for (const [sizeA, sizeB, shared] of [
  [0, 0, 0],
  [0, 50, 0],
  [1, 1, 1],
  [50, 0, 0],
  [300, 2000, 120],
] as const)
  test(`the result is the plain intersection: ${sizeA} asked of ${sizeB}, ${shared} in common`, () => {
    const { a, b } = pair(sizeA, sizeB, shared, 1);
    check(a, b, hold(a, b));
  });

/** So many entries on each side, a third of them in common; 100,000 take four minutes of one core. */
const size = Number(process.env.GONGJO_OVERLAP_LARGE ?? 0);
const large = size > 0 ? {} : { skip: 'takes minutes: GONGJO_OVERLAP_LARGE=100000' };
test('the result is the plain intersection: 100,000 asked of 100,000', large, () => {
  const shared = Math.floor(size / 3);
  const { a, b } = pair(size, size, shared, 2);
  const step = 4000;
  let found = 0;
  for (let at = 0; at < size; at += step) {
    const asker = { ...a, entries: a.entries.slice(at, at + step) };
    // In each session as many of the answerer's own questions as may overlap with what is asked in it.
    const first = at - (size - shared);
    const part = { ...b, entries: b.entries.slice(Math.max(0, first), Math.max(0, first + step)) };
    const held = hold(asker, part);
    check(asker, part, held);
    found += held.found.length;
  }
  assert.ok(found > shared / 2, `${found} found`);
});

test('both sides of a session come to the same digests of it, and another session has another', () => {
  const { a, b } = pair(3, 3, 2, 3);
  const [one, two] = [hold(a, b), hold(a, b)];
  const digests = (sent: typeof one.sent) => sent.map(messageDigest);
  for (const [at, digest] of digests(one.sent).entries()) {
    assert.match(digest, /^[0-9a-f]{64}$/);
    assert.notEqual(digests(two.sent)[at], digest);
  }
  assert.deepEqual(digests(JSON.parse(JSON.stringify(one.sent))), digests(one.sent));
});

test('no identifier, entry name, contact or reference of what is not told is in any message', () => {
  const { a, b } = pair(40, 40, 10, 4);
  const held = hold(a, b);
  const everything = JSON.stringify(held.sent);
  const told = new Set([
    ...held.notes.map((it) => it.note?.contact),
    ...held.claims.map((it) => it?.theirNote.contact),
  ]);
  for (const { identifier, contact, id } of [...a.entries, ...b.entries]) {
    assert.ok(!everything.includes(identifier.text));
    assert.ok(!everything.includes(`"${id}"`));
    assert.equal(everything.includes(`"${contact}"`), told.has(contact), contact);
  }
});
