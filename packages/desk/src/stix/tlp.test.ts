import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Tlp, tlpLevels } from '@gongjo/contract';
import fc from 'fast-check';
import { stixId } from './id.ts';
import { tlpRefs } from './levels.ts';
import type { StixObject } from './model/index.ts';
import { tlpDefinitionFault, tlpMarking, tlpOf, withTlp } from './tlp.ts';

const id = stixId('incident', '58b77a17-364f-4ccb-91a4-4c9acefbef79');
const marked = (properties: object): StixObject => ({ type: 'incident', id, ...properties });
const refs = (...levels: Tlp[]) => levels.flatMap((level) => tlpRefs(level));
const legacy = {
  clear: 'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9',
  red: 'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed',
};
const other = 'marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168';

test('each level is read back from its own reference, alone and beside a marking of another kind', () => {
  for (const level of tlpLevels) {
    assert.equal(tlpOf(marked({ object_marking_refs: refs(level) })), level);
    assert.equal(tlpOf(marked({ object_marking_refs: [other, ...refs(level, level)] })), level);
  }
});

const unmarked: [what: string, properties: object][] = [
  ['no marking', {}],
  ['a marking of another kind', { object_marking_refs: [other] }],
  ['a level for a part only', { granular_markings: [{ selectors: ['name'], marking_ref: refs('green')[0] }] }],
  ['a reference that is no text', { object_marking_refs: [{ toString: 1 }] }],
  ['references that are no list', { object_marking_refs: refs('clear')[0] }],
];
for (const [what, properties] of unmarked) {
  test(`unmarked: ${what}`, () => assert.equal(tlpOf(marked(properties)), null));
}

test('two different levels are a conflict, whichever they are', () => {
  fc.assert(
    fc.property(fc.constantFrom(...tlpLevels), fc.constantFrom(...tlpLevels), (one, two) => {
      const level = tlpOf(marked({ object_marking_refs: refs(one, two) }));
      assert.equal(level, one === two ? one : 'conflict');
    }),
  );
});

test('TLP 1.0 beside TLP 2.0 may agree but not contradict', () => {
  assert.equal(tlpOf(marked({ object_marking_refs: [legacy.red, ...refs('red')] })), 'red');
  assert.equal(tlpOf(marked({ object_marking_refs: [legacy.clear, ...refs('clear')] })), 'clear');
  assert.equal(tlpOf(marked({ object_marking_refs: [legacy.red, ...refs('clear')] })), 'conflict');
});

test('TLP 1.0 alone counts as the level that FIRST maps it to', () => {
  assert.equal(tlpOf(marked({ object_marking_refs: [legacy.clear] })), 'clear');
  assert.equal(tlpOf(marked({ object_marking_refs: [legacy.red, other] })), 'red');
  assert.equal(tlpOf(marked({ object_marking_refs: [legacy.red, legacy.clear] })), 'conflict');
});

test('a copy says the level it is given, keeps its other markings, and never a looser one', () => {
  const level = fc.constantFrom(...tlpLevels);
  fc.assert(
    fc.property(fc.option(level), level, (said, wanted) => {
      const object = marked({ name: 'x', object_marking_refs: [other, ...(said === null ? [] : refs(said))] });
      if (said !== null && tlpLevels.indexOf(wanted) < tlpLevels.indexOf(said)) {
        assert.throws(() => withTlp(object, wanted), /never loosened/);
        return;
      }
      assert.deepEqual(withTlp(object, wanted), { ...object, object_marking_refs: [other, ...refs(wanted)] });
      const copy = withTlp(object, wanted);
      assert.equal(withTlp(copy, wanted), copy);
      assert.equal(tlpOf(copy), wanted);
    }),
  );
});

test('an object in TLP 1.0 stays as it is at its level and speaks TLP 2.0 above it', () => {
  const object = marked({ object_marking_refs: [legacy.clear] });
  assert.equal(withTlp(object, 'clear'), object);
  assert.deepEqual(withTlp(object, 'amber').object_marking_refs, refs('amber'));
  assert.throws(() => withTlp(marked({ object_marking_refs: refs('green', 'red') }), 'red'), /contradicting/);
});

test('the strictest marking of any part governs the whole, and never loosens it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...tlpLevels), fc.array(fc.constantFrom(...tlpLevels)), (level, parts) => {
      const granular_markings = parts.map((part) => ({ selectors: ['name'], marking_ref: refs(part)[0] }));
      const strictest = Math.max(...[level, ...parts].map((it) => tlpLevels.indexOf(it)));
      assert.equal(tlpOf(marked({ object_marking_refs: refs(level), granular_markings })), tlpLevels[strictest]);
    }),
  );
  const red = [{ selectors: ['name'], marking_ref: legacy.red }];
  assert.equal(tlpOf(marked({ object_marking_refs: refs('green'), granular_markings: red })), 'red');
});

test('the published definitions are sound and public', () => {
  for (const level of tlpLevels) {
    assert.equal(tlpDefinitionFault(tlpMarking(level)), null);
    assert.equal(tlpOf(tlpMarking(level)), 'clear');
  }
});

test('a definition that gives a level another identifier, or an identifier another level, is found', () => {
  const forged = { ...tlpMarking('red'), id: stixId('marking-definition', '58b77a17-364f-4ccb-91a4-4c9acefbef79') };
  assert.match(String(tlpDefinitionFault(forged)), /five published/);
  assert.match(String(tlpDefinitionFault({ ...tlpMarking('red'), id: tlpMarking('clear').id })), /five published/);
  assert.match(String(tlpDefinitionFault({ ...tlpMarking('red'), extensions: undefined })), /five published/);
  const white = { type: 'marking-definition', definition_type: 'tlp', definition: { tlp: 'white' } };
  assert.match(String(tlpDefinitionFault({ ...white, id: forged.id })), /four published/);
});
