import { z } from 'zod';
import { zInstant } from './chain.ts';
import { traceMethods } from './trace.ts';

/** What of a package is not as it was made, and where. */
export const zEvidenceDamage = z.object({
  kind: z.enum(['container', 'length', 'changed', 'missing', 'signature', 'form', 'too-large']),
  file: z.string().nullable(),
  offset: z.int().nullable(),
  at: z.int().nullable(),
  found: z.int().nullable(),
  expected: z.int().nullable(),
});

const evidenceFindings = [
  'unreadable',
  'not-canonical',
  'question-other',
  'trace-not-recomputed',
  'trace-other',
  'tags-other',
  'picture-other',
  'report-other',
  'incident-other',
  'block-hash-wrong',
  'block-not-mined',
  'block-other',
  'block-time-wrong',
  'block-unlinked',
  'blocks-of-other-chain',
  'branch-wrong',
  'transaction-unplaced',
  'envelope-digest-wrong',
  'delivery-signature-wrong',
  'receipt-wrong',
  'checkpoint-wrong',
  'inclusion-wrong',
  'cosignature-wrong',
] as const;
export type EvidenceFindingCode = (typeof evidenceFindings)[number];

export const evidenceChecks = [
  'bytes',
  'signature',
  'trace',
  'blocks-proved',
  'transactions-proved',
  'deliveries',
  'receipts',
  'audit-entries',
  'cosignatures',
  'custody',
] as const;
/** What a key that stands in a package was used for there. */
const evidenceKeyUses = ['package', 'delivery', 'receipt', 'cosignature'] as const;
export type EvidenceKeyUse = (typeof evidenceKeyUses)[number];

export const evidenceNotes = [
  'drill',
  'key-is-claimed',
  'chain-without-proofs',
  'headers-missing',
  'blocks-beyond-bound',
  'deliveries-unsigned',
  'deliveries-omitted',
  'audit-entries-omitted',
  'custody-omitted',
  'no-cosignature',
  'other-program',
  'raw-transactions-not-held',
] as const;
export type EvidenceNoteCode = (typeof evidenceNotes)[number];

/** What the verification of an evidence package found. */
export const zEvidenceVerdict = z.object({
  holds: z.boolean(),
  sha256: z.string(),
  bytes: z.int(),
  package: z
    .object({
      incident: z.string(),
      desk: z.string(),
      fingerprint: z.string(),
      madeAt: z.string(),
      madeBy: z.string(),
      tlp: z.string(),
      program: z.string(),
      /** Of an exercise: it is no evidence of anything. */
      drill: z.boolean(),
    })
    .nullable(),
  damages: z.array(zEvidenceDamage),
  findings: z.array(z.object({ code: z.enum(evidenceFindings), file: z.string(), detail: z.string() })),
  checks: z.array(z.object({ code: z.enum(evidenceChecks), count: z.int() })),
  /** Damages and findings beyond those that are listed. */
  omitted: z.int(),
  /** Every key whose signature in the package holds, with the desk that the package says it belongs to. */
  keys: z.array(z.object({ desk: z.string(), fingerprint: z.string(), uses: z.array(z.enum(evidenceKeyUses)) })),
  notes: z.array(z.object({ code: z.enum(evidenceNotes), count: z.int() })),
});
export type EvidenceVerdict = z.infer<typeof zEvidenceVerdict>;

/** What is asked for: of which incident, by which method, as of which block, and why. */
export const zEvidenceAsk = z.strictObject({
  incident: z.string().min(1).max(200),
  method: z.enum(traceMethods).optional(),
  untilHeight: z.int().min(0).optional(),
  reason: z.string().min(1).max(500).nullable().default(null),
});
export type EvidenceAsk = z.input<typeof zEvidenceAsk>;

/** A document that was taken in or given out: what it was, by whom, why and when. */
export const zCustodyRecord = z.object({
  id: z.string(),
  incident: z.string().nullable(),
  /** The joint case that it was put into. */
  caseId: z.string().nullable(),
  direction: z.enum(['in', 'out']),
  name: z.string(),
  mediaType: z.string(),
  /** Null where only its digest was known here. */
  bytes: z.int().nullable(),
  sha256: z.string(),
  who: z.string(),
  why: z.string(),
  at: zInstant,
});
export type CustodyRecord = z.infer<typeof zCustodyRecord>;
