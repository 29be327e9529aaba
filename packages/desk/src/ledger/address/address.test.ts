import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChainId } from '@gongjo/contract';
import { sha256 } from '@noble/hashes/sha2';
import { createBase58check } from '@scure/base';
import fc from 'fast-check';
import { base58CheckDecode, base58CheckEncode, base58Decode, base58Encode } from './base58.ts';
import { addressCodec, chainOfTicker, knownChains } from './chains.ts';
import { addressOn, addressText, storedAddress } from './index.ts';

const bitcoin = 'bip122:000000000019d6689c085ae165831e93' as ChainId;
const testnet = 'bip122:000000000933ea01ad0ee984209779ba' as ChainId;
const signet = 'bip122:00000008819873e925422c1ff0f99f7c' as ChainId;
const regtest = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328' as ChainId;
const cash = 'bip122:000000000000000000651ef99cb9fcbe' as ChainId;
const litecoin = 'bip122:12a765e31ffd4059bada1e25190f6e98' as ChainId;
const ethereum = 'eip155:1' as ChainId;
const tron = 'tron:0x2b6653dc' as ChainId;
const monero = 'slip44:128' as ChainId;

const hex = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('hex'));
const stored = (chain: ChainId, text: string) => hex(storedAddress(chain, text));

/** The script of a witness program: version opcode, then a push of the program. */
const program = (script: string) => {
  const opcode = Number.parseInt(script.slice(0, 2), 16);
  return (0x10 + (opcode === 0 ? 0 : opcode - 0x50)).toString(16).padStart(2, '0') + script.slice(4);
};

test('BIP 173 and BIP 350: valid segregated witness addresses give their script', () => {
  for (const [chain, text, script] of [
    [bitcoin, 'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
    [
      testnet,
      'tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7',
      '00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262',
    ],
    [
      bitcoin,
      'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y',
      '5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6',
    ],
    [bitcoin, 'BC1SW50QGDZ25J', '6002751e'],
    [bitcoin, 'bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs', '5210751e76e8199196d454941c45d1b3a323'],
    [
      testnet,
      'tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy',
      '0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433',
    ],
    [
      testnet,
      'tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c',
      '5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433',
    ],
    [
      bitcoin,
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
      '512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    ],
  ] as const) {
    assert.equal(stored(chain, text), program(script), text);
    assert.equal(addressOn(chain, text), text.toLowerCase());
  }
});

test('BIP 350: invalid segregated witness addresses are none', () => {
  for (const text of [
    'tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut',
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd',
    'tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf',
    'BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL',
    'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh',
    'tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47',
    'bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4',
    'BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R',
    'bc1pw5dgrnzv',
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav',
    'BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P',
    'tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq',
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf',
    'tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j',
    'bc1gmk9yu',
  ])
    for (const chain of [bitcoin, testnet, regtest]) assert.equal(storedAddress(chain, text), null, text);
});

test('base58check: each network reads its own version bytes and no other', () => {
  const hash = '62e907b15cbf27d5425399ebf6f0fb50ebb88f18';
  assert.equal(stored(bitcoin, '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'), `00${hash}`);
  assert.equal(stored(bitcoin, '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy'), '01b472a266d0bd89c13706a4132ccfb16f7c3b9fcb');
  assert.equal(stored(testnet, 'mpXwg4jMtRhuSpVq4xS3HFHmCmWp9NyGKt'), `00${hash}`);
  for (const chain of [testnet, signet, regtest, litecoin, tron])
    assert.equal(storedAddress(chain, '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'), null);
  for (const text of [
    '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb',
    '1a1zp1ep5qgefi2dmptftl5slmv7divfna',
    '1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf',
    '0',
    '',
  ])
    assert.equal(storedAddress(bitcoin, text), null, text);
});

test('a script without an address is written by its hash as Electrum servers write it', () => {
  const text = `scripthash:${'00'.repeat(31)}ff`;
  assert.equal(stored(bitcoin, text), `ffff${'00'.repeat(31)}`);
  assert.equal(addressOn(regtest, text), text);
  assert.equal(storedAddress(bitcoin, `scripthash:${'AA'.repeat(32)}`), null);
});

test('Litecoin: P2SH in the old form is the same script', () => {
  const payload = Buffer.alloc(20, 7);
  const old = base58CheckEncode(Buffer.concat([Buffer.of(0x05), payload]));
  assert.match(addressOn(litecoin, old) ?? '', /^M/);
  assert.equal(stored(litecoin, old), `01${payload.toString('hex')}`);
});

test('CashAddr specification: hashes, prefix, types and old addresses', () => {
  for (const [old, text] of [
    ['1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu', 'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a'],
    ['1KXrWXciRDZUpQwQmuM1DbwsKDLYAYsVLR', 'qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy'],
    ['16w1D5WRVKJuZUsSRzdLp9w3YGcgoxDXb', 'qqq3728yw0y47sqn6l2na30mcw6zm78dzqre909m2r'],
    ['3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC', 'ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq'],
    ['3LDsS579y7sruadqu11beEJoTjdFiFCdX4', 'pr95sy3j9xwd2ap32xkykttr4cvcu7as4yc93ky28e'],
    ['31nwvkZwyPdgzjBJZXfDmSWsC4ZLKpYyUw', 'pqq3728yw0y47sqn6l2na30mcw6zm78dzq5ucqzc37'],
  ] as const) {
    for (const form of [old, text, `bitcoincash:${text}`, `BITCOINCASH:${text.toUpperCase()}`])
      assert.equal(addressOn(cash, form), text, form);
    assert.equal(stored(cash, text), stored(bitcoin, old));
    assert.equal(storedAddress(cash, `bchtest:${text}`), null);
    assert.equal(storedAddress(cash, `${text.slice(0, -1)}${text.endsWith('a') ? 'c' : 'a'}`), null);
  }
  // The specification's vector of 20 bytes, type 0.
  assert.equal(
    stored(cash, 'qr6m7j9njldwwzlg9v7v53unlr4jkmx6eylep8ekg2'),
    '00f5bf48b397dae70be82b3cca4793f8eb2b6cdac9',
  );
});

test('EIP-55: mixed case is a checksum, one case says nothing', () => {
  for (const text of [
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
    '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
    '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
    '0x52908400098527886E0F7030069857D2E4169EE7',
    '0xde709f2102306220921060314715629080e2fb77',
  ]) {
    for (const form of [text, text.toLowerCase(), `0x${text.slice(2).toUpperCase()}`])
      assert.equal(addressOn(ethereum, form), text.toLowerCase());
  }
  assert.equal(storedAddress(ethereum, '0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed'), null);
  assert.equal(storedAddress(ethereum, '5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'), null);
});

test('EIP-1191: a chain with its own checksum takes it, others do not', () => {
  for (const text of ['0x27b1FdB04752BBc536007A920D24ACB045561c26', '0x5aaEB6053f3e94c9b9a09f33669435E7ef1bEAeD']) {
    assert.equal(addressOn('eip155:30' as ChainId, text), text.toLowerCase());
    assert.equal(storedAddress(ethereum, text), null);
    assert.equal(storedAddress('eip155:31' as ChainId, text), null);
  }
});

test('Tron: base58check and hexadecimal are one address of 20 bytes', () => {
  const usdt = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
  assert.equal(stored(tron, usdt), 'a614f803b6fd780986a42c78ec9c7f77e6ded13c');
  assert.equal(addressOn(tron, '41a614f803b6fd780986a42c78ec9c7f77e6ded13c'), usdt);
  assert.equal(storedAddress(tron, usdt.toLowerCase()), null);
});

test('XRP Ledger: the account of the genesis ledger, and the account of zeros', () => {
  const xrp = 'xrpl:0' as ChainId;
  assert.equal(stored(xrp, 'rrrrrrrrrrrrrrrrrrrrrhoLvTp'), '00'.repeat(20));
  assert.equal(stored(xrp, 'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh'), 'b5f762798a53d543a014caf8b297cff8f2f937e8');
  assert.equal(storedAddress(xrp, 'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTH'), null);
});

test('Monero: standard addresses and subaddresses with their checksum', () => {
  // The general fund of the Monero project, and its address with one letter changed.
  const text = '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A';
  assert.equal(addressOn(monero, text), text);
  assert.equal(storedAddress(monero, text)?.length, 65);
  assert.equal(storedAddress(monero, text.replace('q5', 'q6')), null);
  assert.equal(storedAddress(monero, '5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320'), null);
});

test('a chain that is not known keeps the text, without spaces and bounded', () => {
  const other = 'other:1' as ChainId;
  assert.equal(addressOn(other, 'Abc.1'), 'Abc.1');
  for (const text of ['', 'a b', 'é', 'x'.repeat(129), 'a\u0000']) assert.equal(addressOn(other, text), null);
});

test('tickers: a coin means its chain, a token the chain of its address', () => {
  assert.equal(chainOfTicker('XBT', ''), bitcoin);
  assert.equal(chainOfTicker('btc', ''), bitcoin);
  assert.equal(chainOfTicker('USDT', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'), tron);
  assert.equal(chainOfTicker('USDT', '0xdac17f958d2ee523a2206206994597c13d831ec7'), ethereum);
  assert.equal(chainOfTicker('USDT', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'), bitcoin);
  assert.equal(chainOfTicker('USDT', 'nothing'), ethereum);
  for (const ticker of ['', 'constructor', '__proto__', 'NOPE']) assert.equal(chainOfTicker(ticker, ''), null);
});

const reference = createBase58check(sha256);
test('Base58Check equals the reference implementation on any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.integer({ min: 0, max: 6 }), (tail, zeros) => {
      const payload = new Uint8Array(zeros + tail.length);
      payload.set(tail, zeros);
      const text = base58CheckEncode(payload);
      assert.equal(text, reference.encode(payload));
      assert.deepEqual(base58CheckDecode(text), payload);
      assert.deepEqual(base58Decode(base58Encode(payload, 'xrp'), 'xrp'), payload);
    }),
    { numRuns: 2000 },
  );
});

/** Stored bytes of every shape that the chain's codec can write. */
const lengths = [20, 21, 32, 33, 65, 73, 3, 41, 12];
const heads = [undefined, 0x00, 0x01, 0x02, 0x10, 0x11, 0x20, 0xff, 18, 19, 42];
for (const chain of knownChains) {
  test(`${chain}: text and stored bytes are exact inverses; one changed letter is another address or none`, () => {
    const codec = addressCodec(chain);
    let written = 0;
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 80, maxLength: 80 }),
        fc.constantFrom(...lengths),
        fc.constantFrom(...heads),
        fc.nat(),
        fc.nat(93),
        (random, length, head, at, letter) => {
          const bytes = random.slice(0, length);
          if (head !== undefined) bytes[0] = head;
          let text: string;
          try {
            text = codec.text(bytes);
          } catch (error) {
            assert.ok(error instanceof RangeError);
            return;
          }
          written += 1;
          assert.equal(hex(codec.stored(text)), hex(bytes));
          const place = at % text.length;
          const other = text.slice(0, place) + String.fromCharCode(33 + letter) + text.slice(place + 1);
          const read = codec.stored(other);
          if (read === null) return;
          assert.equal(hex(codec.stored(codec.text(read))), hex(read));
          if (hex(read) === hex(bytes)) assert.equal(other.toLowerCase(), text.toLowerCase());
        },
      ),
      { numRuns: 1500 },
    );
    if (/^(bip122|eip155|tron|xrpl|solana)/.test(chain)) assert.ok(written > 20, `${written} addresses were written`);
  });
}

test('whatever text comes, a codec answers with null or an address, and never throws', () => {
  const seeds = [
    'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
    '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
    'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    'scripthash:00',
  ];
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ maxLength: 140 }),
    fc.constantFrom('1'.repeat(1_000_000), 'bc1'.repeat(100_000), '\ud800', '', 'é'.repeat(50)),
    fc
      .tuple(fc.constantFrom(...seeds), fc.nat(), fc.string({ minLength: 0, maxLength: 3 }))
      .map(([seed, at, text]) => seed.slice(0, at % seed.length) + text + seed.slice((at % seed.length) + text.length)),
  );
  fc.assert(
    fc.property(hostile, fc.constantFrom(...knownChains, 'other:1' as ChainId), (text, chain) => {
      const bytes = storedAddress(chain, text);
      if (bytes === null) return;
      assert.equal(hex(storedAddress(chain, addressText(chain, bytes))), hex(bytes));
    }),
    { numRuns: 20_000 },
  );
});
