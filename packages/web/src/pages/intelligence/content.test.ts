import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeldObjectView } from '@gongjo/contract';
import { contentOf } from './content.ts';
import { sortObjects } from './object-rows.ts';

test('what an object says is told line by line, without what stands elsewhere', () => {
  assert.deepEqual(
    contentOf({
      ...{ type: 'indicator', id: 'indicator--x', name: 'A wallet', labels: ['a', 'b'], confidence: 80 },
      ...{ object_marking_refs: ['m'], nested: { a: [1] } },
    }),
    [
      { property: 'name', value: 'A wallet' },
      { property: 'labels', value: 'a, b' },
      { property: 'confidence', value: '80' },
      { property: 'nested', value: '{\n  "a": [\n    1\n  ]\n}' },
    ],
  );
});

test('markings sort by how strict they are, numbers as numbers', () => {
  const objects = [
    { seq: 1, tlp: 'red', sightings: 10 },
    { seq: 2, tlp: 'clear', sightings: 9 },
    { seq: 3, tlp: null, sightings: 0 },
    { seq: 4, tlp: 'amber', sightings: 9 },
  ] as unknown as readonly HeldObjectView[];
  const order = (by: 'marking' | 'sightings', descending: boolean) =>
    sortObjects(objects, { by, descending }, (it) => it.sightings ?? 0).map(({ seq }) => seq);
  assert.deepEqual(order('marking', false), [3, 2, 4, 1]);
  assert.deepEqual(order('sightings', true), [1, 4, 2, 3]);
});
