import { z } from 'zod';

/**
 * MISP events as JSON (MISP core format, draft-dulaunoy-misp-core-format-20, section 2), as far as they are mapped. MISP
 * writes numbers and booleans as either JSON type or as strings; here they are strings and booleans. Unknown keys stay, so
 * that they can be told.
 */

const zWord = z.union([z.string(), z.number()]).transform(String);
const zFlag = z
  .union([z.boolean(), z.enum(['0', '1', 'true', 'false']), z.literal(0), z.literal(1)])
  .transform((it) => it === true || it === 1 || it === '1' || it === 'true');

const zTags = z.array(z.looseObject({ name: z.string().min(1) })).default([]);

const zCluster = z.looseObject({
  uuid: z.string(),
  value: z.string().min(1),
  type: z.string().optional(),
  description: z.string().nullish(),
  meta: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).max(0)]).optional(),
  GalaxyClusterRelation: z.array(z.looseObject({})).optional(),
});
export type MispCluster = z.infer<typeof zCluster>;

const zGalaxies = z
  .array(
    z.looseObject({
      uuid: z.string().optional(),
      name: z.string().optional(),
      type: z.string().min(1),
      GalaxyCluster: z.array(zCluster).default([]),
    }),
  )
  .default([]);
export type MispGalaxy = z.infer<typeof zGalaxies>[number];

export const zMispAttribute = z.looseObject({
  uuid: z.string(),
  type: z.string().min(1),
  value: zWord,
  category: z.string().nullish(),
  to_ids: zFlag.default(false),
  comment: z.string().nullish(),
  timestamp: zWord.nullish(),
  first_seen: z.string().nullish(),
  last_seen: z.string().nullish(),
  deleted: zFlag.default(false),
  object_relation: z.string().nullish(),
  Tag: zTags,
  Galaxy: zGalaxies,
});
export type MispAttribute = z.infer<typeof zMispAttribute>;

const zReference = z.looseObject({
  uuid: z.string(),
  referenced_uuid: z.string(),
  relationship_type: z.string().nullish(),
  comment: z.string().nullish(),
  timestamp: zWord.nullish(),
  deleted: zFlag.default(false),
});
export type MispReference = z.infer<typeof zReference>;

export const zMispObject = z.looseObject({
  uuid: z.string(),
  name: z.string().min(1),
  'meta-category': z.string().nullish(),
  template_uuid: z.string().nullish(),
  template_version: zWord.nullish(),
  comment: z.string().nullish(),
  timestamp: zWord.nullish(),
  first_seen: z.string().nullish(),
  last_seen: z.string().nullish(),
  deleted: zFlag.default(false),
  Attribute: z.array(z.unknown()).default([]),
  ObjectReference: z.array(zReference).default([]),
});
export type MispObject = z.infer<typeof zMispObject>;

export const zMispReport = z.looseObject({
  uuid: z.string(),
  name: z.string().min(1),
  content: z.string().nullish(),
  timestamp: zWord.nullish(),
  deleted: zFlag.default(false),
});
export type MispReport = z.infer<typeof zMispReport>;

const zOrganisation = z.looseObject({ uuid: z.string(), name: z.string().min(1) });

export const zMispEvent = z.looseObject({
  uuid: z.string(),
  info: z.string().min(1),
  date: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .nullish(),
  timestamp: zWord.nullish(),
  published: zFlag.default(false),
  publish_timestamp: zWord.nullish(),
  threat_level_id: zWord.nullish(),
  analysis: zWord.nullish(),
  extends_uuid: z.string().nullish(),
  Orgc: zOrganisation.nullish(),
  Tag: zTags,
  Galaxy: zGalaxies,
  Attribute: z.array(z.unknown()).default([]),
  Object: z.array(z.unknown()).default([]),
  EventReport: z.array(z.unknown()).default([]),
});
export type MispEvent = z.infer<typeof zMispEvent>;

/**
 * Row numbers and states of one MISP server, rules of its own distribution, and copies of what stands elsewhere in the same
 * document. They mean nothing elsewhere; in particular a distribution or a sharing group is no permission here.
 */
const local: ReadonlySet<string> = new Set([
  ...[
    'id',
    'event_id',
    'object_id',
    'org_id',
    'orgc_id',
    'attribute_count',
    'attribute_id',
    'category_order',
    'locked',
  ],
  ...['disable_correlation', 'proposal_email_lock', 'distribution', 'sharing_group_id', 'SharingGroup', 'Org'],
  ...['event_creator_email', 'first_publication', 'sighting_timestamp', 'protected', 'description', 'event_uuid'],
  ...['value1', 'value2', 'object_uuid', 'source_uuid', 'object_relation', 'decay_score'],
]);

/** The keys of an entry that carry something and are not mapped. */
export function unmappedKeys(entry: Readonly<Record<string, unknown>>, schema: z.ZodObject): string[] {
  const isNothing = (value: unknown): boolean =>
    value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return Object.keys(entry).filter((key) => !(key in schema.shape) && !local.has(key) && !isNothing(entry[key]));
}
