import { type Tlp, tlpLevels } from '@gongjo/contract';
import { type StixId, zStixId } from '../id.ts';
import { levelOfRef, tlpRefs } from '../levels.ts';
import type { MarkingDefinition, StixObject } from '../model/index.ts';
import { tlpMarking } from '../tlp.ts';

/**
 * MISP says markings with tags: `tlp:amber` (FIRST's TLP 2.0; `tlp:white` is TLP 1.0's clear) and `PAP:RED` (Permissible
 * Actions Protocol, how visibly a thing may be acted upon). In STIX they are marking definitions: TLP's, and those of PAP
 * that OASIS publishes with fixed identifiers (cti-stix-common-objects, `pap-marking-definition`).
 */

const papLevels = ['clear', 'green', 'amber', 'red'] as const;
type Pap = (typeof papLevels)[number];

const papExtension = 'extension-definition--f8d78575-edfd-406e-8e84-6162a8450f5b';

const papOf: Readonly<Record<Pap, { readonly id: StixId; readonly created: string }>> = {
  clear: {
    id: zStixId.parse('marking-definition--ad15a0cd-55b6-4588-a14c-a66105329b92'),
    created: '2022-10-01T00:00:00.000Z',
  },
  green: {
    id: zStixId.parse('marking-definition--c43594d1-4b11-4c59-93ab-1c9b14d53ce9'),
    created: '2022-10-09T00:00:00.000Z',
  },
  amber: {
    id: zStixId.parse('marking-definition--60f8932b-e51e-4458-b265-a2e8be9a80ab'),
    created: '2022-10-02T00:00:00.000Z',
  },
  red: {
    id: zStixId.parse('marking-definition--740d36e5-7714-4c30-961a-3ae632ceee0e'),
    created: '2022-10-06T00:00:00.000Z',
  },
};

function papMarking(level: Pap): MarkingDefinition {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    ...papOf[level],
    name: `PAP:${level.toUpperCase()}`,
    extensions: { [papExtension]: { extension_type: 'property-extension', pap: level } },
  };
}

/** Several levels of one protocol contradict each other; both stay, so that nobody may pass the object on. */
export interface Marks {
  readonly tlp: readonly Tlp[];
  readonly pap: readonly Pap[];
}

export const unmarked: Marks = { tlp: [], pap: [] };

/** The markings that tags say, the tags that say something else, and what is wrong. Unmarked stays unmarked. */
export interface TagReading {
  readonly marks: Marks;
  readonly tags: readonly string[];
  readonly faults: readonly string[];
}

export function readTags(names: readonly string[]): TagReading {
  const tlp = new Set<Tlp>();
  const pap = new Set<Pap>();
  const tags: string[] = [];
  const faults: string[] = [];
  for (const name of names) {
    const [, protocol, word = ''] = /^(tlp|pap):(.*)$/i.exec(name.trim().toLowerCase()) ?? [];
    const level = word === 'white' ? 'clear' : word;
    const tlpLevel = protocol === 'tlp' ? tlpLevels.find((it) => it === level) : undefined;
    const papLevel = protocol === 'pap' ? papLevels.find((it) => it === level) : undefined;
    if (tlpLevel !== undefined) tlp.add(tlpLevel);
    else if (papLevel !== undefined) pap.add(papLevel);
    else tags.push(name);
    if (protocol !== undefined && tlpLevel === undefined && papLevel === undefined) {
      faults.push(`no level of ${protocol.toUpperCase()}: ${name.slice(0, TAG_CHARS_MAX)}`);
    }
  }
  if (tlp.size > 1) faults.push(`contradictory TLP tags: ${sorted(tlp, tlpLevels).join(', ')}`);
  if (pap.size > 1) faults.push(`contradictory PAP tags: ${sorted(pap, papLevels).join(', ')}`);
  return { marks: { tlp: sorted(tlp, tlpLevels), pap: sorted(pap, papLevels) }, tags, faults };
}

/** A fault quotes at most this much of a stranger's tag. */
const TAG_CHARS_MAX = 60;

function sorted<T>(levels: Iterable<T>, order: readonly T[]): T[] {
  return [...new Set(levels)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

/** The stricter of two levels; a contradiction on either side stays one. */
function stricter<T>(a: readonly T[], b: readonly T[], order: readonly T[]): T[] {
  const all = sorted([...a, ...b], order);
  return a.length > 1 || b.length > 1 ? all : all.slice(-1);
}

/** A part of an event is under the event's marks and under its own: the stricter holds. */
export function under(event: Marks, own: Marks): Marks {
  return { tlp: stricter(event.tlp, own.tlp, tlpLevels), pap: stricter(event.pap, own.pap, papLevels) };
}

/** Whether a part claims a laxer level than its event, which then does not hold. */
export function isLaxer(event: Marks, own: Marks): boolean {
  const [theirs] = event.tlp;
  const [ours] = own.tlp;
  if (theirs === undefined || ours === undefined || event.tlp.length > 1 || own.tlp.length > 1) return false;
  return tlpLevels.indexOf(ours) < tlpLevels.indexOf(theirs);
}

export function markingRefs(marks: Marks): { readonly object_marking_refs?: StixId[] } {
  const refs = [...marks.tlp.map((it) => tlpRefs(it)[0]), ...marks.pap.map((it) => papOf[it].id)];
  return refs.length === 0 ? {} : { object_marking_refs: refs };
}

export function markingDefinitions(marks: Marks): MarkingDefinition[] {
  return [...marks.tlp.map(tlpMarking), ...marks.pap.map(papMarking)];
}

/** What an object's marking references say, and those that are neither TLP nor PAP. */
export function marksOf(object: StixObject): { readonly marks: Marks; readonly others: readonly string[] } {
  const refs = Array.isArray(object.object_marking_refs) ? object.object_marking_refs.map(String) : [];
  const papOfRef = (ref: string) => papLevels.find((it) => papOf[it].id === ref) ?? null;
  return {
    marks: {
      tlp: sorted(
        refs.map(levelOfRef).filter((it) => it !== null),
        tlpLevels,
      ),
      pap: sorted(
        refs.map(papOfRef).filter((it) => it !== null),
        papLevels,
      ),
    },
    others: refs.filter((ref) => levelOfRef(ref) === null && papOfRef(ref) === null),
  };
}

export function tagsOf(marks: Marks): string[] {
  return [...marks.tlp.map((it) => `tlp:${it}`), ...marks.pap.map((it) => `PAP:${it.toUpperCase()}`)];
}

export function sameMarks(a: Marks, b: Marks): boolean {
  return tagsOf(a).join() === tagsOf(b).join();
}
