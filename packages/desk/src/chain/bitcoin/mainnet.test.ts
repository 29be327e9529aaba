import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { outputTypes } from '@gongjo/contract';
import { Block } from 'bitcoinjs-lib';
import { needs, sharedFolder } from '../evm/shared-data.fixture.ts';
import { networkNamed } from './block-folder.fixture.ts';
import { blockFiles } from './files.client.ts';
import { isMined } from './header.ts';
import { namedHeight } from './height.ts';
import { parseBlock, tellBlock } from './parse.ts';
import { type Heard, listener } from './random-block.fixture.ts';
import { classifyScript, STORED_ADDRESS_BYTES_MAX, scriptType } from './script.ts';

const single = sharedFolder('bitcoin/blocks');
const folder = sharedFolder('bitcoin/nbitcoin');

/** How many outputs of each type. */
function typesOf(heard: readonly Heard[]): Record<string, number> {
  const types: Record<string, number> = {};
  const into = new Uint8Array(STORED_ADDRESS_BYTES_MAX);
  for (const { script } of heard.flatMap(({ outputs }) => outputs)) {
    const bytes = Buffer.from(script, 'hex');
    const type = outputTypes[scriptType(classifyScript(bytes, 0, bytes.length, into))] ?? '';
    types[type] = (types[type] ?? 0) + 1;
  }
  return types;
}

describe('single blocks of 2015–2017', needs(single), () => {
  const known: Readonly<Record<string, readonly [height: number, hash: string, transactions: number, types: object]>> =
    {
      'mainnet-363703.raw': [
        363703,
        '0000000000000000011b2a4cb91b63886ffe0d2263fd17ac5a9b902a219e0a14',
        587,
        { p2pkh: 1331, p2sh: 84, multisig: 2, 'op-return': 1 },
      ],
      'mainnet-426884.raw': [
        426884,
        '00000000000000000431d0ead6e0bd9f90ff0d469e9b05d51e3d04971f472973',
        409,
        { p2pkh: 649, p2sh: 130, 'op-return': 19 },
      ],
      'mainnet-481829.raw': [
        481829,
        '000000000000000000917cba69f69b758fe396c8e30ae97bbcf08c4eb975e726',
        2020,
        { p2pkh: 4602, p2sh: 534, 'op-return': 10 },
      ],
      'mainnet-482683.raw': [
        482683,
        '000000000000000000c238240ef6dcb26c37e75e16514e6ffc0aef7eee73e747',
        12,
        { p2pkh: 20, p2sh: 4, 'op-return': 1 },
      ],
      'testnet3-928848.raw': [
        928848,
        '00000000000001dc1c2cbd9c2419e9fd396449be12176b3b7c78c2784eb2f5e7',
        676,
        { p2pkh: 25, p2wpkh: 7347, 'op-return': 6, nonstandard: 1 },
      ],
    };

  const names = single === null ? [] : readdirSync(single).filter((name) => !name.includes('undo'));
  for (const name of names) {
    test(name, () => {
      const bytes = readFileSync(join(single ?? '', name));
      const sink = listener();
      const { header, transactionCount, ...rest } = parseBlock(bytes, sink);
      const height = namedHeight({ header, transactionCount, ...rest });
      assert.deepEqual([height, header.hash, transactionCount, typesOf(sink.heard)], known[name]);
      assert.ok(isMined(header));
      const other = Block.fromBuffer(bytes);
      assert.deepEqual(
        sink.heard.map(({ txid, inputs, outputs }) => ({ txid, inputs, outputs })),
        other.transactions?.map((transaction) => ({
          txid: transaction.getId(),
          inputs: transaction.ins.map(({ hash, index }) => ({
            txid: Buffer.from(hash).reverse().toString('hex'),
            index,
          })),
          outputs: transaction.outs.map(({ value, script }) => ({
            units: value,
            script: Buffer.from(script).toString('hex'),
          })),
        })),
      );
    });
  }
});

describe('mainnet 0–599 from block files', needs(folder), () => {
  async function all() {
    const files = await blockFiles({ folder: folder ?? '', network: networkNamed('main') });
    return { files, blocks: await files.blocks(0, 599) };
  }

  test('every block, in order, whole', async () => {
    const { files, blocks } = await all();
    assert.deepEqual(
      blocks.map(({ block }) => block.height),
      Array.from({ length: 600 }, (_, height) => height),
    );
    assert.deepEqual(files.damage, []);
    assert.deepEqual([files.blockCount, files.staleCount, files.unlinkedCount], [600, 0, 0]);
    assert.equal(blocks[0]?.block.hash, '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f');
    assert.equal(blocks[0]?.block.time, '2009-01-03T18:15:05.000Z');
    assert.equal(blocks[170]?.block.hash, '00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee');
    assert.equal(
      blocks.reduce((sum, { transactionCount }) => sum + transactionCount, 0),
      616,
    );
  });

  test('all 25 spends resolve, and no coin is made but by coinbases', async () => {
    const { blocks } = await all();
    const unspent = new Map<string, bigint>();
    let spends = 0;
    for (const block of blocks) {
      const sink = listener();
      tellBlock(block, sink);
      for (const { txid, coinbase, inputs, outputs } of sink.heard) {
        let into = coinbase ? 50_0000_0000n : 0n;
        for (const input of coinbase ? [] : inputs) {
          const key = `${input.txid}:${input.index}`;
          const units = unspent.get(key);
          assert.ok(units !== undefined, `${txid} spends ${key}`);
          unspent.delete(key);
          into += units;
          spends += 1;
        }
        assert.equal(
          outputs.reduce((sum, { units }) => sum + units, 0n),
          into,
          txid,
        );
        for (const [index, { units }] of outputs.entries()) unspent.set(`${txid}:${index}`, units);
      }
    }
    assert.equal(spends, 25);
  });

  test('block 170: the first payment from one person to another', async () => {
    const { blocks } = await all();
    const sink = listener();
    tellBlock(blocks[170] ?? assert.fail(), sink);
    const payment = sink.heard[1];
    assert.equal(payment?.txid, 'f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16');
    assert.deepEqual(payment?.inputs, [
      { txid: '0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9', index: 0 },
    ]);
    assert.deepEqual(
      payment?.outputs.map(({ units }) => units),
      [10_0000_0000n, 40_0000_0000n],
    );
    assert.deepEqual(typesOf(sink.heard), { p2pk: 3 });
  });
});
