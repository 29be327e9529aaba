import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toldOf } from './drawn-outputs.fixture.ts';

/** A theft of 99, 40 of someone else's mixed in, and two ways out. */
const theft = `
  1 c: new -> victim 100
  1 d: ? -> other 40
  2 t: c:0 -> thief 60, shop 30, thief 9
  3 u: t:0, d:0 -> x 50, y 45
  4 v: u:0, t:2 -> z 59
  5 w: u:1 -> x 20, data 5, y 20`;

const lead = ['lead victim -> thief 60 in t:0', 'lead victim -> shop 30 in t:1', 'lead victim -> thief 9 in t:2'];

describe('forwards', () => {
  it('FIFO: outputs take from the inputs in their order, the fee takes what is left', () => {
    assert.deepEqual(toldOf(theft), [
      ...lead,
      'fifo ? thief -> x 50 in u:0',
      'fifo ? thief -> y 10 of 45 in u:1',
      'fifo x -> z 50 of 59 in v:0',
      'fifo thief -> z 9 of 59 in v:0',
      'fifo ? y -> x 10 of 20 in w:0',
      'unspent shop 30 t:1=30 by 1',
      'unspent x 10 w:0=10 by 7',
      'unspent z 59 v:0=59 by 5,6',
    ]);
  });

  it('FIFO keeps the place of units inside an output', () => {
    const mixed = `
      1 a: new -> me 10
      1 b: ? -> me 6
      2 t: a:0 -> thief 10
      3 m: b:0, t:0 -> one 16
      4 n: m:0 -> x 5, y 5, z 6`;
    // Of the 16, the first 6 are not traced; so x gets nothing, y the last 4 of its 5, z all.
    assert.deepEqual(toldOf(mixed).slice(-4), [
      'fifo ? one -> y 4 of 5 in n:1',
      'fifo ? one -> z 6 in n:2',
      'unspent y 4 n:1=4 by 2',
      'unspent z 6 n:2=6 by 3',
    ]);
  });

  it('LIFO: the last unit to come is the first to leave', () => {
    assert.deepEqual(toldOf(theft, { method: 'lifo' }), [
      ...lead,
      'lifo ? thief -> x 10 of 50 in u:0',
      'lifo ? thief -> y 45 in u:1',
      'fee ? thief -> null 5 in u:2',
      'lifo x -> z 10 of 59 in v:0',
      'lifo thief -> z 9 of 59 in v:0',
      'lifo y -> x 20 in w:0',
      'lifo y -> null 5 in w:1',
      'lifo y -> y 20 in w:2',
      'unspent shop 30 t:1=30 by 1',
      'unspent x 20 w:0=20 by 8',
      'unspent y 20 w:2=20 by 10',
      'unspent z 19 v:0=19 by 6,7',
      'fee null 5 by 5',
      'burned null 5 w:1=5 by 9',
    ]);
  });

  it('haircut: everything leaves in proportion', () => {
    assert.deepEqual(toldOf(theft, { method: 'haircut' }), [
      ...lead,
      'haircut ? thief -> x 30 of 50 in u:0',
      'haircut ? thief -> y 27 of 45 in u:1',
      'fee ? thief -> null 3 of 5 in u:2',
      'haircut x -> z 30 of 59 in v:0',
      'haircut thief -> z 9 of 59 in v:0',
      'haircut ? y -> x 12 of 20 in w:0',
      'haircut ? y -> null 3 of 5 in w:1',
      'haircut ? y -> y 12 of 20 in w:2',
      'unspent shop 30 t:1=30 by 1',
      'unspent x 12 w:0=12 by 8',
      'unspent y 12 w:2=12 by 10',
      'unspent z 39 v:0=39 by 6,7',
      'fee null 3 by 5',
      'burned null 3 w:1=3 by 9',
    ]);
  });

  it('haircut rounds so that nothing is lost: each output gets what the floor of the running sum grows by', () => {
    const odd = `
      1 a: new -> me 2
      1 b: ? -> me 5
      2 t: a:0 -> thief 2
      3 u: t:0, b:0 -> p 2, q 2, r 3`;
    // ⌊2·2/7⌋ = 0, ⌊2·4/7⌋ = 1, ⌊2·7/7⌋ = 2.
    assert.deepEqual(toldOf(odd, { method: 'haircut' }).slice(-2), [
      'unspent q 1 u:1=1 by 1',
      'unspent r 1 u:2=1 by 2',
    ]);
  });

  it('poison: whatever leaves is traced in full', () => {
    assert.deepEqual(toldOf(theft, { method: 'poison' }), [
      ...lead,
      'poison ? thief -> x 50 in u:0',
      'poison ? thief -> y 45 in u:1',
      'fee ? thief -> null 5 in u:2',
      'poison x -> z 59 in v:0',
      'poison thief -> z 59 in v:0',
      'poison y -> x 20 in w:0',
      'poison y -> null 5 in w:1',
      'poison y -> y 20 in w:2',
      'unspent shop 30 t:1=30 by 1',
      'unspent x 20 w:0=20 by 8',
      'unspent y 20 w:2=20 by 10',
      'unspent z 59 v:0=59 by 6,7',
      'fee null 5 by 5',
      'burned null 5 w:1=5 by 9',
    ]);
  });
});

describe('backwards', () => {
  const back = { direction: 'backward', leads: ['v'] } as const;
  const last = ['x -> z 50 of 59 in v:0', 'thief -> z 9 of 59 in v:0'];

  it('FIFO: an output drew from the inputs at its place in their line', () => {
    assert.deepEqual(toldOf(theft, back), [
      ...last.map((hop) => `fifo ${hop}`),
      'fifo ? thief -> x 50 in u:0',
      'fifo victim -> thief 50 of 60 in t:0',
      'fifo victim -> thief 9 in t:2',
      'fifo null -> victim 59 of 100 in c:0',
      'mined null 59 by 5',
    ]);
  });

  it('LIFO', () => {
    assert.deepEqual(toldOf(theft, { ...back, method: 'lifo' }), [
      ...last.map((hop) => `lifo ${hop}`),
      'lifo ? thief -> x 10 of 50 in u:0',
      'lifo ? other -> x 40 of 50 in u:0',
      'lifo victim -> thief 10 of 60 in t:0',
      'lifo victim -> thief 9 in t:2',
      'lifo ? null -> other 40 in d:0',
      'lifo null -> victim 19 of 100 in c:0',
      'mined null 19 by 7',
      'before-ledger null 40 by 6',
      'gap inputs-unknown d',
    ]);
  });

  it('haircut', () => {
    assert.deepEqual(toldOf(theft, { ...back, method: 'haircut' }), [
      ...last.map((hop) => `haircut ${hop}`),
      'haircut ? thief -> x 30 of 50 in u:0',
      'haircut ? other -> x 20 of 50 in u:0',
      'haircut victim -> thief 30 of 60 in t:0',
      'haircut victim -> thief 9 in t:2',
      'haircut ? null -> other 20 of 40 in d:0',
      'haircut null -> victim 39 of 100 in c:0',
      'mined null 39 by 7',
      'before-ledger null 20 by 6',
      'gap inputs-unknown d',
    ]);
  });

  it('poison', () => {
    assert.deepEqual(toldOf(theft, { ...back, method: 'poison' }), [
      'poison x -> z 59 in v:0',
      'poison thief -> z 59 in v:0',
      'poison ? thief -> x 50 in u:0',
      'poison ? other -> x 50 in u:0',
      'poison ? victim -> thief 60 in t:0',
      'poison ? victim -> thief 9 in t:2',
      'poison ? null -> other 40 in d:0',
      'poison null -> victim 100 in c:0',
      'mined null 100 by 7',
      'before-ledger null 40 by 6',
      'gap inputs-unknown d',
    ]);
  });
});
