import { z } from 'zod';
import { inputRules } from './input-terms.ts';
import { zProblem } from './problems.ts';

/** Private comparison of two desks' lists: what persons and programs ask of their own desk. */

/**
 * What two desks can compare. Each kind is a domain of its own: a text under one kind never meets the same text under another.
 * `entity` is the question at the level of clusters: the address that stands for all that the multi-input heuristic joins with
 * the one at hand. It is asked apart, because its answer rests on a heuristic and on how much of the chain each desk has read.
 */
export const identifierKinds = [
  'address',
  'entity',
  'transaction',
  'iban',
  'account',
  'phone',
  'email',
  'domain',
  'user',
] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/**
 * How the owner of an entry lets an overlap be told: with contact and case reference; with the contact alone; or not at all,
 * while the owner learns of it.
 */
export const disclosures = ['open', 'contact', 'silent'] as const;
export type Disclosure = (typeof disclosures)[number];

/** The longest text that any kind can need. */
export const identifierTextMax = 512;
/** What one session asks at most, and one request brings. */
export const overlapItemsMax = 4096;

/** A line that a person writes and a partner reads. No database keeps the zero character or half of a surrogate pair. */
export const zOverlapLine = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), inputRules.line);

export const zOverlapItem = z.strictObject({
  kind: z.enum(identifierKinds),
  text: z.string().min(1).max(identifierTextMax),
  /** The chain, bank, country or service within which the text names something. */
  within: z.string().min(1).max(100).optional(),
});
export type OverlapItem = z.infer<typeof zOverlapItem>;

const zItems = z.array(zOverlapItem).min(1).max(overlapItemsMax);

export const zOverlapAsk = z.strictObject({
  /** The partner's desk; without one, every partner that agreed. */
  desk: z.string().min(1).max(64).optional(),
  items: zItems,
  purpose: zOverlapLine,
  legalBasis: zOverlapLine.nullable().default(null),
  /** What a partner that works on the same is told of this desk. */
  disclosure: z.enum(disclosures).default('contact'),
});
export type OverlapAsk = z.input<typeof zOverlapAsk>;

export const zOverlapEntries = z.strictObject({
  items: zItems,
  disclosure: z.enum(disclosures),
  contact: zOverlapLine,
  reference: zOverlapLine.nullable().default(null),
});

/** Beyond these the arithmetic alone would fill the desk's cores: 4 million questions a day are ten minutes of them. */
export const zOverlapTerms = z.strictObject({
  perHour: z.int().min(64).max(1_000_000),
  perDay: z.int().min(64).max(4_000_000),
  reverseCount: z.int().min(1).max(overlapItemsMax),
});
export type OverlapTermsInput = z.infer<typeof zOverlapTerms>;

/**
 * What is agreed where a part of the terms is not said: sixteen cases of a usual size an hour; a search through a million addresses
 * takes two months.
 */
export const usualOverlapTerms: OverlapTermsInput = { perHour: 4096, perDay: 16_384, reverseCount: 64 };

const zOverlapNote = z.object({ contact: z.string(), reference: z.string().nullable() });

/** What a comparison found with one partner, or why there was none. */
export const zOverlapAnswer = z.object({
  desk: z.string(),
  session: z.string().nullable(),
  /** Questions that went over the line, filler included. */
  asked: z.int(),
  found: z.array(z.object({ item: zOverlapItem, note: zOverlapNote.nullable() })),
  problem: zProblem.nullable(),
});
export type OverlapAnswer = z.infer<typeof zOverlapAnswer>;

/** How a partner's questions look, and by which signs. */
export const overlapLevels = ['calm', 'notice', 'alarm'] as const;
export const overlapSigns = ['refused', 'used-up', 'unusual', 'never-seen', 'round-the-clock'] as const;
export type OverlapSign = (typeof overlapSigns)[number];

const zOverlapPartnerView = z.object({
  desk: z.string(),
  terms: zOverlapTerms.nullable(),
  /** Questions of this partner, filler included. */
  askedThisHour: z.int(),
  askedToday: z.int(),
  suspicion: z.object({ level: z.enum(overlapLevels), signs: z.array(z.enum(overlapSigns)) }),
  /** The epoch of its key that was named last, and what to compare by voice. */
  commitment: z.object({ epoch: z.int(), digest: z.string() }).nullable(),
});
export type OverlapPartnerView = z.infer<typeof zOverlapPartnerView>;

export const zOverlapMatchView = z.object({
  desk: z.string(),
  item: zOverlapItem,
  /** On the partner's list; otherwise the partner asked about it. */
  found: z.boolean(),
  /** This desk told the partner that it works on it. What the partner learned by comparing, no desk can see. */
  told: z.boolean(),
  theirNote: zOverlapNote.nullable(),
  /** Of this desk's own entry: the incident or the case that it stands for. */
  reference: z.string().nullable(),
  firstAt: z.string(),
});
export type OverlapMatchView = z.infer<typeof zOverlapMatchView>;

const zOverlapSessionView = z.object({
  id: z.string(),
  desk: z.string(),
  side: z.enum(['asker', 'answerer']),
  state: z.enum(['open', 'done', 'failed']),
  asked: z.int(),
  wentBack: z.int(),
  overlaps: z.int(),
  purpose: z.string(),
  legalBasis: z.string().nullable(),
  by: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Why it failed. */
  problem: zProblem.nullable(),
});
export type OverlapSessionView = z.infer<typeof zOverlapSessionView>;

export const zOverlapView = z.object({
  /** The own key in force; null before there is one, which is before anything is agreed. */
  epoch: z.object({ epoch: z.int(), since: z.string(), digest: z.string() }).nullable(),
  list: z.object({ entries: z.int(), silent: z.int(), shown: z.int(), serial: z.int() }),
  partners: z.array(zOverlapPartnerView),
  matches: z.array(zOverlapMatchView),
  sessions: z.array(zOverlapSessionView),
});
export type OverlapView = z.infer<typeof zOverlapView>;
