import {
  zAskedHold,
  zAskedHoldSummary,
  zCaseAccessAct,
  zCaseAnswer,
  zCaseDetail,
  zCaseDocument,
  zCaseOffer,
  zCaseSummary,
  zConversionAsked,
  zCustodyRecord,
  zEvidenceAsk,
  zFactChange,
  zHold,
  zHoldAnswer,
  zHoldApproval,
  zHoldDocument,
  zHoldFile,
  zHoldFileReceived,
  zHoldGiving,
  zHoldRevision,
  zHoldSending,
  zHoldSummary,
  zHoldTelling,
  zNewCase,
  zNewFact,
  zNewHold,
  zNewRequest,
  zRequestAct,
  zRequestView,
  zRevisionView,
} from '@gongjo/contract';
import { z } from 'zod';
import { zList as zCasesAsked } from '../case.routes.ts';
import { zCustodyFilter } from '../evidence.routes.ts';
import { zFileForm, zAsked as zHoldsAsked } from '../hold.routes.ts';
import { zList as zRequestsAsked } from '../partner-request.routes.ts';
import { listed, type Shapes } from './shape.ts';

const factAdded = z.object({ fact: z.string(), case: zCaseDetail });
const file = z.object({ name: z.string(), mediaType: z.string(), base64: z.base64() });
/** What a document is, as whoever made it said. */
const anyFile = 'application/octet-stream';

export const caseShapes: Shapes = {
  'GET /api/cases': { query: zCasesAsked, answer: listed('cases', zCaseSummary) },
  'POST /api/cases': { body: zNewCase, answer: zCaseDetail, status: 201 },
  'GET /api/cases/:id': { answer: zCaseDetail },
  'POST /api/cases/:id/facts': { body: zNewFact, answer: factAdded, status: 201 },
  'GET /api/cases/:id/facts/:fact': { answer: listed('revisions', zRevisionView) },
  'POST /api/cases/:id/facts/:fact': { body: zFactChange, answer: zCaseDetail },
  'POST /api/cases/:id/facts/:fact/evidence': { body: zConversionAsked, answer: zCaseDetail },
  'POST /api/cases/:id/offers': { body: zCaseOffer, answer: zCaseDetail },
  'POST /api/cases/:id/answer': { body: zCaseAnswer, answer: zCaseDetail },
  'POST /api/cases/:id/members': { body: zCaseAccessAct, answer: zCaseDetail, also: [{ status: 204 }] },
  'POST /api/cases/:id/documents': {
    body: zCaseDocument,
    answer: factAdded.extend({ sha256: z.string() }),
    status: 201,
  },
  'GET /api/cases/:id/documents/:sha256': { answer: file },
  'GET /api/requests': { query: zRequestsAsked, answer: listed('requests', zRequestView) },
  'POST /api/requests': { body: zNewRequest, answer: zRequestView, status: 201 },
  'GET /api/requests/:id': { answer: zRequestView },
  'POST /api/requests/:id/events': { body: zRequestAct, answer: zRequestView, also: [{ status: 204 }] },
  'POST /api/evidence': {
    body: zEvidenceAsk,
    answer: z.object({ fileName: z.string(), sha256: z.string(), bytes: z.int(), archive: z.base64() }),
    media: 'application/x-tar',
  },
  'GET /api/custody': { query: zCustodyFilter, answer: listed('records', zCustodyRecord).extend({ omitted: z.int() }) },
};

export const holdShapes: Shapes = {
  'GET /api/holds': { query: zHoldsAsked, answer: listed('holds', zHoldSummary) },
  'POST /api/holds': { body: zNewHold, answer: zHold, status: 201 },
  'GET /api/holds/:id': { answer: zHold },
  'POST /api/holds/:id/revise': { body: zHoldRevision, answer: zHold },
  'POST /api/holds/:id/approve': { body: zHoldApproval, answer: zHold },
  'POST /api/holds/:id/send': { body: zHoldSending, answer: zHold },
  'POST /api/holds/:id/answer': { body: zHoldAnswer, answer: zHold },
  'GET /api/holds/:id/preview/:language': { media: 'application/pdf' },
  'GET /api/holds/:id/documents': {
    answer: listed('documents', zHoldDocument.omit({ bytes: true, madeAt: true }).extend({ content: z.base64() })),
  },
  'GET /api/holds/:id/documents/:name': { media: anyFile },
  'POST /api/holds/:id/received': {
    body: zHoldFileReceived,
    answer: z.object({ file: zHoldFile, hold: zHold }),
    status: 201,
  },
  'GET /api/holds/:id/received/:file': {
    query: zFileForm,
    answer: zHoldFile.extend({ base64: z.base64() }),
    media: anyFile,
  },
  'GET /api/asked-holds': { answer: listed('holds', zAskedHoldSummary) },
  'GET /api/asked-holds/:desk/:id': { answer: zAskedHold },
  'POST /api/asked-holds/:desk/:id/answer': { body: zHoldTelling, answer: zAskedHold },
  'POST /api/asked-holds/:desk/:id/files': { body: zHoldGiving, answer: zAskedHold, status: 201 },
  'GET /api/asked-holds/:desk/:id/documents/:name': { media: anyFile },
};
