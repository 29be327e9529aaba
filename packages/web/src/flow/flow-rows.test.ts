import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortRows } from '../parts/sort-rows.ts';
import { type FlowColumn, stepKey } from './flow-rows.ts';
import type { Ribbon } from './layout.ts';

const step = (asset: string, units: string, height: number, to: string | null) =>
  ({ hop: { asset, units, height, to } }) as unknown as Ribbon;
const steps = [step('b', '9', 100, 'y'), step('a', '1000', 20, null), step('a', '9', 3, 'x')];
const order = (by: FlowColumn, descending: boolean) =>
  sortRows(steps, { by, descending }, stepKey).map(({ hop }) => `${hop.asset}${hop.units}`);

test('amounts sort asset by asset and exactly, heights as numbers, what goes nowhere first', () => {
  assert.deepEqual(order('units', false), ['a9', 'a1000', 'b9']);
  assert.deepEqual(order('units', true), ['b9', 'a1000', 'a9']);
  assert.deepEqual(order('height', false), ['a9', 'a1000', 'b9']);
  assert.deepEqual(order('to', false), ['a1000', 'a9', 'b9']);
});
