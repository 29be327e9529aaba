import type { IncidentMeasures } from '@gongjo/contract';

/** One line for an incident. Names of columns are part of the format and stay English. */
const columns: readonly (readonly [name: string, value: (it: IncidentMeasures) => string | number | boolean | null])[] =
  [
    ['incident', (it) => it.incident.id],
    ['title', (it) => it.incident.title.en],
    ['drill', (it) => it.incident.drill],
    ['parts', (it) => it.parts.length],
    ['occurred_at', (it) => it.occurredAt],
    ['detected_at', (it) => it.detectedAt],
    ['reported_at', (it) => it.reportedAt],
    ['agencies', (it) => it.agencies.length],
    ['agencies_told', (it) => it.agencies.filter(({ toldAt }) => toldAt !== null).length],
    ['agencies_acknowledged', (it) => it.agencies.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length],
    ['first_told_seconds', (it) => it.firstToldSeconds],
    ['all_told_seconds', (it) => it.allToldSeconds],
    ['first_acknowledged_seconds', (it) => it.firstAcknowledgedSeconds],
    ['first_deposit_at', (it) => it.firstDeposit?.at ?? null],
    ['first_deposit_warned_at', (it) => it.firstDeposit?.warnedAt ?? null],
    ['deposits', (it) => it.deposits.length],
    ['warned_before', (it) => it.warnedBefore],
    ['median_lead_seconds', (it) => it.medianLeadSeconds],
  ];

/** CSV as of RFC 4180. A title is somebody's text, so a cell that a spreadsheet would take for a formula is quoted as text. */
export function measuresCsv(incidents: readonly IncidentMeasures[]): string {
  const rows = [columns.map(([name]) => name), ...incidents.map((it) => columns.map(([, value]) => cell(value(it))))];
  return rows.map((row) => row.join(',')).join('\r\n');
}

function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
