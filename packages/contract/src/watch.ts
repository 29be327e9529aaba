import { z } from 'zod';
import { zAddress, zAssetId, zChainId, zInstant, zUnits } from './chain.ts';
import { alertRules, zAlert } from './incident.ts';
import { tagCategories } from './tag.ts';
import { zText } from './text.ts';

/** What is watched: one address, a list of them, or every address that a tag of a category names. */
export const watchKinds = ['address', 'list', 'category'] as const;
export type WatchKind = (typeof watchKinds)[number];

const zName = z.string().regex(/^[^\p{C}]{1,200}$/u);
const zReasonGiven = z.string().regex(/^[^\p{C}]{3,500}$/u);

/** A standing watch that somebody ordered, with the reason. */
export const zWatch = z.object({
  id: z.string(),
  kind: z.enum(watchKinds),
  chain: zChainId,
  name: z.string(),
  reason: z.string(),
  address: zAddress.nullable(),
  category: z.enum(tagCategories).nullable(),
  /** Addresses of a list. */
  count: z.int().nullable(),
  addedAt: zInstant,
  addedBy: z.string(),
  /** It ends by itself then; null: when somebody ends it. */
  until: zInstant.nullable(),
});
export type Watch = z.infer<typeof zWatch>;

export const zNewWatch = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('address'),
    chain: zChainId,
    address: z.string().min(1).max(200),
    name: zName.optional(),
    reason: zReasonGiven,
    until: zInstant.optional(),
  }),
  z.strictObject({
    kind: z.literal('category'),
    chain: zChainId,
    category: z.enum(tagCategories),
    name: zName.optional(),
    reason: zReasonGiven,
    until: zInstant.optional(),
  }),
  z.strictObject({
    kind: z.literal('list'),
    chain: zChainId,
    name: zName,
    reason: zReasonGiven,
    until: zInstant.optional(),
  }),
]);
export type NewWatch = z.infer<typeof zNewWatch>;

/** Addresses of a list, part by part; a list is watched once it is said to be complete. */
export const zListPart = z.strictObject({ addresses: z.array(z.string().min(1).max(200)).max(200_000) });
export const zListPartAnswer = z.object({
  taken: z.int(),
  /** What is no address of the chain, the first of them told. */
  refused: z.int(),
  refusals: z.array(z.string()),
});
export type ListPartAnswer = z.infer<typeof zListPartAnswer>;

/** On whose account addresses are watched; of a category it is not counted, as its tags come and go. */
export const watchSources = ['trace', 'indicator', 'address', 'list', 'category'] as const;
export type WatchedFor = (typeof watchSources)[number];

/** What one source has watched on one chain. */
export const zWatchedCount = z.object({
  source: z.enum(watchSources),
  chain: zChainId,
  /** Null where nobody counts them. */
  addresses: z.int().nullable(),
  /** How many incidents, or watches that somebody ordered, they are watched for. */
  owners: z.int(),
});
export type WatchedCount = z.infer<typeof zWatchedCount>;

export const zScreeningStatus = z.object({
  /** Fingerprints in the table in memory, and the memory that it takes. */
  fingerprints: z.int(),
  bytes: z.int(),
  /** How the table came to be at this start. */
  from: z.enum(['file', 'stores']).nullable(),
  openedInMs: z.int().nullable(),
  /** Since the start: ends of movements looked at, those that the table let through, and those that were watched. */
  screened: z.int(),
  candidates: z.int(),
  hits: z.int(),
  sources: z.array(zWatchedCount).optional(),
});
export type ScreeningStatus = z.infer<typeof zScreeningStatus>;

/** Alerts of one rule, incident and place, as one. */
export const zAlertGroup = z.object({
  id: z.string(),
  rule: z.enum(alertRules),
  urgency: z.enum(['act', 'know']),
  incident: z.object({ id: z.string(), title: zText }).nullable(),
  chain: zChainId,
  /** The service, or the address, that all of them are about. */
  place: z.object({ label: z.string(), name: zText.nullable(), country: z.string().nullable() }),
  /** Alerts that stand, those of them that nobody has acknowledged, and those taken back. */
  count: z.int(),
  open: z.int(),
  withdrawn: z.int(),
  /** Of those that stand, how many no block has yet. */
  unconfirmed: z.int().optional(),
  firstAt: zInstant,
  lastAt: zInstant,
  sums: z.array(z.object({ asset: zAssetId, symbol: z.string(), decimals: z.int(), units: zUnits })),
  acknowledgedAt: zInstant.nullable(),
  acknowledgedBy: z.string().nullable(),
  assignedTo: z.string().nullable(),
  silence: z.object({ by: z.string(), reason: z.string(), until: zInstant }).nullable(),
});
export type AlertGroup = z.infer<typeof zAlertGroup>;

export const alertActs = [
  'acknowledged',
  'assigned',
  'unassigned',
  'silenced',
  'unsilenced',
  'withdrawn',
  'returned',
  'confirmed',
] as const;
export const zAlertAct = z.object({
  at: zInstant,
  act: z.enum(alertActs),
  by: z.string().nullable(),
  detail: z.string().nullable(),
  count: z.int().nullable(),
});
export type AlertAct = z.infer<typeof zAlertAct>;

export const zAlertGroupDetail = zAlertGroup.extend({ alerts: z.array(zAlert), acts: z.array(zAlertAct) });
export type AlertGroupDetail = z.infer<typeof zAlertGroupDetail>;

export const zAssignment = z.strictObject({ to: zName.nullable() });
export const zSilence = z.strictObject({ reason: zReasonGiven, until: zInstant });
