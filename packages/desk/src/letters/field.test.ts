import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { languages } from '@gongjo/contract';
import fc from 'fast-check';
import { type Field, meaningOf, readField, writeField } from './field.ts';

const words = fc.string({ minLength: 1, maxLength: 30 }).filter((it) => it.trim() === it && !/\p{C}/u.test(it));
const both = fc.record({ en: words, ko: words });
const instants = fc
  .integer({ min: Date.UTC(2009, 0, 3), max: Date.UTC(2099, 11, 31) })
  .map((ms) => new Date(ms).toISOString());
const symbol = fc.stringMatching(/^[A-Za-z0-9.$-]{1,12}$/);
const fields: fc.Arbitrary<Field> = fc.oneof(
  words.map((value) => ({ kind: 'literal', value }) as const),
  both.map((value) => ({ kind: 'text', value }) as const),
  instants.map((at) => ({ kind: 'date', day: at.slice(0, 10) }) as const),
  instants.map((at) => ({ kind: 'time', at }) as const),
  fc.integer({ min: 1, max: 3650 }).map((count) => ({ kind: 'days', count }) as const),
  fc
    .tuple(both, fc.integer({ min: 2000, max: 2100 }), fc.integer({ min: 1, max: 99_999 }))
    .map(([prefix, year, n]) => ({ kind: 'number', prefix, number: `${year}-${n}` }) as const),
  fc
    .tuple(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), fc.integer({ min: 0, max: 30 }), symbol, fc.option(both))
    .map(([units, decimals, text, name]) => ({ kind: 'amount', units, decimals, symbol: text, name }) as const),
);

describe('a value in a letter', () => {
  test('what is written in either language reads back as what was meant', () => {
    fc.assert(
      fc.property(fields, (field) => {
        for (const language of languages) {
          const text = writeField(field, language);
          assert.equal(readField(field, language, text), meaningOf(field), text);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('a desk whose name ends in digits has its numbers read back, and another prefix is seen', () => {
    const field: Field = { kind: 'number', prefix: { en: 'UNIT-7', ko: '수사대-7' }, number: '2026-17' };
    assert.equal(readField(field, 'en', writeField(field, 'en')), '2026-17');
    assert.equal(readField(field, 'ko', writeField(field, 'ko')), '2026-17');
    assert.equal(readField(field, 'en', 'UNIT-8-2026-17'), null);
  });

  test('amounts are exact, and written as each country writes them', () => {
    const field: Field = {
      ...{ kind: 'amount', units: 1_234_567_890_123_456_789n, decimals: 18, symbol: 'ETH' },
      name: { en: 'Ether', ko: '이더' },
    };
    assert.equal(writeField(field, 'en'), '1.234567890123456789 ETH (Ether)');
    assert.equal(writeField({ ...field, decimals: 6 }, 'ko'), '1,234,567,890,123.456789 ETH(이더)');
  });

  test('one instant stands on the clock of each reader', () => {
    const field: Field = { kind: 'time', at: '2026-11-27T19:42:05.000Z' };
    assert.equal(writeField(field, 'en'), 'November 27, 2026, 19:42:05 UTC');
    assert.equal(writeField(field, 'ko'), '2026. 11. 28. 04:42:05 (UTC+9)');
  });
});
