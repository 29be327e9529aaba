import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ChainId, holdScopes, holdStates, zAddress, zAssetId, zDeskId, zTxId } from '@gongjo/contract';
import fc from 'fast-check';
import { canonicalJson } from '../kernel/index.ts';
import {
  deskIdentity,
  deskIdentityId,
  extensionDefinition,
  type HoldShared,
  holdObject,
  holdOf,
  projectIdentity,
  readObjects,
  stixId,
} from './index.ts';

const units = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }).map(String);
const times = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2090, 0, 1) })
  .map((ms) => new Date(ms).toISOString());
const name = fc.stringMatching(/^[A-Za-z0-9 .,-]{1,40}$/);
const asset = zAssetId.parse('eip155:1/slip44:60');
const holds: fc.Arbitrary<HoldShared> = fc.record({
  key: fc.uuid().map((it) => `hold--${it}`),
  incident: fc.uuid({ version: 4 }).map((it) => stixId('incident', it)),
  chain: fc.constant('eip155:1' as ChainId),
  address: fc.constant(zAddress.parse(`0x${'1'.repeat(40)}`)),
  txids: fc.array(fc.constant(zTxId.parse(`0x${'2'.repeat(64)}`)), { maxLength: 3 }),
  addressee: fc.record({
    id: fc.stringMatching(/^[a-z][a-z-]{0,20}$/),
    name: fc.record({ en: name, ko: name }),
    country: fc.option(fc.constant('US')),
  }),
  state: fc.constantFrom(...holdStates),
  scope: fc.constantFrom(...holdScopes),
  number: fc.option(fc.constant('2026-7')),
  amounts: fc.array(
    units.map((it) => ({ asset, symbol: 'ETH', decimals: 18, units: it })),
    { minLength: 1, maxLength: 3 },
  ),
  held: fc.array(
    units.map((it) => ({ asset, units: it })),
    { maxLength: 2 },
  ),
  draftedAt: times,
  sentAt: fc.option(times),
  expiresAt: fc.option(times),
  drill: fc.boolean(),
});

describe('a hold request as a course of action', () => {
  const author = deskIdentityId(zDeskId.parse('seoul'));
  const now = '2026-11-28T00:00:00.000Z';

  test('is valid STIX, and says the same when it is read', () => {
    const desk = {
      ...{ desk: zDeskId.parse('seoul'), name: { en: 'Seoul', ko: '서울' }, country: 'KR', timeZone: 'UTC' },
      ...{ url: 'https://seoul.example', key: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) } },
    } as Parameters<typeof deskIdentity>[0];
    fc.assert(
      fc.property(holds, (hold) => {
        const object = holdObject(hold, { now, author, tlp: 'amber' });
        const objects = [projectIdentity, extensionDefinition, deskIdentity(desk, { now, tlp: 'clear' }), object];
        assert.deepEqual(readObjects({ objects: JSON.parse(JSON.stringify(objects)) }).findings, []);
        assert.equal(canonicalJson(holdOf(object)), canonicalJson(hold));
      }),
    );
  });

  test('one that is no hold request is none', () => {
    const object = { type: 'course-of-action', id: 'course-of-action--1', name: 'Patch' };
    assert.equal(holdOf(object as never), null);
  });
});
