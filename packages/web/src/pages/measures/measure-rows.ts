import type { IncidentMeasures, MonthMeasures } from '@gongjo/contract';
import type { Key } from '../../parts/sort-rows.ts';

/** Each is also the name of its text. */
export const monthColumns = [
  'month',
  'incidents',
  'firstTold',
  'allTold',
  'firstAcknowledged',
  'deposits',
  'warned',
  'medianLead',
] as const;
export type MonthColumn = (typeof monthColumns)[number];

export const incidentColumns = [
  'incident',
  'reported',
  'detection',
  'firstTold',
  'allTold',
  'firstAcknowledged',
  'agencies',
  'deposits',
  'warned',
  'medianLead',
] as const;
export type IncidentColumn = (typeof incidentColumns)[number];

export function monthKey(month: MonthMeasures, column: MonthColumn): Key {
  return {
    month: month.month,
    incidents: month.incidents,
    firstTold: month.medianFirstToldSeconds,
    allTold: month.medianAllToldSeconds,
    firstAcknowledged: month.medianFirstAcknowledgedSeconds,
    deposits: month.deposits,
    warned: shareOf(month.warnedBefore, month.deposits),
    medianLead: month.medianLeadSeconds,
  }[column];
}

export function incidentKey(measures: IncidentMeasures, column: IncidentColumn, title: string): Key {
  const { occurredAt, reportedAt, agencies, deposits } = measures;
  return {
    incident: title,
    reported: reportedAt,
    detection: detectionSeconds(occurredAt, reportedAt),
    firstTold: measures.firstToldSeconds,
    allTold: measures.allToldSeconds,
    firstAcknowledged: measures.firstAcknowledgedSeconds,
    agencies: agencies.length,
    deposits: deposits.length,
    warned: shareOf(measures.warnedBefore, deposits.length),
    medianLead: measures.medianLeadSeconds,
  }[column];
}

/** From the event to the report; null where nobody knows when it happened. */
export function detectionSeconds(occurredAt: string | null, reportedAt: string): number | null {
  return occurredAt === null ? null : Math.floor((Date.parse(reportedAt) - Date.parse(occurredAt)) / 1000);
}

export function toldCount({ agencies }: IncidentMeasures): number {
  return agencies.filter(({ toldAt }) => toldAt !== null).length;
}

/** Of nothing there is no share. */
function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
