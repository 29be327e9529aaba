import type { IncidentMeasures } from '@gongjo/contract';

/** Each is also the name of its text. */
export type ClockKey = 'occurred' | 'detected' | 'reported' | 'firstTold' | 'allTold' | 'firstAcknowledged';

export interface ClockRow {
  readonly key: ClockKey;
  readonly at: string | null;
  /** It has not come yet, and somebody waits for it. */
  readonly running: boolean;
}

/** The clocks of an incident in the order in which they are meant to stop. */
export function clockRows(measures: IncidentMeasures): ClockRow[] {
  const { occurredAt, detectedAt, reportedAt, agencies } = measures;
  const after = (seconds: number | null) =>
    seconds === null ? null : new Date(Date.parse(reportedAt) + seconds * 1000).toISOString();
  const somebodyMustKnow = agencies.length > 0;
  const row = (key: ClockKey, at: string | null, running = false): ClockRow => ({
    key,
    at,
    running: at === null && running,
  });
  return [
    row('occurred', occurredAt),
    row('detected', detectedAt),
    row('reported', reportedAt),
    row('firstTold', after(measures.firstToldSeconds), somebodyMustKnow),
    row('allTold', after(measures.allToldSeconds), somebodyMustKnow),
    row('firstAcknowledged', after(measures.firstAcknowledgedSeconds), somebodyMustKnow),
  ];
}
