import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RecentTxids } from './recent-txids.ts';

/** An identifier made of a number, written so that many share their first bytes. */
function txid(of: number): Uint8Array {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(28, of);
  return bytes;
}

test('remembers at least the last transactions, by their whole identifier, and the later of two that are the same', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200), { maxLength: 600 }), fc.integer({ min: 1, max: 50 }), (seen, entriesMax) => {
      const recent = new RecentTxids(entriesMax);
      const numbers = new Map<number, number>();
      for (const [number, of] of seen.entries()) {
        recent.set(txid(of), 0, number);
        numbers.set(of, number);
      }
      for (const of of new Set(seen.slice(-entriesMax))) assert.equal(recent.get(txid(of), 0), numbers.get(of));
      for (const [of, number] of numbers) assert.ok([number, -1].includes(recent.get(txid(of), 0)));
      assert.equal(recent.get(txid(999), 0), -1);
    }),
  );
});

test('reads identifiers where they stand in a block', () => {
  const recent = new RecentTxids(10);
  const block = new Uint8Array(100).fill(7);
  recent.set(block, 13, 5);
  assert.equal(recent.get(block, 40), 5);
  block[50] = 8;
  assert.equal(recent.get(block, 40), -1);
});

test('grows from a few to many without losing any', () => {
  const recent = new RecentTxids(100_000);
  for (let of = 0; of < 100_000; of += 1) recent.set(txid(of), 0, of * 2);
  for (let of = 0; of < 100_000; of += 997) assert.equal(recent.get(txid(of), 0), of * 2);
});
