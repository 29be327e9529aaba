import { canonicalJson } from '../kernel/index.ts';
import { isStricter, levelOfRef } from './levels.ts';
import type { StixObject } from './model/index.ts';
import { isRecord } from './shape.ts';
import { wholeTlpOf } from './tlp.ts';

/** How two copies of the same version of an object differ. */
export type CopyRelation = 'same' | 'narrower' | 'wider' | 'other';

/**
 * What copy `a` is to copy `b`. `narrower`: `a` is `b` without some of its values, or under a stricter TLP, or both. `wider`:
 * the other way about. `other`: anything else – a value that differs or was added, a marking of a part that is gone while
 * the part is still there, or one copy with less content but a looser marking – which no honest sender makes of one version, but of a revocation: that says to each who had
 * another version the words of the one it had.
 */
export function copyRelation(a: StixObject, b: StixObject): CopyRelation {
  const down = isNarrowing(a, b);
  const up = isNarrowing(b, a);
  if (down && up) return 'same';
  if (down) return 'narrower';
  return up ? 'wider' : 'other';
}

/** Whether `part` can be made of `whole` by leaving values out and tightening its TLP. */
function isNarrowing(part: StixObject, whole: StixObject): boolean {
  if (!marksNarrow(part, whole)) return false;
  const view: View = { part: partMarks(part), whole: partMarks(whole) };
  return recordFits(content(part), content(whole), '', '', view);
}

/** Markings are compared apart from the content: they are tightened, moved and dropped with what they mark. */
function content({ object_marking_refs: _, granular_markings: __, ...rest }: StixObject): Record<string, unknown> {
  return rest;
}

function marksNarrow(part: StixObject, whole: StixObject): boolean {
  const [ours, theirs] = [wholeTlpOf(part), wholeTlpOf(whole)];
  if (ours === 'conflict' || theirs === 'conflict')
    return ours === theirs && otherRefs(part, () => true) === otherRefs(whole, () => true);
  if (theirs !== null && (ours === null || isStricter(theirs, ours))) return false;
  const isOther = (ref: string) => levelOfRef(ref) === null;
  return otherRefs(part, isOther) === otherRefs(whole, isOther);
}

function otherRefs(object: StixObject, wanted: (ref: string) => boolean): string {
  const refs = Array.isArray(object.object_marking_refs) ? object.object_marking_refs.map(written) : [];
  return [...new Set(refs)].filter(wanted).sort().join(' ');
}

/** Copies are compared before they are known to be valid: what should be a text need not be one. */
function written(value: unknown): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}

/** By selector, what marks that place: marking references and languages. */
type Marks = ReadonlyMap<string, string>;

interface View {
  readonly part: Marks;
  readonly whole: Marks;
}

function partMarks(object: StixObject): Marks {
  const marks = new Map<string, Set<string>>();
  const markings: readonly unknown[] = Array.isArray(object.granular_markings) ? object.granular_markings : [];
  for (const marking of markings) {
    if (!isRecord(marking) || !Array.isArray(marking.selectors)) continue;
    for (const selector of marking.selectors.map(written)) {
      const here = marks.get(selector) ?? new Set();
      here.add(written(marking.marking_ref ?? ['lang', marking.lang]));
      marks.set(selector, here);
    }
  }
  return new Map([...marks].map(([selector, here]) => [selector, [...here].sort().join(' ')]));
}

/** `at` and `of` are the selectors of the two values in their objects. */
function fits(part: unknown, whole: unknown, at: string, of: string, view: View): boolean {
  if (view.part.get(at) !== view.whole.get(of)) return false;
  if (Array.isArray(part)) return Array.isArray(whole) && listFits(part, whole, at, of, view);
  if (isRecord(part)) return isRecord(whole) && recordFits(part, whole, at, of, view);
  return part === whole;
}

function recordFits(
  part: Readonly<Record<string, unknown>>,
  whole: Readonly<Record<string, unknown>>,
  at: string,
  of: string,
  view: View,
): boolean {
  const inner = (selector: string, key: string) => (selector === '' ? key : `${selector}.${key}`);
  return Object.entries(part).every(
    ([key, value]) => Object.hasOwn(whole, key) && fits(value, whole[key], inner(at, key), inner(of, key), view),
  );
}

/** Items in order, each in the first place where it fits: where any choice of places works, this one does. */
function listFits(part: readonly unknown[], whole: readonly unknown[], at: string, of: string, view: View): boolean {
  let next = 0;
  return part.every((item, i) => {
    while (next < whole.length) {
      const here = next++;
      if (fits(item, whole[here], `${at}.[${i}]`, `${of}.[${here}]`, view)) return true;
    }
    return false;
  });
}
