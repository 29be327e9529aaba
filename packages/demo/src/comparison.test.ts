import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AssetId, type Incident, type TxId, zIncident } from '@gongjo/contract';
import type { ExpectedBalance } from './book.ts';
import { agrees, compare, incidentOf } from './comparison.ts';

const asset = 'eip155:31337/slip44:60' as AssetId;
const at = '2030-01-02T03:04:05.000Z';
const expected: ExpectedBalance[] = [
  {
    ...{ asset, lead: 10n, swappedIn: 0n, swappedOut: 0n },
    stops: [
      { kind: 'unspent', address: null, units: 4n },
      { kind: 'unspent', address: null, units: 5n },
      { kind: 'fee', address: null, units: 1n },
    ],
  },
];

function incident(places: readonly (readonly ['unspent' | 'service' | 'fee', string])[]): Incident {
  return zIncident.parse({
    ...{ id: 'i', kind: 'theft', title: { en: 't', ko: 't' }, victim: null, chain: 'eip155:31337', tlp: 'amber' },
    ...{ txids: ['0xb', '0xa'], origin: null, occurredAt: at, openedAt: at, updatedAt: at, assets: [], alertCount: 0 },
    waitingFor: null,
    stolen: [{ asset, units: '10' }],
    places: places.map(([stop, units]) => ({
      ...{ stop, holder: null, address: null, asset, units, sharePpm: 0, since: at },
    })),
  });
}

test('agrees when every kind of place holds the same, however it is divided', () => {
  const right = incident([
    ['unspent', '9'],
    ['fee', '1'],
  ]);
  assert.ok(agrees(compare(expected, right)));
});

test('names what is missing, and what is too much', () => {
  const wrong = compare(
    expected,
    incident([
      ['unspent', '8'],
      ['service', '1'],
      ['fee', '1'],
    ]),
  );
  assert.ok(!agrees(wrong));
  assert.deepEqual(
    wrong.filter((line) => line.expected !== line.found),
    [
      { asset, kind: 'unspent', expected: 9n, found: 8n },
      { asset, kind: 'service', expected: 0n, found: 1n },
    ],
  );
});

test('a desk that has no incident agrees with nothing', () => {
  assert.ok(!agrees(compare(expected, undefined)));
  assert.ok(!agrees(compare([], undefined)));
});

test('the incident is known by its transactions, in any order', () => {
  const one = incident([]);
  assert.equal(incidentOf([one], ['0xa', '0xb'] as TxId[]), one);
  assert.equal(incidentOf([one], ['0xa'] as TxId[]), undefined);
});
