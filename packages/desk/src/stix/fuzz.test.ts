import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { copyRelation } from './copy.ts';
import { envelopeOf } from './document.ts';
import { labelOf } from './facts.ts';
import { inLanguage } from './language.ts';
import { handlingBook, markingOf } from './marking.ts';
import { hasVersions, type StixObject } from './model/index.ts';
import { samples } from './model.fixture.ts';
import { idNotes, observableId } from './observable-id.ts';
import { readObjects } from './read.ts';
import { base } from './redact.fixture.ts';
import { redact, strictParts } from './redact.ts';
import { tlpOf } from './tlp.ts';

/** Nothing that a stranger sends makes any of these throw or wait: they answer for objects that nobody has checked. */

const key = fc.constantFrom(
  ...['type', 'id', 'modified', 'created', 'lang', 'value', 'hashes', 'contents', 'object_ref', 'object_modified'],
  ...['object_marking_refs', 'granular_markings', 'selectors', 'marking_ref', 'definition', 'statement', 'extensions'],
  ...['toString', 'constructor', 'name', 'labels'],
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(base.id, '2.1', 'name', 'labels.[0]', '[0]', '', 'language-content', 'ko', ...samples.keys()),
    fc.jsonValue({ maxDepth: 2 }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(key, tie('any'), { maxKeys: 6 }),
  ),
})).any;
const object = fc
  .tuple(fc.constantFrom(...samples.values()), fc.dictionary(key, value, { maxKeys: 6 }))
  .map(([sample, changes]): StixObject => ({ ...sample, ...changes, type: sample.type, id: sample.id }));

test('every function answers for any object', () => {
  const book = handlingBook([]);
  fc.assert(
    fc.property(object, object, fc.array(fc.string({ maxLength: 12 })), (one, other, patterns) => {
      const level = tlpOf(one);
      assert.ok(level === null || typeof level === 'string');
      assert.equal(markingOf(one, book, () => other).tlp, level);
      assert.equal(typeof labelOf(one), 'string');
      assert.equal(copyRelation(one, one), 'same');
      assert.ok(['same', 'narrower', 'wider', 'other'].includes(copyRelation(one, other)));
      assert.equal(inLanguage(one, [one, other], 'ko').id, one.id);
      assert.ok(Array.isArray(strictParts(one, 'green')));
      assert.equal(
        typeof redact(one, [...patterns, 'name', '*', 'labels.*', '..', 'granular_markings.[0]']).possible,
        'boolean',
      );
      assert.equal(typeof hasVersions(one), 'boolean');
      observableId(one);
      idNotes([one, other]);
    }),
    { numRuns: 500 },
  );
});

test('every document is read or refused', () => {
  fc.assert(
    fc.property(
      fc.oneof(value, fc.array(object), fc.record({ objects: fc.array(fc.oneof(object, value)) })),
      (json) => {
        const { objects, findings, rejected, refused } = readObjects(envelopeOf(json));
        assert.ok(findings.every(({ detail }) => detail !== ''));
        assert.equal(findings.length > 0, refused || rejected.length > 0);
        assert.ok(!refused || objects.length === 0);
      },
    ),
    { numRuns: 500 },
  );
});
