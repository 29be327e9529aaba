import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { differing } from './differing.ts';

test('where two addresses differ is marked, and nothing is lost', () => {
  assert.deepEqual(differing('0xab12cd', '0xabffcd'), [
    { text: '0xab', differs: false },
    { text: '12', differs: true },
    { text: 'cd', differs: false },
  ]);
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const pieces = differing(one, other);
      assert.equal(pieces.map(({ text }) => text).join(''), one);
      assert.equal(
        pieces.every(({ differs }) => !differs),
        other.startsWith(one),
      );
    }),
  );
});
