import { inside, type Place, selectorOf, stepsOf } from './selector.ts';
import { isRecord } from './shape.ts';

/** Where values stand in an object: found by patterns, taken out, and told as pointers. Nothing here knows STIX. */

/** RFC 6901, whole: for programs, where `shape.ts` cuts what is told to a person. */
export function pointerOf(place: Place): string {
  return place.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * The places that a pattern selects: a selector (`external_references.[0].url`) in which `*` stands for every key or list
 * place at its depth, and a key after a list for that key of each of its items. Keys may hold dots nowhere, as in STIX.
 */
export function placesOf(object: unknown, pattern: string): Place[] {
  let found: { readonly place: Place; readonly value: unknown }[] = [{ place: [], value: object }];
  for (const step of stepsOf(pattern.replaceAll('[*]', '*'))) {
    found = found.flatMap(({ place, value }) =>
      stepsInto(value, step).flatMap((taken) => {
        const next = taken.reduce<unknown>(inside, value);
        return next === undefined ? [] : [{ place: [...place, ...taken], value: next }];
      }),
    );
  }
  return found.map(({ place }) => place);
}

function stepsInto(value: unknown, step: string | number): Place[] {
  if (Array.isArray(value)) {
    if (step === '*') return value.map((_, i) => [i]);
    return typeof step === 'number' ? [[step]] : value.map((_, i) => [i, step]);
  }
  if (step === '*') return isRecord(value) ? Object.keys(value).map((key) => [key]) : [];
  return [[step]];
}

/** What is to be taken out, as a tree: a leaf (`null`) goes whole. */
type Cut = Map<string | number, Cut | null>;

function cutOf(places: readonly Place[]): Cut {
  const root: Cut = new Map();
  for (const place of places) {
    let at = root;
    for (const [i, step] of place.entries()) {
      const next = at.get(step);
      if (next === null) break;
      if (i === place.length - 1) at.set(step, null);
      else if (next === undefined) {
        const deeper: Cut = new Map();
        at.set(step, deeper);
        at = deeper;
      } else at = next;
    }
  }
  return root;
}

/** An object without some of its values. */
export interface Cutting<T> {
  readonly object: T;
  /** Where what was taken out stood, none inside another, in the order of the object. */
  readonly removed: readonly Place[];
  /** Where a selector of the original's points now; `null`: what it selected is gone. */
  readonly moved: (selector: string) => string | null;
}

/** Takes out what stands at these places, and every list and object that is empty then. */
export function without<T extends Record<string, unknown>>(object: T, places: readonly Place[]): Cutting<T> {
  const removed: Place[] = [];
  /** For a list of which items were taken out: its place, and for each old index the new one. */
  const shifts = new Map<string, readonly (number | null)[]>();
  const gone = Symbol('gone');

  const trim = (value: unknown, cut: Cut, place: Place): unknown => {
    const before = removed.length;
    const keep = (step: string | number, item: unknown): unknown => {
      const deeper = cut.get(step);
      if (deeper === undefined) return item;
      const at = [...place, step];
      if (deeper !== null) return trim(item, deeper, at);
      removed.push(at);
      return gone;
    };
    const whole = (): typeof gone => {
      removed.splice(before, removed.length, place);
      return gone;
    };
    if (Array.isArray(value)) {
      const items = value.map((item, i) => keep(i, item));
      const left = items.filter((it) => it !== gone);
      if (left.length === 0 && value.length > 0) return whole();
      let next = 0;
      if (left.length < items.length)
        shifts.set(
          selectorOf(place),
          items.map((it) => (it === gone ? null : next++)),
        );
      return left;
    }
    if (!isRecord(value)) return value;
    const left = Object.entries(value)
      .map(([key, item]) => [key, keep(key, item)] as const)
      .filter(([, item]) => item !== gone);
    if (left.length === 0 && place.length > 0 && Object.keys(value).length > 0) return whole();
    return Object.fromEntries(left);
  };

  const made = trim(object, cutOf(places), []) as T;
  const goneNow = new Set(removed.map((place) => selectorOf(place)));
  const moved = (selector: string): string | null => {
    const steps = stepsOf(selector);
    const now: (string | number)[] = [];
    for (const [i, step] of steps.entries()) {
      const here = selectorOf(steps.slice(0, i + 1));
      if (goneNow.has(here)) return null;
      const shift = typeof step === 'number' ? shifts.get(selectorOf(steps.slice(0, i)))?.[step] : undefined;
      now.push(shift ?? step);
    }
    return selectorOf(now);
  };
  return { object: made, removed, moved };
}
