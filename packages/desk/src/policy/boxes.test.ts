import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { boxesOf, indexOf, pointOf } from './boxes.ts';

const sizes = [3, 2, 4];
const all = sizes.reduce((product, size) => product * size, 1);

function cover(points: ReadonlySet<number>, order: readonly number[], boxesMax = 100) {
  const run = boxesOf(points, sizes, order, boxesMax);
  for (;;) {
    const { done, value } = run.next();
    if (done) return value;
  }
}

const members = (values: readonly (readonly number[])[]): number[] =>
  values
    .reduce<number[][]>((made, choices) => made.flatMap((it) => choices.map((choice) => it.concat(choice))), [[]])
    .map((point) => indexOf(point, sizes));

test('a point and its place are one another', () => {
  for (let index = 0; index < all; index++) assert.equal(indexOf(pointOf(index, sizes), sizes), index);
});

test('boxes hold every point and no other, whichever the points and the order', () => {
  const points = fc.uniqueArray(fc.integer({ min: 0, max: all - 1 }), { maxLength: all });
  const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(points, order, (given, by) => {
      const { boxes, left } = cover(new Set(given), by);
      const held = new Set(boxes.flatMap(({ values }) => members(values)));
      assert.deepEqual([...held].toSorted(), given.toSorted());
      assert.equal(left, 0);
      for (const { values, size } of boxes) assert.equal(members(values).length, size);
    }),
  );
});

test('all points are one box', () => {
  const { boxes } = cover(new Set(Array(all).keys()), [0, 1, 2]);
  assert.deepEqual(boxes, [
    {
      values: [
        [0, 1, 2],
        [0, 1],
        [0, 1, 2, 3],
      ],
      size: all,
    },
  ]);
});

test('what is beyond the bound is counted', () => {
  const corners = new Set([0, all - 1]);
  const { boxes, left } = cover(corners, [0, 1, 2], 1);
  assert.deepEqual([boxes.length, left], [1, 1]);
});
