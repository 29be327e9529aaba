import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type Address, type BlockHash, changeHeuristics } from '@gongjo/contract';
import fc from 'fast-check';
import { type Columns, openColumns } from '../../../platform/index.ts';
import { addressText, storedAddress } from '../../address/index.ts';
import { type Ledger, openLedger } from '../../ledger.store.ts';
import { answerOf, anyLedger, chain, type DrawnLedger } from '../drawn-ledger.fixture.ts';
import type { UtxoTransaction } from '../model.ts';
import { entityOn } from './answer.ts';
import { entityOf } from './entity.ts';
import { defaultEntityBounds } from './model.ts';

/** Entities on the real store are those of the same ledger in memory. */

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-entity-'));
let columns: Columns;
let ledger: Ledger;
before(async () => {
  columns = await openColumns({ folder: path.join(folder, 'ledger') });
  ledger = await openLedger(columns);
});
after(async () => {
  await columns.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A real address for a drawn name: P2SH where the name begins with 3, P2PKH otherwise. */
function realAddress(name: string): Address {
  const kind = name.startsWith('3') ? 1 : 0;
  return addressText(chain, Buffer.concat([Buffer.from([kind]), Buffer.alloc(20, name)]));
}

async function store({ transactions }: DrawnLedger): Promise<void> {
  const batch = await ledger.utxo.batch(chain);
  const hash = (height: number) => String(height + 1).padStart(64, '0') as string as BlockHash;
  const internal = (id: string) => Buffer.from(id, 'hex').reverse();
  for (const tx of transactions) {
    const { height, time } = tx;
    batch.block({ chain, height, hash: hash(height), parent: hash(height - 1), time, transactionCount: 1 });
    batch.transaction(internal(tx.txid), 0, tx.coinbase);
    for (const { of } of tx.inputs) if (of) batch.input(internal(transactions[of.tx]!.txid), 0, of.index);
    for (const { units, type, address } of tx.outputs) {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(units);
      const stored = (address && storedAddress(chain, address)) ?? Buffer.alloc(0);
      batch.output(bytes, 0, type, stored, stored.length);
    }
  }
  await ledger.utxo.append(batch);
}

function inMemory(drawn: DrawnLedger, question: Parameters<typeof entityOf>[0]) {
  const asking = entityOf(question);
  let step = asking.next();
  while (!step.done) step = asking.next(answerOf(drawn, step.value));
  return step.value;
}

test('every address, with and without change, as of the tip and of an earlier block', async () => {
  const [largest] = fc
    .sample(anyLedger, { numRuns: 50, seed: 3 })
    .sort((a, b) => b.transactions.length - a.transactions.length);
  const count = largest!.transactions.length;
  const drawn = largest!.upTo(count, realAddress);
  await store(drawn);
  const coverage = await ledger.coverage(chain);
  assert.ok(coverage);
  const below = await ledger.utxo.numberAfter(chain, coverage.tip.height);
  assert.equal(below, count);
  const half = Math.floor(count / 2);
  const earlier: UtxoTransaction = drawn.transactions[half - 1]!;
  let joined = 0;
  for (const address of drawn.firstPaid().keys()) {
    for (const change of [[], changeHeuristics.filter((name) => name !== 'round-amounts')]) {
      const question = { chain, address, bounds: defaultEntityBounds, cuts: [], change };
      const { asOf, ...found } = await entityOn(ledger.utxo, coverage, below, question);
      const { asOf: _, ...wanted } = inMemory(drawn, question);
      assert.deepEqual(found, wanted);
      assert.equal(asOf.hash, coverage.tip.hash);
      joined += found.joins.length;

      const before = { ...coverage, tip: { ...coverage.tip, height: earlier.height } };
      const { asOf: __, ...foundBefore } = await entityOn(ledger.utxo, before, half, question);
      const { asOf: ___, ...wantedBefore } = inMemory(drawn.upTo(half), question);
      assert.deepEqual(foundBefore, wantedBefore);
    }
  }
  assert.ok(joined > 20);
});
