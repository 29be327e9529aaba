import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { systemRandom } from '../platform/index.ts';
import { createPause } from './couriers.ts';

const clock = { at: 0, now: () => clock.at, sleep: async () => undefined };
const random = (share: number) => ({
  ...systemRandom,
  uuid: () =>
    `${Math.round(share * 0xffff)
      .toString(16)
      .padStart(4, '0')}0000-0000-4000-8000-000000000000`,
});

describe('how long a courier leaves a partner alone', () => {
  test('doubles from a second to a minute, a quarter more or less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, share) => {
        clock.at = 0;
        const pause = createPause(clock, random(share));
        for (let i = 0; i < failures; i += 1) pause.begin(null);
        const waitMs = Math.min(60_000, 1_000 * 2 ** (failures - 1));
        clock.at = waitMs * 0.75 - 1;
        assert.equal(pause.holds(false), true);
        clock.at = waitMs * 1.25 + 1;
        assert.equal(pause.holds(false), false);
      }),
    );
  });

  test('ends when the partner has spoken, but not where it asked for the time itself', () => {
    clock.at = 0;
    const pause = createPause(clock, random(0));
    pause.begin(null);
    assert.deepEqual([pause.holds(false), pause.holds(true)], [true, false]);
    pause.begin(30_000);
    clock.at = 29_999;
    assert.deepEqual([pause.holds(false), pause.holds(true)], [true, true]);
    clock.at = 30_000;
    assert.equal(pause.holds(true), false);
    pause.begin(30_000);
    pause.end();
    assert.equal(pause.holds(true), false);
  });
});
