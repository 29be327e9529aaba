import {
  zAccountTransactionView,
  zAddressTags,
  zAddressView,
  zAlert,
  zAlertGroup,
  zAlertGroupDetail,
  zAssignment,
  zChainStatus,
  zCutReason,
  zEntityCutRecord,
  zEntityCuts,
  zEntityView,
  zKnownAddress,
  zKnownTransaction,
  zListPart,
  zListPartAnswer,
  zNewTraceView,
  zNewWatch,
  zPath,
  zPathRequest,
  zPicture,
  zScreeningStatus,
  zSearchAnswer,
  zSearchText,
  zSilence,
  zTagImport,
  zTagRun,
  zTagRunDetail,
  zTotals,
  zTrace,
  zTracedPlace,
  zTraceRequest,
  zTraceView,
  zTraceViewLine,
  zUtxoTransactionView,
  zWatch,
} from '@gongjo/contract';
import { z } from 'zod';
import { zGroupsAsked } from '../alert.routes.ts';
import { zIngest as zIngestBitcoin } from '../bitcoin.routes.ts';
import { zEntityAsked } from '../chain.routes.ts';
import { zIngestFiles, zIngestNode } from '../ledger.routes.ts';
import { zLine } from '../search.routes.ts';
import { zAddressAsked, zHistoryAsked, zImport } from '../tag.routes.ts';
import { listed, type Shapes } from './shape.ts';

const jsonLines = 'application/x-ndjson';

export const alertShapes: Shapes = {
  'GET /api/alerts': { answer: listed('alerts', zAlert) },
  'POST /api/alerts/:id/acknowledge': { answer: zAlert },
  'GET /api/alert-groups': { query: zGroupsAsked, answer: listed('groups', zAlertGroup) },
  'GET /api/alert-groups/:id': { answer: zAlertGroupDetail },
  'POST /api/alert-groups/:id/acknowledge': { answer: zAlertGroupDetail },
  'POST /api/alert-groups/:id/assign': { body: zAssignment, answer: zAlertGroupDetail },
  'POST /api/alert-groups/:id/silence': { body: zSilence, answer: zAlertGroupDetail },
  'POST /api/alert-groups/:id/unsilence': { answer: zAlertGroupDetail },
  'GET /api/watches': { answer: listed('watches', zWatch) },
  'GET /api/watches/status': { answer: zScreeningStatus },
  'POST /api/watches': { body: zNewWatch, answer: zWatch, status: 201 },
  'POST /api/watches/:id/addresses': { body: zListPart, answer: zListPartAnswer },
  'POST /api/watches/:id/complete': { answer: zWatch },
  'DELETE /api/watches/:id': { answer: zWatch },
};

export const chainShapes: Shapes = {
  'GET /api/ledger': { answer: listed('chains', zChainStatus) },
  'GET /api/ledger/:chain/transactions/:txid': { answer: z.union([zUtxoTransactionView, zAccountTransactionView]) },
  'GET /api/ledger/:chain/addresses/:address': { answer: zAddressView },
  'GET /api/ledger/:chain/entities/:address': { query: zEntityAsked, answer: zEntityView },
  'POST /api/ledger/ingest': { body: z.union([zIngestNode, zIngestFiles]), media: jsonLines },
  'POST /api/ledger/ingest/bitcoin': { body: zIngestBitcoin, media: jsonLines },
  'POST /api/trace': {
    body: zTraceRequest,
    answer: z.object({ trace: zTrace, places: z.array(zTracedPlace), totals: zTotals }),
  },
  'POST /api/path': { body: zPathRequest, answer: zPath },
  'GET /api/views': { answer: listed('views', zTraceViewLine) },
  'POST /api/views': { body: zNewTraceView, answer: zTraceView, status: 201 },
  'GET /api/views/:id': { answer: zTraceView },
  'DELETE /api/views/:id': {},
  'POST /api/pictures/pdf': { body: zPicture, media: 'application/pdf' },
  'GET /api/ledger/:chain/cuts': { answer: zEntityCuts },
  'POST /api/ledger/:chain/cuts/:txid': { body: zCutReason, answer: zEntityCutRecord, status: 201 },
  'DELETE /api/ledger/:chain/cuts/:txid': { body: zCutReason, answer: zEntityCutRecord },
  'GET /api/tags': { query: zAddressAsked, answer: zAddressTags },
  'GET /api/tags/history': { query: zHistoryAsked, answer: z.union([listed('runs', zTagRun), zTagRunDetail]) },
  'POST /api/tags/imports': { body: zImport, answer: zTagImport },
  'GET /api/search': { query: zLine, answer: zSearchAnswer },
  'POST /api/search': { body: zSearchText, answer: zSearchAnswer },
  'GET /api/known/addresses/:chain/:address': { answer: zKnownAddress },
  'GET /api/known/transactions/:chain/:txid': { answer: zKnownTransaction },
};
