import { z } from 'zod';
import { zInstant } from './chain.ts';
import { zTlp } from './incident.ts';
import { zProblem } from './problems.ts';

/** A word that policy sets know a partner by: what it is (`police`, `fiu`) or where it belongs (`kr-us`). */
export const zPartnerWord = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits, hyphens');

/** More words than this say nothing that a rule could use. */
const wordsMax = 32;

/** What one partner may ask of this desk; what is left out is the desk's own default. */
export const zQuotas = z.strictObject({
  requestsPerHour: z.int().min(1).max(100_000_000),
  deliveriesPerHour: z.int().min(1).max(100_000_000),
  objectsPerHour: z.int().min(1).max(1_000_000_000),
  bytesPerHour: z
    .int()
    .min(1)
    .max(2 ** 50),
  concurrent: z.int().min(1).max(1000),
  bodyBytes: z
    .int()
    .min(1024)
    .max(8 * 1024 * 1024),
});
export type Quotas = z.infer<typeof zQuotas>;

/** What this desk knows about a partner that policy decides by; set by the operator here, never by the partner. */
export const zPartnerTerms = z.strictObject({
  /** The agreement under which the two exchange; without one the default policy releases nothing. */
  agreement: z.string().min(1).max(200).nullable(),
  roles: z.array(zPartnerWord).max(wordsMax),
  communities: z.array(zPartnerWord).max(wordsMax),
  /** The least strict marking that copies for this partner carry; null: as each object is marked. */
  markFloor: zTlp.nullable(),
  /** What this partner may be given objects for; null: whatever the policy set says. */
  purposes: z.array(zPartnerWord).min(1).max(wordsMax).nullable(),
  /** The provision that releases to this partner rest on where none is named. */
  legalBasis: z.string().min(1).max(500).nullable(),
  quotas: zQuotas.partial(),
});
export type PartnerTerms = z.infer<typeof zPartnerTerms>;

/** What of it an operator sets anew. */
export const zPartnerTermsChange = zPartnerTerms.partial();
export type PartnerTermsChange = z.infer<typeof zPartnerTermsChange>;

/** A desk's key as one of the two desks keeps it; those no longer used stay, so that old signatures can be verified. */
export const zKeyRecord = z.object({
  kid: z.string(),
  fingerprint: z.string(),
  state: z.enum(['current', 'previous', 'revoked']),
  since: zInstant,
  until: zInstant.nullable(),
  reason: z.string().nullable(),
});
export type KeyRecord = z.infer<typeof zKeyRecord>;

/** A pairing under way or ended. `words` are there once both desks have exchanged cards. */
export const zPairing = z.object({
  id: z.string(),
  side: z.enum(['inviter', 'accepter']),
  state: z.enum(['invited', 'begun', 'words', 'paired', 'burnt', 'expired']),
  name: z.string().nullable(),
  desk: z.string().nullable(),
  url: z.string().nullable(),
  agreement: z.string().nullable(),
  expiresAt: zInstant,
  words: z.object({ en: z.string(), ko: z.string() }).nullable(),
  confirmedHere: z.boolean(),
  confirmedThere: z.boolean(),
  problem: zProblem.nullable(),
});
export type Pairing = z.infer<typeof zPairing>;
