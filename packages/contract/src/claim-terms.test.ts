import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimTerms } from './claim-terms.ts';
import { overlapTerms } from './overlap-terms.ts';
import { placeholdersOf } from './text.fixture.ts';

test('what is wrong with a claim or a comparison is told in both languages, with the same values', () => {
  for (const [name, { en, ko }] of Object.entries({ ...claimTerms, ...overlapTerms.over })) {
    assert.match(en, /^[^\p{Script=Hangul}]+$/u, name);
    assert.match(ko, /\p{Script=Hangul}/u, name);
    assert.deepEqual(placeholdersOf(ko), placeholdersOf(en), name);
  }
});
