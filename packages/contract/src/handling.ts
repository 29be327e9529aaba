import { z } from 'zod';
import { zTlp } from './incident.ts';
import { zText } from './text.ts';

/** A mark is recognised by few words; longer ones would be a page of terms, which `terms` is for. */
const STATEMENT_CHARS_MAX = 500;
/** Spellings in two languages and in the agencies' own abbreviations. */
const STATEMENTS_MAX = 50;
/** Each agency or tool that publishes the mark has one definition of its own. */
const DEFINITIONS_MAX = 50;

const definitionForm =
  /^marking-definition--[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$/;

/**
 * A national handling mark (a law or rule of one country that says how a paper may be passed on), as data: how it is
 * recognised in STIX markings, and the TLP 2.0 level that it asks for at least.
 */
export const zHandlingMark = z.strictObject({
  /** Ours, e.g. `us-les`. */
  id: z.string().regex(/^[a-z][a-z0-9-]{1,63}$/),
  /** ISO 3166-1 of the country whose mark it is. */
  country: z.string().regex(/^[A-Z]{2}$/),
  name: zText,
  /** The floor: an object that carries the mark is never treated as less strict than this. */
  tlp: zTlp,
  /** What a recipient has to keep to. */
  terms: zText,
  /** Texts of STIX statement markings (STIX 2.1 section 7.2.1.3) that stand for the mark; case, width and spaces do not count. */
  statements: z.array(z.string().min(1).max(STATEMENT_CHARS_MAX)).max(STATEMENTS_MAX),
  /** Identifiers of marking definitions, published by whomever, that stand for the mark. */
  definitions: z.array(z.string().regex(definitionForm)).max(DEFINITIONS_MAX),
  /** The law or rule, with its date. */
  source: z.string().min(1).max(2000),
});
export type HandlingMark = z.infer<typeof zHandlingMark>;
