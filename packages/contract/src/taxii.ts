import { z } from 'zod';
import { zInstant } from './chain.ts';
import { zTlp } from './incident.ts';
import { zProblem } from './problems.ts';
import { zText } from './text.ts';

/** Names of collections and accounts: part of a URL and of the name under which decisions are kept. */
export const zTaxiiName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}$/, 'must be 2 to 32 lower-case letters, digits or hyphens, the first a letter');

/** Enough for any list that a person writes. */
const zNames = z.array(z.string().min(1).max(200)).max(100);

/** A collection as an operator makes it. */
export const zNewTaxiiCollection = z.strictObject({
  alias: zTaxiiName,
  title: zText,
  description: zText.nullable().default(null),
  /** What it holds of all that is here; null: any type, origin or incident. */
  selection: z
    .strictObject({
      types: zNames.min(1).nullable().default(null),
      origins: zNames.min(1).nullable().default(null),
      incidents: zNames.min(1).nullable().default(null),
    })
    .prefault({}),
  /** The level that an addition without a marking gets. */
  unmarked: z.union([z.literal('refuse'), zTlp]).default('refuse'),
  /** The country of those who read it, ISO 3166-1; null: the desk's own. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
  agreement: z.string().min(1).max(200).nullable().default(null),
  roles: zNames.default([]),
  communities: zNames.default([]),
  /** The least strict marking that its copies may carry. */
  markFloor: zTlp.nullable().default(null),
});
export type NewTaxiiCollection = z.input<typeof zNewTaxiiCollection>;

export const zTaxiiCollection = zNewTaxiiCollection.extend({
  id: z.uuid(),
  country: z.string(),
  createdAt: zInstant,
  /** Path of its objects on this desk. */
  path: z.string(),
  readable: z.int(),
  refused: z.int(),
});
export type TaxiiCollectionView = z.infer<typeof zTaxiiCollection>;

export const zTaxiiAccount = z.object({
  name: zTaxiiName,
  createdAt: zInstant,
  expiresAt: zInstant.nullable(),
  rights: z.array(z.object({ collection: z.string(), read: z.boolean(), write: z.boolean() })),
});
export type TaxiiAccountView = z.infer<typeof zTaxiiAccount>;

/** Another TAXII server that the desk pulls from or pushes to, and how that goes. */
export const zTaxiiFeed = z.object({
  name: z.string(),
  url: z.string(),
  direction: z.enum(['pull', 'push']),
  collection: z.string().nullable(),
  everyMs: z.int(),
  state: z.enum(['idle', 'ok', 'down']),
  problem: zProblem.nullable(),
  lastRunAt: zInstant.nullable(),
  lastContactAt: zInstant.nullable(),
  admitted: z.int(),
  refused: z.int(),
  sent: z.int(),
});
export type TaxiiFeedView = z.infer<typeof zTaxiiFeed>;
