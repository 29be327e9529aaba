import { z } from 'zod';
import { zInstant } from './chain.ts';
import { zProblem } from './problems.ts';

/** One line of the record: who did what to what. */
export const zAuditEntry = z.object({
  seq: z.int(),
  at: zInstant,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntryView = z.infer<typeof zAuditEntry>;

/** A checkpoint of a record, as C2SP `tlog-checkpoint` writes it. */
export const zAuditCheckpoint = z.object({
  size: z.int(),
  /** Hexadecimal. */
  root: z.string(),
  note: z.string(),
  at: zInstant,
});
export type AuditCheckpoint = z.infer<typeof zAuditCheckpoint>;

/** That an entry is in the record of a checkpoint (RFC 9162 section 2.1.3). Hashes are base64. */
export const zAuditProof = z.object({
  entry: zAuditEntry,
  /** Its bytes as they are hashed. */
  text: z.string(),
  leaf: z.string(),
  proof: z.array(z.string()),
  checkpoint: zAuditCheckpoint,
});
export type AuditProof = z.infer<typeof zAuditProof>;

export const zContradiction = z.object({
  id: z.string(),
  desk: z.string(),
  kind: z.enum(['forked', 'shortened']),
  held: z.object({ size: z.int(), note: z.string() }),
  told: z.object({ size: z.int(), note: z.string() }),
  message: z.string().nullable(),
  foundAt: zInstant,
  accepted: z.object({ at: zInstant, by: z.string(), reason: z.string() }).nullable(),
});
export type ContradictionView = z.infer<typeof zContradiction>;

/** Who watches whom. */
export const zAuditWitnesses = z.object({
  checkpoint: zAuditCheckpoint.nullable(),
  /** Partners as witnesses of this desk's record. */
  ours: z.array(
    z.object({
      desk: z.string(),
      size: z.int(),
      cosignature: z.string().nullable(),
      witnessedAt: zInstant.nullable(),
      askedAt: zInstant.nullable(),
      problem: zProblem.nullable(),
    }),
  ),
  /** Their records, as this desk holds them. */
  theirs: z.array(
    z.object({ desk: z.string(), size: z.int(), note: z.string(), witnessedAt: zInstant, seenAt: zInstant }),
  ),
  /** Those that nobody has accepted first, then the newest. */
  contradictions: z.array(zContradiction),
  /** Accepted ones that are older than those. */
  omitted: z.int(),
});
export type AuditWitnesses = z.infer<typeof zAuditWitnesses>;

export const zAuditVerification = z.object({
  /** Entries that hold. */
  entries: z.int(),
  brokenAt: z.int().nullable(),
  root: z.string(),
  /** Whether what stands now continues the newest checkpoint that this desk signed; null where it signed none. */
  continues: z.boolean().nullable(),
});
export type AuditVerification = z.infer<typeof zAuditVerification>;

/** Why a person accepts that a record begins anew. */
export const zAcceptance = z.strictObject({ reason: z.string().min(1).max(500) });
