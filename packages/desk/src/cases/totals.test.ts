import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type AssetId, stopKinds, type Tag, tagCategories, zIssuer, zTotals } from '@gongjo/contract';
import fc from 'fast-check';
import { createDirectory } from '../directory/index.ts';
import type { Stop, Trace } from '../trace/index.ts';
import { countryOf, freezerOf, totalsOf } from './totals.ts';

const ether = 'eip155:1/slip44:60' as AssetId;
const tether = 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7' as AssetId;
const tag = (category: Tag['category'], more: Partial<Tag> = {}) =>
  ({ category, actor: null, label: 'x', source: 'list', confidence: 50, ...more }) as Tag;
const stop = (kind: Stop['kind'], units: bigint, of: Tag | null = null, asset = ether) =>
  ({ kind, units, tag: of, asset, address: null, hops: [], since: '2026-01-01T00:00:00.000Z' }) as Stop;
const forward = { direction: 'forward' } as Trace['question'];
const directory = createDirectory(
  [{ id: 'kx', name: { en: 'KX', ko: '케이엑스' }, country: 'KR', kind: 'exchange' }],
  [
    zIssuer.parse({
      ...{
        id: 'tether',
        name: { en: 'Tether', ko: '테더' },
        source: 'a test',
        certainty: 'verified',
        asOf: '2026-11-28',
      },
      assets: [{ asset: tether, symbol: 'USDT', freezable: true }],
    }),
  ],
);

describe('docs/tracing.md, where is it now', () => {
  const rows: [string, Stop, string][] = [
    ['an exchange', stop('service', 1n, tag('exchange')), 'holder'],
    [
      'an exchange that holds a token which its issuer can freeze',
      stop('service', 1n, tag('exchange'), tether),
      'holder',
    ],
    ['a pool of a decentralised exchange', stop('service', 1n, tag('dex')), 'unknown'],
    ['such a token there', stop('service', 1n, tag('dex'), tether), 'issuer'],
    ['such a token at an address', stop('unspent', 1n, null, tether), 'issuer'],
    ['such a token in a mixer', stop('mixer', 1n, tag('mixer'), tether), 'issuer'],
    ['such a token, destroyed', stop('burned', 1n, null, tether), 'none'],
    ['coin in a mixer', stop('mixer', 1n, tag('mixer')), 'none'],
    ['coin in a CoinJoin', stop('coinjoin', 1n), 'none'],
    ['a fee', stop('fee', 1n), 'none'],
    ['coin at an address', stop('unspent', 1n), 'unknown'],
    ['coin at a hub', stop('hub', 1n), 'unknown'],
    ['coin beyond a bridge', stop('bridge', 1n, tag('bridge')), 'unknown'],
  ];
  for (const [name, one, expected] of rows)
    test(`${name}: ${expected}`, () => assert.equal(freezerOf(one, directory), expected));

  test('the directory says the jurisdiction, else an actor pack that names one country', () => {
    const holder = (countries: string[]) => ({ name: 'x', countries });
    assert.equal(countryOf(directory, tag('exchange', { actor: 'kx', holder: holder(['US']) })), 'KR');
    assert.equal(countryOf(directory, tag('exchange', { actor: 'other', holder: holder(['US']) })), 'US');
    assert.equal(countryOf(directory, tag('exchange', { actor: 'other', holder: holder(['US', 'JP']) })), null);
    assert.equal(countryOf(directory, tag('exchange')), null);
  });

  test('sums by stop, jurisdiction and freezer, the largest first', () => {
    const stops = [
      stop('service', 60n, tag('exchange', { actor: 'kx' })),
      stop('unspent', 30n),
      stop('mixer', 10n, tag('mixer')),
      stop('unspent', 5n, null, tether),
    ];
    const totals = zTotals.parse(totalsOf({ stops, question: forward }, directory));
    assert.deepEqual(
      totals.byStop.map((one) => [one.stop, one.asset, one.units, one.sharePpm]),
      [
        ['unspent', tether, '5', 1_000_000],
        ['service', ether, '60', 600_000],
        ['unspent', ether, '30', 300_000],
        ['mixer', ether, '10', 100_000],
      ],
    );
    assert.deepEqual(
      totals.byCountry.map((one) => [one.country, one.units]),
      [
        [null, '5'],
        ['KR', '60'],
        [null, '40'],
      ],
    );
    assert.deepEqual(
      totals.byFreezer?.map((one) => [one.freezer, one.units]),
      [
        ['issuer', '5'],
        ['holder', '60'],
        ['unknown', '30'],
        ['none', '10'],
      ],
    );
    const back = { direction: 'backward' } as Trace['question'];
    assert.equal(totalsOf({ stops, question: back }, directory).byFreezer, null);
  });
});

test('every list adds up to what stands at the stops, in whatever order they come', () => {
  const any = fc
    .record({
      kind: fc.constantFrom(...stopKinds),
      units: fc.bigInt({ min: 0n, max: 10n ** 30n }),
      category: fc.option(fc.constantFrom(...tagCategories)),
      actor: fc.option(fc.constantFrom('kx', 'other')),
      asset: fc.constantFrom(ether, tether),
    })
    .map(({ kind, units, category, actor, asset }) => stop(kind, units, category && tag(category, { actor }), asset));
  fc.assert(
    fc.property(fc.array(any, { maxLength: 30 }), (stops) => {
      const totals = totalsOf({ stops, question: forward }, directory);
      const sumOf = (list: readonly { asset: AssetId; units: string | bigint }[], asset: AssetId) =>
        list.reduce((sum, one) => (one.asset === asset ? sum + BigInt(one.units) : sum), 0n);
      for (const asset of [ether, tether])
        for (const list of [totals.byStop, totals.byCountry, totals.byFreezer ?? []])
          assert.equal(sumOf(list, asset), sumOf(stops, asset));
      assert.deepEqual(totalsOf({ stops: stops.toReversed(), question: forward }, directory), totals);
    }),
  );
});
