import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { walletPattern, walletPatternAddresses } from './pattern.ts';

const isSomething = (text: string) => text.trim() !== '';
const of = (address: string) => `cryptocurrency-wallet:value = '${address}'`;

test('any address text comes back from the pattern that was made of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }).filter(isSomething), (address) => {
      assert.deepEqual(walletPatternAddresses(walletPattern(address)), [address]);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.constantFrom("'", '\\', ']', ' OR ', 'a'), { minLength: 1 }), (parts) => {
      assert.deepEqual(walletPatternAddresses(walletPattern(parts.join(''))), [parts.join('')]);
    }),
  );
});

test('a quote and a backslash are escaped, so an address cannot add a comparison', () => {
  assert.equal(walletPattern("a' OR b\\"), "[cryptocurrency-wallet:value = 'a\\' OR b\\\\']");
});

const readable: [pattern: string, addresses: string[]][] = [
  [`[${of('a')}]`, ['a']],
  [`[${of('a')} OR ${of('b')} OR ${of('c')}]`, ['a', 'b', 'c']],
  [`[${of('a')}] OR [${of('b')} OR ${of('c')}]`, ['a', 'b', 'c']],
  [` [ cryptocurrency-wallet:value='a' ] `, ['a']],
  [`([${of('a')}])`, ['a']],
  ["[cryptocurrency-wallet:value IN ('a', 'b')]", ['a', 'b']],
  ["[cryptocurrency-wallet:address = 'a']", ['a']],
  [`[${of('a')}] OR [${of('a')}]`, ['a']],
];

for (const [pattern, addresses] of readable) {
  test(`reads ${pattern}`, () => assert.deepEqual(walletPatternAddresses(pattern), addresses));
}

const others: string[] = [
  '',
  '[',
  '[]',
  `${of('a')}`,
  `[${of('a')}`,
  `[${of('a')} OR ]`,
  `[${of('a')}]]`,
  `[${of('a')}] OR`,
  `[${of('a')} AND ${of('b')}]`,
  `[${of('a')}] AND [${of('b')}]`,
  `[${of('a')}] FOLLOWEDBY [${of('b')}]`,
  `[NOT ${of('a')}]`,
  `[${of('a')}] REPEATS 2 TIMES`,
  `[${of('a')}] START t'2026-01-01T00:00:00Z' STOP t'2026-01-02T00:00:00Z'`,
  "[cryptocurrency-wallet:value != 'a']",
  "[cryptocurrency-wallet:value LIKE 'a%']",
  "[cryptocurrency-wallet:value NOT IN ('a', 'b')]",
  "[cryptocurrency-wallet:holder_ref.name = 'a']",
  "[cryptocurrency-wallet:value = 'a\\n']",
  `[${of('a')} OR domain-name:value = 'example.com']`,
  "[ipv4-addr:value = '198.51.100.1']",
];

for (const pattern of others) {
  test(`leaves alone ${pattern || 'the empty pattern'}`, () => assert.equal(walletPatternAddresses(pattern), null));
}

test('time grows with the length of a hostile pattern, not with its square', () => {
  const hostile = [`[${of('\\'.repeat(100_000))}`, `[${' '.repeat(100_000)}x`, `[${of('a')}${' '.repeat(100_000)}x`];
  const startedAt = performance.now();
  for (const pattern of hostile) assert.equal(walletPatternAddresses(pattern), null);
  assert.ok(performance.now() - startedAt < 20_000);
});
