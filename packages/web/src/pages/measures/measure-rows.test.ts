import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MonthMeasures } from '@gongjo/contract';
import { sortRows } from '../../parts/sort-rows.ts';
import { detectionSeconds, monthKey } from './measure-rows.ts';

const month = (name: string, change: Partial<MonthMeasures> = {}): MonthMeasures => ({
  month: name,
  drill: false,
  incidents: 1,
  medianFirstToldSeconds: null,
  medianAllToldSeconds: null,
  medianFirstAcknowledgedSeconds: null,
  deposits: 0,
  warnedBefore: 0,
  medianLeadSeconds: null,
  ...change,
});
const months = [
  month('2025-10', { medianLeadSeconds: -5, deposits: 10, warnedBefore: 5 }),
  month('2025-11', { medianLeadSeconds: 60, deposits: 2, warnedBefore: 2 }),
  month('2025-12'),
];
const order = (by: Parameters<typeof monthKey>[1], descending: boolean) =>
  sortRows(months, { by, descending }, monthKey).map((row) => row.month);

test('rows sort by what a column measures, both ways', () => {
  assert.deepEqual(order('month', true), ['2025-12', '2025-11', '2025-10']);
  assert.deepEqual(order('deposits', true), ['2025-10', '2025-11', '2025-12']);
});

test('what was not measured stands last, whichever way is asked for', () => {
  assert.deepEqual(order('medianLead', false), ['2025-10', '2025-11', '2025-12']);
  assert.deepEqual(order('medianLead', true), ['2025-11', '2025-10', '2025-12']);
  assert.deepEqual(order('warned', true), ['2025-11', '2025-10', '2025-12']);
});

test('the time to the report is unknown where nobody knows when it happened', () => {
  assert.equal(detectionSeconds('2025-11-26T19:42:00.000Z', '2025-11-27T01:58:00.000Z'), 22_560);
  assert.equal(detectionSeconds(null, '2025-11-27T01:58:00.000Z'), null);
});
