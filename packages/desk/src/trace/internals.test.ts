import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toldOf } from './drawn-ledger.fixture.ts';
import { knowsInternals } from './internals.ts';

const routed = `
  10 victim -> thief 100 ETH
  11 thief -> router 60 ETH call
  11 router -> a 60 ETH internal`;
const gapsOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith('gap'));

test('what a contract sends on is followed through it', async () => {
  const told = await toldOf(routed, { internals: [{ from: 0, to: 20 }] });
  assert.deepEqual(told, [
    'lead victim -> thief 100 ETH',
    'fifo thief -> router 60 ETH',
    'fifo router -> a 60 ETH',
    'unspent thief 40 ETH by 0',
    'unspent a 60 ETH by 2',
  ]);
});

test('internal transfers are a gap exactly where the ledger does not know them', async () => {
  const at = (from: number, to: number) => toldOf(routed, { internals: [{ from, to }] }).then(gapsOf);
  assert.deepEqual(await at(11, 11), []);
  assert.deepEqual(await at(0, 11), []);
  assert.deepEqual(await at(0, 10), ['gap internal-transfers-unread router']);
  assert.deepEqual(await at(12, 99), ['gap internal-transfers-unread router']);
  assert.deepEqual(gapsOf(await toldOf(routed)), ['gap internal-transfers-unread router']);
});

test('a height is known exactly if it is in one of the spans', () => {
  const spans = fc
    .uniqueArray(fc.nat({ max: 60 }), { maxLength: 20 })
    .map((heights) => heights.sort((a, b) => a - b))
    .map((heights) =>
      Array.from({ length: Math.floor(heights.length / 2) }, (_, index) => ({
        from: heights[2 * index] ?? 0,
        to: heights[2 * index + 1] ?? 0,
      })),
    );
  fc.assert(
    fc.property(spans, fc.nat({ max: 61 }), (internals, height) => {
      const among = internals.some(({ from, to }) => from <= height && height <= to);
      assert.equal(knowsInternals({ internals }, height), among);
    }),
  );
  assert.equal(knowsInternals({}, 0), false);
});
