import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { initialLanguage, plural } from './texts.ts';

/** Latin words that Korean officials write as they are: names of formats and units, commands, keys, the other language. */
const latinAllowed = new Set([
  'CSV',
  'English',
  'gongjo',
  'sign',
  'in',
  'link',
  'data',
  'Esc',
  'SHA',
  'STIX',
  'x',
  'directory',
  'put',
  'audit',
  'accept',
  'tlog',
  'checkpoint',
  'C',
  'SP',
  'KR',
  'US',
  'PNG',
  'SVG',
  'PDF',
  'Home',
  'End',
  'Enter',
  'Ctrl',
  'Shift',
  'H',
  'P',
  'N',
  'Z',
]);

function flat(value: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([key, inner]): [string, string][] =>
      typeof inner === 'string' ? [[`${path}${key}`, inner]] : [...flat(inner, `${path}${key}.`)],
    ),
  );
}
const [english, korean] = [flat(en), flat(ko)];

test('both languages have the same texts, none empty', () => {
  assert.deepEqual([...korean.keys()].sort(), [...english.keys()].sort());
  for (const [key, text] of [...english, ...korean]) assert.notEqual(text.trim(), '', key);
});

test('both languages fill in the same values', () => {
  const names = (text = '') => [...new Set(text.match(/\{\w+\}/g))].sort();
  for (const [key, text] of english) assert.deepEqual(names(korean.get(key)), names(text), key);
});

test('no English is left in the Korean texts', () => {
  for (const [key, text] of korean) {
    const words = text.replace(/\{\w+\}/g, '').match(/[A-Za-z]+/g) ?? [];
    assert.deepEqual(
      words.filter((word) => !latinAllowed.has(word)),
      [],
      key,
    );
  }
});

test('no Korean is left in the English texts but the name of the language', () => {
  for (const [key, text] of english) if (key !== 'shell.korean') assert.doesNotMatch(text, /[\uac00-\ud7a3]/, key);
});

test('Korean sentences are in the formal style', () => {
  for (const [key, text] of korean) assert.doesNotMatch(text, /(해요|어요|아요|이에요|예요|하세요)(?=[.!? ]|$)/, key);
});

test('a number chooses its form', () => {
  assert.equal(plural(en.shell.behind, 1, 'en'), '1 block behind');
  assert.equal(plural(en.shell.behind, 1200, 'en'), '1,200 blocks behind');
  assert.equal(plural(ko.shell.behind, 1, 'ko'), '1개 블록 뒤처짐');
});

test('the first language is the stored one, then the first known of the browser, then English', () => {
  assert.equal(initialLanguage('ko', ['en-US']), 'ko');
  assert.equal(initialLanguage('xx', ['fr-FR', 'ko-KR', 'en']), 'ko');
  assert.equal(initialLanguage(null, ['fr-FR']), 'en');
});
