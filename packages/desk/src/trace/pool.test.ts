import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type TraceMethod, traceMethods } from '@gongjo/contract';
import fc from 'fast-check';
import { type Lot, lotUnits, type Pool, poolBy, tracedUnits } from './pool.ts';

const lot: fc.Arbitrary<Lot> = fc.record({
  units: fc.bigInt({ min: 0n, max: 9n }),
  source: fc.constantFrom('clean' as const, 'lead' as const),
});
const action = fc.oneof(
  lot.map((appended) => ({ appended, taken: 0n })),
  fc.bigInt({ min: 0n, max: 20n }).map((taken) => ({ appended: null, taken })),
);

function act(pool: Pool, { appended, taken }: { appended: Lot | null; taken: bigint }): void {
  if (appended !== null) pool.append(appended);
  pool.take(taken);
}

function filled(method: TraceMethod, ...lots: [units: bigint, source: Lot['source']][]): Pool {
  const pool = poolBy(method);
  for (const [units, source] of lots) pool.append({ units, source });
  return pool;
}

describe('a pool of lots', () => {
  it('fifo gives out units in the order in which they came', () => {
    const pool = filled('fifo', [5n, 'clean'], [3n, 'lead']);
    assert.deepEqual(pool.take(6n), [
      { units: 5n, source: 'clean' },
      { units: 1n, source: 'lead' },
    ]);
    assert.deepEqual(pool.remaining(), [{ units: 2n, source: 'lead' }]);
    assert.deepEqual(pool.take(9n), [{ units: 2n, source: 'lead' }]);
    assert.deepEqual(pool.take(1n), []);
  });

  it('lifo gives out the slice on top, in the order in which it lay', () => {
    const pool = filled('lifo', [5n, 'lead'], [3n, 'clean']);
    assert.deepEqual(pool.take(4n), [
      { units: 1n, source: 'lead' },
      { units: 3n, source: 'clean' },
    ]);
    assert.deepEqual(pool.remaining(), [{ units: 4n, source: 'lead' }]);
  });

  it('haircut gives out every part in proportion, rounded down, and the rest with the last unit', () => {
    const pool = filled('haircut', [5n, 'lead'], [3n, 'clean']);
    assert.deepEqual(pool.take(3n), [
      { units: 1n, source: 'lead' },
      { units: 2n, source: 'clean' },
    ]);
    assert.deepEqual(pool.take(9n), [
      { units: 4n, source: 'lead' },
      { units: 1n, source: 'clean' },
    ]);
    assert.equal(pool.traced, 0n);
  });

  it('poison makes all of it traced until it is empty', () => {
    const pool = filled('poison', [5n, 'clean'], [1n, 'lead'], [2n, 'clean']);
    assert.deepEqual(pool.take(3n), [{ units: 3n, source: 'lead' }]);
    assert.deepEqual(pool.remaining(), [{ units: 5n, source: 'lead' }]);
    pool.take(5n);
    pool.append({ units: 4n, source: 'clean' });
    assert.deepEqual([pool.traced, pool.pure], [0n, false]);
    assert.deepEqual(pool.take(4n), [{ units: 4n, source: 'clean' }]);
    assert.equal(pool.pure, true);
  });

  for (const method of traceMethods) {
    it(`${method} takes what is there, and counts what remains`, () =>
      fc.assert(
        fc.property(fc.array(action), (actions) => {
          const pool = poolBy(method);
          let held = 0n;
          for (const { appended, taken } of actions) {
            if (appended !== null) pool.append(appended);
            held += appended?.units ?? 0n;
            const parts = pool.take(taken);
            assert.equal(lotUnits(parts), taken < held ? taken : held);
            held -= lotUnits(parts);
            assert.equal(pool.traced, tracedUnits(pool.remaining()));
            assert.ok(pool.traced <= held);
          }
        }),
      ));

    it(`${method} goes back to its marks, latest first, whatever happened since`, () =>
      fc.assert(
        fc.property(fc.array(action), fc.array(action), fc.array(action), (before, between, after) => {
          const pool = poolBy(method);
          for (const one of before) act(pool, one);
          const first = { back: pool.mark(), lots: pool.remaining(), pure: pool.pure };
          for (const one of between) act(pool, one);
          const second = { back: pool.mark(), lots: pool.remaining(), pure: pool.pure };
          for (const one of after) act(pool, one);
          for (const { back, lots, pure } of [second, first]) {
            back();
            assert.deepEqual(pool.remaining(), lots);
            assert.equal(pool.traced, tracedUnits(lots));
            assert.equal(pool.pure, pure);
          }
          for (const one of after) act(pool, one);
          first.back();
          assert.deepEqual(pool.remaining(), first.lots);
        }),
      ));
  }
});
