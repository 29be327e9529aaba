import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdDeskTerms } from './hold-desk-terms.ts';
import { holdTerms } from './hold-terms.ts';

test('words of hold requests, of their files and of the way between desks are told in both languages', () => {
  const { state, event, way, fileKind } = holdTerms;
  const all = Object.entries({ state, event, way, fileKind, ...holdDeskTerms }).flatMap(([group, words]) =>
    Object.entries(words).map(([code, text]) => ({ name: `${group}.${code}`, ...text })),
  );
  assert.ok(all.length > 40);
  for (const { name, en, ko } of all) {
    assert.match(en, /^[^\p{Script=Hangul}]+$/u, name);
    assert.match(ko, /\p{Script=Hangul}/u, name);
  }
});
