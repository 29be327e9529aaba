import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deskNowMs, learnDeskTime, onDeskTime } from './desk-time.ts';

const dayMs = 86_400_000;
const saysAhead = (ms: number) => learnDeskTime(new Date(Date.now() + ms).toISOString());
const aheadMs = () => deskNowMs() - Date.now();

test('a page keeps the desk’s time, whatever its own machine says, and is told when it was wrong', () => {
  let told = 0;
  const forget = onDeskTime(() => {
    told += 1;
  });
  saysAhead(200);
  assert.ok(Math.abs(aheadMs()) < 50, 'the way to the desk is no difference');
  saysAhead(4 * dayMs);
  saysAhead(4 * dayMs + 300);
  assert.ok(Math.abs(aheadMs() - 4 * dayMs) < 1000);
  assert.equal(told, 1);
  saysAhead(-3_600_000);
  assert.ok(Math.abs(aheadMs() + 3_600_000) < 1000);
  saysAhead(0);
  assert.ok(Math.abs(aheadMs()) < 50);
  assert.equal(told, 3);
  forget();
  saysAhead(dayMs);
  assert.equal(told, 3);
});
