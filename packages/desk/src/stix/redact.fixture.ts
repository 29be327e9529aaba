import type { Tlp } from '@gongjo/contract';
import fc from 'fast-check';
import { tlpRefs } from './levels.ts';
import type { StixObject } from './model/index.ts';
import { readObjects } from './read.ts';
import { selectorOf } from './selector.ts';

/** Valid objects of many shapes, with marked parts, for laws about copies. */

const uuid = '58b77a17-364f-4ccb-91a4-4c9acefbef79';
const at = '2026-03-01T00:00:00.000Z';

export const base = {
  type: 'threat-actor',
  spec_version: '2.1',
  id: `threat-actor--${uuid}`,
  created: at,
  modified: at,
  name: 'A',
};

const text = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme-ascii' });
const texts = fc.array(text, { minLength: 1, maxLength: 4 });
const reference = fc.record(
  { source_name: text, description: text, url: text, external_id: text },
  { requiredKeys: ['source_name', 'description'] },
);
const part = fc.dictionary(
  fc.constantFrom('victim', 'amounts', 'person'),
  fc.oneof(text, texts, fc.array(fc.record({ victim: text, units: text }), { minLength: 1, maxLength: 3 })),
);

/** Every place of an object but its markings. */
export function placesIn(value: unknown, place: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const here = [...place, Array.isArray(value) ? Number(key) : key];
    return [here, ...placesIn(item, here)];
  });
}

const content = fc
  .record(
    {
      description: text,
      labels: texts,
      aliases: texts,
      goals: texts,
      external_references: fc.array(reference, { minLength: 1, maxLength: 4 }),
      x_part: part,
    },
    { requiredKeys: [] },
  )
  .map((it) => ({ ...base, ...it }));

/** Some parts of it are marked with levels. */
export const marked: fc.Arbitrary<StixObject> = content.chain((object) => {
  const selectors = placesIn(object)
    .map(selectorOf)
    .filter((it) => it !== 'type' && it !== 'id');
  const marking = fc.record({
    selectors: fc.uniqueArray(fc.constantFrom(...selectors), { minLength: 1, maxLength: 4 }),
    marking_ref: fc.constantFrom<Tlp>('green', 'amber', 'red').map((it) => tlpRefs(it)[0]),
  });
  const level = fc.constantFrom<Tlp>('clear', 'green', 'amber').map(tlpRefs);
  return fc
    .record({
      granular_markings: fc.option(fc.array(marking, { minLength: 1, maxLength: 4 }), { nil: undefined }),
      object_marking_refs: level,
    })
    .map(({ granular_markings, object_marking_refs }) => {
      const whole = { ...object, object_marking_refs, ...(granular_markings ? { granular_markings } : {}) };
      // The generator's records have no prototype, which strict equality would take for a difference.
      return structuredClone(whole) as unknown as StixObject;
    });
});

/** Patterns without list places. */
export const patterns = fc.array(
  fc.constantFrom(
    'description',
    'labels',
    'aliases',
    'external_references',
    'external_references.*.url',
    'external_references.*.description',
    'external_references.external_id',
    'x_part.*.victim',
    'x_part.victim',
    'x_part.*',
    'goals.[1]',
    'x_nothing',
    'name',
  ),
  { maxLength: 5 },
);

export const readsValid = (object: StixObject): boolean => readObjects({ objects: [object] }).findings.length === 0;
