import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseTerms } from './case-terms.ts';

test('cases and requests are told in both languages', () => {
  const all = Object.entries(caseTerms).flatMap(([group, words]) =>
    Object.entries(words).map(([code, text]) => ({ name: `${group}.${code}`, ...text })),
  );
  assert.ok(all.length > 40);
  for (const { name, en, ko } of all) {
    assert.match(en, /^[^\p{Script=Hangul}]+$/u, name);
    assert.match(ko, /\p{Script=Hangul}/u, name);
  }
});
