import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RandomBytes } from '../bytes.ts';
import { inputOf } from '../identifier/identifier.ts';
import { deltaBytes } from '../list/delta.ts';
import { listBytes } from '../list/list.ts';
import { publish } from '../list/publish.ts';
import { valueFrom } from '../list/value.ts';
import type { Group } from '../voprf/group.ts';
import { openGroup } from '../voprf/sodium-group.ts';
import { voprfOver } from '../voprf/voprf.ts';
import { desk, entry, hold, seeded, type TestDesk } from './desks.fixture.ts';
import { type Entry, isListed } from './entry.ts';
import { bytesOfNumber, exponents, inverse, modulo, numberOf } from './exponents.fixture.ts';

/**
 * A silent entry is to the asker as no entry: in every byte that it is sent, in what was computed before each message, however
 * the asker behaves.
 */
const sodium = await openGroup();
const session = '7b0f6c0e-4b1c-4c55-9d59-0c53f2f1a001';

const asked = [1, 2, 3, 4, 5].map((number) => entry(number, 'open', 'A'));
const listed = [4, 5, 6].map((number) => entry(number, 'contact', 'B'));
const silent = entry(2, 'silent', 'B');

/** The answerer twice: with the silent entry, first among what it asks, and without. */
const worlds = (voprf: TestDesk['context']['voprf']) => ({
  asker: () => desk(voprf, 'asker', asked),
  silently: () => desk(voprf, 'answerer', [silent, ...listed]),
  without: () => desk(voprf, 'answerer', listed),
});

test('the list and its differences are the same bytes with a silent entry and without', () => {
  const voprf = voprfOver(sodium);
  const { silently, without } = worlds(voprf);
  const [one, other] = [silently(), without()];
  assert.deepEqual(listBytes(one.published.list), listBytes(other.published.list));
  // The next version, in which one entry came and another went: here another silent one came too, and one became silent.
  const kept = listed.slice(1);
  const came = entry(7, 'open', 'B');
  const gone = listed.slice(0, 1).map((it) => ({ ...it, disclosure: 'silent' as const }));
  const next = (of: TestDesk, entries: readonly Entry[]) => {
    const values = entries
      .filter(isListed)
      .map(({ identifier }) => valueFrom(voprf.evaluate(of.own.secretKey, inputOf(identifier))));
    return publish(of.own, values, of.published);
  };
  const [later, plain] = [
    next(one, [silent, entry(8, 'silent', 'B'), ...gone, ...kept, came]),
    next(other, [...kept, came]),
  ];
  assert.notDeepEqual(listBytes(later.list), listBytes(one.published.list));
  assert.deepEqual(deltaBytes(one.published.list, later.list), deltaBytes(other.published.list, plain.list));
});

test('the silent owner learns, the asker finds the rest', () => {
  const { asker, silently, without } = worlds(voprfOver(sodium));
  const one = hold(asker(), silently(), { session, reverseCount: 8 });
  const other = hold(asker(), without(), { session, reverseCount: 8 });
  const names = (rows: readonly ({ entry: { id: string } } | null)[]) => rows.map((it) => it?.entry.id ?? null);
  assert.deepEqual(names(one.found), ['A-4', 'A-5']);
  assert.deepEqual(names(one.found), names(other.found));
  assert.deepEqual(names(one.learned), ['B-2', 'B-4', 'B-5']);
  assert.deepEqual(names(other.learned), ['B-4', 'B-5']);
  assert.deepEqual(one.notes, other.notes);
});

test('for every transcript with a silent entry there is one randomness that makes the same transcript without it', () => {
  const voprf = voprfOver(exponents);
  const { asker, silently, without } = worlds(voprf);
  for (let turn = 0; turn < 20; turn += 1) {
    // With the entry: each random value that the answerer draws is written down.
    const drawn: Uint8Array[] = [];
    const source = seeded(`turn ${turn}`);
    const recording: RandomBytes = (count) => {
      const bytes = source(count);
      drawn.push(bytes);
      return bytes;
    };
    const reverseCount = 6;
    const withIt = hold(
      asker(),
      { ...silently(), context: { voprf, random: recording } },
      { session, reverseCount, greedy: turn % 2 === 1 },
    );
    /**
     * Without it: questions move up by one, and a filler takes the last place. The answerer draws the proof's nonce, then for each
     * question its blind, and for a filler its input before. Blind r of input x gives r·H(x): another input y gives the same
     * element with the blind r·H(x)/H(y), which is as likely as r.
     */
    const [nonce, ...rest] = drawn as [Uint8Array, ...Uint8Array[]];
    const real = [silent, ...listed];
    const before = real.length;
    const fillers = reverseCount - before;
    const blinds = [
      ...rest.slice(0, before),
      ...Array.from({ length: fillers }, (_, at) => rest[before + 2 * at + 1]!),
    ];
    const fillerInputs = Array.from({ length: fillers }, (_, at) => rest[before + 2 * at]!);
    const one = new Uint8Array(64).fill(0).with(0, 1);
    const point = (input: Uint8Array) => numberOf(voprf.blind(input, one).element);
    const label = new TextEncoder().encode('gongjo overlap filler 1\0');
    const filler = (bytes: Uint8Array) => new Uint8Array([...label, ...bytes]);
    const inputsThen = [...real.map((it) => inputOf(it.identifier)), ...fillerInputs.map(filler)];
    const freshInput = seeded(`fresh ${turn}`)(64);
    const newFillers = [freshInput, ...fillerInputs];
    const inputsNow = [...listed.map((it) => inputOf(it.identifier)), ...newFillers.map(filler)];
    const replay: Uint8Array[] = [nonce];
    for (const [at, input] of inputsNow.entries()) {
      if (at >= listed.length) replay.push(newFillers[at - listed.length]!);
      const blind = modulo(numberOf(blinds[at]!) * point(inputsThen[at]!) * inverse(point(input)));
      replay.push(new Uint8Array([...bytesOfNumber(blind), ...new Uint8Array(32)]));
    }
    const replaying: RandomBytes = (count) => {
      const bytes = replay.shift();
      assert.ok(bytes !== undefined && bytes.length === count);
      return bytes;
    };
    const withoutIt = hold(
      asker(),
      { ...without(), context: { voprf, random: replaying } },
      { session, reverseCount, greedy: turn % 2 === 1 },
    );
    assert.deepEqual(withIt.sent, withoutIt.sent);
    assert.equal(replay.length, 0);
    assert.notEqual(withIt.learned.length, withoutIt.learned.length);
  }
});

/** The operations of a group, counted by name: the time that a message takes, without a clock. */
function counting(group: Group) {
  const counts = new Map<string, number>();
  const counted = new Proxy(group, {
    get: (target, name: keyof Group) => {
      const operation = target[name] as (...given: unknown[]) => unknown;
      return (...given: unknown[]) => {
        counts.set(name, (counts.get(name) ?? 0) + 1);
        return operation(...given);
      };
    },
  });
  const take = () => {
    const taken = Object.fromEntries([...counts].sort());
    counts.clear();
    return taken;
  };
  return { counted, take };
}

for (const greedy of [false, true])
  test(`before each message the same is computed, for an asker who claims ${greedy ? 'everything' : 'what it found'}`, () => {
    const work = (world: 'silently' | 'without') => {
      const { counted, take } = counting(sodium);
      const { asker, [world]: answerer } = worlds(voprfOver(counted));
      const done: unknown[] = [];
      hold(asker(), answerer(), {
        session,
        reverseCount: 16,
        greedy,
        step: (name) => {
          const taken = take();
          if (name === 'answered' || name === 'told') done.push({ name, taken });
        },
      });
      return done;
    };
    const [one, other] = [work('silently'), work('without')];
    assert.equal(one.length, 2);
    assert.deepEqual(one, other);
  });

test('an asker who claims everything is told nothing of silent entries, and shows what it asked', () => {
  const { asker, silently, without } = worlds(voprfOver(sodium));
  const one = hold(asker(), silently(), { session, greedy: true });
  const other = hold(asker(), without(), { session, greedy: true });
  assert.deepEqual(one.sent.at(-1), other.sent.at(-1));
  assert.deepEqual(
    one.silentClaims.map((it) => it?.entry.id ?? null),
    [null, 'B-2', null, null, null],
  );
  assert.ok(other.silentClaims.every((it) => it === null));
});

test('more silent entries than room for questions wait; their number never shows', () => {
  const voprf = voprfOver(sodium);
  const many = Array.from({ length: 40 }, (_, at) => entry(at, 'silent', 'B'));
  const lengths = [0, 1, 16, 40].map((count) => {
    const held = hold(desk(voprf, 'asker', asked), desk(voprf, 'answerer', many.slice(0, count)), {
      session,
      reverseCount: 16,
    });
    return held.sent.map((message) => JSON.stringify(message).length);
  });
  for (const row of lengths) assert.deepEqual(row, lengths[0]);
});
