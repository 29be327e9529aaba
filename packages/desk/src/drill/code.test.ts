import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { drillAddresses, drillPaceMax, zChainId } from '@gongjo/contract';
import fc from 'fast-check';
import { drillPlan, readCode } from './code.ts';

const facts = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  addresses: fc.integer({ min: drillAddresses.least, max: drillAddresses.most }),
  countries: fc.uniqueArray(fc.constantFrom('KR', 'US', 'JP', 'DE'), { minLength: 1 }),
  pace: fc.option(fc.integer({ min: 1, max: drillPaceMax })),
  startMs: fc.integer({ min: 0, max: 2 ** 41 }),
});

describe('the code of an exercise', () => {
  test('says all of its plan', () => {
    fc.assert(
      fc.property(facts, (some) => {
        const plan = drillPlan(some);
        assert.deepEqual(readCode(` ${plan.code}\n`), plan);
        for (const chain of Object.values(plan.chains)) zChainId.parse(chain);
      }),
    );
  });

  test('is refused where it is none, or asks for what no exercise is', () => {
    const { code } = drillPlan({ seed: 7, addresses: 1200, countries: ['KR'], pace: 60, startMs: 1_764_300_000_000 });
    for (const wrong of [
      '',
      'drill',
      code.slice(1),
      `${code}.`,
      code.replace('-60-', '-0-'),
      code.replace('-60-', '-9999-'),
      code.replace('-1200-', '-1-'),
      code.replace('-1200-', '-999999-'),
      code.replace('-7-', '-9999999999-'),
      code.replace('-KR', '-kr'),
    ])
      assert.throws(() => readCode(wrong), { code: 'drill-code-wrong' }, wrong);
  });
});
