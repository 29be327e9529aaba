import { z } from 'zod';
import { zHandlingMark } from './handling.ts';
import { zText } from './text.ts';

/** Names of properties, `*` for any one of them, `[0]` for an item of a list; joined by points. */
const path = /^(?:[a-z0-9_-]{1,250}|\*)(?:\.(?:[a-z0-9_-]{1,250}|\*|\[\d{1,6}\]))*$/;
const PATH_CHARS_MAX = 500;
/** A profile names what it takes away one by one; whoever needs more takes a property that holds them all. */
const PATHS_MAX = 200;
/** STIX 2.1 has some sixty types, extensions bring a few more. */
const TYPES_MAX = 200;
/** Each profile is one more question for every object that may not go whole. */
const REDACTIONS_MAX = 20;
const MARKS_MAX = 500;

/** A named way to make an object smaller before it goes out: which properties are taken away from which types. */
export const zRedaction = z.strictObject({
  /** What a policy rule calls it, `context.redaction == "no-free-text"`. */
  id: z.string().regex(/^[a-z][a-z0-9-]{1,63}$/),
  name: zText,
  /** STIX types; none: every type. */
  types: z.array(z.string().regex(/^[a-z0-9-]{3,250}$/)).max(TYPES_MAX),
  remove: z.array(z.string().max(PATH_CHARS_MAX).regex(path)).max(PATHS_MAX),
  /** Also every part whose granular marking (STIX 2.1 section 7.2.3) is stricter than the marking of the object. */
  stricterParts: z.boolean().default(false),
});
export type Redaction = z.infer<typeof zRedaction>;

/** `handling.yaml` of a desk: the national handling marks it knows and its redaction profiles, in the order of preference. */
export const zHandlingFile = z.strictObject({
  /** The day on which somebody last held it against the law. */
  edition: z.iso.date(),
  marks: z.array(zHandlingMark).max(MARKS_MAX),
  redactions: z.array(zRedaction).max(REDACTIONS_MAX),
});
export type HandlingFile = z.infer<typeof zHandlingFile>;
