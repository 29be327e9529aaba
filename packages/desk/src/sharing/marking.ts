import type { Tlp } from '@gongjo/contract';
import type { Db } from '../platform/index.ts';
import {
  type HandlingBook,
  levelOfRef,
  markingOf,
  type Resolve,
  type StixObject,
  strictest,
  tlpOf,
} from '../stix/index.ts';

/** What governs an object here. `null`: unmarked. */
export interface Effective {
  readonly tlp: Tlp | null | 'conflict';
  /** Ids of the handling marks it carries. */
  readonly handling: readonly string[];
}

/** What was said of an object here, besides what it says itself. */
export interface LocalMarking {
  /** What an unmarked object from a source without markings was taken for. */
  readonly given: Tlp | null;
  /** What a person here marked it. */
  readonly mark: Tlp | null;
}

/** What marks are known by: the agency's list, and the marking definitions that are here. */
export interface MarkReader {
  readonly book: HandlingBook;
  readonly resolve: Resolve;
}

/**
 * The strictest of: the object's own TLP, the floors of its handling marks, and what a person here marked it. A level that
 * was given to an unmarked object stands in for its own; contradictory markings stay a conflict whatever is said here.
 */
export function effectiveOf(object: StixObject, { given, mark }: LocalMarking, reader: MarkReader): Effective {
  const { tlp, handling } = markingOf(object, reader.book, reader.resolve);
  if (tlp === 'conflict') return { tlp, handling };
  const standIn = tlpOf(object) === null ? given : null;
  return { tlp: strictest([tlp, standIn, mark].filter((it) => it !== null)), handling };
}

/** Reads the marking definitions that these objects refer to, among themselves and from what the desk holds. */
export async function markReader(db: Db, book: HandlingBook, objects: readonly StixObject[]): Promise<MarkReader> {
  const definitions = new Map<string, StixObject>();
  const refs = new Set<string>();
  for (const object of objects) {
    if (object.type === 'marking-definition') definitions.set(object.id, object);
    for (const ref of refsOf(object))
      if (levelOfRef(ref) === null && !book.byDefinition.has(ref.toLowerCase())) refs.add(ref);
  }
  const wanted = [...refs].filter((ref) => !definitions.has(ref));
  if (wanted.length > 0) {
    const rows = await db.query<{ id: string; body: string }>(
      `select distinct on (id) id, body from shared_objects where type = 'marking-definition' and id = any($1) order by id, added_seq`,
      [wanted],
    );
    for (const { id, body } of rows) definitions.set(id, JSON.parse(body) as StixObject);
  }
  return { book, resolve: (id) => definitions.get(id) };
}

/** Stands among an object's marks where it says several levels of TLP. No identifier is like it. */
export const contradicting = 'tlp-conflict';

/** What an object carries besides one level of TLP: the marking definitions that it refers to, for itself or a part. They hold no spaces. */
export function marksOn(object: StixObject): string[] {
  const others = refsOf(object).filter((ref) => levelOfRef(ref) === null && !/\s/.test(ref));
  return [...new Set(others.map((ref) => ref.toLowerCase())), ...(tlpOf(object) === 'conflict' ? [contradicting] : [])];
}

function refsOf({ object_marking_refs: whole, granular_markings: parts }: StixObject): string[] {
  const refs: unknown[] = [
    ...(Array.isArray(whole) ? (whole as unknown[]) : []),
    ...(Array.isArray(parts) ? parts.map((part: { marking_ref?: unknown } | null) => part?.marking_ref) : []),
  ];
  return refs.filter((ref) => typeof ref === 'string');
}
