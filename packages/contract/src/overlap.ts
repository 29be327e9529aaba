import { z } from 'zod';

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

const zLine = z.string().trim().min(1).max(500);

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
  purpose: zLine,
  legalBasis: zLine.nullable().default(null),
  /** What a partner that works on the same is told of this desk. */
  disclosure: z.enum(disclosures).default('contact'),
});
export type OverlapAsk = z.input<typeof zOverlapAsk>;

export const zOverlapEntries = z.strictObject({
  items: zItems,
  disclosure: z.enum(disclosures),
  contact: zLine,
  reference: zLine.nullable().default(null),
});
export type OverlapEntries = z.input<typeof zOverlapEntries>;

/** Beyond these the arithmetic alone would fill the desk's cores: 4 million questions a day are ten minutes of them. */
export const zOverlapTerms = z.strictObject({
  perHour: z.int().min(64).max(1_000_000),
  perDay: z.int().min(64).max(4_000_000),
  reverseCount: z.int().min(1).max(overlapItemsMax),
});
export type OverlapTermsInput = z.infer<typeof zOverlapTerms>;

export interface OverlapNote {
  readonly contact: string;
  readonly reference: string | null;
}

/** What a comparison found with one partner, or why there was none. */
export interface OverlapAnswer {
  readonly desk: string;
  readonly session: string | null;
  readonly asked: number;
  readonly found: readonly { readonly item: OverlapItem; readonly note: OverlapNote | null }[];
  readonly problem: unknown;
}

export interface OverlapPartnerView {
  readonly desk: string;
  readonly terms: OverlapTermsInput | null;
  /** Questions of this partner, filler included. */
  readonly askedThisHour: number;
  readonly askedToday: number;
  readonly suspicion: { readonly level: 'calm' | 'notice' | 'alarm'; readonly signs: readonly string[] };
  /** The epoch of its key that was named last, and what to compare by voice. */
  readonly commitment: { readonly epoch: number; readonly digest: string } | null;
}

export interface OverlapMatchView {
  readonly desk: string;
  readonly item: OverlapItem;
  /** On the partner's list; otherwise the partner asked about it. */
  readonly found: boolean;
  /** The partner knows of it. */
  readonly told: boolean;
  readonly theirNote: OverlapNote | null;
  readonly reference: string | null;
  readonly firstAt: string;
}

export interface OverlapView {
  readonly epoch: { readonly epoch: number; readonly since: string; readonly digest: string };
  readonly list: { readonly entries: number; readonly silent: number; readonly shown: number; readonly serial: number };
  readonly partners: readonly OverlapPartnerView[];
  readonly matches: readonly OverlapMatchView[];
  readonly sessions: readonly OverlapSessionView[];
}

export interface OverlapSessionView {
  readonly id: string;
  readonly desk: string;
  readonly side: 'asker' | 'answerer';
  readonly state: 'open' | 'done' | 'failed';
  readonly asked: number;
  readonly wentBack: number;
  readonly overlaps: number;
  readonly purpose: string;
  readonly legalBasis: string | null;
  readonly by: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
}
