import type { Tlp } from '@gongjo/contract';
import { z } from 'zod';
import { invariant } from '../kernel/index.ts';
import { currentLevelOfRef, isStricter, legacyLevelOfRef, levelOfRef, strictest, tlpRefs } from './levels.ts';
import type { MarkingDefinition, StixObject } from './model/index.ts';

/** TLP on objects: read, written, tightened. */
export const tlpExtension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';

/** The published definition of a level. */
export function tlpMarking(level: Tlp): MarkingDefinition {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: tlpRefs(level)[0],
    created: '2022-10-01T00:00:00.000Z',
    name: `TLP:${level.toUpperCase()}`,
    extensions: { [tlpExtension]: { extension_type: 'property-extension', tlp_2_0: level } },
  };
}

const zMarkings = z.object({
  object_marking_refs: z.array(z.string()).default([]),
  granular_markings: z.array(z.object({ marking_ref: z.string().optional() })).default([]),
});

const known = <T>(values: readonly (T | null | undefined)[]): T[] =>
  values.filter((it) => it !== undefined && it !== null);

/** All markings that an object refers to, those of the whole and those of parts; `null` where they cannot be read. */
export function markingRefsOf(object: StixObject): { readonly whole: string[]; readonly parts: string[] } | null {
  const markings = zMarkings.safeParse(object).data;
  if (markings === undefined) return null;
  return {
    whole: markings.object_marking_refs,
    parts: known(markings.granular_markings.map((it) => it.marking_ref)),
  };
}

/** The level that an object says of itself as a whole, whatever its parts say. */
export function wholeTlpOf(object: StixObject): Tlp | null | 'conflict' {
  const refs = markingRefsOf(object)?.whole;
  if (refs === undefined) return null;
  // A published definition is itself public.
  if (refs.length === 0 && currentLevelOfRef(object.id) !== null) return 'clear';
  const [level, ...others] = new Set(known(refs.map(levelOfRef)));
  if (level === undefined) return null;
  return others.length > 0 ? 'conflict' : level;
}

/**
 * The TLP 2.0 level of the whole object; TLP 1.0 counts as the level that it is mapped to. `null`: unmarked, which includes
 * markings that cannot be read. `'conflict'`: several levels are given for the object. Where parts of it carry stricter
 * markings of their own, the strictest governs all of it, because without redaction an object goes whole.
 */
export function tlpOf(object: StixObject): Tlp | null | 'conflict' {
  const level = wholeTlpOf(object);
  if (level === null || level === 'conflict') return level;
  const parts = markingRefsOf(object)?.parts ?? [];
  return strictest([level, ...known(parts.map(levelOfRef))]);
}

/**
 * The copy of an object that says this level, in TLP 2.0, where it says less of itself or nothing. Markings of other kinds
 * and of parts stay. An object that is at that level already, in either TLP, is answered as it is. A marking is never
 * loosened: an object that says a stricter level, or several, is a mistake of the caller.
 */
export function withTlp(object: StixObject, tlp: Tlp): StixObject {
  const said = wholeTlpOf(object);
  if (said === tlp) return object;
  invariant(said !== 'conflict', 'an object with contradicting markings gets no copy');
  invariant(said === null || isStricter(tlp, said), 'a marking is never loosened');
  const others = (markingRefsOf(object)?.whole ?? []).filter((ref) => levelOfRef(ref) === null);
  return { ...object, object_marking_refs: [...others, ...tlpRefs(tlp)] };
}

/**
 * What is wrong with a marking definition that says something about TLP, or `null`. A definition under another
 * identifier, or with another level than its identifier stands for, would make a reader trust the wrong colour.
 */
export function tlpDefinitionFault(object: StixObject): string | null {
  const claim = z
    .object({
      definition_type: z.unknown().optional(),
      definition: z.object({ tlp: z.unknown().optional() }).optional(),
      extensions: z.object({ [tlpExtension]: z.object({ tlp_2_0: z.unknown() }).optional() }).optional(),
    })
    .safeParse(object);
  if (!claim.success) return 'its TLP definition cannot be read';
  const published = currentLevelOfRef(object.id) ?? undefined;
  const level = claim.data.extensions?.[tlpExtension]?.tlp_2_0;
  if (published !== level) return 'a TLP 2.0 definition must be one of the five published ones';
  const legacy = legacyLevelOfRef(object.id) ?? undefined;
  const legacyWord = legacy === 'clear' ? 'white' : legacy;
  const word = claim.data.definition_type === 'tlp' ? claim.data.definition?.tlp : undefined;
  return legacyWord === word ? null : 'a TLP 1.0 definition must be one of the four published ones';
}
