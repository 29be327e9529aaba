import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { amountLine } from './amount.ts';
import { unitsOf } from './amount-input.ts';

for (const [text, decimals, answer] of [
  ['1,234.5', 18, { units: '1234500000000000000000' }],
  [' 0.000000000000000001 ', 18, { units: '1' }],
  ['7.50', 1, { units: '75' }],
  ['100', 0, { units: '100' }],
  ['1.23', 1, { wrong: 'digits' }],
  ['1,23', 6, { wrong: 'form' }],
  ['1.234,5', 6, { wrong: 'form' }],
  ['-1', 6, { wrong: 'form' }],
  ['1e3', 6, { wrong: 'form' }],
  ['', 6, { wrong: 'form' }],
] as const) {
  test(`"${text}" with ${decimals} digits`, () => assert.deepEqual(unitsOf(text, decimals), answer));
}

test('what is shown in full is read back exactly', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 255n }), fc.integer({ min: 0, max: 30 }), (units, decimals) => {
      assert.deepEqual(unitsOf(amountLine(String(units), decimals), decimals), { units: String(units) });
    }),
  );
});
