import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tlpLevels } from '@gongjo/contract';
import fc from 'fast-check';
import { copyRelation } from './copy.ts';
import { isStricter, levelOfRef, tlpRefs } from './levels.ts';
import type { StixObject } from './model/index.ts';
import { base, marked, patterns, placesIn, readsValid } from './redact.fixture.ts';
import { redact, strictParts } from './redact.ts';
import { selectorOf, valueAt } from './selector.ts';
import { tlpOf } from './tlp.ts';
import { pointerOf } from './tree.ts';

const object = (properties: object): StixObject => ({ ...base, ...properties }) as unknown as StixObject;
const done = (from: StixObject, ...selectors: string[]) => {
  const redaction = redact(from, selectors);
  assert.ok(redaction.possible, JSON.stringify(redaction));
  return redaction;
};

const full = object({
  description: 'd',
  labels: ['a', 'b', 'c'],
  external_references: [
    { source_name: 's', url: 'u', external_id: '1' },
    { source_name: 't', description: 'x' },
  ],
  extensions: {
    'extension-definition--b83c9753-75ab-4a4c-b1ed-d359623e0e7e': { extension_type: 'property-extension', victim: 'v' },
  },
});

const cases: [pattern: string, removed: string[], left: object][] = [
  ['description', ['/description'], { description: undefined }],
  ['labels.[1]', ['/labels/1'], { labels: ['a', 'c'] }],
  ['labels.*', ['/labels'], { labels: undefined }],
  [
    'external_references.*.url',
    ['/external_references/0/url'],
    {
      external_references: [
        { source_name: 's', external_id: '1' },
        { source_name: 't', description: 'x' },
      ],
    },
  ],
  ['external_references.[*].url', ['/external_references/0/url'], {}],
  ['external_references.url', ['/external_references/0/url'], {}],
  [
    'extensions.*.victim',
    ['/extensions/extension-definition--b83c9753-75ab-4a4c-b1ed-d359623e0e7e/victim'],
    {
      extensions: {
        'extension-definition--b83c9753-75ab-4a4c-b1ed-d359623e0e7e': { extension_type: 'property-extension' },
      },
    },
  ],
  ['nothing.here', [], {}],
];
for (const [pattern, removed, left] of cases) {
  test(`redacts ${pattern}`, () => {
    const made = done(full, pattern);
    assert.deepEqual(made.removed, removed);
    for (const [key, value] of Object.entries(left)) assert.deepEqual(made.object[key], value);
    if (removed.length === 0) assert.equal(made.object, full);
  });
}

const impossible: [pattern: string, path: string, detail: RegExp][] = [
  ['name', '/name', /missing/],
  ['*', '/type', /cannot be taken out/],
  ['id', '/id', /cannot be taken out/],
  ['external_references.*.description', '/external_references/1', /needs one of/],
  [
    'extensions.*.extension_type',
    '/extensions/extension-definition--b83c9753-75ab-4a4c-b1ed-d359623e0e7e/extension_type',
    /./,
  ],
];
for (const [pattern, path, detail] of impossible) {
  test(`says that an object cannot be without ${pattern}`, () => {
    const redaction = redact(full, [pattern]);
    assert.ok(!redaction.possible);
    assert.match(redaction.findings.find((it) => it.path === path)?.detail ?? 'not found', detail);
  });
}

test('markings of what is gone go, and those of list items that moved follow them', () => {
  const ref = tlpRefs('red')[0];
  const granular_markings = [
    { selectors: ['labels.[0]', 'labels.[2]'], marking_ref: ref },
    { selectors: ['description'], marking_ref: tlpRefs('amber')[0] },
  ];
  const made = done({ ...full, granular_markings }, 'labels.[0]', 'description');
  assert.deepEqual(made.object.labels, ['b', 'c']);
  assert.deepEqual(made.object.granular_markings, [{ selectors: ['labels.[1]'], marking_ref: ref }]);
  assert.ok(!('granular_markings' in done({ ...full, granular_markings }, 'labels', 'description').object));
});

test('what is withheld in one language is withheld in all', () => {
  const translation = object({
    type: 'language-content',
    id: 'language-content--58b77a17-364f-4ccb-91a4-4c9acefbef79',
    object_ref: base.id,
    name: undefined,
    contents: { ko: { name: 'k', description: 'k' }, de: { description: 'x' } },
  });
  delete (translation as Record<string, unknown>).name;
  const made = done(translation, 'description');
  assert.deepEqual(made.object.contents, { ko: { name: 'k' } });
  assert.deepEqual(made.removed, ['/contents/ko/description', '/contents/de']);
  assert.ok(!redact(translation, ['description', 'name']).possible, 'a translation of nothing does not leave');
});

/** By pointer, every value that is neither list nor object. */
const leaves = (value: StixObject): Map<string, unknown> =>
  new Map(
    placesIn(value)
      .filter(([first]) => first !== 'granular_markings')
      .filter((place) => typeof valueAt(value, place) !== 'object')
      .map((place) => [pointerOf(place), valueAt(value, place)]),
  );
const multiset = (values: Iterable<unknown>) => {
  const counts = new Map<unknown, number>();
  for (const it of values) counts.set(it, (counts.get(it) ?? 0) + 1);
  return counts;
};

test('law: redaction adds nothing, is valid, says exactly what it took, and is a narrower copy', () => {
  let redacted = 0;
  fc.assert(
    fc.property(marked, patterns, (whole, selectors) => {
      const before = JSON.stringify(whole);
      const redaction = redact(whole, selectors);
      assert.equal(JSON.stringify(whole), before, 'the original is left alone');
      if (!redaction.possible) return;
      const { object: part, removed } = redaction;
      if (removed.length > 0) redacted += 1;
      assert.ok(readsValid(part));
      assert.equal(copyRelation(part, whole), removed.length === 0 ? 'same' : 'narrower');
      // What is left and what was taken are together what was there: no value more, none less.
      const taken = [...leaves(whole)].filter(([at]) => removed.some((it) => at === it || at.startsWith(`${it}/`)));
      const together = multiset([...leaves(part).values(), ...taken.map(([, it]) => it)]);
      assert.deepEqual(together, multiset(leaves(whole).values()));
    }),
    { numRuns: 400 },
  );
  assert.ok(redacted > 100, 'the law was tried on redactions that took something');
});

test('law: patterns without list places change nothing the second time', () => {
  fc.assert(
    fc.property(marked, patterns, (whole, selectors) => {
      const lasting = selectors.filter((it) => !it.includes('['));
      const first = redact(whole, lasting);
      if (!first.possible) return;
      const second = redact(first.object, lasting);
      assert.ok(second.possible && second.removed.length === 0 && second.object === first.object);
    }),
    { numRuns: 400 },
  );
});

test('law: without its strict parts an object is no stricter than the ceiling, and its other markings stand', () => {
  let possible = 0;
  fc.assert(
    fc.property(marked, fc.constantFrom(...tlpLevels), (whole, ceiling) => {
      const level = levelOfRef(String((whole.object_marking_refs as string[])[0]));
      if (level === null || isStricter(level, ceiling)) return;
      const redaction = redact(whole, strictParts(whole, ceiling));
      if (!redaction.possible) return;
      possible += 1;
      const left = tlpOf(redaction.object);
      assert.ok(left !== null && left !== 'conflict' && !isStricter(left, ceiling));
      assert.deepEqual(strictParts(redaction.object, ceiling), []);
      const marks = (it: StixObject) =>
        markedValues(it).filter(([, ref]) => !isStricter(levelOfRef(ref) ?? 'red', ceiling));
      const values = new Set(markedValues(whole).map(([value, ref]) => `${value} ${ref}`));
      for (const [value, ref] of marks(redaction.object)) {
        if (typeof value !== 'object')
          assert.ok(values.has(`${value} ${ref}`), 'a marking is on what it was on before');
      }
    }),
    { numRuns: 400 },
  );
  assert.ok(possible > 100);
});

function markedValues(it: StixObject): [value: unknown, ref: string][] {
  const markings = (it.granular_markings ?? []) as { selectors: string[]; marking_ref: string }[];
  return markings.flatMap(({ selectors, marking_ref }) =>
    placesIn(it)
      .filter((place) => selectors.includes(selectorOf(place)))
      .map((place): [unknown, string] => [valueAt(it, place), marking_ref]),
  );
}
