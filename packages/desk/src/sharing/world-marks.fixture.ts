import { type HandlingMark, type Tlp, tlpLevels } from '@gongjo/contract';
import type { Reader } from '../platform/index.ts';
import { handlingBook, type StixObject, tlpRefs, zStixId } from '../stix/index.ts';
import type { MarkReader } from './marking.ts';

/** Chance, and objects of every marking that chance finds. */

export interface WorldRow {
  readonly table: string;
  /** SQL over the row, and its value: what tells it from the others of its table. */
  readonly key: string;
  readonly value: string;
  readonly isSeen: (reader: Reader) => boolean;
}

export interface World {
  readonly rows: readonly WorldRow[];
  readonly incidents: readonly string[];
}

/** mulberry32: the same numbers from the same seed. */
export function dice(seed: number): (sides: number) => number {
  let state = seed | 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

export const at = '2026-01-01T00:00:00.000Z';
export const persons = ['kim', 'lee', 'park'] as const;

const handlingMark = (id: string, tlp: Tlp): HandlingMark => ({
  ...{ id, country: 'KR', name: { en: id, ko: id }, tlp, terms: { en: id, ko: id }, source: id },
  statements: [`statement of ${id}`],
  definitions: [],
});
export const uuid = (n: number) => `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const listedMarks = [handlingMark('kr-amber', 'amber'), handlingMark('kr-red', 'red')].map((mark, n) => ({
  ...mark,
  definitions: [`marking-definition--${uuid(0xd0 + n)}`],
}));
/** An agency's list: two marks, known by a definition each and by what they say. */
export const book = handlingBook(listedMarks);
/** A definition that is known by what it says, one that nobody lists, and one that is not here. */
export const definitions: StixObject[] = [
  ...[listedMarks[1]?.statements[0] ?? '', 'as you like'].map((statement, n) => ({
    ...{ type: 'marking-definition', spec_version: '2.1', created: at },
    id: zStixId.parse(`marking-definition--${uuid(0xe0 + n)}`),
    ...{ definition_type: 'statement', definition: { statement } },
  })),
];
export const otherRefs = [
  ...listedMarks.flatMap((it) => it.definitions),
  ...definitions.map(({ id }) => id),
  `marking-definition--${uuid(0xff)}`,
];
export const markReader: MarkReader = { book, resolve: (id) => definitions.find((it) => it.id === id) };

export const rank = (tlp: string | null) => {
  const found = tlpLevels.indexOf(tlp as Tlp);
  return found < 0 ? 4 : found;
};

/** Of any TLP, of several or none, with other marks, for itself or a part. */
export function anObject(id: string, roll: (sides: number) => number): StixObject {
  const pick = <T>(of: readonly T[]): T => of[roll(of.length)] as T;
  const level = (): Tlp => pick(tlpLevels);
  const refs = [
    ...(roll(4) === 0 ? [] : [pick(tlpRefs(level()))]),
    ...(roll(8) === 0 ? [pick(tlpRefs(level()))] : []),
    ...(roll(3) === 0 ? [pick(otherRefs)] : []),
  ];
  const parts = roll(5) === 0 ? [{ marking_ref: pick([...otherRefs, ...tlpRefs('red')]), selectors: ['name'] }] : [];
  return {
    id: zStixId.parse(id),
    ...{ type: id.split('--')[0] ?? '', spec_version: '2.1', created: at, modified: at, name: 'n' },
    ...(refs.length > 0 && { object_marking_refs: [...new Set(refs)] }),
    ...(parts.length > 0 && { granular_markings: parts }),
  };
}
