import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Asset, zAddressView, zUtxoTransactionView } from '@gongjo/contract';
import fc from 'fast-check';
import { address } from '../drawn.fixture.ts';
import { anyLedger, chain, DrawnLedger } from '../drawn-ledger.fixture.ts';
import { addressTransactions, addressView } from './address-view.ts';
import { counterpartiesOf } from './counterparties.ts';
import { transactionNeighbours, transactionView } from './transaction-view.ts';

const asset = { id: `${chain}/slip44:1`, symbol: 'BTC', decimals: 8 } as Asset;

function viewOf(ledger: DrawnLedger, number: number) {
  const tx = ledger.transactions[number]!;
  const around = transactionNeighbours(tx).map((each) => ledger.transactions[each]!);
  const txids = new Map(around.map((each) => [each.number, each.txid]));
  return transactionView(tx, { chain, asset, txids, around, tags: [], firstPaid: ledger.firstPaid() });
}

function addressOf(ledger: DrawnLedger, name: string, counterpartiesMax = 10) {
  const owner = address(name);
  const outputs = { address: owner, outputs: ledger.outputsOf(owner), truncated: false };
  const transactions = new Map(addressTransactions(outputs).map((number) => [number, ledger.transactions[number]!]));
  const facts = { coverage: ledger.coverage, asset, transactions, tags: [], entity: null, counterpartiesMax };
  return addressView(outputs, facts);
}

describe('a transaction as a reader sees it', () => {
  const ledger = new DrawnLedger();
  const coins = ledger.mine(['a', 1_000], ['a', 500]);
  const paid = ledger.pay(
    [
      [coins, 0],
      [coins, 1],
    ],
    [
      ['another', 1_200],
      ['a', 290],
    ],
  );
  const next = ledger.pay([[paid, 1]], [['b', 280]]);

  test('names what it spends and what spent it, the fee and the change', () => {
    const view = viewOf(ledger, paid);
    zUtxoTransactionView.parse(view);
    assert.deepEqual(view.inputs[1], {
      of: { txid: ledger.transactions[coins]?.txid, index: 1 },
      units: '500',
      address: 'a',
    });
    assert.deepEqual(view.outputs[1]?.spentBy, { txid: ledger.transactions[next]?.txid, input: 0 });
    assert.equal(view.outputs[0]?.spentBy, null);
    assert.equal(view.feeUnits, '10');
    assert.deepEqual(view.change?.outputs, [{ output: 1, heuristics: ['reuse', 'optimal-change'] }]);
  });

  test('new coins have neither fee nor change', () => {
    const view = viewOf(ledger, coins);
    zUtxoTransactionView.parse(view);
    assert.deepEqual([view.feeUnits, view.change, view.verdicts], [null, null, []]);
  });

  test('on random ledgers its shape is the contract’s', () =>
    fc.assert(
      fc.property(anyLedger, (drawn) => {
        for (const { number } of drawn.transactions) zUtxoTransactionView.parse(viewOf(drawn, number));
      }),
      { numRuns: 30 },
    ));
});

describe('an address as a reader sees it', () => {
  test('balance, first and last use, and counterparties in proportion', () => {
    const ledger = new DrawnLedger();
    const coins = ledger.mine(['a', 300], ['b', 100], ['c', 50]);
    const both = ledger.pay(
      [
        [coins, 0],
        [coins, 1],
      ],
      [
        ['shop', 200],
        ['a', 190],
      ],
    );
    ledger.pay([[coins, 2]], [['a', 45]]);
    const view = addressOf(ledger, 'a');
    zAddressView.parse(view);
    assert.deepEqual(view.holdings, [
      { asset: asset.id, receivedUnits: '535', spentUnits: '300', balanceUnits: '235' },
    ]);
    assert.deepEqual([view.first?.height, view.last?.height, view.transactions], [coins, both + 1, 3]);
    assert.deepEqual(view.counterparties, [
      { address: 'shop', asset: asset.id, gaveUnits: '0', tookUnits: '150', transactions: 1 },
      { address: 'c', asset: asset.id, gaveUnits: '45', tookUnits: '0', transactions: 1 },
    ]);
    const short = addressOf(ledger, 'a', 1);
    assert.deepEqual([short.counterparties.length, short.counterpartiesMore], [1, 1]);
  });

  test('an address that nobody paid', () => {
    const view = addressOf(new DrawnLedger(), 'nobody');
    zAddressView.parse(view);
    assert.deepEqual([view.holdings, view.first, view.counterparties, view.truncated], [[], null, [], false]);
  });

  test('nobody gave or took more than the address received or spent (random ledgers)', () =>
    fc.assert(
      fc.property(anyLedger, (ledger) => {
        for (const owner of ledger.firstPaid().keys()) {
          const view = addressOf(ledger, owner, 1_000);
          zAddressView.parse(view);
          const sum = (part: 'gaveUnits' | 'tookUnits') =>
            view.counterparties.reduce((total, each) => total + BigInt(each[part]), 0n);
          assert.ok(sum('gaveUnits') <= BigInt(view.holdings[0]?.receivedUnits ?? 0));
          assert.ok(sum('tookUnits') <= BigInt(view.holdings[0]?.spentUnits ?? 0));
        }
      }),
      { numRuns: 50 },
    ));

  test('a CoinJoin names no counterparty', () => {
    const ledger = new DrawnLedger();
    const names = ['a', 'b', 'c', 'd', 'e'];
    const premix = ledger.mine(...names.map((name) => [name, 1_000_000] as const));
    ledger.pay(
      names.map((_, index) => [premix, index] as const),
      names.map((name) => [`${name}2`, 1_000_000] as const),
    );
    assert.deepEqual(counterpartiesOf(address('a'), asset.id, ledger.transactions), []);
  });
});
