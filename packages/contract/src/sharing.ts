import { z } from 'zod';
import { zInstant } from './chain.ts';
import { zPublicKey, zReason, zRefused } from './desk.ts';
import { zTlp } from './incident.ts';
import { patternSubjectKinds, unwatchableReasons } from './pattern-terms.ts';
import { zProblem } from './problems.ts';
import { zText } from './text.ts';

/** What a release is for. The default policy set knows the first two. */
export const releasePurposes = ['investigation', 'warning', 'research'] as const;
export const zReleasePurpose = z.enum(releasePurposes);

/** `person`: persons here are asked; `origin`: the desk that the objects came from is; `consent`: we are that desk. */
export const requestKinds = ['person', 'origin', 'consent'] as const;
export const requestStates = ['open', 'approved', 'refused', 'expired', 'superseded'] as const;

/** A release that waits for somebody's word, or waited. */
export const zReleaseRequest = z.object({
  id: z.string(),
  kind: z.enum(requestKinds),
  state: z.enum(requestStates),
  recipient: z.string(),
  recipientName: zText.nullable(),
  recipientCountry: z.string().nullable(),
  origin: z.string(),
  incident: z.string().nullable(),
  purpose: zReleasePurpose,
  legalBasis: z.string().nullable(),
  persons: z.int(),
  askedBy: z.string(),
  askedAt: zInstant,
  expiresAt: zInstant,
  reasons: z.array(zReason),
  /** The first of them. */
  objects: z.array(
    z.object({
      id: z.string(),
      modified: z.string().nullable(),
      type: z.string(),
      label: z.string(),
      tlp: zTlp.nullable(),
    }),
  ),
  objectCount: z.int(),
  approvals: z.array(
    z.object({
      person: z.string(),
      verdict: z.enum(['approve', 'refuse']),
      reason: z.string().nullable(),
      at: zInstant,
    }),
  ),
});
export type ReleaseRequest = z.infer<typeof zReleaseRequest>;

/** One object in a list of what the desk holds: its newest version from one origin. */
export const zHeldObject = z.object({
  seq: z.int(),
  id: z.string(),
  type: z.string(),
  label: z.string(),
  modified: z.string().nullable(),
  origin: z.string(),
  /** What it says itself. */
  tlp: zTlp.nullable(),
  incident: z.string().nullable(),
  revoked: z.boolean(),
  recalledAt: zInstant.nullable(),
  addedAt: zInstant,
  sha256: z.string(),
  /** Objects that say it was seen. */
  sightings: z.int().optional(),
});
export type HeldObjectView = z.infer<typeof zHeldObject>;

/** Everything that the desk knows of one object. */
export const zHeldObjectDetail = z.object({
  id: z.string(),
  type: z.string(),
  versions: z.array(zHeldObject.extend({ delivery: z.string().nullable(), body: z.record(z.string(), z.unknown()) })),
  marking: z.object({
    /** What governs it here; `null`: unmarked; `conflict`: its markings contradict each other. */
    tlp: z.union([zTlp, z.literal('conflict')]).nullable(),
    handling: z.array(z.string()),
    marks: z.array(z.object({ tlp: zTlp, reason: z.string(), by: z.string(), at: zInstant })),
  }),
  /** Of an indicator: what its pattern names that can be watched, and why not all of it can; `null` for other types. */
  watched: z
    .object({
      subjects: z.array(
        z.object({ kind: z.enum(patternSubjectKinds), form: z.string().nullable(), value: z.string() }),
      ),
      unwatchable: z.enum(unwatchableReasons).nullable(),
    })
    .nullable(),
  /** Who was decided to get it or not. */
  recipients: z.array(
    z.object({
      recipient: z.string(),
      modified: z.string().nullable(),
      origin: z.string(),
      outcome: z.string(),
      released: z.boolean(),
      withdrawnAt: zInstant.nullable(),
      profile: z.string().nullable(),
      removed: z.array(z.string()),
      purpose: z.string(),
      legalBasis: z.string().nullable(),
      decidedAt: zInstant,
      reasons: z.array(zReason),
      /** Receipts of deliveries that carried it. */
      receipts: z.array(z.object({ delivery: z.string(), at: zInstant, by: z.string() })),
    }),
  ),
  recalls: z.array(
    z.object({
      id: z.string(),
      direction: z.enum(['out', 'in']),
      partner: z.string().nullable(),
      reason: zText,
      by: z.string(),
      at: zInstant,
      done: z.string(),
    }),
  ),
  /** What relationships and sightings join it with, the last first; `other` is null where the desk does not hold it. */
  relations: z
    .array(
      z.object({
        id: z.string(),
        /** `sighting`, or the type of the relationship. */
        kind: z.string(),
        /** It is the source of the relationship. */
        outward: z.boolean(),
        other: z.object({ id: z.string(), type: z.string(), label: z.string().nullable() }),
        at: zInstant,
      }),
    )
    .optional(),
  sightings: z.int().optional(),
});
export type HeldObjectDetail = z.infer<typeof zHeldObjectDetail>;

/** What a partner or a source sent and what was not admitted, object by object. */
export const zQuarantinedObject = z.object({
  seq: z.int(),
  source: z.string(),
  delivery: z.string().nullable(),
  index: z.int(),
  id: z.string().nullable(),
  at: zInstant,
  problem: zProblem,
});
export type QuarantinedObject = z.infer<typeof zQuarantinedObject>;

/** What came of an import, or of objects that an account or a feed brought. */
export const zAdmission = z.object({
  origin: z.string(),
  added: z.int(),
  known: z.int(),
  refused: z.array(zRefused.extend({ path: z.string().nullable() })),
});
export type Admission = z.infer<typeof zAdmission>;

/**
 * What a stranger needs to verify one delivery without the desk: the bytes that were signed, the sender's detached JWS over
 * them, the receiver's JWS over its receipt, and the public keys that these were made with. Any JOSE library verifies it.
 */
export const zDeliveryProof = z.object({
  format: z.literal('gongjo-proof-1'),
  delivery: z.string(),
  sender: z.string(),
  receiver: z.string(),
  decidedAt: zInstant,
  /** The text that was signed: its UTF-8 bytes are the payload of `signature`. */
  envelope: z.string(),
  envelopeSha256: z.string(),
  /** Detached JWS (RFC 7515 appendix F), `HEADER..SIGNATURE`, by the sender. */
  signature: z.string().nullable(),
  /** Compact JWS by the receiver. */
  receipt: z.string().nullable(),
  /** The deliveries by which objects of this one were recalled. */
  recalledBy: z.array(z.string()),
  /** As JWK, by desk. */
  keys: z.record(z.string(), z.array(zPublicKey.extend({ kid: z.string() }))),
});
export type DeliveryProof = z.infer<typeof zDeliveryProof>;

/** What a desk decided of one object that somebody asked to release. */
export const zReleaseDecided = z.object({
  id: z.string(),
  modified: z.string().nullable(),
  origin: z.string(),
  outcome: z.string(),
  released: z.boolean(),
  removed: z.array(z.string()),
  reasons: z.array(zReason),
});
export type ReleaseDecided = z.infer<typeof zReleaseDecided>;
