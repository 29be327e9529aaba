import { z } from 'zod';
import { zAddress, zAssetId, zChainId, zInstant, zTxId, zUnits } from './chain.ts';
import { addressRoles, reportVias, zIncidentKind, zReporter, zTlp } from './incident.ts';
import { inputRules } from './input-terms.ts';
import { zText } from './text.ts';

/** What a program of an exchange calls `POST /api/reports` with, and what it is answered. `docs/incidents.md` has an example. */

/** One line in a language or in both; what is missing is said in the other. */
const zTitle = z
  .strictObject({ en: z.string().min(1).max(2000).optional(), ko: z.string().min(1).max(2000).optional() })
  .refine(({ en, ko }) => en !== undefined || ko !== undefined, inputRules.someLanguage);

/** What moved on one chain. */
const zReportLine = z.strictObject({
  chain: zChainId,
  txids: z.array(zTxId).min(1).max(100),
  addresses: z
    .array(z.strictObject({ address: zAddress, role: z.enum(addressRoles) }))
    .max(1_000)
    .default([]),
  amounts: z
    .array(z.strictObject({ asset: zAssetId, units: zUnits }))
    .max(100)
    .default([]),
});

export const zReport = z.strictObject({
  /** The reporter's own number. The same number again is the same report. */
  reference: z.string().min(1).max(100),
  kind: zIncidentKind,
  title: zTitle,
  victim: z.string().min(1).max(200).optional(),
  occurredAt: zInstant.optional(),
  detectedAt: zInstant.optional(),
  /** Whom to call back. */
  contact: zReporter.optional(),
  tlp: zTlp.optional(),
  drill: z.boolean().default(false),
  /** One for each chain; the first is the main one. */
  moved: z.array(zReportLine).min(1).max(16),
});
export type Report = z.infer<typeof zReport>;

/** `opened`: an incident of its own. `joined`: it is about one that was here already. */
export const reportOutcomes = ['opened', 'joined'] as const;

export const zReportStatus = z.object({
  report: z.string(),
  reference: z.string(),
  receivedAt: zInstant,
  outcome: z.enum(reportOutcomes),
  /** Where the status is asked for again. */
  statusUrl: z.string(),
  /** How many agencies were told of the incident, and how many have acknowledged. */
  told: z.int(),
  acknowledged: z.int(),
});
export type ReportStatus = z.infer<typeof zReportStatus>;

/** An exchange's program that may report. Its token is shown once and kept as a hash. */
export const zNewReporter = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{1,31}$/, 'must be lower-case letters, digits, hyphens'),
  organisation: z.string().min(1).max(200),
  /** ISO 3166-1 alpha-2: a country that its reports concern. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  reportsPerHour: z.int().min(1).max(100_000).default(60),
});
export type NewReporter = z.infer<typeof zNewReporter>;

export const zReporterAccount = z.object({
  name: z.string(),
  organisation: z.string(),
  country: z.string().nullable(),
  reportsPerHour: z.int(),
  createdAt: zInstant,
  createdBy: z.string(),
  revokedAt: zInstant.nullable(),
  lastUsedAt: zInstant.nullable(),
});
export type ReporterAccount = z.infer<typeof zReporterAccount>;

/** Why two reports may be about one thing. */
export const matchReasons = [
  'same-lead',
  'lead-on-its-trace',
  'address-on-its-trace',
  'same-address',
  'same-amount',
  'same-victim',
  'same-time',
] as const;
export type MatchReason = (typeof matchReasons)[number];

/** `probable`: a person is asked. `related`: pointed out. */
export const matchCertainties = ['certain', 'probable', 'related'] as const;
export type MatchCertainty = (typeof matchCertainties)[number];
export const matchStates = ['proposed', 'joined', 'apart', 'pointed-out'] as const;

export const zIncidentMatch = z.object({
  other: z.string(),
  title: zText,
  /** The desk that opened the other; null is this one. */
  origin: z.object({ desk: z.string(), name: zText }).nullable(),
  certainty: z.enum(matchCertainties),
  reasons: z.array(z.enum(matchReasons)),
  state: z.enum(matchStates),
  decidedBy: z.string().nullable(),
  decidedAt: zInstant.nullable(),
});
export type IncidentMatch = z.infer<typeof zIncidentMatch>;

export const zIncidentReport = z.object({
  id: z.string(),
  via: z.enum(reportVias),
  by: z.string(),
  reference: z.string().nullable(),
  at: zInstant,
  outcome: z.enum(reportOutcomes),
});
export type IncidentReport = z.infer<typeof zIncidentReport>;

/** `join`: the two are one, and are seen as one from now on. `apart`: they are not, and nobody is asked again. */
export const zMatchDecision = z.strictObject({ decision: z.enum(['join', 'apart']) });
