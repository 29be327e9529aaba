import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChainId } from '@gongjo/contract';
import fc from 'fast-check';
import { addressCodec } from './address/chains.ts';
import { endsOf, knownChains } from './address/index.ts';
import { recognise, thingsIn } from './recognise.ts';

const bitcoin = 'bip122:000000000019d6689c085ae165831e93' as ChainId;
const ethereum = 'eip155:1' as ChainId;
const local = 'eip155:31337' as ChainId;
const tron = 'tron:0x2b6653dc' as ChainId;
const strange = 'strange:1' as ChainId;
const usdt = '0xdac17f958d2ee523a2206206994597c13d831ec7';

/** `address chains`, `transaction chains` or `fault chain reason`; of many chains the first two. */
const told = (text: string, chains: readonly ChainId[] = [local, bitcoin]): string | null => {
  const found = recognise(text, chains);
  if (found === null) return null;
  if (found.as === 'fault') return `fault ${found.chain} ${found.reason}`;
  return [found.as, ...found.on.slice(0, 2).map(({ chain }) => chain)].join(' ');
};

test('a text is recognised by its form, first on the chains that the desk has', () => {
  for (const [text, expected] of [
    [usdt, `address ${local} ${ethereum}`],
    [usdt.toUpperCase().replace('0X', '0x'), `address ${local} ${ethereum}`],
    ['0xdAC17F958D2ee523a2206206994597C13D831ec7', `address ${local} ${ethereum}`],
    [`eip155:56:${usdt}`, 'address eip155:56'],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', `address ${bitcoin} bip122:000000000000000000651ef99cb9fcbe`],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', `address ${bitcoin}`],
    ['TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', `address ${tron}`],
    [`0x${'ab'.repeat(32)}`, `transaction ${local} ${ethereum}`],
    ['ab'.repeat(32), `transaction ${bitcoin} bip122:000000000933ea01ad0ee984209779ba`],
    // One digit wrong, one missing, and the wrong letter case.
    ['0xdAC17F958D2ee523a2206206994597C13D831eC7', `fault ${ethereum} address-checksum`],
    [usdt.slice(0, -1), `fault ${ethereum} address-form`],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', `fault ${bitcoin} address-checksum`],
    ['1a1zp1ep5qgefi2dmptftl5slmv7divfna', `fault ${bitcoin} address-case`],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', `fault ${bitcoin} address-checksum`],
    ['TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u', `fault ${tron} address-checksum`],
    // Words, account names and hashes that are no addresses.
    ['investigation', null],
    ['internationalisation', null],
    ['binancewallet', null],
    ['d41d8cd98f00b204e9800998ecf8427e', null],
    ['3d41d8cd98f00b204e9800998ecf8427', null],
    ['가상자산이용자보호법제십칠조', null],
    ['', null],
  ] as const)
    assert.equal(told(text), expected, text);
});

test('a chain without a form of its own makes no word an address', () => {
  assert.equal(told('somewhatlongword123', [strange]), null);
  assert.equal(told(usdt, [strange]), `address ${ethereum} eip155:61`);
});

test('a mail is taken apart: links, quotes, lists, each thing once', () => {
  const mail = `> Dear colleagues,
    the funds went to <https://etherscan.io/address/${usdt}?a=1#tokentxns>, then (1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa).
    - "${usdt.toUpperCase().replace('0X', '0x')}";bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4?amount=1
    https://mempool.space/tx/${'ab'.repeat(32)}. 주소는「TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t」입니다.
    kim@police.example, tel. +82-2-1234-5678, and 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb.`;
  const { things, more } = thingsIn(mail, [local, bitcoin], 100);
  assert.deepEqual(
    things.map(({ as, text }) => [as, text.slice(0, 6)]),
    [
      ['address', '0xdac1'],
      ['address', '1A1zP1'],
      ['address', 'bc1qw5'],
      ['transaction', 'ababab'],
      ['address', 'TR7NHq'],
      ['fault', '1A1zP1'],
    ],
  );
  assert.equal(more, 0);
  const bounded = thingsIn(mail, [local, bitcoin], 2);
  assert.deepEqual([bounded.things.length, bounded.more], [2, 4]);
});

test('every address of every chain with a checksum is found in any surroundings, on its chain', () => {
  const chains = knownChains.filter((chain) => /^(?:bip122|eip155|tron|xrpl):/.test(chain));
  const byte = fc.integer({ min: 0, max: 255 });
  const surroundings = fc.constantFrom(
    ['', ''],
    ['to ', '.'],
    ['<', '>'],
    ['https://a.example/address/', '?b=c'],
    ['주소: ', ','],
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...chains),
      fc.array(byte, { minLength: 20, maxLength: 20 }),
      surroundings,
      (chain, bytes, [before, behind]) => {
        const isOutputs = chain.startsWith('bip122:');
        const address = addressCodec(chain).text(Uint8Array.from(isOutputs ? [0, ...bytes] : bytes));
        const [thing] = thingsIn(`${before}${address}${behind}`, [], 10).things;
        assert.ok(thing?.as === 'address', address);
        assert.ok(
          thing.on.some((it) => it.chain === chain && it.address === address),
          address,
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('no text makes it fail, and what it names is on the chain that it names', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const thing of thingsIn(text, [local, bitcoin, strange], 10).things) {
        assert.ok(text.includes(thing.text));
        if (thing.as === 'address')
          for (const { chain, address } of thing.on) assert.notEqual(addressCodec(chain).stored(address), null);
      }
    }),
    { numRuns: 2000 },
  );
});

test('ends are what a reader compares', () => {
  assert.equal(endsOf('0xAbCd000000000000000000000000000000001234'), 'abcd1234');
  assert.equal(endsOf('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'), 'w508f3t4');
  assert.equal(endsOf('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'), '1a1zvfna');
});
