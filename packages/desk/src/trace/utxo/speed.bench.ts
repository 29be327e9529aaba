import type { Address, BlockHash, TraceMethod, TxId } from '@gongjo/contract';
import { instant } from '../../kernel/index.ts';
import type { UtxoInput, UtxoOutput, UtxoTransaction } from '../../ledger/index.ts';
import { completeQuestion } from '../bounds.ts';
import { chain, rules } from './drawn-outputs.fixture.ts';
import type { UtxoAsk, UtxoRows } from './model.ts';
import { traceUtxo } from './trace.ts';

/**
 * The engine alone, rows in memory: how many outputs it follows value through in a second of its thread. Run by hand:
 *
 *     node packages/desk/src/trace/utxo/speed.bench.ts
 */
const transactionCount = 150_000;
const blockSize = 2_000;

/** A small generator (mulberry32), so that every run measures the same ledger. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/** Two inputs and two outputs a transaction in the mean, spent soon after they were made. */
function ledger(): UtxoTransaction[] {
  const random = randomFrom(7);
  const transactions: UtxoTransaction[] = [];
  const unspent: { tx: number; index: number; output: Mutable<UtxoOutput> }[] = [];
  for (let number = 0; number < transactionCount; number += 1) {
    const coinbase = number % blockSize === 0;
    const inputs: UtxoInput[] = [];
    let units = 0n;
    if (!coinbase) {
      for (let left = 1 + random(3); left > 0 && unspent.length > 0; left -= 1) {
        const at = random(unspent.length);
        const spent = unspent[at];
        const last = unspent.pop();
        if (spent === undefined || last === undefined) continue;
        if (at < unspent.length) unspent[at] = last;
        spent.output.spentBy = { tx: number, input: inputs.length };
        units += spent.output.units;
        inputs.push({
          of: { tx: spent.tx, index: spent.index },
          units: spent.output.units,
          address: spent.output.address,
        });
      }
    }
    const outputs: Mutable<UtxoOutput>[] = [];
    const count = coinbase ? 200 : 1 + random(3);
    let left = coinbase ? 5_000_000_000_000n : units - BigInt(random(1_000));
    if (left < 0n) left = 0n;
    for (let index = 0; index < count; index += 1) {
      const paid = index === count - 1 ? left : coinbase ? 20_000_000_000n : (left * BigInt(random(100))) / 100n;
      left -= paid;
      const address = `bc1q${number.toString(36)}${index}` as Address;
      const output: Mutable<UtxoOutput> = { units: paid, type: 'p2wpkh', address, spentBy: null };
      outputs.push(output);
      unspent.push({ tx: number, index, output });
    }
    const height = Math.floor(number / blockSize);
    const time = instant(Date.UTC(2024, 0, 1) + height * 600_000);
    const txid = number.toString(16).padStart(64, '0') as TxId;
    transactions.push({ number, txid, height, index: number % blockSize, time, coinbase, inputs, outputs });
  }
  return transactions;
}

const transactions = ledger();
const height = Math.floor(transactionCount / blockSize);
const hash = 'b'.repeat(64) as BlockHash;
const tip = { chain, height, hash, parent: hash, time: instant(Date.UTC(2025, 0, 1)), transactionCount: 1 };

function rowsFor(ask: UtxoAsk): UtxoRows {
  const found = new Map<number, UtxoTransaction>();
  for (const number of [...ask.transactions, ...ask.txids.map((txid) => Number.parseInt(txid, 16))]) {
    const tx = transactions[number];
    if (tx !== undefined) found.set(number, tx);
  }
  return {
    coverage: { chain, from: 0, tip },
    transactions: found,
    numbers: new Map(ask.txids.map((txid) => [txid, Number.parseInt(txid, 16)])),
    received: new Map(),
    tags: new Map(),
    usage: new Map(ask.usage.map((address) => [address, 1])),
    fees: new Map(),
  };
}

for (const method of (process.argv[2]?.split(',') ?? ['fifo', 'lifo', 'haircut', 'poison']) as TraceMethod[]) {
  for (const direction of ['forward', 'backward'] as const) {
    // FIFO and LIFO reach less, so they start where more lies before them.
    const far = method === 'fifo' || method === 'lifo' ? 40_000 : 0;
    const start = direction === 'forward' ? 100_001 - far : 50_001 + far;
    const leads = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({
      txid: transactions[start + 40 * n]?.txid as TxId,
      ord: null,
    }));
    const bounds = { hopsMax: 1_000_000, addressesMax: 1_000_000, fanOutMax: 1_000_000 };
    const question = completeQuestion({ chain, leads, method, direction, bounds });
    for (const warm of [false, false, true]) {
      const run = traceUtxo(question, rules);
      let engineMs = 0;
      let rounds = 0;
      let rows: UtxoRows | null = null;
      for (;;) {
        const from = process.threadCpuUsage();
        const step = rows === null ? run.next() : run.next(rows);
        const used = process.threadCpuUsage(from);
        engineMs += (used.user + used.system) / 1_000;
        if (step.done) {
          const holdings = new Set(step.value.hops.map((hop) => `${hop.txid}:${hop.ord}`)).size;
          const rate = Math.round((holdings / Math.max(engineMs, 1)) * 1_000);
          if (warm) {
            console.log(
              `${method} ${direction}: ${holdings} outputs, ${step.value.hops.length} hops, ${rounds} rounds, ` +
                `${Math.round(engineMs)} ms: ${rate.toLocaleString('en')} outputs/s`,
            );
          }
          break;
        }
        rounds += 1;
        rows = rowsFor(step.value);
      }
    }
  }
}
