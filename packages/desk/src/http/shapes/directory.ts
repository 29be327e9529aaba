import {
  directoryLists,
  zAcceptance,
  zAgency,
  zAgencyDuty,
  zAuditCheckpoint,
  zAuditEntry,
  zAuditProof,
  zAuditVerification,
  zAuditWitnesses,
  zCalendar,
  zChannelBetween,
  zDirectoryEntry,
  zDirectoryFile,
  zDirectoryFinding,
  zDirectoryLine,
  zDirectorySummary,
  zInstant,
  zIssuer,
  zLegalChannel,
  zMustKnow,
  zNameFound,
  zNotifyRule,
  zVasp,
} from '@gongjo/contract';
import { z } from 'zod';
import { zFilter as zEntriesAsked, zExchange } from '../audit.routes.ts';
import {
  zChannelsAsked,
  zDutyAsked,
  zFile,
  zListAsked,
  zNameAsked,
  zValidation,
  zWhoAsked,
} from '../directory.routes.ts';
import { listed, type Shapes } from './shape.ts';

const at = z.object({ at: zInstant });
const entry = z.union([zAgency, zVasp, zIssuer, zLegalChannel, zCalendar, zNotifyRule, zDirectoryEntry]);

export const directoryShapes: Shapes = {
  'GET /api/directory': { answer: zDirectorySummary },
  'GET /api/directory/entries': { query: zListAsked, answer: listed('entries', zDirectoryLine) },
  'GET /api/directory/entries/:id': { answer: listed('found', z.object({ list: z.enum(directoryLists), entry })) },
  'GET /api/directory/who': { query: zWhoAsked, answer: at.extend({ agencies: z.array(zMustKnow) }) },
  'GET /api/directory/duty': { query: zDutyAsked, answer: at.extend({ agencies: z.array(zAgencyDuty) }) },
  'GET /api/directory/duty/:agency': { query: zDutyAsked, answer: zAgencyDuty.extend({ at: zInstant }) },
  'GET /api/directory/channels': { query: zChannelsAsked, answer: at.extend({ channels: z.array(zChannelBetween) }) },
  'GET /api/directory/find': { query: zNameAsked, answer: listed('found', zNameFound) },
  'GET /api/directory/published': {
    answer: z.object({ published: zDirectoryFile, objects: z.array(z.looseObject({ type: z.string() })) }),
  },
  'POST /api/directory/validation': { body: zValidation, answer: listed('findings', zDirectoryFinding) },
  'POST /api/directory/reload': { answer: zDirectorySummary },
  'POST /api/directory/files': { body: zFile, answer: zDirectorySummary },
  'DELETE /api/directory/files/:name': { answer: zDirectorySummary },
};

export const auditShapes: Shapes = {
  'GET /api/audit/verification': { answer: zAuditVerification },
  'GET /api/audit/entries': {
    query: zEntriesAsked,
    answer: listed('entries', zAuditEntry).extend({ more: z.boolean() }),
  },
  'GET /api/audit/entries/:seq': { answer: zAuditProof },
  'GET /api/audit/checkpoint': { answer: zAuditCheckpoint },
  'GET /api/audit/witnesses': { answer: zAuditWitnesses },
  'POST /api/audit/exchange': {
    body: zExchange,
    bodyOptional: true,
    answer: listed(
      'shown',
      z.object({ desk: z.string(), shown: z.enum(['witnessed', 'contradicted', 'not-witnessed']) }),
    ),
  },
  'POST /api/audit/contradictions/:id/acceptance': { body: zAcceptance, answer: z.object({ desk: z.string() }) },
};
