import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressOf, tagOf, toldOf, traceOf } from './drawn-ledger.fixture.ts';

const steal = '10 victim -> thief 100 KUSD\n';

describe('stops', () => {
  it('ends at tagged holders by their category, and follows a tagged thief', async () => {
    const told = await toldOf(
      `${steal}
       11 thief -> exchange 10 KUSD
       12 thief -> mixer 20 KUSD
       13 thief -> bridge 30 KUSD
       14 thief -> service 5 KUSD
       15 thief -> dex 6 KUSD
       16 exchange -> a 10 KUSD
       17 thief -> exchange 1 KUSD`,
      {
        tags: [
          tagOf('thief', 'theft'),
          tagOf('exchange', 'exchange'),
          tagOf('mixer', 'mixer'),
          tagOf('bridge', 'bridge'),
          tagOf('service', 'service'),
          tagOf('dex', 'dex'),
        ],
      },
    );
    assert.deepEqual(told.slice(7), [
      'unspent thief 28 KUSD by 0',
      'service exchange 11 KUSD by 1,6',
      'mixer mixer 20 KUSD by 2',
      'bridge bridge 30 KUSD by 3',
      'service service 5 KUSD by 4',
      'service dex 6 KUSD by 5',
    ]);
  });

  it('attaches the surest of the tags that stop', async () => {
    const { stops } = await traceOf(`${steal}11 thief -> place 100 KUSD`, {
      tags: [
        tagOf('place', 'theft', { confidence: 99 }),
        tagOf('place', 'exchange', { confidence: 40 }),
        tagOf('place', 'mixer', { confidence: 70 }),
      ],
    });
    assert.deepEqual(
      stops.map(({ kind, tag }) => [kind, tag?.category, tag?.confidence]),
      [['mixer', 'mixer', 70]],
    );
  });

  it('joins arrivals at one place with their hops and the earliest time', async () => {
    const { stops, hops } = await traceOf(`${steal}11 thief -> a 30 KUSD\n12 thief -> a 20 KUSD`);
    const at = stops.find((stop) => stop.address === addressOf('a'));
    assert.deepEqual([at?.units, at?.hops, at?.since], [50n, [1, 2], hops[1]?.time]);
  });

  it('does not name a tagged place a contract to worry about', async () => {
    const told = await toldOf('10 victim -> thief 9 ETH\n11 thief -> pot 9 ETH call', {
      tags: [tagOf('pot', 'mixer')],
    });
    assert.deepEqual(told.slice(2), ['mixer pot 9 ETH by 1']);
  });

  it('ends at an address that moves too much', async () => {
    const text = `${steal}
      11 thief -> busy 100 KUSD
      12 busy -> a 1 KUSD
      13 b -> busy 0 GOLD
      14 busy -> c 1 KUSD`;
    assert.deepEqual((await toldOf(text, { bounds: { movementsPerAddressMax: 2 } })).slice(2), [
      'hub busy 100 KUSD by 1',
    ]);
    assert.deepEqual((await toldOf(text, { bounds: { movementsPerAddressMax: 3 } })).slice(2, 4), [
      'fifo busy -> a 1 KUSD',
      'fifo busy -> c 1 KUSD',
    ]);
  });

  it('follows no transaction from the one on that would reach too many addresses', async () => {
    const told = await toldOf(
      `${steal}
       11 thief -> a 10 KUSD
       12 thief -> exchange 10 KUSD
       13 thief -> b 10 KUSD
       14 thief -> a 10 KUSD`,
      { bounds: { addressesMax: 2 }, tags: [tagOf('exchange', 'exchange')] },
    );
    assert.deepEqual(told.slice(3), [
      'limit thief 80 KUSD by 0',
      'unspent a 10 KUSD by 1',
      'service exchange 10 KUSD by 2',
      'gap bound-reached 2',
    ]);
  });

  it('follows no transaction from the one on that would make too many hops, and keeps apart what rests', async () => {
    const told = await toldOf(
      `${steal}
       11 thief -> a 60 KUSD
       12 a -> b 25 KUSD
       12 a -> c 5 KUSD
       13 thief -> thief 1 KUSD`,
      { bounds: { hopsMax: 3 } },
    );
    assert.deepEqual(told, [
      'lead victim -> thief 100 KUSD',
      'fifo thief -> a 60 KUSD',
      'unspent thief 40 KUSD by 0',
      'limit a 60 KUSD by 1',
      'gap bound-reached 3',
    ]);
  });

  it('follows nothing when the lead alone is more than allowed, and says so', async () => {
    const told = await toldOf(`${steal}10 victim -> accomplice 7 KUSD`, { bounds: { hopsMax: 1 } });
    assert.deepEqual(told, ['gap bound-reached 1']);
  });

  it('balances every asset to the unit', async () => {
    const { balances } = await traceOf(
      '10 victim -> thief 100 ETH\n11 thief -> pot 60 ETH\n11 thief -> miner 1 ETH fee\n12 thief -> null 2 ETH burn',
      { tags: [tagOf('pot', 'mixer')] },
    );
    assert.deepEqual(
      balances.map(({ lead, swappedIn, swappedOut, stops }) => ({ lead, swappedIn, swappedOut, stops })),
      [{ lead: 100n, swappedIn: 0n, swappedOut: 0n, stops: { mixer: 60n, fee: 1n, burned: 2n, unspent: 37n } }],
    );
  });
});
