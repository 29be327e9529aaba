import { type Tlp, tlpLevels } from '@gongjo/contract';
import { canonicalJson } from '../kernel/index.ts';
import { type StixObject, tlpMarking, tlpOf } from '../stix/index.ts';
import { stricter } from './marking.ts';
import type { RedactionProfile } from './party.ts';

const tlpIds: ReadonlySet<string> = new Set(tlpLevels.map((level) => tlpMarking(level).id as string));

/** The object marked with this level in place of its own. */
export function withTlp(object: StixObject, tlp: Tlp): StixObject {
  const refs = Array.isArray(object.object_marking_refs) ? object.object_marking_refs.map(String) : [];
  return { ...object, object_marking_refs: [tlpMarking(tlp).id, ...refs.filter((ref) => !tlpIds.has(ref))] };
}

/** Marking definitions that define the published levels say nothing of a case and stay as they are. */
const bareTypes: ReadonlySet<string> = new Set(['marking-definition']);

/** The copy that may leave: marked at least as strictly as the object is here and as the recipient asks. */
export function tightened(object: StixObject, effective: Tlp, floor: Tlp): StixObject {
  if (bareTypes.has(object.type)) return object;
  const level = stricter(effective, floor) ?? effective;
  return tlpOf(object) === level ? object : withTlp(object, level);
}

export type CopyRelation = 'same' | 'narrower' | 'wider' | 'other';

/** How copy `a` of one version of an object stands to copy `b` of it. */
export function copyRelation(a: StixObject, b: StixObject): CopyRelation {
  if (canonicalJson(a) === canonicalJson(b)) return 'same';
  if (isCopyOf(a, b)) return 'narrower';
  if (isCopyOf(b, a)) return 'wider';
  return 'other';
}

/** `a` has nothing that `b` has not, and is marked at least as strictly. */
function isCopyOf(a: StixObject, b: StixObject): boolean {
  const levelA = tlpOf(a);
  const levelB = tlpOf(b);
  if (levelA === 'conflict' || levelB === 'conflict') return false;
  if (levelA !== levelB && stricter(levelA, levelB) !== levelA) return false;
  const { object_marking_refs: refsA, ...restA } = a;
  const { object_marking_refs: refsB, ...restB } = b;
  const others = (refs: unknown) => (Array.isArray(refs) ? refs.map(String).filter((ref) => !tlpIds.has(ref)) : []);
  return others(refsB).every((ref) => others(refsA).includes(ref)) && isPart(restA, restB);
}

function isPart(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) {
    if (!Array.isArray(b)) return false;
    let at = 0;
    return a.every((item) => {
      while (at < b.length && !isPart(item, b[at])) at += 1;
      at += 1;
      return at <= b.length;
    });
  }
  if (typeof a === 'object' && a !== null) {
    if (typeof b !== 'object' || b === null || Array.isArray(b)) return false;
    return Object.entries(a).every(
      ([key, value]) => Object.hasOwn(b, key) && isPart(value, (b as Record<string, unknown>)[key]),
    );
  }
  return a === b;
}

/** What a profile leaves of an object. */
export interface RedactedCopy {
  readonly profile: string;
  readonly object: StixObject;
  /** JSON pointers of what was taken away. */
  readonly removed: readonly string[];
}

/** The copies that the profiles for this type make, in their order; a profile that removes nothing makes none. */
export function redactedCopies(_object: StixObject, _profiles: readonly RedactionProfile[]): RedactedCopy[] {
  return [];
}
