import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Address, BlockHash, ChainId, TxId } from '@gongjo/contract';
import { type Columns, openColumns } from '../../platform/index.ts';
import { addressText } from '../address/index.ts';
import { type Ledger, openLedger } from '../ledger.store.ts';
import type { Block } from '../model.ts';
import type { UtxoBatch } from './batch.ts';
import type { UtxoTransaction } from './model.ts';

/** A ledger of random blocks, read back against what was put in, through batches, restarts, crashes and reorganisations. */

const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328' as ChainId;
const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-utxo-'));
let columns: Columns;
let ledger: Ledger;
const open = async () => {
  columns = await openColumns({ folder: path.join(folder, 'ledger') });
  ledger = await openLedger(columns);
};
const reopen = async () => {
  await columns.close();
  await open();
};
before(open);
after(async () => {
  await columns.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Drawn numbers that are the same in every run. */
function* drawn(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state;
  }
}

interface Spent {
  readonly txid: string;
  readonly index: number;
}
interface DrawnTransaction {
  readonly txid: string;
  readonly inputs: readonly Spent[];
  readonly outputs: readonly { readonly units: bigint; readonly owner: number | null }[];
}
type DrawnBlock = readonly DrawnTransaction[];

/** Transactions spend outputs of any block before and of their own; now and then one that is not in the ledger. */
function drawBlocks(seed: number, count: number, unspent: Spent[] = []): DrawnBlock[] {
  const draws = drawn(seed);
  const below = (max: number) => draws.next().value % max;
  return Array.from({ length: count }, (_, height) =>
    Array.from({ length: 1 + below(6) }, (_, index): DrawnTransaction => {
      const txid = Buffer.alloc(32, 0);
      txid.writeUInt32BE(seed, 0);
      txid.writeUInt32BE(height, 4);
      txid.writeUInt32BE(index, 28);
      const inputs: Spent[] = [];
      if (index > 0) {
        for (let input = 0; input <= below(3); input += 1) {
          const [taken] = unspent.splice(below(unspent.length + 1), 1);
          inputs.push(taken ?? { txid: Buffer.alloc(32, 0xee).toString('hex'), index: input });
        }
      }
      const outputs = Array.from({ length: 1 + below(4) }, () => ({
        units: BigInt(below(2 ** 31)) * 1_000_000n,
        owner: below(9) === 0 ? null : below(12),
      }));
      for (const [at, { owner }] of outputs.entries())
        if (owner !== null) unspent.push({ txid: txid.toString('hex'), index: at });
      return { txid: txid.toString('hex'), inputs, outputs };
    }),
  );
}

const text = (internal: string) => Buffer.from(internal, 'hex').reverse().toString('hex') as TxId;
const stored = (owner: number) => Buffer.concat([Buffer.from([0x00]), Buffer.alloc(20, owner + 1)]);
const addressOf = (owner: number) => addressText(chain, stored(owner));
const timeOf = (height: number) => new Date(1_700_000_000_000 + height * 600_000).toISOString();
const hashOf = (height: number, fork: number) =>
  text(Buffer.alloc(32, 1).fill(height, 0, 4).fill(fork, 4, 8).toString('hex'));

function blockOf(height: number, transactionCount: number, fork = 0, parentFork = fork): Block {
  return {
    chain,
    height,
    hash: hashOf(height, fork) as string as BlockHash,
    parent: hashOf(height - 1, parentFork) as string as BlockHash,
    time: timeOf(height),
    transactionCount,
  };
}

function write(batch: UtxoBatch, block: Block, transactions: DrawnBlock): void {
  batch.block(block);
  for (const [index, { txid, inputs, outputs }] of transactions.entries()) {
    batch.transaction(Buffer.from(txid, 'hex'), 0, index === 0);
    for (const input of inputs) batch.input(Buffer.from(input.txid, 'hex'), 0, input.index);
    for (const { units, owner } of outputs) {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(units);
      const address = owner === null ? Buffer.alloc(0) : stored(owner);
      batch.output(bytes, 0, owner === null ? 'op-return' : 'p2pkh', address, address.length);
    }
  }
}

/** What the ledger should hold, by plain maps. */
function expected(blocks: readonly DrawnBlock[]): UtxoTransaction[] {
  const flat = blocks.flatMap((transactions, height) => transactions.map((tx, index) => ({ tx, height, index })));
  const numbers = new Map(flat.map(({ tx }, number) => [tx.txid, number]));
  const spends = new Map(
    flat.flatMap(({ tx }, number) =>
      tx.inputs.map((it, input) => [`${it.txid} ${it.index}`, { tx: number, input }] as const),
    ),
  );
  return flat.map(({ tx, height, index }, number) => ({
    number,
    txid: text(tx.txid),
    height,
    index,
    time: timeOf(height),
    coinbase: index === 0,
    outputs: tx.outputs.map(({ units, owner }, at) => ({
      units,
      type: owner === null ? 'op-return' : 'p2pkh',
      address: owner === null ? null : addressOf(owner),
      spentBy: spends.get(`${tx.txid} ${at}`) ?? null,
    })),
    inputs: tx.inputs.map((it) => {
      const of = numbers.get(it.txid);
      const output = of === undefined ? undefined : flat[of]?.tx.outputs[it.index];
      if (of === undefined || !output) return { of: null, units: null, address: null };
      return {
        of: { tx: of, index: it.index },
        units: output.units,
        address: output.owner === null ? null : addressOf(output.owner),
      };
    }),
  }));
}

const all = async (below: number) => {
  const found = await ledger.utxo.transactions(
    chain,
    Array.from({ length: below + 3 }, (_, number) => number),
    below,
  );
  return [...found.values()].sort((a, b) => a.number - b.number);
};

const blocks = drawBlocks(1, 40);

test('what batches hold is read back exactly, spends within and across batches and after a restart', async () => {
  let height = 0;
  for (const size of [1, 7, 2, 20, 10]) {
    if (size === 20) await reopen();
    const batch = await ledger.utxo.batch(chain);
    for (const transactions of blocks.slice(height, height + size)) {
      write(batch, blockOf(height, transactions.length), transactions);
      height += 1;
    }
    await ledger.utxo.append(batch);
  }
  const wanted = expected(blocks);
  assert.ok(wanted.some(({ inputs }) => inputs.some(({ of }) => of === null)));
  const below = await ledger.utxo.numberAfter(chain, 39);
  assert.equal(below, wanted.length);
  assert.deepEqual(await all(below), wanted);
  await reopen();
  assert.deepEqual(await all(below), wanted);
});

test('as of an earlier block, later transactions do not exist and have spent nothing', async () => {
  const below = await ledger.utxo.numberAfter(chain, 20);
  assert.deepEqual(await all(below), expected(blocks.slice(0, 21)));
});

test('transactions are found by identifier; others are not', async () => {
  const wanted = expected(blocks);
  const found = await ledger.utxo.numbers(
    chain,
    [...wanted.map(({ txid }) => txid), 'ab'.repeat(32) as TxId],
    wanted.length,
  );
  assert.deepEqual(found, new Map(wanted.map(({ txid, number }) => [txid, number])));
});

test('outputs are found by address, bounded, and counted', async () => {
  const wanted = expected(blocks);
  const addresses = Array.from({ length: 14 }, (_, owner) => addressOf(owner));
  const byAddress = new Map<Address, number>(addresses.map((it) => [it, 0]));
  const received = await ledger.utxo.received(chain, addresses, 1000, wanted.length);
  for (const address of addresses) {
    const outputs = wanted.flatMap(({ number, outputs: its }) =>
      its.flatMap((output, index) => (output.address === address ? [{ ...output, at: { tx: number, index } }] : [])),
    );
    byAddress.set(address, outputs.length);
    assert.deepEqual(received.get(address), { address, outputs, truncated: false });
    const [first] = (await ledger.utxo.received(chain, [address], 3, wanted.length)).values();
    assert.deepEqual(first, { address, outputs: outputs.slice(0, 3), truncated: outputs.length > 3 });
  }
  assert.deepEqual(await ledger.utxo.usage(chain, addresses, 1000, wanted.length), byAddress);
  assert.deepEqual(
    [...(await ledger.utxo.usage(chain, addresses, 5, wanted.length)).values()],
    [...byAddress.values()].map((count) => Math.min(count, 6)),
  );
});

test('fees are what inputs hold more than outputs, by the index of the transaction', async () => {
  const wanted = expected(blocks).filter(({ height }) => height === 30);
  const sum = (parts: readonly { units: bigint | null }[]) =>
    parts.reduce((total, { units }) => total + (units ?? 0n), 0n);
  assert.deepEqual(
    await ledger.utxo.fees(chain, 30),
    wanted.map(({ coinbase, inputs, outputs }) =>
      coinbase || inputs.some(({ units }) => units === null) ? 0n : sum(inputs) - sum(outputs),
    ),
  );
});

test('a block that does not continue the tip is refused and changes nothing', async () => {
  const below = await ledger.utxo.numberAfter(chain, 39);
  const batch = await ledger.utxo.batch(chain);
  write(batch, blockOf(41, 1), drawBlocks(9, 1)[0] ?? []);
  await assert.rejects(ledger.utxo.append(batch));
  assert.deepEqual(await all(below), expected(blocks));
});

test('what a crash left above the last committed block is gone at the next start', async () => {
  const wanted = expected(blocks);
  const batch = await ledger.utxo.batch(chain);
  write(batch, blockOf(40, 1), drawBlocks(5, 1)[0] ?? []);
  const { transactionStructure, outputStructure } = await import('./schema.ts');
  await columns.insert('utxo_transactions', transactionStructure, batch.transactionRows(), { chain });
  await columns.insert('utxo_outputs', outputStructure, batch.outputRows(), { chain });
  await reopen();
  assert.deepEqual(await columns.rows('SELECT max(tx) AS last FROM utxo_outputs'), [{ last: wanted.length - 1 }]);
  assert.deepEqual(await all(wanted.length), wanted);
});

test('a reorganisation takes its blocks back, spends with them, and another branch takes their place', async () => {
  const branch = drawBlocks(77, 5);
  await ledger.rollbackTo(chain, 24);
  const kept = blocks.slice(0, 25);
  assert.equal((await ledger.coverage(chain))?.tip.height, 24);
  assert.deepEqual(await all(await ledger.utxo.numberAfter(chain, 24)), expected(kept));
  const batch = await ledger.utxo.batch(chain);
  for (const [at, transactions] of branch.entries())
    write(batch, blockOf(25 + at, transactions.length, 1, at === 0 ? 0 : 1), transactions);
  await ledger.utxo.append(batch);
  const below = await ledger.utxo.numberAfter(chain, 29);
  assert.deepEqual(await all(below), expected([...kept, ...branch]));
});
