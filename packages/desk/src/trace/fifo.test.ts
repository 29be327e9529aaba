import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toldOf, traceOf } from './drawn-ledger.fixture.ts';

describe('fifo', () => {
  it('is exact while an address holds only traced value and a convention once it is mixed', async () => {
    const told = await toldOf(`
      10 victim -> thief 100 KUSD
      11 thief -> a 60 KUSD
      12 null -> thief 50 KUSD
      13 thief -> b 70 KUSD`);
    assert.deepEqual(told, [
      'lead victim -> thief 100 KUSD',
      'fifo thief -> a 60 KUSD',
      'fifo ? thief -> b 40 of 70 KUSD',
      'unspent a 60 KUSD by 1',
      'unspent b 40 KUSD by 2',
    ]);
  });

  it('spends what was there first', async () => {
    const told = await toldOf(`
      1 null -> thief 30 KUSD
      10 victim -> thief 100 KUSD
      11 thief -> shop 20 KUSD
      12 thief -> a 50 KUSD
      13 null -> a 5 KUSD
      14 a -> b 12 KUSD`);
    assert.deepEqual(told, [
      'lead victim -> thief 100 KUSD',
      'fifo ? thief -> a 40 of 50 KUSD',
      'fifo ? a -> b 2 of 12 KUSD',
      'unspent thief 60 KUSD by 0',
      'unspent a 38 KUSD by 1',
      'unspent b 2 KUSD by 2',
    ]);
  });

  it('keeps the order of movements within a block and within a transaction', async () => {
    const told = await toldOf(`
      10 victim -> thief 100 KUSD
      10.1 null -> thief 10 KUSD
      10.2 thief -> a 100 KUSD
      10.2 a -> b 100 KUSD
      10.3 thief -> c 10 KUSD`);
    assert.deepEqual(told, [
      'lead victim -> thief 100 KUSD',
      'fifo ? thief -> a 100 KUSD',
      'fifo a -> b 100 KUSD',
      'unspent b 100 KUSD by 2',
    ]);
  });

  it('keeps assets apart', async () => {
    const told = await toldOf(`
      1 null -> thief 9 GOLD
      10 victim -> thief 100 KUSD
      11 thief -> a 9 GOLD
      12 thief -> b 100 KUSD`);
    assert.deepEqual(told, ['lead victim -> thief 100 KUSD', 'fifo thief -> b 100 KUSD', 'unspent b 100 KUSD by 1']);
  });

  it('begins a second asset with what the address held of it when traced value of it came', async () => {
    const told = await toldOf(
      `1 null -> thief 5 GOLD
       10 victim -> thief 100 KUSD
       11 null -> thief 4 GOLD
       12 thief -> shop 2 GOLD
       13 other -> thief 50 GOLD
       14 thief -> a 8 GOLD`,
      { lead: ['10', '13'] },
    );
    assert.deepEqual(
      told.filter((line) => line.includes('GOLD')),
      [
        'lead other -> thief 50 GOLD',
        'fifo ? thief -> a 1 of 8 GOLD',
        'unspent thief 49 GOLD by 1',
        'unspent a 1 GOLD by 2',
      ],
    );
  });

  it('pays fees from the queue like anything else', async () => {
    const told = await toldOf(`
      10 victim -> thief 100 ETH
      11 thief -> a 90 ETH
      11 thief -> miner 3 ETH fee
      11 thief -> null 2 ETH burn
      12 miner -> pool 3 ETH`);
    assert.deepEqual(told, [
      'lead victim -> thief 100 ETH',
      'fifo thief -> a 90 ETH',
      'fee thief -> miner 3 ETH',
      'fee thief -> null 2 ETH',
      'unspent thief 5 ETH by 0',
      'unspent a 90 ETH by 1',
      'fee null 3 ETH by 2',
      'burned null 2 ETH by 3',
    ]);
  });

  it('counts a fee that reaches a followed block producer as its clean value', async () => {
    const told = await toldOf(`
      10 victim -> thief 100 ETH
      11 thief -> miner 10 ETH
      12 thief -> miner 3 ETH fee
      13 miner -> a 13 ETH`);
    assert.deepEqual(told.slice(0, 4), [
      'lead victim -> thief 100 ETH',
      'fifo thief -> miner 10 ETH',
      'fee thief -> miner 3 ETH',
      'fifo ? miner -> a 10 of 13 ETH',
    ]);
  });

  it('is not moved by transfers of nothing and to oneself', async () => {
    const told = await toldOf(`
      1 null -> thief 10 KUSD
      10 victim -> thief 100 KUSD
      11 thief -> thief 110 KUSD
      12 thief -> thief 999 KUSD
      13 thief -> a 20 KUSD`);
    assert.deepEqual(told, [
      'lead victim -> thief 100 KUSD',
      'fifo ? thief -> a 10 of 20 KUSD',
      'unspent thief 90 KUSD by 0',
      'unspent a 10 KUSD by 1',
    ]);
  });

  it('follows value around a circle', async () => {
    const told = await toldOf(`
      10 victim -> a 100 KUSD
      11 a -> b 100 KUSD
      12 b -> a 60 KUSD
      13 a -> c 50 KUSD`);
    assert.deepEqual(told, [
      'lead victim -> a 100 KUSD',
      'fifo a -> b 100 KUSD',
      'fifo b -> a 60 KUSD',
      'fifo a -> c 50 KUSD',
      'unspent b 40 KUSD by 1',
      'unspent a 10 KUSD by 2',
      'unspent c 50 KUSD by 3',
    ]);
  });
});

describe('what the ledger did not see', () => {
  it('counts what an address spends beyond its queue as clean and says so once', async () => {
    const told = await toldOf(`
      10 victim -> thief 100 KUSD
      11 thief -> a 130 KUSD
      12 thief -> b 5 KUSD`);
    assert.deepEqual(told, [
      'lead victim -> thief 100 KUSD',
      'fifo thief -> a 100 of 130 KUSD',
      'unspent a 100 KUSD by 1',
      'gap opening-balance-unknown thief',
    ]);
  });

  it('counts an overdrawn opening balance as nothing and is not sure of what leaves', async () => {
    const told = await toldOf(`
      1 thief -> shop 30 KUSD
      10 victim -> thief 100 KUSD
      11 thief -> a 10 KUSD`);
    assert.deepEqual(told, [
      'lead victim -> thief 100 KUSD',
      'fifo ? thief -> a 10 KUSD',
      'unspent thief 90 KUSD by 0',
      'unspent a 10 KUSD by 1',
      'gap opening-balance-unknown thief',
    ]);
  });

  it('is never exact after the lead when the ledger starts late', async () => {
    const told = await toldOf('10 victim -> thief 100 KUSD\n11 thief -> a 100 KUSD', { from: 9 });
    assert.deepEqual(told, [
      'lead victim -> thief 100 KUSD',
      'fifo ? thief -> a 100 KUSD',
      'unspent a 100 KUSD by 1',
      'gap ledger-starts-late 9',
    ]);
  });

  it('names contracts that traced native value went into', async () => {
    const told = await toldOf(`
      10 victim -> thief 100 ETH
      11 thief -> contract 60 ETH call
      12 thief -> a 40 ETH
      13 b -> other 1 ETH call`);
    assert.equal(told.at(-1), 'gap internal-transfers-unread contract');
    assert.equal(told.filter((line) => line.startsWith('gap')).length, 1);
  });

  it('answers as of the tip', async () => {
    const { asOf, chain, lead } = await traceOf('10 victim -> thief 100 KUSD\n20 a -> b 1 KUSD');
    assert.deepEqual([asOf.height, chain, lead.length], [20, 'eip155:31337', 1]);
  });
});
