import { type HandlingMark, type Tlp, tlpLevels } from '@gongjo/contract';
import { type StixObject, tlpOf } from '../stix/index.ts';

/** What governs an object here. `null`: unmarked. */
export interface Effective {
  readonly tlp: Tlp | null | 'conflict';
  /** Ids of the handling marks it carries. */
  readonly handling: readonly string[];
}

const rank = (level: Tlp): number => tlpLevels.indexOf(level);

export function stricter(a: Tlp | null, b: Tlp | null): Tlp | null {
  if (a === null) return b;
  return b === null || rank(a) >= rank(b) ? a : b;
}

/** What was said of an object here, besides what it says itself. */
export interface LocalMarking {
  /** What an unmarked object from a source without markings was taken for. */
  readonly given: Tlp | null;
  /** What a person here marked it. */
  readonly mark: Tlp | null;
}

export const nothingSaid: LocalMarking = { given: null, mark: null };

/**
 * The strictest of: the object's own TLP, the floors of its handling marks, and what a person here marked it. A level that
 * was given to an unmarked object stands in for its own; contradictory markings stay a conflict whatever is said here.
 */
export function effectiveOf(
  object: StixObject,
  { given, mark }: LocalMarking,
  marks: readonly HandlingMark[],
): Effective {
  const own = tlpOf(object);
  const carried = marks.filter(({ definitions }) => refsOf(object).some((ref) => definitions.includes(ref)));
  const handling = carried.map(({ id }) => id);
  if (own === 'conflict') return { tlp: 'conflict', handling };
  const floor = carried.reduce<Tlp | null>((strictest, { tlp }) => stricter(strictest, tlp), null);
  return { tlp: stricter(stricter(own ?? given, floor), mark), handling };
}

function refsOf({ object_marking_refs: refs }: StixObject): string[] {
  return Array.isArray(refs) ? refs.map(String) : [];
}
