import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Ledger } from './ledger.store.ts';
import { happenedBetween, type Touch } from './touches.ts';
import { address, txid } from './utxo/drawn.fixture.ts';
import { anyLedger, chain, DrawnLedger } from './utxo/drawn-ledger.fixture.ts';

async function touchesOf({ transactions }: DrawnLedger): Promise<Touch[]> {
  const transactionsBetween = async (_chain: unknown, from: number, to: number) =>
    transactions.filter(({ height }) => height >= from && height <= to);
  const reader = { utxo: { transactionsBetween } } as unknown as Ledger;
  return [...(await happenedBetween(reader, chain, 0, transactions.length)).touches];
}

describe('what blocks of outputs touched', () => {
  test('is each address of a transaction once on each side, with its sum and its first place', async () => {
    const ledger = new DrawnLedger();
    const coins = ledger.mine(['1a', 5], ['1b', 7], ['1a', 6]);
    ledger.pay(
      [
        [coins, 1],
        [coins, 0],
        [coins, 2],
      ],
      [
        [null, 0, 'op-return'],
        ['1c', 8],
        ['1a', 4],
        ['1c', 5],
      ],
    );
    const told = (await touchesOf(ledger))
      .filter((touch) => touch.txid === txid(1))
      .map(({ ord, from, to, units }) => [ord, from, to, units]);
    assert.deepEqual(told, [
      [0, address('1b'), null, 7n],
      [1, address('1a'), null, 11n],
      [0, null, null, 0n],
      [1, null, address('1c'), 13n],
      [2, null, address('1a'), 4n],
    ]);
  });

  test('adds up to what each transaction spent and paid, and leaves none out', async () => {
    await fc.assert(
      fc.asyncProperty(anyLedger, async (ledger) => {
        const touches = Map.groupBy(await touchesOf(ledger), (touch) => touch.txid);
        for (const tx of ledger.transactions) {
          const all = touches.get(tx.txid) ?? [];
          assert.ok(all.length > 0);
          const sum = (units: readonly (bigint | null)[]) =>
            units.reduce<bigint>((total, it) => total + (it ?? 0n), 0n);
          const given = all.filter(({ from }) => from !== null);
          const got = all.filter(({ from }) => from === null);
          assert.equal(sum(given.map(({ units }) => units)), sum(tx.inputs.map(({ units }) => units)));
          assert.equal(sum(got.map(({ units }) => units)), sum(tx.outputs.map(({ units }) => units)));
        }
      }),
      { numRuns: 100 },
    );
  });
});
