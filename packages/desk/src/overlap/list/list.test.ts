import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyDelta, deltaBytes } from './delta.ts';
import { HEADER_BYTES, listId } from './header.ts';
import { type ListFault, listBytes, readList } from './list.ts';
import { paddedListCount, paddedQuestionCount, paddingSecret, paddingValues } from './padding.ts';
import { publish, restored } from './publish.ts';
import { holds, sortedValues, valueFrom } from './value.ts';

const key = { epoch: 3, publicKey: new Uint8Array(32).fill(7), paddingSecret: paddingSecret(new Uint8Array(32)) };

/** What the function would give: as good as random. */
const output = (name: string) => new Uint8Array(createHash('sha512').update(name).digest());
const value = (name: number | string) => valueFrom(output(`entry ${name}`));
const values = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => value(from + i));

test('a list is read as it was written and holds its entries and nothing else', () => {
  fc.assert(
    fc.property(fc.nat(3000), (size) => {
      const { list, entries } = publish(key, values(0, size), null);
      const read = readList(listBytes(list));
      assert.equal(read.fault, null);
      assert.deepEqual(read.list?.header, list.header);
      assert.deepEqual(read.list?.values, list.values);
      assert.equal(entries.length, size);
      assert.equal(list.header.count, paddedListCount(size));
      for (let at = 0; at < size + 20; at += 1) assert.equal(holds(list.values, value(at)), at < size);
    }),
    { numRuns: 15 },
  );
});

test('the size shown is a step: the same for many counts, at most a quarter too large, never without padding', () => {
  assert.deepEqual([0, 1, 500, 960].map(paddedListCount), [1024, 1024, 1024, 1024]);
  for (const size of [961, 5000, 99_999, 1_000_000, 10_000_000]) {
    const shown = paddedListCount(size);
    assert.ok(shown >= size * 1.06 && (shown <= size * 1.25 || shown <= 2048), `${size} → ${shown}`);
  }
  assert.deepEqual([0, 1, 64, 65, 1000, 4096].map(paddedQuestionCount), [64, 64, 64, 256, 1024, 4096]);
});

test('a difference leads from one list to the next, and its counts are steps', () => {
  const change = fc.record({ came: fc.nat(300), went: fc.nat(200) });
  fc.assert(
    fc.property(
      fc.integer({ min: 300, max: 900 }),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      (size, changes) => {
        let [from, to] = [0, size];
        let before = publish(key, values(from, to), null);
        for (const { came, went } of changes) {
          from += Math.min(went, to - from);
          to += came;
          const next = publish(key, values(from, to), before);
          const bytes = deltaBytes(before.list, next.list);
          const read = applyDelta(before.list, bytes);
          assert.equal(read.fault, null);
          assert.deepEqual(read.list, next.list);
          assert.ok(next.list.header.count >= before.list.header.count);
          const counts = new DataView(bytes.buffer, bytes.byteOffset + 128, 8);
          const gone = counts.getUint32(0, true);
          const usedUp = gone === before.padding.count + Math.min(went, before.entries.length);
          assert.ok((gone >= 64 && Number.isInteger(Math.log2(gone))) || usedUp, `${gone} go`);
          before = next;
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('one entry more looks like none more: the same size, and a change of the same size', () => {
  const before = publish(key, values(0, 500), null);
  const same = publish(key, values(0, 500), before);
  const more = publish(key, values(0, 501), before);
  assert.equal(more.list.header.count, same.list.header.count);
  assert.equal(deltaBytes(before.list, more.list).length, deltaBytes(before.list, same.list).length);
});

test('after a restart the owner tells its entries from the padding again', () => {
  const second = publish(key, values(5, 700), publish(key, values(0, 600), null));
  assert.deepEqual(restored(key, second.list, second.padding), second);
});

test('padding repeats from its secret, window by window, and is another under another secret', () => {
  const whole = paddingValues(key.paddingSecret, { from: 0, count: 100 });
  assert.deepEqual(paddingValues(key.paddingSecret, { from: 13, count: 50 }), whole.slice(13, 63));
  const other = paddingValues(paddingSecret(new Uint8Array(32).fill(1)), { from: 0, count: 100 });
  assert.equal(sortedValues([...whole, ...other]).length, 200);
});

test('what is no list, or not the list that its head names, is refused with the reason', () => {
  const { list } = publish(key, values(0, 10), null);
  const bytes = listBytes(list);
  const changed = (at: number, to = bytes[at]! ^ 1) => bytes.with(at, to);
  const cases: [Uint8Array, ListFault][] = [
    [new Uint8Array(), 'not a list'],
    [bytes.subarray(0, HEADER_BYTES - 1), 'not a list'],
    [changed(0), 'not a list'],
    [changed(4), 'not a list'],
    [changed(5), 'not a list'],
    [changed(6), 'not a list'],
    [changed(7), 'not a list'],
    [changed(19, 0xff), 'not a list'],
    [changed(20), 'not a list'],
    [changed(16), 'length'],
    [bytes.subarray(0, bytes.length - 8), 'length'],
    [new Uint8Array([...bytes, 0]), 'length'],
    [changed(60), 'digest'],
    [changed(HEADER_BYTES), 'digest'],
  ];
  for (const [bad, fault] of cases) assert.equal(readList(bad).fault, fault);
  const swapped = list.values.slice();
  [swapped[0], swapped[1]] = [swapped[1]!, swapped[0]!];
  const digest = new Uint8Array(createHash('sha256').update(new Uint8Array(swapped.buffer)).digest());
  assert.equal(readList(listBytes({ header: { ...list.header, digest }, values: swapped })).fault, 'order');
});

test('a difference of another list, of another key, of an earlier one or with other values is refused', () => {
  const first = publish(key, values(0, 10), null);
  const second = publish(key, values(5, 20), first);
  const third = publish(key, values(5, 25), second);
  const bytes = deltaBytes(second.list, third.list);
  const fault = (from: typeof first, delta: Uint8Array) => applyDelta(from.list, delta).fault;
  assert.equal(fault(second, bytes), null);
  assert.equal(fault(first, bytes), 'base');
  assert.equal(fault(second, deltaBytes(second.list, first.list)), 'base');
  const otherKey = publish({ ...key, publicKey: new Uint8Array(32).fill(8) }, values(5, 25), second);
  assert.equal(fault(second, deltaBytes(second.list, otherKey.list)), 'base');
  for (let at = 0; at < bytes.length; at += 61) assert.notEqual(fault(second, bytes.with(at, bytes[at]! ^ 0x40)), null);
  assert.equal(fault(second, bytes.subarray(0, bytes.length - 8)), 'length');
  // Adds what is there already: honest counts and digest cannot be had for it.
  const twice = deltaBytes(second.list, third.list);
  twice.set(new Uint8Array(second.list.values.slice(0, 1).buffer), twice.length - 8);
  assert.notEqual(fault(second, twice), null);
});

test('whatever bytes come, reading them answers and never throws', () => {
  const { list } = publish(key, values(0, 10), null);
  const bytes = listBytes(list).subarray(0, 400);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(399), fc.nat(255), (random, at, to) => {
      assert.notEqual(readList(random).fault, null);
      readList(bytes.with(at, to));
      assert.notEqual(applyDelta(list, random).fault, null);
      applyDelta(list, deltaBytes(list, list).with((at % 200) % 136, to));
    }),
    { numRuns: 300 },
  );
});

test('a list is named by everything in it', () => {
  const { list } = publish(key, values(0, 10), null);
  const ids = [
    list.header,
    { ...list.header, serial: 2 },
    { ...list.header, epoch: 4 },
    { ...list.header, publicKey: new Uint8Array(32) },
    { ...list.header, digest: new Uint8Array(32) },
  ].map((header) => Buffer.from(listId(header)).toString('hex'));
  assert.equal(new Set(ids).size, ids.length);
});
