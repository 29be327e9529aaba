import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { terms } from './terms.ts';
import { placeholdersOf } from './text.fixture.ts';

const all = Object.entries(terms).flatMap(([group, words]) =>
  Object.entries(words).map(([code, text]) => ({ name: `${group}.${code}`, ...text })),
);

/** The Traffic Light Protocol keeps its labels in English in every language (FIRST, TLP 2.0). */
const sameInEveryLanguage = /^tlp\./;

describe('terms', () => {
  test('say everything in both languages', () => {
    assert.ok(all.length > 0);
    for (const { name, en, ko } of all) {
      assert.match(en, /[A-Za-z]/, name);
      assert.doesNotMatch(en, /\p{Script=Hangul}/u, name);
      if (sameInEveryLanguage.test(name)) assert.equal(ko, en, name);
      else assert.match(ko, /\p{Script=Hangul}/u, name);
    }
  });

  test('name the same values in both languages', () => {
    for (const { name, en, ko } of all) assert.deepEqual(placeholdersOf(ko), placeholdersOf(en), name);
  });
});
