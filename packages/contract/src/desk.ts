import { z } from 'zod';
import { zBlockHash, zChainId, zInstant } from './chain.ts';
import { zTlp } from './incident.ts';
import { zKeyRecord, zPartnerTerms } from './partner.ts';
import { zProblem } from './problems.ts';
import { zText } from './text.ts';

/** A desk's identifier: short, lower-case, chosen by its operator. */
export const zDeskId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}$/)
  .brand<'DeskId'>();
export type DeskId = z.infer<typeof zDeskId>;

/** An Ed25519 public key as JWK (RFC 8037). */
export const zPublicKey = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/),
});
export type PublicKey = z.infer<typeof zPublicKey>;

/** What a desk tells a partner about itself; exchanged when pairing. */
export const zDeskCard = z.strictObject({
  desk: zDeskId,
  name: zText,
  country: z.string().regex(/^[A-Z]{2}$/),
  timeZone: z.string().min(1).max(64),
  url: z.url().max(500),
  key: zPublicKey,
});
export type DeskCard = z.infer<typeof zDeskCard>;

export const zChainStatus = z.object({
  chain: zChainId,
  name: z.string(),
  tip: z.object({ height: z.int(), hash: zBlockHash, time: zInstant }).nullable(),
  from: z.int().nullable(),
  movements: z.int(),
  source: z
    .object({
      /** `stalled`: it answers, and its tip does not move on as the chain's does. */
      state: z.enum(['starting', 'following', 'catching-up', 'stalled', 'unreachable']),
      nodeHeight: z.int().nullable(),
      /** Also of a node that is followed, where what it says is strange. */
      problem: zProblem.nullable(),
      /** The last time that it left a branch, and how many blocks of ours were taken away. */
      reorganised: z.object({ at: zInstant, blocks: z.int() }).optional(),
    })
    .nullable(),
});
export type ChainStatus = z.infer<typeof zChainStatus>;

export const zPartnerSummary = z.object({
  desk: zDeskId,
  name: zText,
  country: z.string(),
  timeZone: z.string(),
  url: z.string(),
  /** Hexadecimal RFC 7638 thumbprint of the partner's key, in groups of four. */
  fingerprint: z.string(),
  /** `suspended`: its key is revoked; nothing goes or comes until the two have paired again by words. */
  state: z.enum(['active', 'suspended']),
  ...zPartnerTerms.shape,
  link: z.object({
    state: z.enum(['idle', 'ok', 'down']),
    lastContactAt: zInstant.nullable(),
    /** Since when it is down. */
    downSince: zInstant.nullable(),
    problem: zProblem.nullable(),
  }),
  waiting: z.int(),
  sent: z.int(),
  received: z.int(),
});
export type PartnerSummary = z.infer<typeof zPartnerSummary>;

export const zDeskStatus = z.object({
  desk: zDeskCard,
  /** By the desk's clock, which all deadlines are kept by. */
  now: zInstant,
  version: z.string(),
  chains: z.array(zChainStatus),
  partners: z.array(zPartnerSummary),
  /** The certificate that this desk serves HTTPS with itself; null where a proxy does. */
  certificate: z.object({ expiresAt: zInstant, problem: zProblem.nullable() }).nullable(),
  /** Contradictions between audit records that nobody has accepted. */
  openContradictions: z.int(),
});
export type DeskStatus = z.infer<typeof zDeskStatus>;

/** Why an object was or was not released: the policy that decided, in both languages. */
export const zReason = z.object({ policy: z.string(), text: zText });
export type Reason = z.infer<typeof zReason>;

export const zSharedObject = z.object({
  id: z.string(),
  type: z.string(),
  /** A line a person recognises the object by: a name, an address, a hash. */
  label: z.string(),
  modified: z.string().nullable(),
  tlp: zTlp.nullable(),
  sha256: z.string(),
});

/** What a receiving desk did not admit of a delivery: the place among its objects, and why. */
export const zRefused = z.object({
  index: z.int(),
  id: z.string().nullable(),
  code: z.string(),
  detail: z.string(),
});
export type Refused = z.infer<typeof zRefused>;

export const zDelivery = z.object({
  id: z.string(),
  direction: z.enum(['out', 'in']),
  incident: z.object({ id: z.string(), title: zText }).nullable(),
  decidedAt: zInstant,
  state: z.enum(['waiting', 'delivered', 'refused-by-partner', 'quarantined', 'admitted']),
  attempts: z.int(),
  receipt: z.object({ at: zInstant, by: z.string(), jws: z.string() }).nullable(),
  problem: zProblem.nullable(),
  reasons: z.array(zReason),
  objects: z.array(zSharedObject),
  /** `objects`, `recall`, `consent-request`, `consent-answer`, `key`, `confirm`. */
  kind: z.string(),
  refused: z.array(zRefused),
});
export type Delivery = z.infer<typeof zDelivery>;

export const zRefusal = z.object({
  at: zInstant,
  object: z.object({ id: z.string(), type: z.string(), label: z.string() }),
  reasons: z.array(zReason),
});
export type Refusal = z.infer<typeof zRefusal>;

export const zPartnerDetail = zPartnerSummary.extend({
  deliveries: z.array(zDelivery),
  refusals: z.array(zRefusal),
  keys: z.array(zKeyRecord),
  usage: z.object({ requests: z.int(), deliveries: z.int(), objects: z.int(), bytes: z.int() }),
});
export type PartnerDetail = z.infer<typeof zPartnerDetail>;

/** One server-sent event: what changed, so that a page asks again for what it shows. */
export const zLiveEvent = z.object({
  topics: z.array(z.enum(['status', 'incidents', 'alerts', 'partners', 'notices', 'cases', 'holds'])),
});
export type LiveEvent = z.infer<typeof zLiveEvent>;
export type Topic = LiveEvent['topics'][number];
