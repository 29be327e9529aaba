import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SeenSet } from '@gongjo/contract';
import fc from 'fast-check';
import { revise } from './fact.ts';
import { flagOf } from './flag.ts';
import { desks, factIn, play, type Step } from './joint.fixture.ts';
import { type HeldRevision, headsOf, isConflict, mergeRevisions } from './revision.ts';
import { hasSeen, joinSeen } from './seen.ts';

const desk = fc.nat(desks.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    desk,
    text: fc.constantFrom('a', 'b', 'c', 'd'),
    flag: fc.constantFrom('intelligence' as const, 'evidence' as const),
    of: fc.nat(2),
  }),
  fc.record({ do: fc.constant('hear' as const), desk, from: desk, part: fc.nat(2) }),
);
const steps = fc.array(step, { minLength: 1, maxLength: 30 });
const convert: fc.Arbitrary<Step> = fc.record({ do: fc.constant('convert' as const), desk });
const stepsWithActs = fc.array(fc.oneof({ weight: 4, arbitrary: step }, { weight: 1, arbitrary: convert }), {
  minLength: 1,
  maxLength: 30,
});

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 12 }));
const seenOf = (chosen: readonly (readonly number[])[]): SeenSet =>
  joinSeen(...chosen.flatMap((ns, i) => ns.map((n) => ({ [desks[i] ?? '']: [[n, n]] }) as SeenSet)));

describe('what somebody has seen', () => {
  test('is a set: joining is union, and the form is one and the same', () => {
    fc.assert(
      fc.property(fc.tuple(numbers, numbers), fc.tuple(numbers, numbers), (a, b) => {
        const joined = joinSeen(seenOf(a), seenOf(b));
        for (const [i, desk] of desks.entries())
          for (let n = 1; n <= 12; n += 1)
            assert.equal(hasSeen(joined, { desk, n }), a[i]?.includes(n) === true || b[i]?.includes(n) === true);
        assert.deepEqual(joined, joinSeen(seenOf(b), seenOf(a)));
        assert.deepEqual(joined, joinSeen(joined, seenOf(a)));
      }),
    );
  });
});

describe('what desks know of a fact', () => {
  test('merges commutatively, associatively and idempotently', () => {
    fc.assert(
      fc.property(steps, (it) => {
        const [a = [], b = [], c = []] = play(it).known;
        assert.deepEqual(mergeRevisions(a, b), mergeRevisions(b, a));
        assert.deepEqual(mergeRevisions(mergeRevisions(a, b), c), mergeRevisions(a, mergeRevisions(b, c)));
        assert.deepEqual(mergeRevisions(a, a), mergeRevisions(a));
      }),
    );
  });

  test('comes to the same heads, conflict and flag at every desk that knows the same, in whatever order it heard', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat(1000)), (it, order) => {
        const { all } = play(it);
        const shuffled = [...all]
          .map((revision) => ({ revision, key: order.next().value }))
          .sort((a, b) => a.key - b.key);
        const one = factIn(mergeRevisions(all));
        const other = factIn(shuffled.map(({ revision }) => revision));
        assert.deepEqual(other, one);
      }),
    );
  });

  test('keeps every change: each stands, or somebody who had it before them wrote anew', () => {
    fc.assert(
      fc.property(steps, (it) => {
        const { all, known } = play(it);
        for (const revisions of [all, ...known]) {
          const heads = headsOf(revisions);
          assert.ok(revisions.length === 0 || heads.length > 0);
          for (const revision of revisions)
            assert.ok(
              heads.includes(revision) ||
                revisions.some((later) => later !== revision && hasSeen(later.seen, revision)),
            );
          // Of two heads, nobody who wrote one had the other.
          for (const a of heads) for (const b of heads) assert.ok(a === b || !hasSeen(a.seen, b));
        }
      }),
    );
  });

  test('a change that was based on one of two heads leaves the other standing, and one on both settles it', () => {
    const { known } = play([
      { do: 'write', desk: 0, text: 'a', flag: 'intelligence', of: 0 },
      { do: 'hear', desk: 1, from: 0, part: 0 },
      { do: 'write', desk: 0, text: 'b', flag: 'intelligence', of: 0 },
      { do: 'write', desk: 1, text: 'c', flag: 'intelligence', of: 0 },
      { do: 'hear', desk: 0, from: 1, part: 0 },
    ]);
    const fact = factIn(known[0] ?? []);
    assert.ok(fact);
    assert.equal(fact.heads.length, 2);
    assert.equal(fact.conflict, true);
    const at = '2026-01-02T00:00:00.000Z';
    const us = desks[0] ?? assert.fail();
    const object = (made: object) => ({
      ...(made as (typeof fact.heads)[number]),
      object: 'note--new',
      tlp: 'amber' as const,
    });
    const both = object(
      revise(
        fact,
        fact.heads.map((it) => it.object),
        { body: { kind: 'note', text: 'd' } },
        { desk: us, at },
      ),
    );
    assert.deepEqual(headsOf([...fact.revisions, both]), [both]);
    const theirs = fact.heads.find((it) => it.desk !== us) ?? assert.fail();
    const one = object(revise(fact, [theirs.object], { body: { kind: 'note', text: 'd' } }, { desk: us, at }));
    const left = headsOf([...fact.revisions, one]);
    assert.equal(left.length, 2);
    assert.equal(isConflict(left), true);
  });

  test('two desks that said the same are in no conflict', () => {
    const { known } = play([
      { do: 'write', desk: 0, text: 'a', flag: 'intelligence', of: 0 },
      { do: 'write', desk: 1, text: 'a', flag: 'intelligence', of: 0 },
      { do: 'hear', desk: 0, from: 1, part: 0 },
    ]);
    const fact = factIn(known[0] ?? []);
    assert.equal(fact?.heads.length, 2);
    assert.equal(fact?.conflict, false);
  });

  test('of a desk that was set back to a backup, both changes of one number stand', () => {
    const write = { do: 'write', desk: 0, flag: 'intelligence', of: 0 } as const;
    const [a] = play([{ ...write, text: 'a' }]).all;
    const [b] = play([{ ...write, text: 'b' }]).all;
    assert.ok(a && b && a.n === b.n && a.object !== b.object);
    assert.equal(headsOf([a, b]).length, 2);
  });

  test('who claims to have seen what had seen it hides nothing', () => {
    const { all } = play([{ do: 'write', desk: 0, text: 'a', flag: 'intelligence', of: 0 }]);
    const [mine] = all;
    assert.ok(mine);
    const theirs = {
      ...mine,
      desk: desks[1] ?? mine.desk,
      object: 'note--other',
      seen: { [mine.desk]: [[1, 1]] } as SeenSet,
    };
    const lied = { ...mine, seen: { [theirs.desk]: [[1, 1]] } as SeenSet };
    assert.equal(headsOf([lied, theirs]).length, 2);
  });
});

describe('intelligence', () => {
  test('never turns into evidence by itself, however desks write and merge', () => {
    fc.assert(
      fc.property(steps, (it) => {
        const { all, known } = play(it);
        for (const revisions of [all, ...known]) {
          const heads = headsOf(revisions);
          const isEvidence = flagOf(heads, revisions) === 'evidence';
          // Nobody converted anything: what is evidence here never was intelligence among what it rests on.
          if (isEvidence)
            for (const head of heads)
              assert.ok(revisions.every((r) => r.about.flag === 'evidence' || !hasSeen(head.seen, r)));
        }
      }),
    );
  });

  test('rests on evidence alone where it is evidence without an act of its own, whoever made evidence of what', () => {
    fc.assert(
      fc.property(stepsWithActs, (it) => {
        for (const { made, based, known } of play(it).written)
          if (made.about.flag === 'evidence')
            for (const before of based)
              assert.equal(flagOf([before], known), 'evidence', `${made.object} rests on ${before.object}`);
      }),
      { numRuns: 2_000 },
    );
  });

  test('that disagrees with evidence stays intelligence when a person settles between them', () => {
    const { known, all } = play([
      { do: 'write', desk: 0, text: 'a', flag: 'intelligence', of: 0 },
      { do: 'hear', desk: 1, from: 0, part: 0 },
      { do: 'convert', desk: 0 },
      { do: 'write', desk: 1, text: 'b', flag: 'intelligence', of: 0 },
      { do: 'hear', desk: 0, from: 1, part: 0 },
      { do: 'write', desk: 0, text: 'b', flag: 'intelligence', of: 0 },
    ]);
    assert.equal(all[1]?.about.flag, 'evidence');
    const fact = factIn(known[0] ?? []);
    assert.equal(fact?.conflict, false);
    assert.deepEqual([fact?.flag, fact?.heads[0]?.about], ['intelligence', { flag: 'intelligence' }]);
  });

  test('stays intelligence where a partner only says that it is evidence, and becomes evidence by an act', () => {
    const { known } = play([{ do: 'write', desk: 0, text: 'a', flag: 'intelligence', of: 0 }]);
    const [first] = known[0] ?? [];
    assert.ok(first);
    const later = {
      ...first,
      desk: desks[1] ?? first.desk,
      object: 'note--2',
      seen: { [first.desk]: [[1, 1]] } as SeenSet,
    };
    const silent = { ...later, about: { flag: 'evidence' as const } };
    assert.equal(flagOf([silent], [first, silent]), 'intelligence');
    const conversion = { legalBasis: 'Criminal Procedure Act, article 199', at: later.at, desk: later.desk };
    const act = { ...later, about: { flag: 'evidence' as const, conversion } };
    assert.equal(flagOf([act], [first, act]), 'evidence');
  });

  test('stays intelligence where a desk names an act that another one, all of whose changes are here, never did', () => {
    const { known } = play([
      { do: 'write', desk: 0, text: 'a', flag: 'intelligence', of: 0 },
      { do: 'convert', desk: 0 },
    ]);
    const [first, act] = known[0] ?? [];
    assert.ok(first && act?.about.conversion);
    const later = (about: HeldRevision['about'], seen: number): HeldRevision => ({
      ...first,
      desk: desks[1] ?? first.desk,
      object: 'note--2',
      seen: { [first.desk]: [[1, seen]] } as SeenSet,
      about,
    });
    const { conversion } = act.about;
    const real = later({ flag: 'evidence', conversion }, 2);
    const forged = later({ flag: 'evidence', conversion: { ...conversion, legalBasis: 'None' } }, 2);
    assert.equal(flagOf([real], [first, act, real]), 'evidence');
    assert.equal(flagOf([forged], [first, act, forged]), 'intelligence');
    // What the desk that is said to have acted keeps to itself, or has not told yet, cannot be looked at.
    assert.equal(flagOf([real], [first, real]), 'evidence');
  });
});
