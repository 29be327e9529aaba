import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Address, AssetId, ChainId, TxId } from '@gongjo/contract';
import fc from 'fast-check';
import { createDirectory } from '../directory/index.ts';
import { type Comparable, likenessOf, SAME_TIME_MS } from './duplicate.ts';

const chain = 'eip155:1' as ChainId;
const ether = `${chain}/slip44:60` as AssetId;
const directory = createDirectory([
  { id: 'upbit', name: { en: 'Upbit', ko: '업비트' }, country: 'KR', kind: 'exchange' },
]);
const time = (ms: number) => new Date(Date.UTC(2025, 10, 27) + ms).toISOString();
const report = (
  change: {
    txids?: string[];
    addresses?: string[];
    units?: string;
    victim?: string | null;
    ms?: number;
    chain?: ChainId;
  } = {},
): Comparable => ({
  moved: [
    {
      chain: change.chain ?? chain,
      txids: (change.txids ?? []) as TxId[],
      addresses: (change.addresses ?? []).map((address) => ({ address: address as Address, role: 'destination' })),
      amounts: change.units === undefined ? [] : [{ asset: ether, units: change.units }],
    },
  ],
  victim: change.victim ?? null,
  at: time(change.ms ?? 0),
});
const certainty = (a: Comparable, b: Comparable) => likenessOf(a, b, directory)?.certainty ?? null;

describe('two reports', () => {
  const rows: [string, Comparable, Comparable, string | null][] = [
    ['one lead transaction in common', report({ txids: ['1', '2'] }), report({ txids: ['2', '3'] }), 'certain'],
    [
      'the same hash on another chain',
      report({ txids: ['1'] }),
      report({ txids: ['1'], chain: 'eip155:2' as ChainId }),
      null,
    ],
    [
      'victim, time and address',
      report({ victim: 'Upbit', addresses: ['a'] }),
      report({ victim: '업비트', addresses: ['a'] }),
      'probable',
    ],
    [
      'victim, time and amount',
      report({ victim: 'X Ltd.', units: '1000' }),
      report({ victim: 'x', units: '995' }),
      'probable',
    ],
    ['victim and time alone', report({ victim: 'Upbit' }), report({ victim: 'Upbit' }), null],
    [
      'too long apart',
      report({ victim: 'Upbit', units: '5' }),
      report({ victim: 'Upbit', units: '5', ms: SAME_TIME_MS + 1 }),
      null,
    ],
    [
      'just not too long apart',
      report({ victim: 'Upbit', units: '5' }),
      report({ victim: 'Upbit', units: '5', ms: SAME_TIME_MS }),
      'probable',
    ],
    ['another amount', report({ victim: 'Upbit', units: '1000' }), report({ victim: 'Upbit', units: '900' }), null],
    ['an address alone', report({ addresses: ['a'] }), report({ addresses: ['a'], ms: 10 * SAME_TIME_MS }), 'related'],
    ['an amount alone', report({ units: '1000' }), report({ units: '1000' }), null],
  ];
  for (const [name, a, b, expected] of rows)
    test(`${name}: ${expected ?? 'nothing to do with each other'}`, () => {
      assert.equal(certainty(a, b), expected);
      assert.equal(certainty(b, a), expected);
    });

  test('are compared the same both ways round', () => {
    const some = fc.record({
      txids: fc.subarray(['1', '2', '3']),
      addresses: fc.subarray(['a', 'b', 'c']),
      units: fc.bigInt(0n, 300n).map(String),
      victim: fc.constantFrom(null, 'Upbit', '업비트', 'Y'),
      ms: fc.integer({ min: 0, max: 2 * SAME_TIME_MS }),
    });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [there, back] = [
          likenessOf(report(a), report(b), directory),
          likenessOf(report(b), report(a), directory),
        ];
        assert.deepEqual(there, back);
      }),
    );
  });
});
