import {
  zChainId,
  zDeskStatus,
  zDrill,
  zIncident,
  zIncidentDetail,
  zIncidentMatch,
  zIncidentMeasures,
  zIncidentReport,
  zInstant,
  zJoinDrill,
  zMonthMeasures,
  zNewDrill,
  zNewIncident,
  zNewReporter,
  zNotice,
  zRecordDrill,
  zReport,
  zReporterAccount,
  zReportStatus,
  zText,
} from '@gongjo/contract';
import { z } from 'zod';
import { zDecision } from '../incident.routes.ts';
import { zAsked as zMeasuresAsked } from '../measure.routes.ts';
import { zContactOf, zAsked as zNoticesAsked } from '../notice.routes.ts';
import { listed, type Shapes } from './shape.ts';

const matches = listed('matches', zIncidentMatch);
const part = z.object({ id: z.string(), chain: zChainId, title: zText });

export const incidentShapes: Shapes = {
  'GET /api/status': { answer: zDeskStatus },
  'GET /api/incidents': { answer: listed('incidents', zIncident) },
  'POST /api/incidents': { body: zNewIncident, answer: zIncidentDetail, status: 201, also: [{ status: 204 }] },
  'GET /api/incidents/:id': { answer: zIncidentDetail },
  'GET /api/incidents/:id/reports': {
    answer: z.object({ main: z.string(), parts: z.array(part), reports: z.array(zIncidentReport) }),
  },
  'GET /api/incidents/:id/matches': { answer: matches },
  'POST /api/incidents/:id/matches': { body: zDecision, answer: matches.extend({ main: z.string() }) },
  'POST /api/reports': {
    body: zReport,
    answer: zReportStatus,
    status: 201,
    also: [{ status: 200, answer: zReportStatus }],
  },
  'GET /api/reports/:id': { answer: zReportStatus },
  'GET /api/reporters': { answer: listed('reporters', zReporterAccount) },
  'POST /api/reporters': { body: zNewReporter, answer: zReporterAccount.extend({ token: z.string() }), status: 201 },
  'DELETE /api/reporters/:name': { answer: zReporterAccount },
  'GET /api/notices': {
    query: zNoticesAsked,
    answer: listed('notices', zNotice).extend({ nextEscalationAt: zInstant.nullable() }),
  },
  'POST /api/notices/:id/acknowledge': { answer: zNotice },
  'GET /api/webhook-secret': {
    query: zContactOf,
    answer: z.object({ agency: z.string(), contact: z.string(), secret: z.string() }),
  },
  'GET /api/measures': {
    query: zMeasuresAsked,
    answer: z.object({ incidents: z.array(zIncidentMeasures), months: z.array(zMonthMeasures) }),
  },
  'GET /api/drills': { answer: listed('drills', zDrill) },
  'GET /api/drills/:id': { answer: zDrill },
  'POST /api/drills': { body: zNewDrill, bodyOptional: true, answer: zDrill, status: 201 },
  'POST /api/drills/joined': { body: zJoinDrill, answer: zDrill, status: 201 },
  'POST /api/drills/recordings': {
    body: zRecordDrill,
    answer: z.object({ folder: z.string(), blocks: z.int(), movements: z.int() }),
    status: 201,
  },
  'DELETE /api/drills/:id': { answer: zDrill },
};
