import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AskStatistics, type EnumerationJudgement, judgeEnumeration } from './enumeration.ts';

const calm: AskStatistics = {
  hourly: [...new Array<number>(20).fill(0), 64, 64, 256, 64],
  quotaPerHour: 4096,
  quotaPerDay: 20_000,
  usualPerDay: 400,
  overlaps: 1,
  refusals: 0,
};

const check = (change: Partial<AskStatistics>, expected: EnumerationJudgement) =>
  assert.deepEqual(judgeEnumeration({ ...calm, ...change }), expected);
const burst = (count: number) => [...new Array<number>(23).fill(0), count];

test('a day of work is calm, and so is none', () => {
  check({}, { level: 'calm', signs: [] });
  check({ hourly: new Array<number>(24).fill(0), overlaps: 0 }, { level: 'calm', signs: [] });
});

test('a large new case with nothing in common is worth a look; a partner that is known for less is an alarm', () => {
  check({ hourly: burst(4096), overlaps: 0, usualPerDay: null }, { level: 'notice', signs: ['never-seen'] });
  check({ hourly: burst(4096), overlaps: 0 }, { level: 'alarm', signs: ['unusual', 'never-seen'] });
  check({ hourly: burst(4096), overlaps: 12 }, { level: 'notice', signs: ['unusual'] });
});

test('asking on after refusals is an alarm by itself', () => {
  check({ refusals: 2 }, { level: 'calm', signs: [] });
  check({ refusals: 3 }, { level: 'alarm', signs: ['refused'] });
});

test('a search at an even rate shows by its hours, its quota and its emptiness', () => {
  check(
    { hourly: new Array<number>(24).fill(800), quotaPerHour: 3000, overlaps: 2, usualPerDay: 19_000 },
    { level: 'alarm', signs: ['used-up', 'never-seen', 'round-the-clock'] },
  );
});

test('more questions never look calmer', () => {
  const order = ['calm', 'notice', 'alarm'];
  fc.assert(
    fc.property(
      fc.array(fc.nat(3000), { minLength: 24, maxLength: 24 }),
      fc.nat(23),
      fc.nat(5000),
      fc.nat(20),
      fc.option(fc.nat(3000)),
      (hourly, at, more, overlaps, usualPerDay) => {
        const before = judgeEnumeration({ ...calm, hourly, overlaps, usualPerDay });
        const after = judgeEnumeration({
          ...calm,
          hourly: hourly.with(at, hourly[at]! + more),
          overlaps,
          usualPerDay,
        });
        assert.ok(order.indexOf(after.level) >= order.indexOf(before.level));
      },
    ),
    { numRuns: 500 },
  );
});
