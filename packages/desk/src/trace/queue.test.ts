import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Lot, lotUnits, Queue, tracedUnits } from './queue.ts';

const lot: fc.Arbitrary<Lot> = fc.record({
  units: fc.bigInt({ min: 0n, max: 9n }),
  source: fc.constantFrom('clean' as const, 'lead' as const),
});
const action = fc.oneof(
  lot.map((appended) => ({ appended, taken: 0n })),
  fc.bigInt({ min: 0n, max: 20n }).map((taken) => ({ appended: null, taken })),
);

function act(queue: Queue, { appended, taken }: { appended: Lot | null; taken: bigint }): void {
  if (appended !== null) queue.append(appended);
  queue.take(taken);
}

describe('queue of lots', () => {
  it('gives out units in the order in which they came', () => {
    const queue = new Queue();
    queue.append({ units: 5n, source: 'clean' });
    queue.append({ units: 3n, source: 'lead' });
    assert.deepEqual(queue.take(6n), [
      { units: 5n, source: 'clean' },
      { units: 1n, source: 'lead' },
    ]);
    assert.deepEqual(queue.remaining(), [{ units: 2n, source: 'lead' }]);
    assert.deepEqual(queue.take(9n), [{ units: 2n, source: 'lead' }]);
    assert.deepEqual(queue.take(1n), []);
  });

  it('counts what remains', () =>
    fc.assert(
      fc.property(fc.array(action), (actions) => {
        const queue = new Queue();
        for (const one of actions) act(queue, one);
        const remaining = queue.remaining();
        assert.equal(queue.traced, tracedUnits(remaining));
        assert.equal(queue.clean, lotUnits(remaining) - tracedUnits(remaining));
      }),
    ));

  it('goes back to its marks, latest first, whatever happened since', () =>
    fc.assert(
      fc.property(fc.array(action), fc.array(action), fc.array(action), (before, between, after) => {
        const queue = new Queue();
        for (const one of before) act(queue, one);
        const first = { mark: queue.mark(), lots: queue.remaining() };
        for (const one of between) act(queue, one);
        const second = { mark: queue.mark(), lots: queue.remaining() };
        for (const one of after) act(queue, one);
        for (const { mark, lots } of [second, first]) {
          queue.restore(mark);
          assert.deepEqual(queue.remaining(), lots);
          assert.equal(queue.traced, tracedUnits(lots));
        }
        for (const one of after) act(queue, one);
        queue.restore(first.mark);
        assert.deepEqual(queue.remaining(), first.lots);
      }),
    ));
});
