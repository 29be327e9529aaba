import {
  requestStates,
  zAdmission,
  zDeliveryProof,
  zDeskCard,
  zExplanation,
  zHeldObject,
  zHeldObjectDetail,
  zKeyRecord,
  zNewTaxiiCollection,
  zOverlapAnswer,
  zOverlapAsk,
  zOverlapEntries,
  zOverlapMatchView,
  zOverlapTerms,
  zOverlapView,
  zPairing,
  zPartnerDetail,
  zPartnerSummary,
  zPartnerTermsChange,
  zPolicyComparison,
  zPolicyShown,
  zPolicyVersion,
  zQuarantinedObject,
  zReleaseDecided,
  zReleaseRequest,
  zTaxiiAccount,
  zTaxiiCollection,
  zTaxiiFeed,
} from '@gongjo/contract';
import { z } from 'zod';
import { zDistrust, zRevoke } from '../key.routes.ts';
import { zExport, zFilter, zImport, zMark, zPage } from '../object.routes.ts';
import { zAbout } from '../overlap.routes.ts';
import { zAccept, zConfirm, zInvite } from '../pairing.routes.ts';
import { zPairing as zNewPartner } from '../partner.routes.ts';
import { zCheck, zExplain, zSet } from '../policy.routes.ts';
import { zApproval, zRecall, zRefusal, zRelease, zState } from '../release.routes.ts';
import { zNewAccount, zRight } from '../taxii-access.routes.ts';
import { listed, type Shapes } from './shape.ts';

const answered = z.object({ state: z.enum(requestStates), approvals: z.int(), persons: z.int() });
const recalled = z.object({
  recall: z.string(),
  recipients: z.array(z.object({ recipient: z.string(), objects: z.int() })),
});
const keys = listed('keys', zKeyRecord);

export const objectShapes: Shapes = {
  'GET /api/objects': {
    query: zFilter.extend(zPage.shape),
    answer: listed('objects', zHeldObject).extend({ next: z.int().nullable() }),
  },
  'GET /api/objects/:id': { answer: zHeldObjectDetail },
  'POST /api/objects/:id/marks': { body: zMark, answer: zHeldObjectDetail, status: 201, also: [{ status: 204 }] },
  'GET /api/stix/export': {
    query: zFilter.omit({ text: true }).extend(zExport.shape),
    answer: z.object({ bodies: z.array(z.string()), next: z.int().nullable() }),
  },
  'POST /api/stix/imports': { body: zImport, answer: zAdmission },
  'POST /api/releases': {
    body: zRelease,
    answer: z.object({ requests: z.array(z.string()), decided: z.array(zReleaseDecided) }),
    status: 201,
  },
  'POST /api/recalls': { body: zRecall, answer: listed('recalls', recalled), status: 201 },
  'GET /api/approvals': { query: zState, answer: listed('requests', zReleaseRequest) },
  'POST /api/approvals/:id/approve': { body: zApproval, bodyOptional: true, answer: answered },
  'POST /api/approvals/:id/refuse': { body: zRefusal, answer: answered },
  'GET /api/policy/explain': { query: zExplain, answer: zExplanation },
};

export const partnerShapes: Shapes = {
  'GET /api/partners': { answer: listed('partners', zPartnerSummary) },
  'GET /api/partners/:desk': { answer: zPartnerDetail },
  'GET /api/partners/:desk/quarantine': { answer: listed('objects', zQuarantinedObject) },
  'GET /api/deliveries/:id/proof': { answer: zDeliveryProof },
  'GET /api/card': { answer: zDeskCard.extend({ fingerprint: z.string() }) },
  'POST /api/partners': { body: zNewPartner, answer: zPartnerSummary, status: 201 },
  'PATCH /api/partners/:desk': { body: zPartnerTermsChange, answer: zPartnerSummary },
  'DELETE /api/partners/:desk': {},
  'POST /api/partners/:desk/retry': { answer: z.object({ retried: z.int() }) },
  'POST /api/partners/:desk/key-revocation': { body: zDistrust, answer: zPartnerSummary },
  'GET /api/pairings': { answer: listed('pairings', zPairing) },
  'POST /api/pairings': {
    body: zInvite,
    bodyOptional: true,
    answer: z.object({ invitation: z.string(), pairing: zPairing }),
    status: 201,
  },
  'POST /api/pairings/accepted': { body: zAccept, answer: zPairing, status: 201 },
  'POST /api/pairings/:desk/confirmation': { body: zConfirm, answer: zPairing },
  'DELETE /api/pairings/:id': {},
  'GET /api/keys': { answer: keys },
  'POST /api/keys/rotation': { answer: keys },
  'POST /api/keys/revocation': { body: zRevoke, answer: keys },
  'GET /api/overlap': { answer: zOverlapView },
  'GET /api/overlap/matches': { query: zAbout, answer: listed('matches', zOverlapMatchView) },
  'POST /api/overlap/asks': { body: zOverlapAsk, answer: listed('answers', zOverlapAnswer) },
  'POST /api/overlap/entries': { body: zOverlapEntries, answer: listed('ids', z.string()), status: 201 },
  'DELETE /api/overlap/entries/:id': {},
  'POST /api/overlap/epoch': { answer: zOverlapView },
  'POST /api/overlap/terms/:desk': { body: zOverlapTerms, answer: zOverlapTerms },
  'DELETE /api/overlap/terms/:desk': {},
  'GET /api/taxii/collections': { answer: listed('collections', zTaxiiCollection) },
  'GET /api/taxii/collections/:alias': { answer: zTaxiiCollection },
  'POST /api/taxii/collections': { body: zNewTaxiiCollection, answer: zTaxiiCollection, status: 201 },
  'DELETE /api/taxii/collections/:alias': {},
  'GET /api/taxii/accounts': { answer: listed('accounts', zTaxiiAccount) },
  'POST /api/taxii/accounts': {
    body: zNewAccount,
    answer: z.object({ name: z.string(), secret: z.string(), expiresAt: z.string().nullable() }),
    status: 201,
  },
  'DELETE /api/taxii/accounts/:name': {},
  'POST /api/taxii/accounts/:name/rights': { body: zRight, answer: zRight.extend({ name: z.string() }) },
  'GET /api/taxii/feeds': { answer: listed('feeds', zTaxiiFeed) },
  'POST /api/taxii/feeds/:name/run': { answer: zTaxiiFeed },
};

export const policyShapes: Shapes = {
  'GET /api/policy': { answer: zPolicyShown },
  'GET /api/policy/history': { answer: listed('sets', zPolicyVersion) },
  'POST /api/policy/check': { body: zCheck, answer: zPolicyComparison },
  'POST /api/policy': { body: zSet, answer: zPolicyShown },
};
