import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { amountLine, amountText, koreanReading, partsPerMillion, shareText } from './amount.ts';

const units = fc.bigInt({ min: 0n, max: 10n ** 78n - 1n }).map(String);
const decimals = fc.integer({ min: 0, max: 77 });

/** Reads a printed amount back into units, by text alone. */
function read(line: string, places: number): string {
  const [whole = '', fraction = ''] = line.replaceAll(',', '').split('.');
  return BigInt(whole + fraction.padEnd(places, '0')).toString();
}

test('an uncut amount reads back to the very same units', () => {
  fc.assert(fc.property(units, decimals, (value, places) => read(amountLine(value, places), places) === value));
});

test('a cut amount is never more than the amount, says that it is cut, and is a prefix of the exact one', () => {
  fc.assert(
    fc.property(units, decimals, fc.integer({ min: 0, max: 8 }), (value, places, max) => {
      const short = amountText(value, places, max);
      const exact = amountText(value, places);
      assert.equal(short.integer, exact.integer);
      assert.ok(exact.fraction.startsWith(short.fraction));
      assert.equal(short.cut, short.fraction !== exact.fraction);
    }),
  );
});

test('nothing above zero is shown as zero', () => {
  fc.assert(
    fc.property(units, decimals, (value, places) => {
      fc.pre(value !== '0');
      assert.match(amountLine(value, places, 4), /[1-9]/);
    }),
  );
});

test('the whole part is grouped in threes', () => {
  fc.assert(
    fc.property(units, decimals, (value, places) => /^\d{1,3}(,\d{3})*$/.test(amountText(value, places).integer)),
  );
});

for (const [value, places, max, expected] of [
  ['0', 18, undefined, '0'],
  ['1', 18, undefined, '0.000000000000000001'],
  ['401346768858404671616512', 18, undefined, '401,346.768858404671616512'],
  ['401346768858404671616512', 18, 4, '401,346.7688…'],
  ['21000000000000', 18, 4, '0.000021'],
  ['1500000', 6, 4, '1.5'],
  ['1000000000000000001', 18, 4, '1…'],
] as const) {
  test(`${value} with ${places} decimals reads ${expected}`, () => {
    assert.equal(amountLine(value, places, max), expected);
  });
}

for (const [whole, expected] of [
  ['9999', null],
  ['10000', '1만'],
  ['401346', '40만 1,346'],
  ['146000000', '1억 4,600만'],
  ['146000001', '약 1억 4,600만'],
  ['1000000000000', '1조'],
] as const) {
  test(`Korean reading of ${whole}`, () => {
    assert.equal(koreanReading(whole, 0), expected);
  });
}

test('shares are cut, so only all of it is 100 %', () => {
  assert.equal(shareText(999_999), '99.9 %');
  assert.equal(shareText(1_000_000), '100.0 %');
  assert.equal(shareText(1), '< 0.1 %');
  assert.equal(shareText(0), '0.0 %');
  assert.equal(partsPerMillion(1n, 3n), 333_333);
  assert.equal(partsPerMillion(0n, 0n), 0);
});
