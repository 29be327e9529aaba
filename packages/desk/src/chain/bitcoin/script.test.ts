import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { type OutputType, outputTypes } from '@gongjo/contract';
import { base58check, bech32, bech32m } from '@scure/base';
import { classifyScript, STORED_ADDRESS_BYTES_MAX, scriptType, storedLength } from './script.ts';
import { bytesOf } from './serial.fixture.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** Type and stored address of a script that stands somewhere within other bytes. */
function classified(script: Uint8Array): { readonly type: OutputType | undefined; readonly stored: string } {
  const around = new Uint8Array([0xac, 0x6a, ...script, 0xae, 0x88, 0xac]);
  const into = new Uint8Array(STORED_ADDRESS_BYTES_MAX + 2).fill(0xee);
  const found = classifyScript(around, 2, 2 + script.length, into);
  assert.deepEqual([...into.subarray(STORED_ADDRESS_BYTES_MAX)], [0xee, 0xee]);
  return {
    type: outputTypes[scriptType(found)],
    stored: Buffer.from(into.subarray(0, storedLength(found))).toString('hex'),
  };
}

const check = (script: string, type: OutputType, stored: string) =>
  assert.deepEqual(classified(bytesOf(script)), { type, stored }, script);

/** A script without an address of its own is stored as its SHA-256. */
const checkWhole = (script: string, type: OutputType) =>
  check(script, type, `ff${sha256(bytesOf(script)).toString('hex')}`);

const KEY = `02${'79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'}`;
const LONG_KEY = `04${'79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8'}`;

describe('witness programs', () => {
  /** Addresses of BIP 173 and 350 with their scripts. */
  const vectors: readonly (readonly [address: string, script: string, type: OutputType])[] = [
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', '0014751e76e8199196d454941c45d1b3a323f1433bd6', 'p2wpkh'],
    [
      'tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7',
      '00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262',
      'p2wsh',
    ],
    [
      'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y',
      '5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6',
      'witness-unknown',
    ],
    ['bc1sw50qgdz25j', '6002751e', 'witness-unknown'],
    ['bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs', '5210751e76e8199196d454941c45d1b3a323', 'witness-unknown'],
    [
      'tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy',
      '0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433',
      'p2wsh',
    ],
    [
      'tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c',
      '5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433',
      'p2tr',
    ],
    [
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
      '512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
      'p2tr',
    ],
    // BIP 341, wallet test vectors.
    [
      'bc1p2wsldez5mud2yam29q22wgfh9439spgduvct83k3pm50fcxa5dps59h4z5',
      '512053a1f6e454df1aa2776a2814a721372d6258050de330b3c6d10ee8f4e0dda343',
      'p2tr',
    ],
  ];
  for (const [address, script, type] of vectors) {
    test(`${type} ${address}`, () => {
      const { words } = address.includes('1q')
        ? bech32.decode(address as `${string}1${string}`, 90)
        : bech32m.decode(address as `${string}1${string}`, 90);
      const [version = -1, ...program] = words;
      const payload = Buffer.from(bech32.fromWords(program)).toString('hex');
      check(script, type, (0x10 + version).toString(16) + payload);
    });
  }

  test('version 0 has programs of 20 and 32 bytes only, later versions of 2 to 40', () => {
    for (const size of [2, 19, 21, 31, 33, 40]) {
      checkWhole(`00${size.toString(16).padStart(2, '0')}${'ab'.repeat(size)}`, 'nonstandard');
    }
    for (const size of [2, 20, 31, 33, 40]) {
      const program = 'ab'.repeat(size);
      check(`51${size.toString(16).padStart(2, '0')}${program}`, 'witness-unknown', `11${program}`);
    }
    checkWhole('5101ab', 'nonstandard');
    checkWhole(`5129${'ab'.repeat(41)}`, 'nonstandard');
    checkWhole(`4f02abab`, 'nonstandard');
    checkWhole(`6102abab`, 'nonstandard');
    checkWhole(`5102ababab`, 'nonstandard');
    check('51024e73', 'witness-unknown', '114e73');
  });
});

describe('keys and hashes', () => {
  test('P2PK is stored as the address of its key', () => {
    const genesis =
      '04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f';
    const stored = Buffer.from(base58check(sha256).decode('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa')).toString('hex');
    check(`41${genesis}ac`, 'p2pk', stored);
    check('76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac', 'p2pkh', stored);
    check(`21${KEY}ac`, 'p2pk', '00751e76e8199196d454941c45d1b3a323f1433bd6');
    check(`41${LONG_KEY}ac`, 'p2pk', '0091b24bf9f5288532960ac687abb035127b1d28a5');
  });

  test('a key begins with the byte that its length demands (`CPubKey::ValidSize`)', () => {
    for (const prefix of ['06', '07']) {
      assert.equal(classified(bytesOf(`41${prefix}${LONG_KEY.slice(2)}ac`)).type, 'p2pk');
    }
    for (const prefix of ['00', '01', '04', '05', '06', '08', 'ff']) {
      checkWhole(`21${prefix}${KEY.slice(2)}ac`, 'nonstandard');
    }
    for (const prefix of ['00', '02', '03', '05', '08']) checkWhole(`41${prefix}${LONG_KEY.slice(2)}ac`, 'nonstandard');
    checkWhole(`21${KEY}ad`, 'nonstandard');
    checkWhole(`4c21${KEY}ac`, 'nonstandard');
    checkWhole(`21${KEY}acac`, 'nonstandard');
  });

  test('P2PKH and P2SH (BIP 16) are exactly these bytes', () => {
    const hash = '89abcdefabbaabbaabbaabbaabbaabbaabbaabba';
    check(`76a914${hash}88ac`, 'p2pkh', `00${hash}`);
    check(`a914${hash}87`, 'p2sh', `01${hash}`);
    for (const other of [
      `76a94c14${hash}88ac`,
      `76a914${hash}88`,
      `76a914${hash}88acac`,
      `76a914${hash}87ac`,
      `76a814${hash}88ac`,
      `a914${hash}88`,
      `a94c14${hash}87`,
      `a914${hash}8787`,
      `a814${hash}87`,
      '',
      '51',
      'ac',
    ]) {
      checkWhole(other, 'nonstandard');
    }
  });
});

describe('bare multisig (`MatchMultisig`)', () => {
  const push = (key: string) => `${(key.length / 2).toString(16)}${key}`;

  test('m of n keys of either form, in any push', () => {
    checkWhole(`51${push(KEY)}51ae`, 'multisig');
    checkWhole(`52${push(KEY)}${push(LONG_KEY)}${push(KEY)}53ae`, 'multisig');
    checkWhole(`51${push(KEY).repeat(16)}60ae`, 'multisig');
    checkWhole(`51${push(KEY).repeat(17)}0111ae`, 'multisig');
    checkWhole(`0114${push(KEY).repeat(20)}0114ae`, 'multisig');
    checkWhole(`51${`4c21${KEY}`}51ae`, 'multisig');
    checkWhole(`51${`4d2100${KEY}`}51ae`, 'multisig');
    checkWhole(`51${`4e21000000${KEY}`}51ae`, 'multisig');
  });

  test('not: more signatures than keys, a wrong count, none, too many, no key, something behind', () => {
    for (const other of [
      `52${push(KEY)}51ae`,
      `51${push(KEY)}52ae`,
      `00${push(KEY)}51ae`,
      `51${push(KEY)}00ae`,
      '5151ae',
      'ae',
      '51ae',
      '5100ae',
      `51${push(KEY).repeat(21)}0115ae`,
      `0101${push(KEY)}51ae`,
      `51${push(KEY).repeat(16)}0110ae`,
      `51${push(`05${KEY.slice(2)}`)}51ae`,
      `51${push(KEY)}51aeae`,
      `51${push(KEY)}51af`,
      `51${push(KEY)}5161ae`,
      `51${`4e21000001${KEY}`}51ae`,
      '514cae',
      '514dffae',
      '514effffffae',
    ]) {
      checkWhole(other, 'nonstandard');
    }
  });
});

test('whatever begins with OP_RETURN is never spendable and has no address', () => {
  for (const script of ['6a', '6a0548656c6c6f', `6a4c50${'00'.repeat(80)}`, '6aff', `6a24aa21a9ed${'00'.repeat(32)}`]) {
    check(script, 'op-return', '');
  }
});
