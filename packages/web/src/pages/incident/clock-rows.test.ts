import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IncidentMeasures } from '@gongjo/contract';
import { clockRows } from './clock-rows.ts';

const measures = (change: Partial<IncidentMeasures>): IncidentMeasures => ({
  incident: { id: 'incident--1', title: { en: 'A theft', ko: '탈취' }, drill: false },
  parts: ['incident--1'],
  occurredAt: null,
  detectedAt: null,
  reportedAt: '2025-11-27T00:00:00.000Z',
  agencies: [],
  firstToldSeconds: null,
  allToldSeconds: null,
  firstAcknowledgedSeconds: null,
  firstDeposit: null,
  deposits: [],
  warnedBefore: 0,
  medianLeadSeconds: null,
  atStops: [],
  freezable: [],
  held: [],
  warnedShare: [],
  freezableShare: [],
  ...change,
});
const agency = {
  ...{ agency: 'police', name: { en: 'Police', ko: '경찰' }, country: 'KR' },
  ...{ dueAt: '2025-11-27T00:00:00.000Z', toldAt: null, acknowledgedAt: null },
};

test('a clock that nobody has stopped runs; one that stopped says when', () => {
  assert.deepEqual(
    clockRows(measures({ agencies: [agency], firstToldSeconds: 2, occurredAt: '2025-11-26T19:42:00.000Z' })),
    [
      { key: 'occurred', at: '2025-11-26T19:42:00.000Z', running: false },
      { key: 'detected', at: null, running: false },
      { key: 'reported', at: '2025-11-27T00:00:00.000Z', running: false },
      { key: 'firstTold', at: '2025-11-27T00:00:02.000Z', running: false },
      { key: 'allTold', at: null, running: true },
      { key: 'firstAcknowledged', at: null, running: true },
    ],
  );
});

test('where nobody must know, no clock runs', () => {
  assert.deepEqual(
    clockRows(measures({})).filter(({ running }) => running),
    [],
  );
});
