import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TraceMethod } from '@gongjo/contract';
import { addressOf, chain, type Drawing, draw, Host, tagOf, toldOf, traceOf, txidOf } from '../drawn-ledger.fixture.ts';
import { answer, trace } from '../index.ts';

const back = (text: string, drawing: Drawing = {}) => toldOf(text, { direction: 'backward', ...drawing });

describe('backward', () => {
  /** A suspect who was paid by three, spent 50, and then paid 60 to the address in question. */
  const text = `
    1 null -> x 40 KUSD
    2 null -> y 40 KUSD
    3 null -> z 40 KUSD
    4 x -> suspect 40 KUSD
    5 y -> suspect 40 KUSD
    6 suspect -> shop 50 KUSD
    7 z -> suspect 40 KUSD
    10 suspect -> target 60 KUSD`;
  const golden: Record<TraceMethod, string[]> = {
    fifo: [
      'fifo null -> y 30 of 40 KUSD',
      'fifo null -> z 30 of 40 KUSD',
      'fifo ? y -> suspect 30 of 40 KUSD',
      'fifo ? z -> suspect 30 of 40 KUSD',
      'lead suspect -> target 60 KUSD',
      'mined null 60 KUSD by 0,1',
    ],
    lifo: [
      'lifo null -> x 20 of 40 KUSD',
      'lifo null -> z 40 KUSD',
      'lifo ? x -> suspect 20 of 40 KUSD',
      'lifo ? z -> suspect 40 KUSD',
      'lead suspect -> target 60 KUSD',
      'mined null 60 KUSD by 0,1',
    ],
    // 34 of 60 came last (40 of 70 held); of the 26 before it one half each.
    haircut: [
      'haircut null -> x 13 of 40 KUSD',
      'haircut null -> y 13 of 40 KUSD',
      'haircut null -> z 34 of 40 KUSD',
      'haircut ? x -> suspect 13 of 40 KUSD',
      'haircut ? y -> suspect 13 of 40 KUSD',
      'haircut ? z -> suspect 34 of 40 KUSD',
      'lead suspect -> target 60 KUSD',
      'mined null 60 KUSD by 0,1,2',
    ],
    poison: [
      'poison null -> x 40 KUSD',
      'poison null -> y 40 KUSD',
      'poison null -> z 40 KUSD',
      'poison ? x -> suspect 40 KUSD',
      'poison ? y -> suspect 40 KUSD',
      'poison ? z -> suspect 40 KUSD',
      'lead suspect -> target 60 KUSD',
      'mined null 120 KUSD by 0,1,2',
    ],
  };
  for (const method of Object.keys(golden) as TraceMethod[]) {
    it(`${method} says which earlier receipts paid`, async () =>
      assert.deepEqual(await back(text, { method }), golden[method]));
  }

  it('ends at tags, at what the ledger does not know, and says so', async () => {
    const told = await back(
      `5 pool -> suspect 10 KUSD
       6 friend -> suspect 20 KUSD
       10 suspect -> target 30 KUSD`,
      { tags: [tagOf('pool', 'mixer'), tagOf('suspect', 'theft')], from: 3 },
    );
    assert.deepEqual(told, [
      'fifo ? pool -> suspect 10 KUSD',
      'fifo ? friend -> suspect 20 KUSD',
      'lead suspect -> target 30 KUSD',
      'mixer pool 10 KUSD by 0',
      'before-ledger friend 20 KUSD by 1',
      'gap ledger-starts-late 3',
      'gap opening-balance-unknown friend',
    ]);
  });

  it('all that an address received, by whole transactions of its victims, and through fees where asked', async () => {
    const paid = `
      1 null -> user 10 ETH
      2 user -> shop 8 ETH
      2 user -> miner 2 ETH fee
      3 null -> miner 5 ETH
      10 miner -> target 7 ETH`;
    assert.deepEqual(await back(paid, { lead: ['target'] }), [
      'fee user -> miner 2 ETH',
      'fifo null -> miner 5 ETH',
      'lead miner -> target 7 ETH',
      'fee null 2 ETH by 0',
      'mined null 5 ETH by 1',
    ]);
    assert.deepEqual(await back(paid, { lead: ['10'], fees: 'follow' }), [
      'fifo null -> user 2 of 10 ETH',
      'fee user -> miner 2 ETH',
      'fifo null -> miner 5 ETH',
      'lead miner -> target 7 ETH',
      'mined null 7 ETH by 0,2',
    ]);
  });

  it('crosses a swap: what it brought came for the same share of what was given, rounded up', async () => {
    const swap = `
      4 friend -> suspect 5 KUSD
      5 null -> suspect 10 KUSD
      6 suspect -> router 10 KUSD
      6 router -> pool 10 KUSD
      6 pool -> suspect 7 GOLD
      10 suspect -> target 4 GOLD`;
    assert.deepEqual(await back(swap, { tags: [tagOf('pool', 'dex')] }), [
      'fifo ? friend -> suspect 5 KUSD',
      'fifo ? null -> suspect 1 of 10 KUSD',
      'swap ? suspect -> pool 6 of 10 KUSD for 4 of 7 GOLD',
      'lead suspect -> target 4 GOLD',
      'before-ledger friend 5 KUSD by 0',
      'mined null 1 KUSD by 1',
      'gap opening-balance-unknown friend',
    ]);
    const unverified = await back(swap, {});
    assert.ok(unverified.includes('gap swap-unverified pool 6'));
    const { balances } = await traceOf(swap, { direction: 'backward' });
    assert.deepEqual(
      balances.map(({ lead, swappedIn, swappedOut, stops }) => [lead, swappedIn, swappedOut, stops]).toSorted(),
      [
        [0n, 6n, 0n, { mined: 1n, 'before-ledger': 5n }],
        [4n, 0n, 4n, {}],
      ],
    );
  });

  it('does not cross what is more than a swap, nor a receipt for a deposit, and says so', async () => {
    const told = (more: string, tag: 'dex' | 'exchange') =>
      back(
        `5 null -> suspect 20 KUSD
         6 suspect -> pool 10 KUSD
         6 pool -> suspect 4 GOLD
         ${more}
         10 suspect -> target 4 GOLD`,
        { tags: [tagOf('pool', tag)] },
      );
    const followed = [
      'fifo pool -> suspect 4 GOLD',
      'lead suspect -> target 4 GOLD',
      'service pool 4 GOLD by 0',
      'gap complex-transaction 6',
    ];
    assert.deepEqual(await told('6 pool -> suspect 2 KUSD', 'dex'), followed);
    assert.deepEqual(await told('', 'exchange'), followed);
  });

  it('stops at a hub, at small parts, and where a bound cuts, the latest transactions first', async () => {
    const chained = '1 null -> a 9 KUSD\n2 a -> b 9 KUSD\n3 b -> c 9 KUSD\n4 c -> d 9 KUSD\n10 d -> e 9 KUSD';
    assert.deepEqual(await back(chained, { bounds: { hopsMax: 2 } }), [
      'fifo c -> d 9 KUSD',
      'lead d -> e 9 KUSD',
      'limit c 9 KUSD by 0',
      'gap bound-reached 2',
    ]);
    assert.deepEqual(await back(chained, { bounds: { addressesMax: 1 } }), [
      'lead d -> e 9 KUSD',
      'limit d 9 KUSD by 0',
      'gap bound-reached 1',
    ]);
    assert.deepEqual(await back(chained, { bounds: { unitsMin: 10n } }), ['lead d -> e 9 KUSD', 'small d 9 KUSD by 0']);
    assert.deepEqual(await back(chained, { bounds: { movementsPerAddressMax: 1 } }), [
      'lead d -> e 9 KUSD',
      'hub d 9 KUSD by 0',
    ]);
  });

  it('says where an address received more often than is read, and begins with the newest', async () => {
    const told = await back('1 x -> t 1 KUSD\n2 y -> t 2 KUSD\n3 z -> t 3 KUSD', {
      lead: ['t'],
      bounds: { movementsPerAddressMax: 2 },
    });
    assert.deepEqual(
      told.filter((line) => !line.startsWith('gap opening-balance-unknown')),
      [
        'lead y -> t 2 KUSD',
        'lead z -> t 3 KUSD',
        'before-ledger y 2 KUSD by 0',
        'before-ledger z 3 KUSD by 1',
        'gap history-truncated t 2',
      ],
    );
  });
});

describe('questions of a backward trace', () => {
  it('are about as many as the path is long, each address once, up to the outflow that is explained', async () => {
    const lines = ['1 null -> p0 1000 KUSD'];
    for (let n = 0; n < 300; n += 1) lines.push(`${n + 2} p${n} -> p${n + 1} 1000 KUSD`);
    const host = new Host(draw(lines.join('\n')));
    const lead = { txid: txidOf('301'), ord: null };
    await answer(trace({ chain, leads: [lead], direction: 'backward' }), host.provide);
    const asked = host.asks.flatMap(({ histories }) => histories);
    assert.equal(host.asks.length, 301);
    assert.equal(asked.length, new Set(asked.map(({ address }) => address)).size);
    assert.deepEqual(asked[0], { address: addressOf('p299'), upTo: { height: 301, txIndex: 0, ord: 0 } });
  });

  it('go side by side for paths that move at different speeds', async () => {
    const lines = Array.from({ length: 10 }, (_, n) =>
      Array.from({ length: 30 }, (__, hop) => ({
        height: 400 - hop * (n + 1),
        line: `${400 - hop * (n + 1)}.${n} c${n}p${hop + 1} -> c${n}p${hop} 1000 KUSD`,
      })),
    ).flat();
    const ordered = lines.sort((a, b) => a.height - b.height).map(({ line }) => line);
    const joined = Array.from({ length: 10 }, (_, n) => `401 c${n}p0 -> target 1000 KUSD`);
    const host = new Host(draw([...ordered, ...joined].join('\n')));
    const lead = { address: addressOf('target') };
    await answer(trace({ chain, leads: [lead], direction: 'backward' }), host.provide);
    assert.ok(host.asks.length <= 33, String(host.asks.length));
  });
});
