import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffOf, type Held } from './diff.ts';

const whole = { now: 9, whole: true, stays: () => false };
const held = (...items: [string, string][]) =>
  new Map(items.map(([key, digest]): [string, Held] => [key, { digest, firstSeen: 1 }]));
const next = (...items: [string, string][]) => new Map(items.map(([key, digest]) => [key, { item: digest, digest }]));
const key = (address: string, label: string) => `chain\u0000${address}\u0000${label}`;

test('another label of the same address is one change, and keeps since when it is known', () => {
  const diff = diffOf(held([key('a', 'old'), '1']), next([key('a', 'new'), '2']), whole);
  assert.deepEqual(diff.counts, { added: 0, changed: 1, removed: 0 });
  assert.deepEqual(
    diff.changes.map(({ kind, key: at, firstSeen }) => [kind, at, firstSeen]),
    [
      ['superseded', key('a', 'old'), 1],
      ['changed', key('a', 'new'), 1],
    ],
  );
});

test('a second label of an address is added beside the first', () => {
  const diff = diffOf(held([key('a', 'x'), '1']), next([key('a', 'x'), '1'], [key('a', 'y'), '2']), whole);
  assert.deepEqual(diff.counts, { added: 1, changed: 0, removed: 0 });
  assert.equal(diff.unchanged, 1);
});

test('what was refused has not left the list, and a list of a part removes nothing', () => {
  const before = held([key('a', 'x'), '1'], [key('b', 'x'), '1']);
  assert.equal(diffOf(before, next(), { ...whole, stays: (at) => at === key('a', 'x') }).counts.removed, 1);
  assert.equal(diffOf(before, next(), { ...whole, whole: false }).counts.removed, 0);
});

const list = fc.uniqueArray(
  fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y', 'z'), fc.constantFrom('1', '2')),
  {
    selector: ([address, label]) => key(address, label),
  },
);
test('changes applied to what was held give what is said now; the same list again changes nothing', () => {
  fc.assert(
    fc.property(list, list, (old, now) => {
      const before = held(...old.map(([a, l, d]): [string, string] => [key(a, l), d]));
      const after = next(...now.map(([a, l, d]): [string, string] => [key(a, l), d]));
      const diff = diffOf(before, after, whole);
      const applied = new Map([...before].map(([at, { digest }]) => [at, digest]));
      for (const { kind, key: at, digest } of diff.changes) {
        if (kind === 'removed' || kind === 'superseded') assert.ok(applied.delete(at));
        else applied.set(at, digest);
      }
      assert.deepEqual(applied, new Map([...after].map(([at, { digest }]) => [at, digest])));
      assert.equal(before.size + diff.counts.added - diff.counts.removed, after.size);
      assert.equal(diff.counts.added + diff.counts.changed + diff.unchanged, after.size);
      const again = new Map([...after].map(([at, { digest }]) => [at, { digest, firstSeen: 1 }]));
      assert.deepEqual(diffOf(again, after, whole).changes, []);
      // An address that both lists have is neither new on the list nor gone from it as a whole.
      const addresses = (of: typeof old) => new Set<string>(of.map(([a]) => a));
      for (const { kind, key: at } of diff.changes) {
        const [, address = ''] = at.split('\u0000');
        if (kind === 'removed' && addresses(now).has(address))
          assert.ok(old.filter(([a]) => a === address).length > now.filter(([a]) => a === address).length);
      }
    }),
    { numRuns: 3000 },
  );
});
