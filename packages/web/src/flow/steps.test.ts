import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layout } from './layout.ts';
import { drawTrace } from './ledger.fixture.ts';
import { step } from './steps.ts';

const { ribbons } = layout(
  drawTrace([
    { block: 1, tx: 't1', from: 'victim', to: 'thief', units: 10n, rule: 'lead' },
    { block: 2, tx: 't2', from: 'thief', to: 'large', units: 9n },
    { block: 2, tx: 't2', from: 'thief', to: 'small', units: 1n },
  ]),
);
const [first, large, small] = ribbons.map(({ key }) => key);

test('right and left walk through time and stay at the ends', () => {
  assert.equal(step(ribbons, first ?? null, 'next')?.key, large);
  assert.equal(step(ribbons, small ?? null, 'next')?.key, small);
  assert.equal(step(ribbons, first ?? null, 'previous')?.key, first);
});

test('up and down stay in the column', () => {
  assert.equal(step(ribbons, large ?? null, 'down')?.key, small);
  assert.equal(step(ribbons, small ?? null, 'up')?.key, large);
  assert.equal(step(ribbons, first ?? null, 'down')?.key, first);
});

test('from nowhere the first step is reached', () => {
  assert.equal(step(ribbons, null, 'next')?.key, first);
  assert.equal(step([], null, 'next'), undefined);
});
