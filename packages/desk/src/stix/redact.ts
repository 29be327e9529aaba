import type { Tlp } from '@gongjo/contract';
import { objectFindings } from './check.ts';
import { isStricter, levelOfRef, type RefLevel } from './levels.ts';
import type { StixObject } from './model/index.ts';
import { stepsOf } from './selector.ts';
import type { Finding } from './shape.ts';
import { isRecord } from './shape.ts';
import { placesOf, pointerOf, without } from './tree.ts';

/**
 * Redaction: what leaves is a part of what is here, never anything else. Identity, version and markings stay, so that
 * a copy is known for what it is a copy of, and how it may be passed on.
 */

/** What says which object this is, which version, and under which marking. Never taken out. */
const keptAlways: ReadonlySet<string> = new Set([
  'type',
  'spec_version',
  'id',
  'created',
  'modified',
  'revoked',
  'object_marking_refs',
  'granular_markings',
]);

export type Redaction =
  | {
      readonly possible: true;
      readonly object: StixObject;
      /** JSON pointers into the original, none inside another. Empty where there was nothing to take out. */
      readonly removed: readonly string[];
    }
  | {
      readonly possible: false;
      /** What would be wrong with the object: the properties that it cannot be without. */
      readonly findings: readonly Finding[];
    };

/**
 * The object without what the patterns select (`description`, `external_references.*.url`, `extensions.*.victim`,
 * `labels.[0]`), and without lists and objects that are empty then. Of a language-content object the same patterns also
 * select the translations: what is withheld in one language is withheld in all. Not possible where the object would not be
 * valid STIX, or where a pattern selects what says which object it is. Patterns without list places can be applied again to
 * no effect.
 */
export function redact(object: StixObject, patterns: readonly string[]): Redaction {
  const translated = object.type === 'language-content' ? patterns.map((it) => `contents.*.${it}`) : [];
  const places = [...patterns, ...translated].flatMap((pattern) => placesOf(object, pattern));
  const forbidden = places.filter(([first]) => keptAlways.has(String(first)));
  if (forbidden.length > 0) {
    const detail = 'says which object this is or how it is marked, and cannot be taken out';
    return { possible: false, findings: forbidden.map((place) => ({ path: pointerOf(place), detail })) };
  }
  const cutting = without(object, places);
  if (cutting.removed.length === 0) return { possible: true, object, removed: [] };
  const made = withMarkingsMoved(cutting.object, cutting.moved);
  const findings = objectFindings(made, []);
  if (findings.length > 0) return { possible: false, findings };
  return { possible: true, object: made, removed: cutting.removed.map(pointerOf) };
}

/** Markings of what is gone go; those of list items that moved up point at them again. */
function withMarkingsMoved(object: StixObject, moved: (selector: string) => string | null): StixObject {
  const { granular_markings: markings, ...rest } = object;
  if (!Array.isArray(markings)) return object;
  const left = markings.flatMap((marking: unknown) => {
    if (!isRecord(marking) || !Array.isArray(marking.selectors)) return [marking];
    const selectors = marking.selectors.flatMap((it: unknown) => (typeof it === 'string' ? (moved(it) ?? []) : [it]));
    return selectors.length === 0 ? [] : [{ ...marking, selectors }];
  });
  return left.length === 0 ? (rest as StixObject) : { ...object, granular_markings: left };
}

/**
 * The selectors of those parts of an object whose own marking is stricter than a level: taken out, what is left may go
 * where that level may. `levelOf` tells the level of a marking; left out, only TLP's own are known.
 */
export function strictParts(object: StixObject, ceiling: Tlp, levelOf: RefLevel = levelOfRef): string[] {
  if (!Array.isArray(object.granular_markings)) return [];
  const strict = object.granular_markings.filter((marking: unknown) => {
    const level = isRecord(marking) && typeof marking.marking_ref === 'string' ? levelOf(marking.marking_ref) : null;
    return level !== null && isStricter(level, ceiling);
  });
  return [...new Set(strict.flatMap((marking) => (Array.isArray(marking.selectors) ? marking.selectors : [])))].filter(
    (it) => typeof it === 'string' && stepsOf(it).length > 0,
  );
}
