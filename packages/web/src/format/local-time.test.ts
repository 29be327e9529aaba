import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instantOf, localOf } from './local-time.ts';

for (const [local, zone, instant] of [
  ['2025-11-27T04:42', 'Asia/Seoul', '2025-11-26T19:42:00.000Z'],
  ['2025-11-26T14:42', 'America/New_York', '2025-11-26T19:42:00.000Z'],
  ['2025-07-01T12:00:30', 'America/New_York', '2025-07-01T16:00:30.000Z'],
  // Clocks go from 02:00 to 03:00 that morning.
  ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
  // Clocks show 01:30 twice that morning.
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ['', 'Asia/Seoul', null],
  ['2025-13-01T00:00', 'Asia/Seoul', null],
] as const) {
  test(`${local || 'nothing'} in ${zone}`, () => assert.equal(instantOf(local, zone), instant));
}

test('what a field shows is read back as the same minute, but in the hour that clocks show twice', () => {
  const minutes = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 });
  fc.assert(
    fc.property(minutes, fc.constantFrom('Asia/Seoul', 'America/New_York', 'Asia/Kathmandu'), (minute, zone) => {
      const at = new Date(minute * 60_000).toISOString();
      const back = instantOf(localOf(at, zone), zone) ?? '';
      assert.ok(back === at || localOf(back, zone) === localOf(at, zone), `${at} ${back}`);
    }),
  );
});
