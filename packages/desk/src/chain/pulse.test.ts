import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BlockHash, ChainId } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Block } from '../ledger/index.ts';
import { ahead, fallen, intervalOf, intervalStart, Pulse } from './pulse.ts';

const chain = 'eip155:1' as ChainId;
const url = 'http://node.test';
const hour = 3_600_000;
const start = Date.UTC(2026, 0, 1);
const block = (height: number, seconds: number): Block => ({
  chain,
  height,
  hash: `h${height}` as BlockHash,
  parent: `h${height - 1}` as BlockHash,
  time: instant(start + seconds * 1000),
  transactionCount: 0,
});

describe('the usual time between blocks', () => {
  test('is taken over the last twenty, and not told from a few', () => {
    const coverage = { chain, from: 0, tip: block(100, 1200) };
    assert.equal(intervalStart(coverage), 80);
    assert.equal(intervalOf(block(80, 960), coverage.tip), 12_000);
    assert.equal(intervalOf(block(95, 1140), coverage.tip), null);
    assert.equal(intervalOf(null, coverage.tip), null);
  });
});

describe('a pulse', () => {
  test('stops after ten usual intervals without another block, says since when, and goes on with the next block', () => {
    const pulse = new Pulse();
    const at = (tip: Block, minutes: number) => pulse.stall(url, tip, 600_000, start + minutes * 60_000);
    assert.equal(at(block(1, 0), 0), null);
    assert.equal(at(block(1, 0), 99), null);
    const stalled = at(block(1, 0), 100);
    assert.equal(stalled?.code, 'node-stalled');
    assert.ok(stalled?.text.en.includes(instant(start)) && stalled.text.ko.includes(instant(start)));
    assert.deepEqual(at(block(1, 0), 200), stalled, 'the same is said again, not another');
    assert.equal(at(block(2, 0), 201), null);
  });

  test('of a fast chain, or one whose pace is not known, is not called stopped too soon', () => {
    const fast = new Pulse();
    assert.equal(fast.stall(url, block(1, 0), 1000, start), null);
    assert.equal(fast.stall(url, block(1, 0), 1000, start + 59_000), null);
    assert.equal(fast.stall(url, block(1, 0), 1000, start + 60_000)?.code, 'node-stalled');
    const unknown = new Pulse();
    unknown.stall(url, block(1, 0), null, start);
    assert.equal(unknown.stall(url, block(1, 0), null, start + hour), null);
  });
});

test('a block of a time to come is told, within two hours not', () => {
  assert.equal(ahead(url, 1, instant(start + 2 * hour), start), null);
  assert.equal(ahead(url, 1, instant(start + 2 * hour + 1), start)?.code, 'node-time-ahead');
});

test('a tip that fell is told with both heights', () => {
  const { text } = fallen(url, 7, 9);
  assert.ok([text.en, text.ko].every((it) => it.includes('7') && it.includes('9')));
});
