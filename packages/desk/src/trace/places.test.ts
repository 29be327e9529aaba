import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressOf, nameOf, tagOf, timeAt, traceOf } from './drawn-ledger.fixture.ts';
import { placesNow, unspentAddresses } from './index.ts';

describe('where the money is now', () => {
  const made = traceOf(
    `10 victim -> thief 1000 KUSD
     11 thief -> hot1 300 KUSD
     12 thief -> hot2 100 KUSD
     13 thief -> shop1 1 KUSD
     14 thief -> shop2 2 KUSD
     15 thief -> a 7 KUSD`,
    {
      tags: [
        tagOf('hot1', 'exchange', { actor: 'bigex', confidence: 60 }),
        tagOf('hot2', 'exchange', { actor: 'bigex', confidence: 80 }),
        tagOf('shop1', 'service', { label: 'Shop' }),
        tagOf('shop2', 'service', { label: 'Shop' }),
      ],
    },
  );

  it('joins a holder’s addresses, largest share first', async () => {
    const lines = placesNow(await made).map(({ stop, address, tag, units, sharePpm, since }) => ({
      stop,
      address: address && nameOf(address),
      holder: tag?.actor ?? tag?.label ?? null,
      confidence: tag?.confidence ?? null,
      units,
      sharePpm,
      since,
    }));
    assert.deepEqual(lines, [
      {
        stop: 'unspent',
        address: 'thief',
        holder: null,
        confidence: null,
        units: 590n,
        sharePpm: 590_000,
        since: timeAt(10),
      },
      {
        stop: 'service',
        address: null,
        holder: 'bigex',
        confidence: 80,
        units: 400n,
        sharePpm: 400_000,
        since: timeAt(11),
      },
      { stop: 'unspent', address: 'a', holder: null, confidence: null, units: 7n, sharePpm: 7_000, since: timeAt(15) },
      { stop: 'service', address: null, holder: 'Shop', confidence: 90, units: 3n, sharePpm: 3_000, since: timeAt(13) },
    ]);
  });

  it('names the addresses to watch', async () => {
    assert.deepEqual(unspentAddresses(await made), [addressOf('a'), addressOf('thief')].sort());
  });

  it('rounds shares down', async () => {
    const places = placesNow(await traceOf('10 victim -> thief 3 KUSD\n11 thief -> a 1 KUSD'));
    assert.deepEqual(
      places.map(({ sharePpm }) => sharePpm),
      [666_666, 333_333],
    );
  });
});
