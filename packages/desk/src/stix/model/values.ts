import { z } from 'zod';
import { zRefTo } from '../id.ts';

/** The types of values of STIX 2.1 (section 2), with a plain sentence where one is not of its form. */

const dayMs = 86_400_000;

/** Calendar dates that do not exist (30 February) match the pattern; they are refused by their round trip. */
function isCalendarTime(text: string): boolean {
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  return Number.isFinite(day) && new Date(day).toISOString().startsWith(text.slice(0, 10)) && day % dayMs === 0;
}

/** Section 2.16: RFC 3339 in UTC, any number of fractional digits; a leap second is legal. */
export const zTimestamp = z
  .string()
  .max(64)
  .regex(
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?Z$/,
    'not a time in UTC such as 2026-03-01T09:30:00.000Z',
  )
  .refine(isCalendarTime, 'no such day in the calendar');

/** A string that says something where one is demanded. */
export const zName = z.string().min(1, 'an empty text');

/** Section 2.12: lists are not empty. */
export const listOf = <T extends z.ZodType>(item: T) => z.array(item).min(1, 'an empty list');

export const zTexts = listOf(z.string());

/** Section 2.10: whole numbers that every implementation of JSON holds exactly. */
export const zInteger = z.int();
export const zCount = z.int().min(0, 'below zero');

/** Section 2.1, by the alphabet of RFC 4648 section 4. */
export const zBinary = z
  .string()
  .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'not base64')
  .refine((it) => it.length % 4 === 0, 'not base64');

/** Section 2.8. */
export const zHex = z.string().regex(/^([0-9a-fA-F]{2})+$/, 'not hexadecimal digits, two for each byte');

const dictionaryKey = /^[A-Za-z0-9_-]{1,250}$/;

/** Section 2.3: at least one entry; keys of letters, digits, hyphen and underscore. */
export const dictionaryOf = <T extends z.ZodType>(value: T) =>
  z.record(z.string(), value).superRefine((entries, context) => {
    const keys = Object.keys(entries);
    if (keys.length === 0) context.addIssue({ code: 'custom', message: 'an empty dictionary' });
    for (const key of keys) {
      if (!dictionaryKey.test(key))
        context.addIssue({ code: 'custom', path: [key], message: 'not a key of a dictionary' });
    }
  });

const hexDigits: ReadonlyMap<string, number> = new Map([
  ['MD5', 32],
  ['SHA-1', 40],
  ['SHA-256', 64],
  ['SHA-512', 128],
  ['SHA3-256', 64],
  ['SHA3-512', 128],
]);

/** Sections 2.7 and 10.6: the named algorithms by their length; other names are free. */
export const zHashes = z.record(z.string(), z.string()).superRefine((hashes, context) => {
  const entries = Object.entries(hashes);
  if (entries.length === 0) context.addIssue({ code: 'custom', message: 'an empty dictionary' });
  for (const [algorithm, value] of entries) {
    const digits = hexDigits.get(algorithm);
    if (!dictionaryKey.test(algorithm) || algorithm.length < 3)
      context.addIssue({ code: 'custom', path: [algorithm], message: 'not the name of a hash algorithm' });
    else if (value === '' || (digits !== undefined && !(value.length === digits && /^[0-9a-fA-F]+$/.test(value))))
      context.addIssue({ code: 'custom', path: [algorithm], message: `not a hash of ${algorithm}` });
  }
});

/** Section 2.5. */
export const zExternalReference = z
  .looseObject({
    source_name: zName,
    description: z.string().optional(),
    url: z.string().optional(),
    hashes: zHashes.optional(),
    external_id: z.string().optional(),
  })
  .refine(
    (it) => it.description !== undefined || it.url !== undefined || it.external_id !== undefined,
    'needs one of: description, url, external_id',
  );

/** Section 2.11. */
export const zKillChainPhases = listOf(z.looseObject({ kill_chain_name: zName, phase_name: zName }));

export const zMarkingRef = zRefTo('marking-definition');
export const zIdentityRef = zRefTo('identity');

/** RFC 5646 as far as its form goes. */
export const zLang = z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'not a language tag such as ko or en-US');

type Properties = Readonly<Record<string, unknown>>;

/** What a rule between properties says when it is broken. */
export interface Rule {
  readonly holds: (object: Properties) => boolean;
  readonly says: string;
}

export const given = (object: Properties, name: string): boolean => object[name] !== undefined;

export const oneOf = (...names: readonly string[]): Rule => ({
  holds: (it) => names.some((name) => given(it, name)),
  says: `needs one of: ${names.join(', ')}`,
});

export const notBoth = (first: string, second: string): Rule => ({
  holds: (it) => !(given(it, first) && given(it, second)),
  says: `has both ${first} and ${second}`,
});

/** `first` only makes sense beside `second`. */
export const goesWith = (first: string, second: string): Rule => ({
  holds: (it) => !given(it, first) || given(it, second),
  says: `${first} needs ${second}`,
});

/** The schema with rules between its properties, each told on its own. */
export function under<T extends z.ZodObject>(schema: T, ...rules: readonly Rule[]) {
  return schema.superRefine((object: Properties, context) => {
    for (const rule of rules) if (!rule.holds(object)) context.addIssue({ code: 'custom', message: rule.says });
  });
}
