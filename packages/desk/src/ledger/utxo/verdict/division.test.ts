import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { division } from './division.ts';

/** Every assignment of every part, one after another. */
function dividesByTrying(parts: readonly bigint[], goals: readonly bigint[]): boolean {
  if (goals.length === 0) return true;
  for (let choice = 0; choice < goals.length ** parts.length; choice += 1) {
    const given = goals.map(() => 0n);
    let rest = choice;
    for (const part of parts) {
      given[rest % goals.length]! += part;
      rest = Math.floor(rest / goals.length);
    }
    if (goals.every((goal, at) => given[at]! >= goal)) return true;
  }
  return false;
}

describe('division of inputs among participants', () => {
  test('finds what trying everything finds', () =>
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(0n, 12n), { maxLength: 6 }),
        fc.array(fc.bigInt(1n, 14n), { maxLength: 3 }),
        (parts, goals) =>
          assert.equal(division(parts, goals), dividesByTrying(parts, goals) ? 'possible' : 'impossible'),
      ),
      { numRuns: 1_000 },
    ));

  test('says so when the search is too long', () => {
    const parts = Array.from({ length: 60 }, (_, at) => 1_000_003n + BigInt(at * at * 7919));
    const total = parts.reduce((sum, part) => sum + part, 0n);
    assert.equal(
      division(
        parts,
        Array.from({ length: 20 }, () => total / 20n),
      ),
      'undecided',
    );
  });
});
