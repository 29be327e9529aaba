import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Place, zAsset, zPlace } from '@gongjo/contract';
import { bars, sortPlaces } from './places.ts';

const ether = zAsset.parse({ id: 'eip155:1/slip44:60', symbol: 'ETH', decimals: 18 });
const dollar = zAsset.parse({ id: 'eip155:1/erc20:0x1', symbol: 'USDT', decimals: 6 });
const place = (stop: Place['stop'], asset: string, units: string): Place =>
  zPlace.parse({ stop, holder: null, address: null, asset, units, sharePpm: 0, since: '2025-11-27T00:00:00.000Z' });
const words = { stop: (one: Place) => one.stop, holder: () => '' };

test('amounts sort as numbers of one asset, not as text', () => {
  const places = ['9', '10', '100000000000000000000'].map((units) => place('unspent', ether.id, units));
  const sorted = sortPlaces(places, { by: 'amount', descending: true }, words);
  assert.deepEqual(
    sorted.map(({ units }) => units),
    ['100000000000000000000', '10', '9'],
  );
});

test('a bar sums each kind of place, keeps a fixed order, and puts stolen assets first', () => {
  const made = bars({
    assets: [dollar, ether],
    stolen: [{ asset: ether.id, units: '4' }],
    places: [
      place('unspent', ether.id, '1'),
      place('service', ether.id, '2'),
      place('unspent', ether.id, '1'),
      place('mixer', dollar.id, '5'),
    ],
  });
  assert.deepEqual(made, [
    {
      asset: ether,
      total: '4',
      parts: [
        { stop: 'service', units: '2', sharePpm: 500_000 },
        { stop: 'unspent', units: '2', sharePpm: 500_000 },
      ],
    },
    { asset: dollar, total: '5', parts: [{ stop: 'mixer', units: '5', sharePpm: 1_000_000 }] },
  ]);
});

test('an asset in which nothing stands has no bar', () => {
  assert.deepEqual(bars({ assets: [ether], stolen: [], places: [] }), []);
});
