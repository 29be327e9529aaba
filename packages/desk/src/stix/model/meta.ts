import { z } from 'zod';
import { zStixId } from '../id.ts';
import { extensionTypes, type StixObject, zCommon, zVersioned } from './object.ts';
import { dictionaryOf, listOf, under, zIdentityRef, zLang, zName, zTexts, zTimestamp } from './values.ts';

/** The meta objects of STIX 2.1, section 7, and the bundle, section 8. */

/** Section 7.1: for each language the properties of the object that are translated. */
export const zLanguageContent = zVersioned.extend({
  type: z.literal('language-content'),
  object_ref: zStixId,
  object_modified: zTimestamp.optional(),
  contents: dictionaryOf(dictionaryOf(z.unknown())).superRefine((contents, context) => {
    for (const lang of Object.keys(contents)) {
      if (!zLang.safeParse(lang).success)
        context.addIssue({ code: 'custom', path: [lang], message: 'not a language tag such as ko or en-US' });
    }
  }),
});

const zStatement = z.looseObject({ statement: zName });

/** Section 7.2.1: no versions. Defined by `definition`, or, as TLP 2.0 is, by an extension. */
export const zMarkingDefinition = under(
  zCommon.extend({
    type: z.literal('marking-definition'),
    created: zTimestamp,
    name: z.string().optional(),
    definition_type: z.string().optional(),
    definition: z.looseObject({}).optional(),
  }),
  {
    holds: (it) => (it.definition_type !== undefined && it.definition !== undefined) || it.extensions !== undefined,
    says: 'needs definition_type with definition, or extensions',
  },
  {
    holds: (it) => it.definition_type !== 'statement' || zStatement.safeParse(it.definition).success,
    says: 'a statement marking needs definition.statement',
  },
);

/** Section 7.3. */
export const zExtensionDefinition = zVersioned.extend({
  type: z.literal('extension-definition'),
  created_by_ref: zIdentityRef,
  name: zName,
  description: z.string().optional(),
  schema: zName,
  version: zName,
  extension_types: listOf(z.enum(extensionTypes)),
  extension_properties: zTexts.optional(),
});

/** Section 8. */
export interface Bundle {
  readonly type: 'bundle';
  readonly id: string;
  readonly objects: readonly StixObject[];
}

export type LanguageContent = z.infer<typeof zLanguageContent>;
export type MarkingDefinition = z.infer<typeof zMarkingDefinition>;
export type ExtensionDefinition = z.infer<typeof zExtensionDefinition>;
