import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as bitcoin from 'bitcoinjs-lib';
import { regtest } from './block.ts';
import { blockFiles } from './files.ts';
import { generateChain } from './generate.ts';
import type { Truth } from './truth.ts';

const options = { outputs: 30_000, seed: 7 };

function chainOf(outputs: number, seed: number) {
  const blocks: Buffer[] = [];
  const truth = generateChain({ outputs, seed, onBlock: (block) => blocks.push(Buffer.from(block)) });
  return { blocks, truth };
}
const digest = (blocks: readonly Buffer[]) => hash('sha256', Buffer.concat(blocks));

interface Output {
  readonly units: bigint;
  readonly height: number;
  readonly script: Uint8Array;
  spentBy: string | null;
}

describe('a generated chain', () => {
  let raw: Buffer[];
  let truth: Truth;
  let blocks: bitcoin.Block[];
  const outputs = new Map<string, Output>();
  const heightOf = new Map<string, number>();
  const transactions: { readonly txid: string; readonly height: number; readonly tx: bitcoin.Transaction }[] = [];

  before(() => {
    ({ blocks: raw, truth } = chainOf(options.outputs, options.seed));
    blocks = raw.map((bytes) => bitcoin.Block.fromBuffer(bytes));
    for (const [height, block] of blocks.entries())
      for (const tx of block.transactions!) {
        const txid = tx.getId();
        transactions.push({ txid, height, tx });
        heightOf.set(txid, height);
        for (const [index, { value, script }] of tx.outs.entries())
          outputs.set(`${txid}:${index}`, { units: value, height, script, spentBy: null });
      }
  });

  test('starts with the genesis block of regtest', () => {
    assert.equal(blocks[0]!.getId(), '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206');
  });

  test('every header names the block before it, is later, and meets its proof of work', () => {
    for (const [height, block] of blocks.entries()) {
      assert.equal(block.bits, regtest.bits);
      assert.ok(block.checkProofOfWork(), `block ${height}`);
      if (height === 0) continue;
      assert.deepEqual(Buffer.from(block.prevHash!), Buffer.from(blocks[height - 1]!.getHash()), `block ${height}`);
      assert.ok(block.timestamp > blocks[height - 1]!.timestamp);
    }
  });

  test('every Merkle root and every witness commitment (BIP 141) is right', () => {
    for (const [height, block] of blocks.entries()) {
      assert.ok(block.checkTxRoots(), `block ${height}`);
      if (height > 0) assert.ok(block.getWitnessCommit(), `block ${height}`);
    }
  });

  test('a block stays below the weight of BIP 141', () => {
    for (const block of blocks) assert.ok(block.weight() <= 4_000_000);
  });

  test('a coinbase begins with its height (BIP 34) and earns subsidy and fees', () => {
    for (const [height, block] of blocks.entries()) {
      if (height === 0) continue;
      const [coinbase, ...others] = block.transactions!;
      const script = bitcoin.script.decompile(coinbase!.ins[0]!.script)!;
      const first = script[0]!;
      assert.equal(typeof first === 'number' ? first - 0x50 : bitcoin.script.number.decode(first), height);
      const fees = others.reduce((sum, tx) => sum + feeOf(tx), 0n);
      assert.equal(
        coinbase!.outs.reduce((sum, { value }) => sum + value, 0n),
        5_000_000_000n + fees,
      );
    }
  });

  const feeOf = (tx: bitcoin.Transaction) =>
    tx.ins.reduce((sum, input) => sum + outputs.get(keyOf(input))!.units, 0n) -
    tx.outs.reduce((sum, { value }) => sum + value, 0n);

  test('every input spends an output that is there, not spent, and mature; every fee is positive', () => {
    for (const { txid, height, tx } of transactions) {
      if (tx.isCoinbase()) continue;
      for (const input of tx.ins) {
        const output = outputs.get(keyOf(input));
        assert.ok(output && output.height <= height, `${txid} spends ${keyOf(input)}`);
        assert.equal(output.spentBy, null);
        output.spentBy = txid;
      }
      assert.ok(feeOf(tx) > 0n, txid);
    }
    for (const { txid, height, tx } of transactions)
      if (tx.isCoinbase()) {
        const spender = outputs.get(`${txid}:0`)!.spentBy;
        const spent = transactions.find((it) => it.txid === spender);
        if (spent) assert.ok(spent.height - height >= 100);
      }
  });

  test('its totals are those of its truth', () => {
    assert.equal(truth.outputs, outputs.size);
    assert.equal(truth.transactions, transactions.length);
    assert.deepEqual(truth.tip, { height: blocks.length - 1, hash: blocks.at(-1)!.getId() });
    assert.ok(truth.outputs >= options.outputs);
  });

  const others = () => transactions.filter(({ tx }) => !tx.isCoinbase());
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, it) => sum + it, 0) / numbers.length;

  test('a transaction has 2–3 inputs and outputs in the mean, most have one and two, a few have hundreds', () => {
    const ins = others().map(({ tx }) => tx.ins.length);
    const outs = others().map(({ tx }) => tx.outs.length);
    assert.ok(mean(ins) > 1.8 && mean(ins) < 3, String(mean(ins)));
    assert.ok(mean(outs) > 2 && mean(outs) < 3.2, String(mean(outs)));
    const share = (numbers: readonly number[], of: number) => numbers.filter((it) => it === of).length / numbers.length;
    assert.ok(share(ins, 1) > 0.5, String(share(ins, 1)));
    assert.ok(share(outs, 2) > 0.6, String(share(outs, 2)));
    assert.ok(Math.max(...ins) > 50);
    assert.ok(Math.max(...outs) > 100);
  });

  test('coins are mostly spent young, now and then very old', () => {
    const ages = [...outputs.values()].flatMap(({ height, spentBy }) =>
      spentBy ? heightOf.get(spentBy)! - height : [],
    );
    ages.sort((a, b) => a - b);
    assert.ok(ages[Math.floor(ages.length / 2)]! <= 20, String(ages[Math.floor(ages.length / 2)]));
    assert.ok(ages.at(-1)! > 100);
  });

  test('every type of script is used, P2WPKH most', () => {
    const count = new Map<string, number>();
    for (const { script } of outputs.values()) count.set(typeOf(script), (count.get(typeOf(script)) ?? 0) + 1);
    assert.deepEqual([...count.keys()].sort(), [
      'multisig',
      'op-return',
      'p2pk',
      'p2pkh',
      'p2sh',
      'p2tr',
      'p2wpkh',
      'p2wsh',
    ]);
    assert.equal([...count].sort(([, a], [, b]) => b - a)[0]![0], 'p2wpkh');
  });

  test('addresses are used again, a few of them a hundred times and more', () => {
    const uses = new Map<string, number>();
    for (const { script } of outputs.values()) {
      const key = Buffer.from(script).toString('hex');
      uses.set(key, (uses.get(key) ?? 0) + 1);
    }
    assert.ok(uses.size / outputs.size < 0.7, String(uses.size / outputs.size));
    assert.ok(Math.max(...uses.values()) > 100);
  });

  test('every kind of transaction is there', () => {
    for (const [kind, made] of Object.entries(truth.kinds)) assert.ok(made > 0, kind);
  });

  test('its addresses are those of its scripts', () => {
    const known = new Set([...outputs.values()].map(({ script }) => Buffer.from(script).toString('hex')));
    const named = truth.entities.flatMap(({ addresses }) => addresses);
    assert.ok(named.length > 50);
    assert.deepEqual(
      named.filter((address) => !known.has(scriptOf(address))),
      [],
    );
  });

  test('the same seed makes the same bytes, another seed others', () => {
    assert.equal(digest(chainOf(5_000, 1).blocks), digest(chainOf(5_000, 1).blocks));
    assert.notEqual(digest(chainOf(5_000, 1).blocks), digest(chainOf(5_000, 2).blocks));
  });
});

const keyOf = ({ hash: txid, index }: { readonly hash: Uint8Array; readonly index: number }) =>
  `${Buffer.from(txid).reverse().toString('hex')}:${index}`;

/** By form alone; whatever is not known stays what it is. */
function typeOf(script: Uint8Array): string {
  const hex = Buffer.from(script).toString('hex');
  const forms: readonly (readonly [string, RegExp])[] = [
    ['p2pkh', /^76a914.{40}88ac$/],
    ['p2sh', /^a914.{40}87$/],
    ['p2wpkh', /^0014.{40}$/],
    ['p2wsh', /^0020.{64}$/],
    ['p2tr', /^5120.{64}$/],
    ['p2pk', /^(21.{66}|41.{130})ac$/],
    ['multisig', /^51(21.{66}){2}52ae$/],
    ['op-return', /^6a/],
  ];
  return forms.find(([, form]) => form.test(hex))?.[0] ?? hex;
}

/** The script of an address, in hexadecimal. (The library's own `toOutputScript` wants P2TR programs to be points of the curve.) */
function scriptOf(address: string): string {
  if (address.startsWith('bcrt1')) {
    const { version, prefix, data } = bitcoin.address.fromBech32(address);
    assert.equal(prefix, bitcoin.networks.regtest.bech32);
    return Buffer.from([version === 0 ? 0 : 0x50 + version, data.length, ...data]).toString('hex');
  }
  return Buffer.from(bitcoin.address.toOutputScript(address, bitcoin.networks.regtest)).toString('hex');
}

describe('block files', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-blocks-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('hold magic, length and block, one after another; with a key, every byte is XORed by its place in the file', () => {
    const plain = blockFiles(path.join(folder, 'plain'), null);
    const key = Buffer.from('0102030405060708', 'hex');
    const obfuscated = blockFiles(path.join(folder, 'xor'), key);
    for (const files of [plain, obfuscated]) {
      files.write(regtest.genesis);
      files.write(regtest.genesis.subarray(0, 81));
      files.close();
    }
    const bytes = readFileSync(path.join(folder, 'plain', 'blk00000.dat'));
    assert.equal(bytes.subarray(0, 4).toString('hex'), 'fabfb5da');
    assert.equal(bytes.readUInt32LE(4), regtest.genesis.length);
    assert.deepEqual(bytes.subarray(8, 8 + regtest.genesis.length), regtest.genesis);
    assert.equal(bytes.readUInt32LE(12 + regtest.genesis.length), 81);
    const read = readFileSync(path.join(folder, 'xor', 'blk00000.dat')).map((byte, i) => byte ^ key[i & 7]!);
    assert.deepEqual(Buffer.from(read), bytes);
    assert.deepEqual(readFileSync(path.join(folder, 'xor', 'xor.dat')), key);
  });

  test('a folder that has block files is left alone', () => {
    assert.throws(() => blockFiles(path.join(folder, 'plain'), null).write(regtest.genesis), { code: 'EEXIST' });
  });
});
