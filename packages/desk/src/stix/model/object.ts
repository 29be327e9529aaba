import { z } from 'zod';
import { zStixId, zStixType } from '../id.ts';
import {
  listOf,
  oneOf,
  under,
  zExternalReference,
  zIdentityRef,
  zLang,
  zMarkingRef,
  zTexts,
  zTimestamp,
} from './values.ts';

/**
 * What all objects of STIX 2.1 share (OASIS Standard, 10 June 2021, section 3.2). Schemas are loose: properties that are
 * not named are kept as they are.
 */

/** Any STIX object as far as everything that handles it needs to know. */
export const zStixObject = z.looseObject({ type: zStixType, id: zStixId });
export type StixObject = z.infer<typeof zStixObject>;

/** Section 7.2.3: either a marking or a language, for parts of an object. */
const zGranularMarking = under(
  z.looseObject({ selectors: zTexts, marking_ref: zMarkingRef.optional(), lang: zLang.optional() }),
  oneOf('marking_ref', 'lang'),
  { holds: (it) => it.marking_ref === undefined || it.lang === undefined, says: 'has both marking_ref and lang' },
);

/** Section 7.3.1. */
export const extensionTypes = [
  'new-sdo',
  'new-sco',
  'new-sro',
  'property-extension',
  'toplevel-property-extension',
] as const;

const definedExtension = /^extension-definition--/;
const namedExtension = /^[a-z0-9][a-z0-9-]*-ext$/;
const zDefinedExtension = z.looseObject({ extension_type: z.enum(extensionTypes) });

/**
 * Sections 3.2 and 7.3: keyed by the identifier of an extension definition, which then says of what type it is, or by the
 * name of an extension that the standard defines (`pdf-ext`) or that a tool of STIX 2.0 does.
 */
export const zExtensions = z.record(z.string(), z.looseObject({})).superRefine((extensions, context) => {
  if (Object.keys(extensions).length === 0) context.addIssue({ code: 'custom', message: 'an empty dictionary' });
  for (const [key, value] of Object.entries(extensions)) {
    if (definedExtension.test(key)) {
      if (!zStixId.safeParse(key).success)
        context.addIssue({ code: 'custom', path: [key], message: 'not the id of an extension definition' });
      if (!zDefinedExtension.safeParse(value).success) {
        const message = `not one of: ${extensionTypes.join(', ')}`;
        context.addIssue({ code: 'custom', path: [key, 'extension_type'], message });
      }
    } else if (!namedExtension.test(key)) {
      context.addIssue({
        code: 'custom',
        path: [key],
        message: 'neither an extension definition nor a named extension',
      });
    }
  }
});

export const zCommon = z.looseObject({
  type: zStixType,
  spec_version: z.literal('2.1'),
  id: zStixId,
  created_by_ref: zIdentityRef.optional(),
  labels: zTexts.optional(),
  confidence: z.int().min(0, 'below 0').max(100, 'above 100').optional(),
  lang: zLang.optional(),
  external_references: listOf(zExternalReference).optional(),
  object_marking_refs: listOf(zMarkingRef).optional(),
  granular_markings: listOf(zGranularMarking).optional(),
  extensions: zExtensions.optional(),
});

/** Domain and relationship objects and those meta objects that have versions. */
export const zVersioned = zCommon.extend({
  created: zTimestamp,
  modified: zTimestamp,
  revoked: z.boolean().optional(),
});

/** Observables (section 6) have no version and may leave `spec_version` out. */
export const zObservable = zCommon.extend({
  spec_version: z.literal('2.1').optional(),
  defanged: z.boolean().optional(),
});
