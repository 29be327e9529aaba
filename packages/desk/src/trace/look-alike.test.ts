import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '@gongjo/contract';
import { LookAlikes, seenSymbol } from './look-alike.ts';

const real = '0xabcd000000000000000000000000000000001234' as Address;

describe('look-alike addresses', () => {
  it('share both ends with a known address and are not known themselves', () => {
    const known = new LookAlikes(new Set([real]));
    assert.equal(known.imitatedBy('0xabcd111111111111111111111111111111111234' as Address), real);
    assert.equal(known.imitatedBy('0xabcd111111111111111111111111111111111235' as Address), null);
    assert.equal(known.imitatedBy('0xabce111111111111111111111111111111111234' as Address), null);
    assert.equal(known.imitatedBy(real), null);
  });

  it('of two known addresses with the same ends imitate the first', () => {
    const twin = '0xabcd000000000000000000000000000000011234' as Address;
    for (const set of [new Set([real, twin]), new Set([twin, real])]) {
      assert.equal(new LookAlikes(set).imitatedBy('0xabcd222222222222222222222222222222221234' as Address), real);
    }
  });
});

describe('symbols as they are seen', () => {
  for (const symbol of [
    'USDT',
    'usdt',
    ' USDT ',
    'U\u200bSDT',
    'ＵＳＤＴ',
    'USD₮',
    'UЅDТ',
    'ՍSDΤ',
    'U\u0308SDT',
    'USDT\u3164',
    '\u202eUSDT',
  ]) {
    it(`${JSON.stringify(symbol)} is read USDT`, () => assert.equal(seenSymbol(symbol), 'USDT'));
  }

  it('other symbols stay apart', () => {
    for (const symbol of ['USDC', 'USDT0', '', 'TUSD']) assert.notEqual(seenSymbol(symbol), 'USDT');
  });
});
