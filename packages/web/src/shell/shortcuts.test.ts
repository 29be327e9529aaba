import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../texts/en.ts';
import { ko } from '../texts/ko.ts';
import { places } from './places.ts';
import { letterOf, ownKeys, pressed, shortcuts } from './shortcuts.ts';

test('a key acts, waits for the next, or does nothing', () => {
  assert.deepEqual(pressed([], '/'), { act: 'search' });
  assert.deepEqual(pressed([], 'j'), { act: 'step', by: 1 });
  assert.equal(pressed([], 'g'), 'wait');
  assert.deepEqual(pressed(['g'], 'c'), { act: 'go', to: '/cases' });
  assert.equal(pressed([], 'x'), null);
});

test('a key has its Latin letter while Hangul is typed', () => {
  assert.equal(letterOf({ key: 'ㅓ', code: 'KeyJ' }), 'j');
  assert.equal(letterOf({ key: 'ㅎ', code: 'KeyG' }), 'g');
  assert.equal(letterOf({ key: 'j', code: 'KeyC' }), 'j');
  assert.equal(letterOf({ key: '?', code: 'Slash' }), '?');
  assert.equal(letterOf({ key: 'ArrowRight', code: 'ArrowRight' }), 'ArrowRight');
});

test('a key that continues nothing begins anew', () => {
  assert.deepEqual(pressed(['g'], '/'), { act: 'search' });
  assert.equal(pressed(['g'], 'g'), 'wait');
  assert.equal(pressed(['g'], 'x'), null);
});

test('no two do the same keys, none is the beginning of another, and each has its words', () => {
  const all = shortcuts.map(({ keys }) => keys.join(' '));
  assert.equal(new Set(all).size, all.length);
  for (const one of all) for (const other of all) if (one !== other) assert.ok(!other.startsWith(`${one} `), other);
  for (const { text } of [...shortcuts, ...ownKeys]) for (const t of [en, ko]) assert.notEqual(text(t), '');
});

test('every place has its shortcut', () => {
  for (const { path, key } of places) assert.deepEqual(pressed(['g'], key), { act: 'go', to: path });
});
