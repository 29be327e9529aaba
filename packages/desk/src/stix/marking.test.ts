import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HandlingMark, type Tlp, tlpLevels, zHandlingMark } from '@gongjo/contract';
import fc from 'fast-check';
import { stixId } from './id.ts';
import { isStricter, tlpRefs } from './levels.ts';
import { handlingBook, markingDefinitionOf, markingOf, refLevelIn } from './marking.ts';
import type { StixObject } from './model/index.ts';
import { base, readsValid } from './redact.fixture.ts';
import { strictParts } from './redact.ts';

const published = 'marking-definition--aaaaaaaa-364f-4ccb-91a4-4c9acefbef79';
const mark = (id: string, tlp: Tlp, ...statements: string[]): HandlingMark =>
  zHandlingMark.parse({
    id,
    country: 'KR',
    name: { en: id, ko: '표시' },
    tlp,
    terms: { en: 'Do not pass on.', ko: '재배포 금지' },
    statements,
    definitions: id === 'kr-secret' ? [published] : [],
    source: 'a law',
  });
const marks = [
  mark('us-cui', 'amber', 'CUI', 'Controlled'),
  mark('us-les', 'amber+strict', 'CUI//LES'),
  mark('kr-secret', 'red', '대외비'),
];
const book = handlingBook(marks);

const object = (properties: object): StixObject => ({ ...base, ...properties }) as unknown as StixObject;
const foreign = stixId('marking-definition', '58b77a17-364f-4ccb-91a4-4c9acefbef79');
const says = (statement: string) => (id: string) =>
  id === foreign
    ? object({ type: 'marking-definition', id: foreign, definition_type: 'statement', definition: { statement } })
    : undefined;
const nothing = () => undefined;
const carrying = (...refs: string[]) => object({ object_marking_refs: refs });

const recognised: [statement: string, ids: string[]][] = [
  ['CUI', ['us-cui']],
  ['  ｃｕｉ ', ['us-cui']],
  ['(Controlled) – see overleaf', ['us-cui']],
  ['CUI//LES', ['us-les']],
  ['CUI//LES//NOFORN', ['us-les']],
  ['CUI//SP-PRVCY', ['us-cui']],
  ['대외비', ['kr-secret']],
  ['CUISINE', []],
  ['uncontrolled', []],
  ['', []],
];
for (const [statement, ids] of recognised) {
  test(`a statement "${statement}" is ${ids[0] ?? 'no handling mark'}`, () => {
    const marking = markingOf(carrying(foreign), book, says(statement));
    assert.deepEqual(marking.handling, ids);
    assert.deepEqual(marking.unknown, ids.length === 0 ? [foreign] : []);
    assert.equal(marking.tlp, ids.length === 0 ? null : marks.find((it) => it.id === ids[0])?.tlp);
  });
}

test('a mark is known by a listed definition and by our own, without the definition being here', () => {
  assert.deepEqual(markingOf(carrying(published), book, nothing).handling, ['kr-secret']);
  for (const it of marks) {
    const definition = markingDefinitionOf(it);
    assert.ok(readsValid(definition));
    assert.deepEqual(markingOf(carrying(definition.id), book, nothing).handling, [it.id]);
  }
});

test('a definition that is not here is reported, not passed over', () => {
  assert.deepEqual(markingOf(carrying(foreign, ...tlpRefs('green')), book, nothing), {
    tlp: 'green',
    handling: [],
    unknown: [foreign],
  });
});

test('what a mark says is part of its identifier, because definitions have no versions', () => {
  const [first] = marks;
  assert.ok(first);
  assert.notEqual(markingDefinitionOf({ ...first, statements: ['Other'] }).id, markingDefinitionOf(first).id);
  assert.equal(markingDefinitionOf({ ...first, source: 'another law' }).id, markingDefinitionOf(first).id);
});

test('law: no marking more makes an object less strict', () => {
  const ref = fc.oneof(
    fc.constantFrom(...tlpLevels).map((it) => tlpRefs(it)[0] as string),
    fc.constantFrom(...marks).map((it) => markingDefinitionOf(it).id as string),
    fc.constant(foreign as string),
  );
  fc.assert(
    fc.property(fc.array(ref, { maxLength: 4 }), ref, fc.boolean(), (refs, more, onPart) => {
      const before = markingOf(carrying(...refs), book, nothing).tlp;
      const part = { selectors: ['name'], marking_ref: more };
      const object = onPart ? { ...carrying(...refs), granular_markings: [part] } : carrying(...refs, more);
      const after = markingOf(object, book, nothing).tlp;
      if (before === 'conflict' || after === 'conflict') assert.equal(after, 'conflict');
      else if (before !== null) assert.ok(after !== null && !isStricter(before, after));
    }),
  );
});

test('a part under a handling mark is strict as the mark asks', () => {
  const [, les] = marks;
  assert.ok(les);
  const granular_markings = [{ selectors: ['name'], marking_ref: markingDefinitionOf(les).id }];
  const marked = object({ object_marking_refs: tlpRefs('green'), granular_markings });
  assert.deepEqual(strictParts(marked, 'green', refLevelIn(book, nothing)), ['name']);
  assert.deepEqual(strictParts(marked, 'amber+strict', refLevelIn(book, nothing)), []);
  assert.equal(markingOf(marked, book, nothing).tlp, 'amber+strict');
});
