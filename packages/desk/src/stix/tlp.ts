import { type Tlp, tlpLevels } from '@gongjo/contract';
import { z } from 'zod';
import { type StixId, zStixId } from './id.ts';
import type { MarkingDefinition, StixObject } from './model/index.ts';

/**
 * FIRST's Traffic Light Protocol 2.0 in STIX 2.1, as OASIS publishes it (cti-stix-common-objects, extension
 * `tlp-2.0`): five marking definitions with fixed identifiers, which every tool knows and nobody may redefine.
 */
export const tlpExtension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';

const idOf: Readonly<Record<Tlp, StixId>> = {
  clear: zStixId.parse('marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487'),
  green: zStixId.parse('marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb'),
  amber: zStixId.parse('marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421'),
  'amber+strict': zStixId.parse('marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003'),
  red: zStixId.parse('marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1'),
};

const levelOf: ReadonlyMap<string, Tlp> = new Map(tlpLevels.map((level) => [idOf[level], level]));

/**
 * The four markings of TLP 1.0 (STIX 2.1 section 7.2.1.4). They do not mark an object for us, but they may not
 * contradict the marking that does.
 */
const legacyLevelOf: ReadonlyMap<string, Tlp> = new Map([
  ['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9', 'clear'],
  ['marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da', 'green'],
  ['marking-definition--f88d31f6-486f-44da-b317-01333bde0b82', 'amber'],
  ['marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed', 'red'],
]);

/** The value of `object_marking_refs` for a level. */
export function tlpRefs(level: Tlp): [StixId] {
  return [idOf[level]];
}

/** The published definition of a level. */
export function tlpMarking(level: Tlp): MarkingDefinition {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: idOf[level],
    created: '2022-10-01T00:00:00.000Z',
    name: `TLP:${level.toUpperCase()}`,
    extensions: { [tlpExtension]: { extension_type: 'property-extension', tlp_2_0: level } },
  };
}

const zMarkings = z.object({
  object_marking_refs: z.array(z.string()).default([]),
  granular_markings: z.array(z.object({ marking_ref: z.string().optional() })).default([]),
});

const known = <T>(values: readonly (T | undefined)[]): T[] => values.filter((it) => it !== undefined);
const rank = (level: Tlp): number => tlpLevels.indexOf(level);

/**
 * The TLP 2.0 level of the whole object. `null`: unmarked, which includes markings that cannot be read and TLP 1.0 alone.
 * `'conflict'`: several levels are given for the object. Where parts of it carry stricter markings of their own, the
 * strictest governs all of it, because a desk releases objects whole. A published TLP definition is itself public.
 */
export function tlpOf(object: StixObject): Tlp | null | 'conflict' {
  const markings = zMarkings.safeParse(object);
  if (!markings.success) return null;
  const refs = markings.data.object_marking_refs;
  if (refs.length === 0 && levelOf.has(object.id)) return 'clear';
  const levels = new Set(known(refs.map((ref) => levelOf.get(ref))));
  const [level] = levels;
  if (level === undefined) return null;
  const claimed = new Set([...levels, ...known(refs.map((ref) => legacyLevelOf.get(ref)))]);
  if (claimed.size > 1) return 'conflict';
  const parts = known(markings.data.granular_markings.map((it) => it.marking_ref));
  const partLevels = known(parts.map((ref) => levelOf.get(ref) ?? legacyLevelOf.get(ref)));
  return partLevels.reduce((strictest, part) => (rank(part) > rank(strictest) ? part : strictest), level);
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
  const published = levelOf.get(object.id);
  const level = claim.data.extensions?.[tlpExtension]?.tlp_2_0;
  if (published !== level) return 'a TLP 2.0 definition must be one of the five published ones';
  const legacy = legacyLevelOf.get(object.id);
  const legacyWord = legacy === 'clear' ? 'white' : legacy;
  const word = claim.data.definition_type === 'tlp' ? claim.data.definition?.tlp : undefined;
  return legacyWord === word ? null : 'a TLP 1.0 definition must be one of the four published ones';
}

/** The level that a marking definition stands for, of TLP 2.0 or of TLP 1.0, where it is a published one. */
export function tlpOfMarking(ref: string): Tlp | null {
  return levelOf.get(ref) ?? legacyLevelOf.get(ref) ?? null;
}
