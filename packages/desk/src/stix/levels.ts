import { type Tlp, tlpLevels } from '@gongjo/contract';
import { type StixId, zStixId } from './id.ts';

/**
 * The levels of FIRST's Traffic Light Protocol and the identifiers that stand for them. TLP 2.0 as OASIS publishes it for
 * STIX 2.1 (extension `tlp-2.0`): five marking definitions with fixed identifiers, which every tool knows and nobody may
 * redefine.
 */

const idOf: Readonly<Record<Tlp, StixId>> = {
  clear: zStixId.parse('marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487'),
  green: zStixId.parse('marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb'),
  amber: zStixId.parse('marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421'),
  'amber+strict': zStixId.parse('marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003'),
  red: zStixId.parse('marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1'),
};

const levelOf: ReadonlyMap<string, Tlp> = new Map(tlpLevels.map((level) => [idOf[level], level]));

/** The four markings of TLP 1.0 (STIX 2.1 section 7.2.1.4), as FIRST maps them to TLP 2.0: WHITE is CLEAR, the others keep their names. */
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

/** What level a marking asks for; `null`: it says nothing that is known here. */
export type RefLevel = (ref: string) => Tlp | null;

export const currentLevelOfRef: RefLevel = (ref) => levelOf.get(ref) ?? null;
export const legacyLevelOfRef: RefLevel = (ref) => legacyLevelOf.get(ref) ?? null;

/** Of TLP 2.0 and of TLP 1.0. */
export const levelOfRef: RefLevel = (ref) => currentLevelOfRef(ref) ?? legacyLevelOfRef(ref);

const rank = (level: Tlp): number => tlpLevels.indexOf(level);

export function isStricter(one: Tlp, other: Tlp): boolean {
  return rank(one) > rank(other);
}

export function strictest(levels: readonly Tlp[]): Tlp | null {
  return levels.reduce<Tlp | null>((found, it) => (found === null || isStricter(it, found) ? it : found), null);
}
