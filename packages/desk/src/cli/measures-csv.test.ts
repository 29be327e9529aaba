import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IncidentMeasures } from '@gongjo/contract';
import { measuresCsv } from './measures-csv.ts';

const none = { deposits: [], agencies: [], parts: ['i'] };
const of = (title: string) =>
  ({
    incident: { id: 'i', title: { en: title, ko: title }, drill: false },
    ...none,
    ...{ occurredAt: null, detectedAt: null, reportedAt: '2025-11-27T00:00:00.000Z', firstDeposit: null },
    ...{
      firstToldSeconds: 1,
      allToldSeconds: null,
      firstAcknowledgedSeconds: null,
      warnedBefore: 0,
      medianLeadSeconds: -2,
    },
  }) as unknown as IncidentMeasures;

test('a line for each incident, quoted as RFC 4180 says, and no formula for a spreadsheet', () => {
  const [head, ...rows] = measuresCsv([of('a, "b"'), of('=HYPERLINK(1)')]).split('\r\n');
  assert.match(head ?? '', /^incident,title,drill,/);
  assert.match(rows[0] ?? '', /^i,"a, ""b""",false,1,,,2025-11-27T00:00:00\.000Z,0,0,0,1,,,,,0,0,-2$/);
  assert.match(rows[1] ?? '', /^i,'=HYPERLINK\(1\),/);
});
