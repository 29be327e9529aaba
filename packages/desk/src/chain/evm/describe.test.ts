import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalsIn, symbolIn } from './describe.ts';

const padded = (hex: string) => hex.padEnd(Math.ceil(hex.length / 64) * 64, '0');
const wordOf = (value: number | bigint) => value.toString(16).padStart(64, '0');

function abiString(text: string): string {
  const bytes = Buffer.from(text);
  return `0x${wordOf(32)}${wordOf(bytes.length)}${padded(bytes.toString('hex'))}`;
}

function abiBytes32(text: string): string {
  return `0x${padded(Buffer.from(text).toString('hex'))}`;
}

test('a symbol is a string, or 32 bytes as early tokens return it', () => {
  assert.equal(symbolIn(abiString('USDT')), 'USDT');
  assert.equal(symbolIn(abiBytes32('MKR')), 'MKR');
  assert.equal(symbolIn(abiBytes32('A'.repeat(32))), 'A'.repeat(32));
  assert.equal(symbolIn(abiString('원화')), '원화');
});

test('what is no symbol becomes a question mark', () => {
  for (const returned of [
    null,
    '',
    '0x',
    '0x0',
    'text',
    abiString(''),
    abiBytes32(''),
    `0x${wordOf(32)}${wordOf(99)}`,
  ]) {
    assert.equal(symbolIn(returned), '?', String(returned));
  }
  assert.equal(symbolIn(`0x${wordOf(2n ** 255n)}${wordOf(4)}`), '?');
  assert.equal(symbolIn(abiString('\u0000\u202e\u200b\n')), '?');
});

test('characters that disguise text are taken out, and length is bounded', () => {
  assert.equal(symbolIn(abiString('\u202eTDSU')), 'TDSU');
  assert.equal(symbolIn(abiString('US\u200bDT\u0007')), 'USDT');
  assert.equal(symbolIn(abiString(' U\tS\u00a0 D \n')), 'US D');
  assert.equal(symbolIn(abiString('Z\u0335\u0336\u0337\u0338')), 'Z\u0335');
  assert.equal(symbolIn(abiString('X'.repeat(10_000))), 'X'.repeat(32));
});

test('any return data gives a clean symbol', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, asString) => {
      const hex = Buffer.from(bytes).toString('hex');
      const symbol = symbolIn(asString ? `0x${wordOf(32)}${wordOf(bytes.length)}${padded(hex)}` : `0x${hex}`);
      assert.ok(symbol.length >= 1 && symbol.length <= 64);
      assert.doesNotMatch(symbol, /[\p{C}\p{Zl}\p{Zp}]/u);
      assert.equal(symbol, symbol.trim());
    }),
  );
});

test('decimals are read where an amount can have them', () => {
  assert.equal(decimalsIn(`0x${wordOf(18)}`), 18);
  assert.equal(decimalsIn(`0x${wordOf(0)}`), 0);
  assert.equal(decimalsIn(`0x${wordOf(77)}`), 77);
  for (const returned of [null, '0x', `0x${wordOf(78)}`, `0x${'f'.repeat(64)}`, '0x12', `0x${wordOf(6)}00`]) {
    assert.equal(decimalsIn(returned), 0, String(returned));
  }
});
