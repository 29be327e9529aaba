import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { walletId } from './id.ts';
import type { StixObject } from './model/index.ts';
import { base, readsValid } from './redact.fixture.ts';
import { compareVersions, newVersion, revoke } from './version.ts';

const object = base as unknown as StixObject;
const later = '2026-03-02T00:00:00.000Z';

const order: [earlier: string, later: string][] = [
  ['2026-03-01T00:00:00Z', '2026-03-01T00:00:00.001Z'],
  ['2026-03-01T00:00:00.1Z', '2026-03-01T00:00:00.11Z'],
  ['2026-03-01T00:00:00.123456Z', '2026-03-01T00:00:00.123457Z'],
  ['2026-03-01T00:00:59.999Z', '2026-03-01T00:00:60Z'],
  ['2025-12-31T23:59:59.999999Z', '2026-01-01T00:00:00Z'],
];
for (const [first, second] of order) {
  test(`3.6: ${first} is before ${second}`, () => {
    assert.ok(compareVersions(first, second) < 0);
    assert.ok(compareVersions(second, first) > 0);
  });
}

test('3.6: two spellings of one time are one version', () => {
  assert.equal(compareVersions('2026-03-01T00:00:00Z', '2026-03-01T00:00:00.000Z'), 0);
  assert.equal(compareVersions('2026-03-01T00:00:00.1200Z', '2026-03-01T00:00:00.12Z'), 0);
});

test('3.6: a new version keeps what may not change, takes changes, and is strictly later, whatever the clock says', () => {
  const millis = fc.integer({ min: 0, max: 4_000_000_000_000 });
  fc.assert(
    fc.property(millis, millis, fc.nat(999), (modifiedMs, nowMs, micros) => {
      const spelt = new Date(modifiedMs).toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
      const before = { ...object, created: '1970-01-01T00:00:00.000Z', modified: spelt, description: 'x' };
      const made = newVersion(before, { description: undefined, name: 'B' }, new Date(nowMs).toISOString());
      assert.ok(compareVersions(String(made.modified), spelt) > 0);
      assert.equal('description' in made, false);
      assert.deepEqual({ ...made, modified: spelt, description: 'x', name: 'A' }, before);
      assert.ok(readsValid(made));
    }),
  );
});

test('3.6: revoked says what it withdraws, and ends the object', () => {
  const revoked = revoke(object, later);
  assert.deepEqual(revoked, { ...object, modified: later, revoked: true });
  assert.ok(readsValid(revoked));
  assert.throws(() => newVersion(revoked, {}, later), /revoked/);
});

test('3.6: identity cannot be changed, and what has no versions gets none', () => {
  assert.throws(() => newVersion(object, { created: later }, later), /created is the same/);
  const wallet: StixObject = { type: 'cryptocurrency-wallet', id: walletId('a'), value: 'a' };
  assert.throws(() => newVersion(wallet, {}, later), /no versions/);
});
