import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { traceMethods } from '@gongjo/contract';
import { build, type DrawnLedger, type DrawnTx, follow, Host } from './drawn-outputs.fixture.ts';
import { piecesMax } from './run.ts';

/** Everything within the bounds of a question must end soon, however a chain is shaped against it. */
const secondsMax = 120;

const bounds = { hopsMax: 1_000_000, addressesMax: 1_000_000, fanOutMax: 1_000_000, movementsPerAddressMax: 1_000_000 };

function soon(ledger: DrawnLedger, check: (stops: number, hops: number) => void): void {
  const host = new Host(ledger);
  for (const method of traceMethods) {
    for (const direction of ['forward', 'backward'] as const) {
      const from = performance.now();
      const leads = direction === 'forward' ? ['t'] : ['last'];
      const { stops, hops } = follow(ledger, { leads, method, direction, bounds }, (ask) => host.rowsFor(ask));
      const seconds = (performance.now() - from) / 1_000;
      assert.ok(seconds < secondsMax, `${method} ${direction}: ${seconds} s`);
      check(stops.length, hops.length);
    }
  }
}

const tx = (height: number, name: string, inputs: DrawnTx['inputs'], outputs: DrawnTx['outputs']): DrawnTx => ({
  height,
  name,
  coinbase: false,
  inputs,
  outputs,
});
const start: DrawnTx = { height: 1, name: 't', coinbase: true, inputs: [], outputs: [['p', 10n ** 15n]] };

describe('scale', () => {
  it('a chain of ten thousand hops', () => {
    const chain = [start];
    for (let n = 1; n <= 10_000; n += 1) {
      const name = n === 10_000 ? 'last' : `s${n}`;
      chain.push(tx(2, name, [[chain.at(-1)?.name ?? '', 0]], [[`p${n}`, 10n ** 15n]]));
    }
    soon(build(chain), (stops, hops) => assert.deepEqual([stops, hops], [1, 10_001]));
  });

  it('ten thousand outputs and as many inputs, of as many addresses', () => {
    const parts = Array.from({ length: 10_000 }, (_, n) => [`p${n}`, 10n ** 11n] as const);
    const ledger = build([
      start,
      tx(2, 'split', [['t', 0]], parts),
      tx(
        3,
        'last',
        parts.map((_, n) => ['split', n] as const),
        [['q', 10n ** 15n]],
      ),
    ]);
    soon(ledger, (stops, hops) => assert.deepEqual([stops, hops], [1, 20_001]));
  });

  it('value cut into two thousand pieces that travel two thousand hops: the trace ends where it would hold too many', () => {
    const parts = Array.from({ length: 2_000 }, (_, n) => [`p${n}`, 5n * 10n ** 11n] as const);
    const other: DrawnTx = {
      height: 1,
      name: 'c',
      coinbase: true,
      inputs: [],
      outputs: parts.map(([, units]) => ['clean', units]),
    };
    const mixed = parts.flatMap((_, n) => [['split', n] as const, ['c', n] as const]);
    const chain = [
      start,
      { ...other, height: 2 },
      tx(3, 'split', [['t', 0]], parts),
      tx(4, 'mix', mixed, [['m', 2n * 10n ** 15n]]),
    ];
    for (let n = 1; n <= 2_000; n += 1) {
      chain.push(tx(5, n === 2_000 ? 'last' : `s${n}`, [[chain.at(-1)?.name ?? '', 0]], [[`q${n}`, 2n * 10n ** 15n]]));
    }
    const ledger = build(chain);
    soon(ledger, (stops) => assert.ok(stops >= 1));
    for (const method of ['fifo', 'lifo'] as const) {
      const { hops, stops, gaps } = follow(ledger, { method, bounds });
      assert.deepEqual(gaps, [{ kind: 'bound-reached', address: null, txid: null, number: piecesMax }]);
      assert.deepEqual(
        stops.map(({ kind, units }) => [kind, units]),
        [['limit', 10n ** 15n]],
      );
      // Each of the 2,000 splits, is mixed, and from then on every hop moves them all.
      assert.equal(hops.length, 1 + 2_000 + 2_000 + (piecesMax - 4_000) / 2_000);
    }
  });
});
