import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tagOf, toldOf, traceOf } from './drawn-ledger.fixture.ts';

const steal = '10 victim -> thief 100 KUSD\n';
const dex = tagOf('dex', 'dex');

describe('swap', () => {
  it('carries the traced share over, rounded down', async () => {
    const told = await toldOf(
      `1 null -> thief 50 KUSD
       ${steal}
       11 thief -> dex 90 KUSD
       11 dex -> thief 25 GOLD
       12 thief -> a 11 GOLD
       13 thief -> b 14 GOLD`,
      { tags: [dex] },
    );
    assert.deepEqual(told, [
      'lead victim -> thief 100 KUSD',
      'swap ? thief -> dex 40 of 90 KUSD for 11 of 25 GOLD',
      'fifo ? thief -> a 11 GOLD',
      'unspent thief 60 KUSD by 0',
      'unspent a 11 GOLD by 2',
    ]);
  });

  it('books what left and what came', async () => {
    const { balances } = await traceOf(`${steal}11 thief -> dex 90 KUSD\n11 dex -> thief 25 GOLD`, { tags: [dex] });
    assert.deepEqual(
      balances
        .map(({ lead, swappedIn, swappedOut, stops }) => ({ lead, swappedIn, swappedOut, stops }))
        .toSorted((a, b) => Number(b.lead - a.lead)),
      [
        { lead: 100n, swappedIn: 0n, swappedOut: 90n, stops: { unspent: 10n } },
        { lead: 0n, swappedIn: 25n, swappedOut: 0n, stops: { unspent: 25n } },
      ],
    );
  });

  it('goes through routers, refunds and several assets at once, and pays its fee', async () => {
    const told = await toldOf(
      `10 victim -> thief 100 ETH
       11 router -> thief 5 ETH
       11 thief -> router 65 ETH call
       11 router -> dex 60 ETH
       11 dex -> router 30 GOLD
       11 dex -> thief 6 SILVER
       11 router -> thief 30 GOLD
       11 thief -> miner 1 ETH fee
       12 router -> a 7 ETH`,
      { tags: [dex] },
    );
    assert.deepEqual(
      told.slice(0, 3).map((line) => line.replace(/(for .*) (for .*)/, (_, one, two) => [one, two].sort().join(' '))),
      [
        'lead victim -> thief 100 ETH',
        'swap ? thief -> dex 60 ETH for 30 of 30 GOLD for 6 of 6 SILVER',
        'fee thief -> miner 1 ETH',
      ],
    );
    assert.deepEqual(told.slice(3).sort(), [
      'fee null 1 ETH by 2',
      'unspent thief 30 GOLD by 1',
      'unspent thief 39 ETH by 0',
      'unspent thief 6 SILVER by 1',
    ]);
  });

  it('says when nobody knows the counterparty', async () => {
    const told = await toldOf(`${steal}11 thief -> someone 90 KUSD\n11 someone -> thief 25 GOLD`);
    assert.equal(told.at(-1), 'gap swap-unverified someone 11');
    assert.match(told[1] ?? '', /^swap/);
  });

  it('names a tagged dex before whoever took more', async () => {
    const text = `${steal}
      11 thief -> big 60 KUSD
      11 thief -> dex 30 KUSD
      11 big -> thief 20 GOLD
      11 dex -> thief 10 GOLD`;
    const told = await toldOf(text, { tags: [dex] });
    assert.deepEqual(told.slice(1, 2), ['swap ? thief -> dex 90 KUSD for 30 of 30 GOLD']);
    assert.equal((await toldOf(text))[1], 'swap ? thief -> big 90 KUSD for 30 of 30 GOLD');
  });

  it('appends to what the address held of the asset before', async () => {
    const told = await toldOf(
      `1 null -> thief 8 GOLD
       ${steal}
       11 thief -> dex 100 KUSD
       11 dex -> thief 25 GOLD
       12 thief -> a 10 GOLD`,
      { tags: [dex] },
    );
    assert.equal(told[2], 'fifo ? thief -> a 2 of 10 GOLD');
  });

  it('swaps back and forth', async () => {
    const told = await toldOf(
      `${steal}
       11 thief -> dex 100 KUSD
       11 dex -> thief 25 GOLD
       12 thief -> dex 25 GOLD
       12 dex -> thief 99 KUSD
       13 thief -> a 99 KUSD`,
      { tags: [dex] },
    );
    assert.deepEqual(told.slice(1), [
      'swap ? thief -> dex 100 KUSD for 25 of 25 GOLD',
      'swap ? thief -> dex 25 GOLD for 99 of 99 KUSD',
      'fifo thief -> a 99 KUSD',
      'unspent a 99 KUSD by 3',
    ]);
  });

  it('carries both ways when two followed addresses swap with each other', async () => {
    const told = await toldOf(
      `9 other -> second 40 GOLD
       ${steal}
       11 thief -> second 100 KUSD
       11 second -> thief 40 GOLD`,
      { lead: ['9', '10'] },
    );
    assert.deepEqual(told.slice(2), [
      'swap ? thief -> second 100 KUSD for 40 of 40 GOLD',
      'swap ? second -> thief 40 GOLD for 100 of 100 KUSD',
      'unspent thief 40 GOLD by 2',
      'unspent second 100 KUSD by 3',
      ...told.slice(-2),
    ]);
    assert.deepEqual(told.slice(-2).toSorted(), ['gap swap-unverified second 11', 'gap swap-unverified thief 11']);
  });

  it('makes no hop when the units that left were clean', async () => {
    const told = await toldOf(
      `1 null -> thief 50 KUSD
       ${steal}
       11 thief -> someone 50 KUSD
       11 someone -> thief 25 GOLD`,
    );
    assert.deepEqual(told, ['lead victim -> thief 100 KUSD', 'unspent thief 100 KUSD by 0']);
  });
});

describe('what is no swap', () => {
  it('a deposit that gives a receipt', async () => {
    for (const category of ['mixer', 'exchange', 'bridge', 'service'] as const) {
      const told = await toldOf(`${steal}11 thief -> pot 90 KUSD\n11 pot -> thief 90 RECEIPT`, {
        tags: [tagOf('pot', category)],
      });
      const stop = category === 'exchange' || category === 'service' ? 'service' : category;
      assert.deepEqual(told.slice(1), [
        'fifo thief -> pot 90 KUSD',
        'unspent thief 10 KUSD by 0',
        `${stop} pot 90 KUSD by 1`,
      ]);
    }
  });

  it('a deposit through a tagged router into an untagged pot', async () => {
    const told = await toldOf(
      `${steal}11 thief -> router 90 KUSD\n11 router -> pot 90 KUSD\n11 pot -> thief 90 RECEIPT`,
      { tags: [tagOf('router', 'mixer')] },
    );
    assert.deepEqual(told.slice(1), [
      'fifo thief -> router 90 KUSD',
      'unspent thief 10 KUSD by 0',
      'mixer router 90 KUSD by 1',
    ]);
  });

  it('several assets given at once', async () => {
    const told = await toldOf(
      `9 other -> thief 5 GOLD
       ${steal}
       11 thief -> pool 90 KUSD
       11 thief -> pool 5 GOLD
       11 null -> thief 70 SHARE`,
      { lead: ['9', '10'] },
    );
    assert.deepEqual(told.slice(2, 4), ['fifo thief -> pool 90 KUSD', 'fifo thief -> pool 5 GOLD']);
    assert.equal(told.at(-1), 'gap complex-transaction 11');
  });

  it('a mint in return, and a route in which no one gives what was taken', async () => {
    const mint = await toldOf(`${steal}11 thief -> vault 90 KUSD\n11 null -> thief 90 SHARE`);
    assert.deepEqual([mint[1], mint.at(-1)], ['fifo thief -> vault 90 KUSD', 'gap complex-transaction 11']);
    const route = await toldOf(
      `${steal}11 thief -> dex 90 KUSD\n11 dex -> second 45 SILVER\n11 second -> thief 9 GOLD`,
      { tags: [dex] },
    );
    assert.deepEqual(route.slice(1), [
      'fifo thief -> dex 90 KUSD',
      'unspent thief 10 KUSD by 0',
      'service dex 90 KUSD by 1',
      'gap complex-transaction 11',
    ]);
  });

  it('a transaction in which other traced value of the asset arrives', async () => {
    const told = await toldOf(
      `9 other -> friend 7 GOLD
       ${steal}
       11 thief -> dex 90 KUSD
       11 dex -> thief 25 GOLD
       11 friend -> thief 7 GOLD`,
      { tags: [dex], lead: ['9', '10'] },
    );
    assert.deepEqual(told.slice(2, 4), ['fifo thief -> dex 90 KUSD', 'fifo friend -> thief 7 GOLD']);
    assert.equal(told.at(-1), 'gap complex-transaction 11');
  });

  it('is silent about shapes through which no traced value moves', async () => {
    const told = await toldOf(
      `1 null -> thief 50 KUSD
       ${steal}
       11 thief -> vault 50 KUSD
       11 null -> thief 50 SHARE`,
    );
    assert.deepEqual(told, ['lead victim -> thief 100 KUSD', 'unspent thief 100 KUSD by 0']);
  });
});
