import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commonAncestor } from './ancestor.ts';

test('finds the last common height in about twice the logarithm of the depth', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(1_000_000), async (low, length, depth) => {
      const high = low + length;
      const last = high - depth;
      let questions = 0;
      const found = await commonAncestor(low, high, async (height) => {
        questions += 1;
        assert.ok(height >= low && height <= high);
        return height <= last;
      });
      assert.equal(found, last < low ? null : last);
      assert.ok(questions <= 2 * Math.log2(depth + 1) + 3, `${questions} questions for ${depth}`);
    }),
  );
});

test('asks once where nothing differs', async () => {
  let questions = 0;
  const same = async () => {
    questions += 1;
    return true;
  };
  assert.equal(await commonAncestor(5, 9, same), 9);
  assert.equal(questions, 1);
});
