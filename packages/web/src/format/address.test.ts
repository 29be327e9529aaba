import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressText, lookAlikes, shorten } from './address.ts';

const real = '0x1234567890abcdef1234567890abcdef1234abcd';
const imitation = '0x12345600000000000000000000000000ffffabcd';
const other = '0x99993a7890abcdef1234567890abcdef12340000';

test('a shortened address keeps both ends', () => {
  assert.equal(shorten(real), '0x1234…abcd');
  assert.equal(shorten('short'), 'short');
});

test('look-alikes are found, with the place where they differ; others are left alone', () => {
  const found = lookAlikes([real, imitation, other, real]);
  assert.deepEqual([...found].sort(), [
    [imitation, 8],
    [real, 8],
  ]);
});

test('two look-alikes never read the same', () => {
  const hex = fc.stringMatching(/^[0-9a-f]{34}$/);
  fc.assert(
    fc.property(hex, hex, (a, b) => {
      fc.pre(a !== b);
      const [one, two] = [`0xabc${a}123`, `0xabc${b}123`];
      const differs = lookAlikes([one, two]);
      const [first, second] = [one, two].map((address) => addressText(address, differs.get(address)));
      assert.notDeepEqual(first, second);
    }),
  );
});

test('the pieces are pieces of the address', () => {
  const text = addressText(imitation, 8);
  assert.deepEqual(text, { head: '0x1234…', middle: '00000000', tail: '…abcd' });
});
