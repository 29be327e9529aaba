import type { HandlingMark, Tlp } from '@gongjo/contract';
import { z } from 'zod';
import { gongjoId, type StixId, zStixId } from './id.ts';
import { levelOfRef, type RefLevel, strictest } from './levels.ts';
import type { MarkingDefinition, StixObject } from './model/index.ts';
import { markingRefsOf, tlpOf } from './tlp.ts';

/**
 * National handling marks (US CUI, Korean secrecy of duty and the like) on STIX objects. STIX has no list of them: they
 * come as marking definitions of whoever made them, so they are known by the identifiers and statements that an agency
 * lists (`contract` `zHandlingMark`), and each asks for a TLP 2.0 level at least.
 */
export interface HandlingBook {
  readonly marks: readonly HandlingMark[];
  /** By identifier of a marking definition, ours included. */
  readonly byDefinition: ReadonlyMap<string, HandlingMark>;
  /** By statement, as `plainStatement` makes it. Longest first, so that the most telling one counts. */
  readonly byStatement: readonly (readonly [statement: string, mark: HandlingMark])[];
}

/** The marks of an agency's list, made ready for recognising them. Where two claim one identifier, the stricter counts. */
export function handlingBook(marks: readonly HandlingMark[]): HandlingBook {
  const strictFirst = [...marks].sort((a, b) => (strictest([a.tlp, b.tlp]) === a.tlp ? -1 : 1));
  const byDefinition = new Map<string, HandlingMark>();
  for (const mark of strictFirst) {
    for (const id of [...mark.definitions, markingDefinitionOf(mark).id]) {
      const key = id.toLowerCase();
      if (!byDefinition.has(key)) byDefinition.set(key, mark);
    }
  }
  const byStatement = strictFirst
    .flatMap((mark) => mark.statements.map((it) => [plainStatement(it), mark] as const))
    .filter(([statement]) => statement !== '')
    .sort(([a], [b]) => b.length - a.length);
  return { marks, byDefinition, byStatement };
}

/** The first day of version 1 of our definitions; part of what is exchanged and therefore fixed. */
const publishedAt = '2026-01-01T00:00:00.000Z';

/**
 * Our own marking definition for a mark: a statement, which every STIX tool shows. Marking definitions have no versions, so
 * its identifier comes from all that it says, and the same mark at two desks is one object.
 */
export function markingDefinitionOf(mark: HandlingMark): MarkingDefinition {
  const statement = mark.statements[0] ?? mark.name.en;
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: gongjoId('marking-definition', mark.id, mark.name.en, statement),
    created: publishedAt,
    name: mark.name.en,
    definition_type: 'statement',
    definition: { statement },
  };
}

/** What an object's markings say together. */
export interface Marking {
  /**
   * The strictest of the object's TLP and of what its handling marks ask for; `null`: neither is there; `'conflict'`: several
   * levels of TLP are given for the whole.
   */
  readonly tlp: Tlp | null | 'conflict';
  /** Handling marks on it or on a part of it, by their `id`, in the order of the object. */
  readonly handling: readonly string[];
  /** Markings of other kinds, which nothing here understands: statements that no mark lists, and definitions that are not here. */
  readonly unknown: readonly StixId[];
}

/** A marking definition that is here, by its identifier. */
export type Resolve = (id: StixId) => StixObject | undefined;

/** Reads the markings of an object and of its parts. */
export function markingOf(object: StixObject, book: HandlingBook, resolve: Resolve): Marking {
  const refs = markingRefsOf(object) ?? { whole: [], parts: [] };
  const handling = new Set<HandlingMark>();
  const unknown = new Set<StixId>();
  for (const ref of [...refs.whole, ...refs.parts]) {
    if (levelOfRef(ref) !== null) continue;
    const mark = handlingOfRef(ref, book, resolve);
    const id = zStixId.safeParse(ref).data;
    if (mark !== null) handling.add(mark);
    else if (id !== undefined) unknown.add(id);
  }
  const said = tlpOf(object);
  const floors = [...handling].map(({ tlp }) => tlp);
  return {
    tlp: said === 'conflict' ? said : strictest(said === null ? floors : [said, ...floors]),
    handling: [...handling].map(({ id }) => id),
    unknown: [...unknown],
  };
}

/** The level that a marking asks for, handling marks included. For `strictParts`. */
export function refLevelIn(book: HandlingBook, resolve: Resolve): RefLevel {
  return (ref) => levelOfRef(ref) ?? handlingOfRef(ref, book, resolve)?.tlp ?? null;
}

function handlingOfRef(ref: string, book: HandlingBook, resolve: Resolve): HandlingMark | null {
  const listed = book.byDefinition.get(ref.toLowerCase());
  if (listed !== undefined) return listed;
  const id = zStixId.safeParse(ref).data;
  const definition = id === undefined ? undefined : resolve(id);
  return definition === undefined ? null : handlingOfDefinition(definition, book);
}

const zDefinition = z.object({
  type: z.literal('marking-definition'),
  name: z.string().optional(),
  definition: z.object({ statement: z.string().optional() }).optional(),
});

/** The mark that a marking definition stands for by what it says, or `null`. */
export function handlingOfDefinition(object: StixObject, book: HandlingBook): HandlingMark | null {
  const definition = zDefinition.safeParse(object).data;
  if (definition === undefined) return null;
  const listed = book.byDefinition.get(object.id.toLowerCase());
  if (listed !== undefined) return listed;
  for (const text of [definition.definition?.statement, definition.name]) {
    const said = text === undefined ? '' : plainStatement(text);
    const found = book.byStatement.find(([statement]) => begins(said, statement));
    if (found !== undefined) return found[1];
  }
  return null;
}

/** A statement may go on after the mark's words (`CUI//LES`, `… – do not forward`), but not inside a word. */
function begins(said: string, statement: string): boolean {
  return said.startsWith(statement) && !/^[\p{L}\p{N}]/u.test(said.slice(statement.length));
}

/** Statements are long at most as a page of terms; what tells the mark stands at their beginning. */
const STATEMENT_CHARS_READ = 2_000;

/** One spelling for what differs only in case, width, spaces and brackets around it. */
function plainStatement(text: string): string {
  return text
    .slice(0, STATEMENT_CHARS_READ)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/^[\s()[\]"'“”*]+|[\s()[\]"'“”*]+$/gu, '');
}
