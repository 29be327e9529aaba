import { z } from 'zod';
import { zAddress, zChainId, zInstant } from './chain.ts';

/**
 * Who or what holds an address. The kinds of services and holders are those of the INTERPOL taxonomy of darknets and
 * virtual assets, as GraphSense's TagPacks use it, under this project's names; the last ones say only what was done.
 */
export const tagCategories = [
  'exchange',
  'mixer',
  'dex',
  'bridge',
  'theft',
  'service',
  'coinjoin',
  'defi',
  'wallet',
  'payment',
  'gambling',
  'market',
  'miner',
  'organization',
  'person',
  'scam',
  'ransomware',
  'extortion',
  'terrorism',
  'sanctioned',
  'frozen',
  'other',
] as const;
export type TagCategory = (typeof tagCategories)[number];

/** What the holder is said to have done, beside what it is. */
export const tagAbuses = [
  'theft',
  'scam',
  'phishing',
  'investment-fraud',
  'ponzi',
  'pyramid',
  'card-fraud',
  'money-laundering',
  'ransomware',
  'extortion',
  'sextortion',
  'child-abuse',
  'extremism',
  'terrorism',
  'dark-web',
  'sanction',
  'other',
] as const;
export type TagAbuse = (typeof tagAbuses)[number];

/** A calendar date, by the source's own word. */
export const zDate = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);

/** An attribution: address → who, by whom, from what source, how sure (0–100). */
export const zTag = z.object({
  chain: zChainId,
  address: zAddress,
  label: z.string().max(500),
  category: z.enum(tagCategories),
  /** The directory entry or the actor of a pack who holds the address, where it has one. */
  actor: z.string().max(200).nullable(),
  /** The list that says so, as this desk calls it. */
  source: z.string().max(200),
  confidence: z.int().min(0).max(100),
  /** Who wrote the list, by its own word. */
  creator: z.string().max(200).optional(),
  abuse: z.enum(tagAbuses).optional(),
  /** When the list last changed the tag, by its own word. */
  modified: zDate.optional(),
  /** Since when this desk has it. */
  firstSeen: zInstant.optional(),
  /** Where it can be checked: an address on the web, or a reference as the list has it. */
  uri: z.string().max(1000).optional(),
  /** Sanctions programmes that the holder is listed under, e.g. `DPRK3`. */
  programmes: z.array(z.string().max(100)).max(50).optional(),
  /** What an imported actor pack says of `actor`; countries are ISO 3166-1 alpha-2. */
  holder: z.object({ name: z.string(), countries: z.array(z.string()) }).optional(),
});
export type Tag = z.infer<typeof zTag>;

export const tagListKinds = ['tagpack', 'ofac', 'csv'] as const;
export type TagListKind = (typeof tagListKinds)[number];

/** Why a row of a list was not taken. */
export const refusalReasons = [
  'address-checksum',
  'address-case',
  'address-chain',
  'address-form',
  'chain-unknown',
  'field-missing',
  'field-wrong',
  'text-cut',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export const zTagRefusal = z.object({
  file: z.string(),
  /** Counted from 1: the line of a text, the item of a list. */
  row: z.int(),
  reason: z.enum(refusalReasons),
  /** What stood there, cut to 200 characters. */
  value: z.string(),
  /** The chain or field that is meant. */
  of: z.string(),
});
export type TagRefusal = z.infer<typeof zTagRefusal>;

/** One import of one list: what changed against the run before. */
export const zTagRun = z.object({
  source: z.string(),
  /** Counted from 1 in each source. */
  run: z.int(),
  kind: z.enum([...tagListKinds, 'settings']),
  /** Null: from the desk's settings, read at a start. */
  at: zInstant.nullable(),
  /** Tags and actors that the list holds after the run. */
  tags: z.int(),
  actors: z.int(),
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  refused: z.int(),
});
export type TagRun = z.infer<typeof zTagRun>;

/** The answer to an import. Where nothing changed there is no new run, and `run` is the last one. */
export const zTagImport = zTagRun.extend({
  /** Rows that say again what an earlier row of the same list said. */
  repeated: z.int(),
  unchanged: z.int(),
  /** The first 10,000 rows that were not taken. */
  refusals: z.array(zTagRefusal),
});
export type TagImport = z.infer<typeof zTagImport>;

/** `changed`: the list says something else of the address now. */
export const tagChanges = ['removed', 'added', 'changed'] as const;
export const zTagChange = z.object({
  change: z.enum(tagChanges),
  /** An actor of an actor pack has neither chain nor address; `label` is then its identifier. */
  chain: zChainId.nullable(),
  address: zAddress.nullable(),
  label: z.string(),
});
export type TagChange = z.infer<typeof zTagChange>;

/** What one run changed; the first 10,000, `truncated` says that there are more. */
export const zTagRunDetail = zTagRun.extend({ changes: z.array(zTagChange), truncated: z.boolean() });
export type TagRunDetail = z.infer<typeof zTagRunDetail>;

/** Every tag of one address: those that count, and those that a list has taken back. */
export const zAddressTags = z.object({
  chain: zChainId,
  address: zAddress,
  tags: z.array(zTag),
  past: z.array(z.object({ tag: zTag, removedAt: zInstant.nullable(), removedBy: z.int() })),
});
export type AddressTags = z.infer<typeof zAddressTags>;
