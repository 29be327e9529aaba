import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tlpLevels } from '@gongjo/contract';
import fc from 'fast-check';
import { type CopyRelation, copyRelation } from './copy.ts';
import { tlpRefs } from './levels.ts';
import type { StixObject } from './model/index.ts';
import { base, marked, patterns } from './redact.fixture.ts';
import { redact } from './redact.ts';
import { withTlp } from './tlp.ts';

const copy = (properties: object): StixObject => ({ ...base, ...properties }) as unknown as StixObject;
const red = tlpRefs('red')[0];
const green = tlpRefs('green')[0];
const mirrored: Readonly<Record<CopyRelation, CopyRelation>> = {
  same: 'same',
  narrower: 'wider',
  wider: 'narrower',
  other: 'other',
};

const cases: [what: string, a: object, b: object, relation: CopyRelation][] = [
  ['equal', { labels: ['a'] }, { labels: ['a'] }, 'same'],
  ['a property less', {}, { description: 'x' }, 'narrower'],
  ['a list item less', { labels: ['a', 'c'] }, { labels: ['a', 'b', 'c'] }, 'narrower'],
  ['a nested value less', { x_a: [{ b: 1 }] }, { x_a: [{ b: 1, c: 2 }] }, 'narrower'],
  ['a stricter level', { object_marking_refs: [red] }, { object_marking_refs: [green] }, 'narrower'],
  ['a level where there was none', { object_marking_refs: [red] }, {}, 'narrower'],
  ['another value', { description: 'x' }, { description: 'y' }, 'other'],
  ['another order', { labels: ['a', 'b'] }, { labels: ['b', 'a'] }, 'other'],
  ['less of one and more of another', { description: 'x' }, { labels: ['a'] }, 'other'],
  [
    'less content, looser level',
    { object_marking_refs: [green] },
    { description: 'x', object_marking_refs: [red] },
    'other',
  ],
  ['another id', { id: 'threat-actor--dea456d4-c2bd-4482-9baf-c1f9188592cb' }, {}, 'other'],
  ['a value that became a list', { x_a: 'b' }, { x_a: ['b'] }, 'other'],
  [
    'a marking of another kind gone',
    {},
    { object_marking_refs: ['marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168'] },
    'other',
  ],
  [
    'a part no longer marked',
    { description: 'x' },
    { description: 'x', granular_markings: [{ selectors: ['description'], marking_ref: red }] },
    'other',
  ],
  [
    'a marked part gone with its marking',
    {},
    { description: 'x', granular_markings: [{ selectors: ['description'], marking_ref: red }] },
    'narrower',
  ],
  [
    'a marked list item that moved',
    { labels: ['b'], granular_markings: [{ selectors: ['labels.[0]'], marking_ref: red }] },
    { labels: ['a', 'b'], granular_markings: [{ selectors: ['labels.[1]'], marking_ref: red }] },
    'narrower',
  ],
];
for (const [what, a, b, relation] of cases) {
  test(`${relation}: ${what}`, () => {
    assert.equal(copyRelation(copy(a), copy(b)), relation);
    assert.equal(copyRelation(copy(b), copy(a)), mirrored[relation]);
  });
}

test('law: a redacted and tightened copy is narrower or the same, and the original is then wider or the same', () => {
  fc.assert(
    fc.property(marked, patterns, fc.constantFrom(...tlpLevels), (whole, selectors, level) => {
      const redaction = redact(whole, selectors);
      if (!redaction.possible) return;
      const said = tlpRefs('amber')[0] === (whole.object_marking_refs as string[])[0] ? 'amber' : 'green';
      const floor = tlpLevels.indexOf(level) < tlpLevels.indexOf(said) ? said : level;
      const part = withTlp(redaction.object, floor);
      const relation = copyRelation(part, whole);
      assert.ok(relation === 'narrower' || relation === 'same');
      assert.equal(copyRelation(whole, part), mirrored[relation]);
    }),
    { numRuns: 400 },
  );
});

test('law: a changed text is never a copy', () => {
  fc.assert(
    fc.property(marked, fc.string({ minLength: 1 }), (whole, text) => {
      const forged = { ...whole, name: `${base.name}${text}` };
      assert.equal(copyRelation(forged, whole), 'other');
    }),
  );
});

test('long lists that do not match are told apart without delay', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => [i % 2, [i]]);
  const other = many.map(([a, b]) => [b, a]);
  const started = performance.now();
  assert.equal(copyRelation(copy({ x_many: many }), copy({ x_many: other })), 'other');
  assert.equal(copyRelation(copy({ x_many: many.slice(1) }), copy({ x_many: many })), 'narrower');
  assert.ok(performance.now() - started < 5_000);
});
