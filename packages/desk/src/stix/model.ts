import { z } from 'zod';
import { zRefTo, zStixId, zStixType } from './id.ts';

/**
 * The STIX 2.1 objects that a desk emits and checks (OASIS Standard, 10 June 2021; section numbers below are its own), and
 * the two published extension objects for cryptocurrency. All are loose: properties that are not named here are kept.
 */

const dayMs = 86_400_000;

/** Calendar dates that do not exist (30 February) match the pattern; they are refused by their round trip. */
function isCalendarTime(text: string): boolean {
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  return Number.isFinite(day) && new Date(day).toISOString().startsWith(text.slice(0, 10)) && day % dayMs === 0;
}

/** Section 3.2 and 2.16: RFC 3339 in UTC, any number of fractional digits; a leap second is legal. */
export const zTimestamp = z
  .string()
  .max(64)
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?Z$/)
  .refine(isCalendarTime, 'no such day in the calendar');

const zMarkingRef = zRefTo('marking-definition');
const zIdentityRef = zRefTo('identity');
const zTexts = z.array(z.string()).min(1);

/** Section 7.2.3: a marking or a language for parts of an object. */
const zGranularMarking = z
  .looseObject({ selectors: zTexts, marking_ref: zMarkingRef.optional(), lang: z.string().optional() })
  .refine((it) => it.marking_ref !== undefined || it.lang !== undefined, 'needs marking_ref or lang');

/** Section 3.2: what objects of every kind share. */
const zCommon = z.looseObject({
  type: zStixType,
  spec_version: z.literal('2.1'),
  id: zStixId,
  created_by_ref: zIdentityRef.optional(),
  labels: zTexts.optional(),
  confidence: z.int().min(0).max(100).optional(),
  lang: z.string().optional(),
  external_references: z
    .array(z.looseObject({ source_name: z.string() }))
    .min(1)
    .optional(),
  object_marking_refs: z.array(zMarkingRef).min(1).optional(),
  granular_markings: z.array(zGranularMarking).min(1).optional(),
  extensions: z.record(z.string(), z.looseObject({})).optional(),
});

/** Domain and relationship objects and those meta objects that have versions. */
const zVersioned = zCommon.extend({ created: zTimestamp, modified: zTimestamp, revoked: z.boolean().optional() });

/** Observables (section 6) have no version and may leave `spec_version` out. */
const zObservable = zCommon.extend({ spec_version: z.literal('2.1').optional() });

/** Section 4.5. */
export const zIdentity = zVersioned.extend({
  type: z.literal('identity'),
  name: z.string().min(1),
  description: z.string().optional(),
  identity_class: z.string().optional(),
  contact_information: z.string().optional(),
});

/** Section 4.6: a stub in STIX 2.1; what it lacks stands in our extension. */
export const zIncidentObject = zVersioned.extend({
  type: z.literal('incident'),
  name: z.string().min(1),
  description: z.string().optional(),
});

/** Section 4.7. */
export const zIndicator = zVersioned.extend({
  type: z.literal('indicator'),
  name: z.string().optional(),
  description: z.string().optional(),
  indicator_types: zTexts.optional(),
  pattern: z.string().min(1),
  pattern_type: z.string().min(1),
  valid_from: zTimestamp,
  valid_until: zTimestamp.optional(),
});

/** Section 5.1. */
export const zRelationship = zVersioned.extend({
  type: z.literal('relationship'),
  relationship_type: z.string().regex(/^[a-z0-9-]{1,250}$/),
  description: z.string().optional(),
  source_ref: zStixId,
  target_ref: zStixId,
  start_time: zTimestamp.optional(),
  stop_time: zTimestamp.optional(),
});

/** Section 5.2. */
export const zSighting = zVersioned.extend({
  type: z.literal('sighting'),
  description: z.string().optional(),
  sighting_of_ref: zStixId,
  where_sighted_refs: z.array(zRefTo('identity', 'location')).min(1).optional(),
  first_seen: zTimestamp.optional(),
  last_seen: zTimestamp.optional(),
  count: z.int().min(0).max(999_999_999).optional(),
});

/** Section 7.1. */
export const zLanguageContent = zVersioned.extend({
  type: z.literal('language-content'),
  object_ref: zStixId,
  object_modified: zTimestamp.optional(),
  contents: z.record(z.string().regex(/^[A-Za-z0-9-]{2,35}$/), z.record(z.string(), z.unknown())),
});

/** Section 7.2.1: no versions. Defined by `definition`, or, as TLP 2.0 is, by an extension. */
export const zMarkingDefinition = zCommon
  .extend({
    type: z.literal('marking-definition'),
    created: zTimestamp,
    name: z.string().optional(),
    definition_type: z.string().optional(),
    definition: z.looseObject({}).optional(),
  })
  .refine(
    (it) => (it.definition_type !== undefined && it.definition !== undefined) || it.extensions !== undefined,
    'needs definition_type with definition, or extensions',
  );

/** Section 7.3. */
export const zExtensionDefinition = zVersioned.extend({
  type: z.literal('extension-definition'),
  created_by_ref: zIdentityRef,
  name: z.string().min(1),
  description: z.string().optional(),
  schema: z.string().min(1),
  version: z.string().min(1),
  extension_types: z
    .array(z.enum(['new-sdo', 'new-sco', 'new-sro', 'property-extension', 'toplevel-property-extension']))
    .min(1),
});

/** The published extensions that make the two cryptocurrency types observables of their own. */
export const walletExtension = 'extension-definition--be78509e-6958-51b1-8b26-d17ee0eba2d7';
export const transactionExtension = 'extension-definition--151d042d-4dcf-5e44-843f-1024440318e5';

/** We write `value`; `address` is the name that earlier versions of the published schema gave it. */
export const zWallet = zObservable
  .extend({
    type: z.literal('cryptocurrency-wallet'),
    value: z.string().min(1).optional(),
    address: z.string().min(1).optional(),
    holder_ref: zIdentityRef.optional(),
  })
  .refine((it) => it.value !== undefined || it.address !== undefined, 'needs value');

const zSide = z.array(z.looseObject({ address_ref: zRefTo('cryptocurrency-wallet').optional() }));

/**
 * We write `value`; `hash` is its earlier name. The schema's `fee` and `amount` are floating-point numbers, so we leave
 * them out and carry exact amounts in our extension.
 */
export const zTransaction = zObservable
  .extend({
    type: z.literal('cryptocurrency-transaction'),
    symbol: z.string().min(1),
    value: z.string().min(1).optional(),
    hash: z.string().min(1).optional(),
    execution_time: zTimestamp.optional(),
    input: zSide.optional(),
    output: zSide.optional(),
  })
  .refine((it) => it.value !== undefined || it.hash !== undefined, 'needs value');

/** Section 6: the observables of STIX 2.1 itself. Every other type is one only if an extension says so. */
const observableTypes: ReadonlySet<string> = new Set([
  'artifact',
  'autonomous-system',
  'directory',
  'domain-name',
  'email-addr',
  'email-message',
  'file',
  'ipv4-addr',
  'ipv6-addr',
  'mac-addr',
  'mutex',
  'network-traffic',
  'process',
  'software',
  'url',
  'user-account',
  'windows-registry-key',
  'x509-certificate',
  'cryptocurrency-wallet',
  'cryptocurrency-transaction',
]);

const schemas: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['identity', zIdentity],
  ['incident', zIncidentObject],
  ['indicator', zIndicator],
  ['relationship', zRelationship],
  ['sighting', zSighting],
  ['language-content', zLanguageContent],
  ['marking-definition', zMarkingDefinition],
  ['extension-definition', zExtensionDefinition],
  ['cryptocurrency-wallet', zWallet],
  ['cryptocurrency-transaction', zTransaction],
]);

/** Any STIX object as far as everything that handles it needs to know. */
export const zStixObject = z.looseObject({ type: zStixType, id: zStixId });
export type StixObject = z.infer<typeof zStixObject>;

/**
 * Whether the object is an observable: it has no version, its identifier comes from its value, and two desks that know
 * the same address make the same object.
 */
export function isObservable(object: StixObject): boolean {
  if (observableTypes.has(object.type)) return true;
  const extensions = z.record(z.string(), z.unknown()).safeParse(object.extensions).data ?? {};
  return Object.values(extensions).some(
    (it) => z.object({ extension_type: z.literal('new-sco') }).safeParse(it).success,
  );
}

/** The schema that an object has to meet: that of its type, or what all objects of its kind share. */
export function schemaOf(object: StixObject): z.ZodType {
  return schemas.get(object.type) ?? (isObservable(object) ? zObservable : zVersioned);
}

/** Section 8. */
export interface Bundle {
  readonly type: 'bundle';
  readonly id: string;
  readonly objects: readonly StixObject[];
}

export type Identity = z.infer<typeof zIdentity>;
export type IncidentObject = z.infer<typeof zIncidentObject>;
export type Indicator = z.infer<typeof zIndicator>;
export type Relationship = z.infer<typeof zRelationship>;
export type Sighting = z.infer<typeof zSighting>;
export type LanguageContent = z.infer<typeof zLanguageContent>;
export type MarkingDefinition = z.infer<typeof zMarkingDefinition>;
export type ExtensionDefinition = z.infer<typeof zExtensionDefinition>;
export type Wallet = z.infer<typeof zWallet>;
export type Transaction = z.infer<typeof zTransaction>;
