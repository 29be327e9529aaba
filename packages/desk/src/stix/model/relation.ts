import { z } from 'zod';
import { zRefTo, zStixId } from '../id.ts';
import { zVersioned } from './object.ts';
import { observableTypes } from './types.ts';
import { listOf, zTimestamp } from './values.ts';

/** The relationship objects of STIX 2.1, section 5. */

const typeOf = (id: string): string => id.slice(0, id.indexOf('--'));

const neverRelated: ReadonlySet<string> = new Set([
  'relationship',
  'sighting',
  'bundle',
  'language-content',
  'marking-definition',
]);

/** Section 5.1: what a relationship joins is a domain object or an observable. */
const zEnd = zStixId.refine(
  (id) => !neverRelated.has(typeOf(id)),
  'must be the id of a domain object or an observable',
);

/** Section 5.1. */
export const zRelationship = zVersioned.extend({
  type: z.literal('relationship'),
  relationship_type: z.string().regex(/^[a-z0-9-]{1,250}$/, 'not of lower-case letters, digits and hyphens'),
  description: z.string().optional(),
  source_ref: zEnd,
  target_ref: zEnd,
  start_time: zTimestamp.optional(),
  stop_time: zTimestamp.optional(),
});

/** Section 5.2: domain objects are sighted; observables are what they were seen by. */
export const zSighting = zVersioned.extend({
  type: z.literal('sighting'),
  description: z.string().optional(),
  first_seen: zTimestamp.optional(),
  last_seen: zTimestamp.optional(),
  count: z.int().min(0, 'below zero').max(999_999_999, 'above 999999999').optional(),
  sighting_of_ref: zStixId.refine(
    (id) => !neverRelated.has(typeOf(id)) && !observableTypes.has(typeOf(id)),
    'must be the id of a domain object',
  ),
  observed_data_refs: listOf(zRefTo('observed-data')).optional(),
  where_sighted_refs: listOf(zRefTo('identity', 'location')).optional(),
  summary: z.boolean().optional(),
});

export type Relationship = z.infer<typeof zRelationship>;
export type Sighting = z.infer<typeof zSighting>;
