import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { texts } from './texts.ts';

test('no text is told under a key that another list has: one would silently take the place of the other', async () => {
  const folder = path.join(import.meta.dirname, 'texts');
  const owners = new Map<string, string[]>();
  for (const file of readdirSync(folder)) {
    const lists = Object.values((await import(path.join(folder, file))) as Record<string, Record<string, unknown>>);
    for (const key of lists.flatMap(Object.keys)) owners.set(key, [...(owners.get(key) ?? []), file]);
  }
  const twice = [...owners].filter(([, files]) => files.length > 1);
  assert.deepEqual(twice, []);
  const taken = [...owners.keys()].filter((key) => !Object.hasOwn(texts, key));
  assert.deepEqual(taken, []);
});
