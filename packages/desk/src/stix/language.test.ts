import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLanguage, textIn } from './language.ts';
import type { StixObject } from './model/index.ts';
import { base } from './redact.fixture.ts';

const object = { ...base, lang: 'en', description: 'd', goals: ['one', 'two'], x_part: { text: 't', size: 1 } };
const content = (properties: object): StixObject =>
  ({
    type: 'language-content',
    id: 'language-content--58b77a17-364f-4ccb-91a4-4c9acefbef79',
    created: base.created,
    modified: base.modified,
    object_ref: base.id,
    ...properties,
  }) as unknown as StixObject;
const english = object as unknown as StixObject;
const korean = content({
  contents: { ko: { name: '가', goals: ['하나', ''], x_part: { text: '글', size: 'x' }, labels: ['x'] } },
});

test('7.1: texts are replaced where a translation has them, lists item by item, and nothing is added', () => {
  assert.deepEqual(inLanguage(english, [korean], 'ko'), {
    ...object,
    lang: 'ko',
    name: '가',
    goals: ['하나', 'two'],
    x_part: { text: '글', size: 1 },
  });
});

test('7.1: the object itself in its own language, in one that nothing translates, and beside strangers', () => {
  assert.equal(inLanguage(english, [korean], 'en-US'), english);
  assert.equal(inLanguage(english, [korean], 'de'), english);
  const stranger = content({
    object_ref: 'threat-actor--dea456d4-c2bd-4482-9baf-c1f9188592cb',
    contents: { ko: { name: 'x' } },
  });
  assert.equal(inLanguage(english, [stranger, english], 'ko'), english);
});

test('7.1: a translation of another version, and a revoked one, do not count', () => {
  const old = content({ object_modified: '2020-01-01T00:00:00.000Z', contents: { ko: { name: 'x' } } });
  const revoked = content({ revoked: true, contents: { ko: { name: 'x' } } });
  assert.equal(inLanguage(english, [old, revoked], 'ko'), english);
  const same = content({ object_modified: '2026-03-01T00:00:00Z', contents: { ko: { name: '나' } } });
  assert.equal(textIn(english, [same], 'ko', 'name'), '나');
});

test('7.1: of several translations the latest counts, whatever their order', () => {
  const newer = content({ modified: '2026-03-05T00:00:00.000Z', contents: { 'ko-KR': { name: '다' } } });
  assert.equal(textIn(english, [newer, korean], 'ko', 'name'), '다');
  assert.equal(textIn(english, [korean, newer], 'ko', 'name'), '다');
});

test('7.1: a translation cannot pose as another object', () => {
  const posing = content({ contents: { ko: { id: 'x', type: 'y', name: '가' } } });
  const seen = inLanguage(english, [posing], 'ko');
  assert.deepEqual([seen.id, seen.type, seen.name], [object.id, object.type, '가']);
});
