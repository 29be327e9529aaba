import {
  type Drill,
  type IncidentMatch,
  type IncidentMeasures,
  type IncidentReport,
  type MonthMeasures,
  type NewIncident,
  type Notice,
  zChainId,
  zDrill,
  zIncident,
  zIncidentMatch,
  zIncidentMeasures,
  zIncidentReport,
  zInstant,
  zMonthMeasures,
  zNotice,
  zText,
} from '@gongjo/contract';
import { z } from 'zod';
import { get, parse, send } from './fetch.client.ts';

const zNotices = z.object({ notices: z.array(zNotice), nextEscalationAt: zInstant.nullable() });
const zReports = z.object({
  main: z.string(),
  parts: z.array(z.object({ id: z.string(), chain: zChainId, title: zText })),
  reports: z.array(zIncidentReport),
});
const zMatches = z.object({ matches: z.array(zIncidentMatch) });
const zDrills = z.object({ drills: z.array(zDrill) });
const zDecided = zMatches.extend({ main: z.string() });
const zMeasures = z.object({ incidents: z.array(zIncidentMeasures), months: z.array(zMonthMeasures) });

export type Notices = z.infer<typeof zNotices>;
/** The reports that an incident is made of, and its parts on other chains. */
export type Reports = z.infer<typeof zReports>;
export interface Measures {
  readonly incidents: readonly IncidentMeasures[];
  readonly months: readonly MonthMeasures[];
}
/** What became of a report: the incident that it is about, and whether it was known here. */
export interface Taken {
  readonly id: string;
  readonly outcome: IncidentReport['outcome'];
}

const at = (id: string) => `/api/incidents/${encodeURIComponent(id)}`;

/** Reports, notices, matches and measures of incidents. */
export const cases = {
  /**
   * The newest report of the incident is the one just made, or another of the same moment about the same thing. Null: it was
   * joined with an incident that the reader may not see.
   */
  report: async (incident: NewIncident): Promise<Taken | null> => {
    const answer = await send('POST', '/api/incidents', incident);
    if (answer.status === 204) return null;
    const { id } = await parse(answer, zIncident);
    const { main, reports } = await cases.reports(id);
    const newest = reports.toSorted((a, b) => b.at.localeCompare(a.at))[0];
    return { id: main, outcome: newest?.outcome ?? 'opened' };
  },
  reports: (id: string): Promise<Reports> => get(`${at(id)}/reports`, zReports),
  matches: async (id: string): Promise<IncidentMatch[]> => (await get(`${at(id)}/matches`, zMatches)).matches,
  decideMatch: async (id: string, other: string, decision: 'join' | 'apart') =>
    parse(await send('POST', `${at(id)}/matches`, { other, decision }), zDecided),
  notices: (id: string): Promise<Notices> => get(`/api/notices?incident=${encodeURIComponent(id)}`, zNotices),
  waitingNotices: async (): Promise<Notice[]> => (await get('/api/notices?state=waiting', zNotices)).notices,
  acknowledgeNotice: async (id: string): Promise<Notice> =>
    parse(await send('POST', `/api/notices/${encodeURIComponent(id)}/acknowledge`), zNotice),
  measures: (): Promise<Measures> => get('/api/measures', zMeasures),
  /** Null where nobody has held an exercise. */
  newestDrill: async (): Promise<Drill | null> => {
    const [newest] = (await get('/api/drills', zDrills)).drills;
    return newest === undefined ? null : get(`/api/drills/${encodeURIComponent(newest.id)}`, zDrill);
  },
  measuresOf: async (id: string): Promise<IncidentMeasures | null> =>
    (await get(`/api/measures?incident=${encodeURIComponent(id)}`, zMeasures)).incidents[0] ?? null,
};
