import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Block, Transaction } from 'bitcoinjs-lib';
import fc from 'fast-check';
import { BLOCK_BYTES_MAX, checkBlock, UNITS_MAX } from './check.ts';
import { BlockDamage } from './damage.ts';
import { isMined, targetOf, workOf } from './header.ts';
import { namedHeight } from './height.ts';
import { parseBlock } from './parse.ts';
import { listener, randomBlock } from './random-block.fixture.ts';
import {
  blockBytes,
  blockHash,
  blockOn,
  bytesOf,
  coinbase,
  type DrawnTransaction,
  doubleHash,
  headerBytes,
  mainGenesis,
  REGTEST_BITS,
  regtestGenesis,
  reversedHex,
  rootOf,
  strippedBytes,
  transactionBytes,
  txidOf,
} from './serial.fixture.ts';

const HEADER = { version: 4, parent: '11'.repeat(32), timeS: 1_700_000_000, bits: REGTEST_BITS, nonce: 0 };

const spend: DrawnTransaction = {
  version: 2,
  inputs: [{ txid: '22'.repeat(32), index: 1, script: bytesOf('51'), sequence: 0xfffffffe, witness: [] }],
  outputs: [{ units: 7n, script: bytesOf('6a') }],
  lockTime: 9,
};

/** A block whose Merkle root is right, from transactions that are given as bytes. */
function blockOf(...transactions: readonly Uint8Array[]): Uint8Array {
  const root = rootOf(transactions.map(doubleHash));
  return new Uint8Array(
    Buffer.concat([headerBytes(HEADER, root), Uint8Array.of(transactions.length), ...transactions]),
  );
}

function damaged(bytes: Uint8Array, detail: RegExp, offset?: number): void {
  const sink = listener();
  assert.throws(
    () => parseBlock(bytes, sink),
    (error) => {
      assert.ok(error instanceof BlockDamage, String(error));
      assert.match(error.detail, detail);
      if (offset !== undefined) assert.equal(error.offset, offset);
      return true;
    },
  );
  assert.deepEqual(sink.heard, [], 'of a damaged block, a sink hears nothing');
}

const first = () => transactionBytes(coinbase(1));

test('the genesis block of mainnet', () => {
  const sink = listener();
  const { header, transactionCount } = parseBlock(mainGenesis, sink);
  assert.deepEqual(header, {
    hash: '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f',
    version: 1,
    parent: '0'.repeat(64),
    merkleRoot: '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b',
    timeS: 1231006505,
    bits: 0x1d00ffff,
    nonce: 2083236893,
  });
  assert.equal(transactionCount, 1);
  assert.equal(sink.heard.length, 1);
  const [only] = sink.heard;
  assert.equal(only?.txid, '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b');
  assert.equal(only?.coinbase, true);
  assert.deepEqual(only?.inputs, [{ txid: '0'.repeat(64), index: 0xffffffff }]);
  assert.equal(only?.outputs[0]?.units, 50_0000_0000n);
});

test('BIP 143 and 144: the identifier of a transaction with witnesses leaves them out', () => {
  // The signed transaction of BIP 143, "Native P2WPKH".
  const signed = bytesOf(`01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f
    00000000494830450221008b9d1dc26ba6a9cb62127b02742fa9d754cd3bebf337f7a55d114c8e5cdd30be022040529b194ba3f9281a99f2b1c0a19c
    0489bc22ede944ccf4ecbab4cc618ef3ed01eeffffffef51e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ff
    ffffff02202cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21
    b2d50ce2f0167faa815988ac000247304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a0d5447a12fb1366d7f01cc44a0220573a954c451833
    1561406f90300e8f3358f51928d43c212a8caed02de67eebee0121025476c2e83188368da1ff3e292e7acafcdb3566bb0ad253f62fc70f07aeee6357
    11000000`);
  // No item, then a signature and a key, each with its length; then the lock time.
  const witnessesAt = signed.length - 4 - (1 + 1 + 1 + 0x47 + 1 + 0x21);
  const stripped = new Uint8Array(
    Buffer.concat([signed.subarray(0, 4), signed.subarray(6, witnessesAt), signed.subarray(-4)]),
  );
  const root = rootOf([doubleHash(first()), doubleHash(stripped)]);
  const bytes = new Uint8Array(Buffer.concat([headerBytes(HEADER, root), Uint8Array.of(2), first(), signed]));
  const sink = listener();
  parseBlock(bytes, sink);
  assert.deepEqual(sink.heard[1]?.inputs, [
    { txid: '9f96ade4b41d5433f4eda31e1738ec2b36f6e7d1420d94a6af99801a88f7f7ff', index: 0 },
    { txid: '8ac60eb9575db5b2d987e29f301b5b819ea83a5c6579d282d189cc04b8e151ef', index: 1 },
  ]);
  assert.deepEqual(
    sink.heard[1]?.outputs.map(({ units }) => units),
    [112340000n, 223450000n],
  );
  assert.equal(sink.heard[1]?.txid, reversedHex(doubleHash(stripped)));
  assert.equal(sink.heard[1]?.txid, Transaction.fromBuffer(signed).getId());
});

test('a serialised block is told as it was drawn, and as bitcoinjs-lib reads it', () => {
  fc.assert(
    fc.property(randomBlock, ({ header, transactions }) => {
      const bytes = blockBytes(header, transactions);
      const sink = listener();
      const read = parseBlock(bytes, sink);
      const { hash, merkleRoot, ...fields } = read.header;
      assert.deepEqual(fields, { ...header, version: header.version | 0 });
      assert.equal(hash, blockHash(bytes));
      assert.equal(read.transactionCount, transactions.length);
      assert.deepEqual(
        sink.heard,
        transactions.map((drawn, index) => ({
          txid: txidOf(drawn),
          index,
          inputCount: drawn.inputs.length,
          outputCount: drawn.outputs.length,
          coinbase: index === 0,
          inputs: drawn.inputs.map((input) => ({ txid: input.txid ?? '0'.repeat(64), index: input.index })),
          outputs: drawn.outputs.map(({ units, script }) => ({ units, script: Buffer.from(script).toString('hex') })),
        })),
      );
      const other = Block.fromBuffer(bytes);
      assert.equal(other.getId(), hash);
      assert.deepEqual(
        other.transactions?.map((transaction) => transaction.getId()),
        sink.heard.map(({ txid }) => txid),
      );
    }),
    { numRuns: 150 },
  );
});

test('a block that is cut off anywhere, or goes on, is damaged', () => {
  const bytes = blockOn(regtestGenesis, 1, {
    transactions: [spend, { ...spend, inputs: spend.inputs.map((input) => ({ ...input, witness: [bytesOf('01')] })) }],
  });
  for (let length = 0; length < bytes.length; length += 1) damaged(bytes.subarray(0, length), /ends within|too short/);
  damaged(new Uint8Array([...bytes, 0]), /1 bytes follow the last transaction/, bytes.length);
});

test('one wrong byte anywhere outside witnesses and nonce is noticed, or makes another block', () => {
  const bytes = blockOn(regtestGenesis, 1, { transactions: [spend] });
  for (let at = 0; at < bytes.length; at += 1) {
    const other = Uint8Array.from(bytes);
    other[at] = (other[at] as number) ^ 0x40;
    if (at < 36 || (at >= 68 && at < 80)) assert.notEqual(checkBlock(other).header.hash, blockHash(bytes));
    else damaged(other, /./);
  }
});

describe('what no block can hold', () => {
  const put = (bytes: Uint8Array, at: number, ...values: readonly number[]) => {
    const copy = Uint8Array.from(bytes);
    copy.set(values, at);
    return copy;
  };
  const inputScriptAt = 4 + 1 + 36;

  test('no transaction, or more than fit', () => {
    damaged(new Uint8Array([...headerBytes(HEADER, new Uint8Array(32)), 0]), /no transaction/, 80);
    damaged(put(blockOf(first()), 80, 0xfc), /too short for 252 transactions/, 80);
  });

  test('counts that are not in their shortest form', () => {
    const bytes = blockOf(first());
    const with_ = (...count: readonly number[]) =>
      new Uint8Array([...bytes.subarray(0, 80), ...count, ...bytes.subarray(81)]);
    damaged(with_(0xfd, 1, 0), /shortest form/, 80);
    damaged(with_(0xfd, 0xfc, 0), /shortest form/, 80);
    damaged(with_(0xfe, 0xff, 0xff, 0, 0), /shortest form/, 80);
    damaged(with_(0xff, 1, 0, 0, 0, 0, 0, 0, 0), /larger than any block/, 80);
    damaged(with_(0xfe, 0xff, 0xff, 0xff, 0xff), /too short/, 80);
  });

  test('a first transaction that is no coinbase, or a later one that spends nothing', () => {
    damaged(blockOf(transactionBytes(spend)), /no coinbase/);
    damaged(blockOf(first(), transactionBytes(coinbase(2))), /spends nothing/);
    const two = { ...coinbase(1), inputs: [...coinbase(1).inputs, ...coinbase(1).inputs] };
    damaged(blockOf(transactionBytes(two)), /no coinbase/);
  });

  test('a coinbase script of 1 or 101 bytes', () => {
    for (const size of [1, 101]) {
      const drawn = coinbase(1);
      const inputs = drawn.inputs.map((input) => ({ ...input, script: new Uint8Array(size) }));
      damaged(blockOf(transactionBytes({ ...drawn, inputs })), new RegExp(`${size} bytes`));
    }
  });

  test('transactions without inputs or outputs', () => {
    const large = { units: 1n, script: new Uint8Array(60) };
    damaged(blockOf(first(), transactionBytes({ ...spend, inputs: [], outputs: [large, large] })), /no inputs/);
    const inputs = spend.inputs.map((input) => ({ ...input, script: new Uint8Array(60) }));
    damaged(blockOf(first(), transactionBytes({ ...spend, inputs, outputs: [] })), /no outputs/);
  });

  test('a witness flag other than 1, and witnesses that are all empty (BIP 144)', () => {
    const withWitness = { ...spend, inputs: spend.inputs.map((input) => ({ ...input, witness: [bytesOf('aa')] })) };
    const bytes = transactionBytes(withWitness);
    const root = rootOf([doubleHash(first()), doubleHash(strippedBytes(withWitness))]);
    const block = (second: Uint8Array) =>
      new Uint8Array(Buffer.concat([headerBytes(HEADER, root), Uint8Array.of(2), first(), second]));
    checkBlock(block(bytes));
    damaged(block(put(bytes, 5, 2)), /no inputs/);
    const empty = new Uint8Array([...bytes.subarray(0, bytes.length - 7), 0, ...bytes.subarray(-4)]);
    damaged(block(empty), /all empty/);
  });

  test('scripts and lists that reach past the end', () => {
    const script = put(transactionBytes(spend), inputScriptAt, 0xfc);
    damaged(blockOf(first(), script), /ends within an input script/);
    damaged(blockOf(first(), put(transactionBytes(spend), 4, 0xfc)), /too short for 252 inputs/);
    const outputsAt = inputScriptAt + 2 + 4;
    damaged(blockOf(first(), put(transactionBytes(spend), outputsAt, 0xfc)), /too short for 252 outputs/);
  });

  test('values above 21 million bitcoins; that many are one', () => {
    const holding = (units: bigint) => ({ ...spend, outputs: [{ units, script: bytesOf('51') }] });
    checkBlock(blockOf(first(), transactionBytes(holding(BigInt(UNITS_MAX)))));
    for (const units of [BigInt(UNITS_MAX) + 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]) {
      damaged(blockOf(first(), transactionBytes(holding(units))), /21 million/);
    }
  });

  test('four million bytes and one', () => {
    damaged(new Uint8Array(BLOCK_BYTES_MAX + 1), /larger than a block can be/);
  });

  test('a wrong Merkle root', () => {
    damaged(put(blockOf(first()), 36, 1, 2, 3), /the Merkle root is/, 36);
  });

  test('transactions repeated at the end, which leave the Merkle root as it is (CVE-2012-2459)', () => {
    const other = (units: bigint) => transactionBytes({ ...spend, outputs: [{ units, script: bytesOf('51') }] });
    const three = [first(), other(1n), other(2n)];
    const sound = blockOf(...three);
    checkBlock(sound);
    const repeated = blockOf(...three, other(2n));
    assert.deepEqual(repeated.subarray(36, 68), sound.subarray(36, 68));
    damaged(repeated, /CVE-2012-2459/);
    const six = [first(), other(1n), other(2n), other(3n), other(4n), other(5n)];
    damaged(blockOf(...six, other(4n), other(5n)), /CVE-2012-2459/);
  });
});

test('BIP 34: the height that a coinbase names', () => {
  for (const height of [
    1,
    16,
    17,
    127,
    128,
    255,
    256,
    32767,
    32768,
    227_931,
    840_000,
    8_388_607,
    8_388_608,
    2 ** 31 - 1,
  ]) {
    assert.equal(namedHeight(checkBlock(blockBytes({ ...HEADER, version: 2 }, [coinbase(height)]))), height);
    assert.equal(namedHeight(checkBlock(blockBytes({ ...HEADER, version: 1 }, [coinbase(height)]))), null);
  }
  const named = (script: string) => {
    const drawn = coinbase(1);
    const inputs = drawn.inputs.map((input) => ({ ...input, script: bytesOf(script) }));
    return namedHeight(checkBlock(blockBytes(HEADER, [{ ...drawn, inputs }])));
  };
  assert.equal(named('03aabbcc'), null, 'negative');
  assert.equal(named('03aabb00'), 0xbbaa);
  assert.equal(named('03aa7b00'), null, 'not the shortest form');
  assert.equal(named('0110'), null, 'sixteen has an opcode of its own');
  assert.equal(named('04aabb'), null, 'the script ends within the push');
  assert.equal(named('05aabbccdd00'), null);
  assert.equal(named('4c03aabb00'), null);
  assert.equal(namedHeight(checkBlock(mainGenesis)), null);
});

test('compact targets, by the examples of Bitcoin Core (`arith_uint256_tests`)', () => {
  const cases: readonly (readonly [number, bigint | null])[] = [
    [0x00123456, null],
    [0x01003456, null],
    [0x02000056, null],
    [0x01123456, 0x12n],
    [0x02123456, 0x1234n],
    [0x03123456, 0x123456n],
    [0x04123456, 0x12345600n],
    [0x04923456, null],
    [0x05009234, 0x92340000n],
    [0x20123456, 0x123456n << 232n],
    [0xff123456, null],
    [0x1d00ffff, 0xffffn << 208n],
  ];
  for (const [bits, target] of cases) assert.equal(targetOf(bits), target, bits.toString(16));
  assert.equal(workOf(0x1d00ffff), 0x100010001n);
  assert.equal(workOf(REGTEST_BITS), 2n);
  assert.equal(workOf(0), 0n);
  assert.ok(isMined(checkBlock(mainGenesis).header));
  assert.ok(!isMined({ hash: 'ff'.repeat(32), bits: REGTEST_BITS }));
});
