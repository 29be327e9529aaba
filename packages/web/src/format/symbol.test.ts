import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contractOf, symbolParts } from './symbol.ts';

test('letters that only look like others are told apart', () => {
  assert.deepEqual(symbolParts('USD\u0422'), [
    { text: 'USD', odd: false },
    { text: '\u0422', odd: true },
  ]);
  assert.deepEqual(symbolParts('USDC.e'), [{ text: 'USDC.e', odd: false }]);
  assert.deepEqual(
    symbolParts('USDT\u200b').map(({ odd }) => odd),
    [false, true],
  );
  assert.deepEqual(symbolParts(''), []);
});

test('a token is its contract', () => {
  assert.equal(contractOf('eip155:1/erc20:0xdac1'), '0xdac1');
  assert.equal(contractOf('eip155:1/slip44:60'), null);
});
