import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { terms, type UnwatchableReason } from '@gongjo/contract';
import fc from 'fast-check';
import { pattern as anyPattern } from './pattern.fixture.ts';
import { printPattern } from './print.ts';
import { watchables } from './watchable.ts';

const labels = (text: string) =>
  watchables(text).subjects.map(({ kind, form, value }) => `${kind}${form === null ? '' : ` ${form}`} ${value}`);

describe('subjects of patterns', () => {
  const whole: [pattern: string, subjects: string[]][] = [
    ["[cryptocurrency-wallet:value = 'bc1q']", ['wallet bc1q']],
    ["[cryptocurrency-wallet:address = '0xAb']", ['wallet 0xAb']],
    ["[cryptocurrency-wallet:value IN ('a', 'b') OR cryptocurrency-wallet:value = 'a']", ['wallet a', 'wallet b']],
    [
      "[cryptocurrency-transaction:value = '0x01'] OR [cryptocurrency-transaction:hash = 'ff']",
      ['transaction 0x01', 'transaction ff'],
    ],
    ["[bank-account:iban = 'gb29 NWBK 6016-1331 9268 19']", ['bank-account iban GB29NWBK60161331926819']],
    ["[bank-account:account_number = '110-222-333333']", ['bank-account account_number 110-222-333333']],
    ["[domain-name:value = 'Example.COM.']", ['domain example.com']],
    ["[url:value = 'https://example.com/A']", ['url https://example.com/A']],
    [
      "[ipv4-addr:value = '198.51.100.7' OR ipv6-addr:value = '2001:DB8::1']",
      ['ipv4 198.51.100.7', 'ipv6 2001:db8::1'],
    ],
    ["([email-addr:value NOT != 'A@example.com'])", ['email a@example.com']],
    [
      "[file:hashes.'SHA-256' = 'AEC070645FE53EE3B3763059376134F058CC337247C978ADD178B6CCDFB0019F' OR file:hashes.MD5 = 'cead3f77f6cda6ec00f57d76c9a6879f']",
      [
        'file SHA-256 aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f',
        'file MD5 cead3f77f6cda6ec00f57d76c9a6879f',
      ],
    ],
  ];
  for (const [text, subjects] of whole) {
    test(`watches all of ${text}`, () => {
      assert.deepEqual(labels(text), subjects);
      assert.deepEqual(watchables(text).complete, true);
      assert.equal(watchables(text).reason, null);
    });
  }

  const partly: [pattern: string, reason: UnwatchableReason, subjects?: string[]][] = [
    ['nothing', 'invalid'],
    ["[url:value = 'a' AND domain-name:value = 'b']", 'conjunction'],
    ["[url:value = 'a'] AND [url:value = 'b']", 'conjunction'],
    ["[url:value = 'a'] FOLLOWEDBY [url:value = 'b']", 'sequence'],
    ["[url:value = 'a'] REPEATS 5 TIMES", 'qualifier'],
    ["[url:value != 'a']", 'negation'],
    ["[url:value NOT = 'a']", 'negation'],
    ["[url:value NOT IN ('a')]", 'negation'],
    ["[url:value LIKE 'a%']", 'operator'],
    ["[url:value > 'a']", 'operator'],
    ['[EXISTS url:value]', 'operator'],
    ["[mutex:name = 'a']", 'subject'],
    ["[file:hashes[*] = 'a']", 'subject'],
    ["[file:name = 'a']", 'subject'],
    ["[domain-name:resolves_to_refs[*].value = '198.51.100.7']", 'subject'],
    ["[ipv4-addr:value = '198.51.100.0/24']", 'value'],
    ["[cryptocurrency-wallet:value = '']", 'value'],
    ['[cryptocurrency-wallet:value = 5]', 'value'],
    ["[url:value = 'a' OR mutex:name = 'b' OR url:value LIKE 'c']", 'subject', ['url a']],
    ["[url:value IN ('a', 1)] OR ([url:value = 'b'] AND [url:value = 'c'])", 'value', ['url a']],
  ];
  for (const [text, reason, subjects = []] of partly) {
    test(`says "${reason}" of ${text}`, () => {
      assert.deepEqual(labels(text), subjects);
      assert.deepEqual(watchables(text), { subjects: watchables(text).subjects, complete: false, reason });
    });
  }

  test('other languages than STIX are left alone, and every reason has its words', () => {
    assert.deepEqual(watchables("[url:value = 'a']", 'yara'), { subjects: [], complete: false, reason: 'language' });
    assert.match(terms.unwatchable[watchables('x').reason ?? 'value'].ko, /문법/);
  });

  test('a pattern is complete or has a reason, never both', () => {
    fc.assert(
      fc.property(anyPattern, (tree) => {
        const { subjects, complete, reason } = watchables(printPattern(tree));
        assert.equal(complete, reason === null);
        if (tree.kind !== 'observation' && tree.kind !== 'or') assert.deepEqual(subjects, []);
      }),
    );
  });
});
