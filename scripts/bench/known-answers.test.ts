import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Address } from '@gongjo/contract';
import {
  coinJoinVerdict,
  defaultEntityBounds,
  entityOn,
  type UtxoTransaction,
} from '../../packages/desk/src/ledger/index.ts';
import { blockFiles } from '../chain-generator/files.ts';
import { generateChain } from '../chain-generator/generate.ts';
import type { GeneratedChain } from './chain.ts';
import { type IngestedChain, ingestedChain, regtestChain } from './ledger.ts';
import { holdingsOf, traceOf } from './utxo-trace.ts';

const outputs = 40_000;
/** Larger traces are measured, not tested. */
const holdingsMax = 1_500;

/**
 * The generator knows of its chain who spent what with whom, which transactions are CoinJoins and where value went, and shares no
 * code with the desk: parser, ledger, verdicts, entities and traces must come to the same.
 */
describe('the desk finds in a generated chain what its generator knows', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-known-'));
  let chain: GeneratedChain;
  let ingested: IngestedChain;
  let below: number;

  before(async () => {
    const files = blockFiles(folder, Buffer.from('a1b2c3d4e5f60718', 'hex'));
    const truth = generateChain({ outputs, seed: 3, onBlock: (block) => files.write(block) });
    files.close();
    chain = { folder, truth };
    ingested = await ingestedChain(chain, true);
    below = await ingested.ledger.utxo.numberAfter(regtestChain, truth.tip.height);
  });
  after(async () => {
    await ingested?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function* transactions(): AsyncGenerator<UtxoTransaction> {
    const { utxo } = ingested.ledger;
    for (let from = 0; from < below; from += 5_000) {
      const numbers = Array.from({ length: Math.min(5_000, below - from) }, (_, i) => from + i);
      yield* (await utxo.transactions(regtestChain, numbers, below)).values();
    }
  }

  test('as many transactions, inputs and outputs; every input is known; the same fees; the CoinJoins and no others', async () => {
    const { truth } = chain;
    const found = { transactions: 0, inputs: 0, outputs: 0, fees: 0n };
    const seen = new Set<string>();
    for await (const tx of transactions()) {
      found.transactions += 1;
      found.outputs += tx.outputs.length;
      found.inputs += tx.coinbase ? 1 : tx.inputs.length;
      if (tx.coinbase) continue;
      for (const { units } of tx.inputs) found.fees += units!;
      for (const { units } of tx.outputs) found.fees -= units;
      if (coinJoinVerdict(tx)) seen.add(tx.txid);
    }
    assert.deepEqual(found, {
      transactions: truth.transactions,
      inputs: truth.inputs,
      outputs: truth.outputs,
      fees: BigInt(truth.feeUnits),
    });
    const known = Object.values(truth.coinJoins).flat();
    assert.ok(known.length > 10);
    assert.deepEqual([...seen].sort(), known.sort());
  });

  test('FIFO forward reaches as many holdings and leaves the same units unspent, in fees and in CoinJoins', async () => {
    const reaches = chain.truth.reaches.filter(({ holdings }) => holdings > 1 && holdings <= holdingsMax);
    assert.ok(reaches.some(({ holdings }) => holdings >= 500));
    for (const reach of reaches) {
      const trace = await traceOf(ingested.ledger, reach.txid, 'fifo', reach.untilHeight);
      const units = (kind: string) =>
        Number(trace.stops.filter((stop) => stop.kind === kind).reduce((sum, stop) => sum + stop.units, 0n));
      assert.deepEqual(
        {
          holdings: holdingsOf(trace),
          unspent: units('unspent'),
          fee: units('fee'),
          coinjoin: units('coinjoin'),
          gaps: trace.gaps,
        },
        {
          holdings: reach.holdings,
          unspent: reach.unspentUnits,
          fee: reach.feeUnits,
          coinjoin: reach.coinJoinUnits,
          gaps: [],
        },
        reach.txid,
      );
    }
  });

  test('the multi-input heuristic joins as many addresses, the known ones among them', async () => {
    const { ledger } = ingested;
    const coverage = (await ledger.coverage(regtestChain))!;
    const entities = chain.truth.entities.filter(({ addresses }) => addresses.length > 0);
    assert.ok(entities.some(({ size }) => size > 100));
    for (const { size, addresses } of entities) {
      const entity = await entityOn(ledger.utxo, coverage, below, {
        chain: regtestChain,
        address: addresses[0] as Address,
        change: [],
        cuts: [],
        bounds: defaultEntityBounds,
      });
      assert.equal(entity.addresses.length, size, addresses[0]);
      assert.deepEqual(
        addresses.filter((address) => !entity.addresses.includes(address as Address)),
        [],
      );
    }
  });
});
