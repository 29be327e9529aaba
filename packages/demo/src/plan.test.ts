import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { castOf } from './cast.ts';
import { planHeist } from './plan.ts';

const zSeed = fc.nat();

test('the same seed gives the same plan, another seed another one', () => {
  fc.assert(
    fc.property(zSeed, zSeed, (one, other) => {
      assert.deepEqual(planHeist(one), planHeist(one));
      if (one !== other) assert.notDeepEqual(planHeist(one).steps, planHeist(other).steps);
    }),
    { numRuns: 10 },
  );
});

test('look-alikes share the first and last four digits with an address of the thief, and nothing else', () => {
  fc.assert(
    fc.property(zSeed, (seed) => {
      const plan = planHeist(seed);
      const cast = castOf(seed);
      const real = [...plan.thieves.map((role) => cast.address(role)), cast.contracts.muleDeposit];
      for (const twin of plan.twins) {
        assert.match(twin, /^0x[0-9a-f]{40}$/);
        assert.ok(!real.includes(twin));
        assert.ok(real.some((one) => one.slice(0, 6) === twin.slice(0, 6) && one.slice(-4) === twin.slice(-4)));
      }
    }),
    { numRuns: 10 },
  );
});

test('bystanders never meet the thief, except the trader who is paid with loot', () => {
  fc.assert(
    fc.property(zSeed, (seed) => {
      const plan = planHeist(seed);
      const cast = castOf(seed);
      const thieves = new Set(plan.thieves.map((role) => cast.address(role)));
      for (const action of plan.steps.flatMap(({ blocks }) => blocks.flat())) {
        if (!action.by.startsWith('user-')) continue;
        assert.ok(!('to' in action && thieves.has(action.to)), `${action.by} ${action.do}`);
      }
    }),
    { numRuns: 10 },
  );
});

test('every step says what happens in English and in Korean', () => {
  for (const { id, text } of planHeist(7).steps) {
    assert.match(text.en, /^[A-Z].*\.$/, id);
    assert.match(text.ko, /[가-힣]/, id);
    assert.doesNotMatch(text.en + text.ko, /\{/, id);
  }
});
