import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { tlpRefs } from '../levels.ts';
import type { StixObject } from '../model/index.ts';
import { fromMisp } from './from.ts';
import { mispEvent, uuid } from './misp.fixture.ts';
import { observable } from './observable.ts';
import { toMisp } from './to.ts';

type Json = Record<string, unknown>;
const byId = (objects: readonly StixObject[]) => [...objects].sort((a, b) => (a.id < b.id ? -1 : 1));
const parts = (objects: readonly StixObject[]) => {
  const { event, left } = toMisp(objects);
  return {
    event: event.Event,
    attributes: event.Event.Attribute as Json[],
    objects: event.Event.Object as Json[],
    left,
  };
};

test('there and back again: STIX made of an event is the STIX made of the event written from it', () => {
  fc.assert(
    fc.property(mispEvent, (event) => {
      const { objects } = fromMisp(event);
      const { event: written, left } = toMisp(objects);
      assert.deepEqual(left, []);
      assert.deepEqual(byId(fromMisp(JSON.parse(JSON.stringify(written))).objects), byId(objects));
    }),
    { numRuns: 500 },
  );
});

test('UUIDs, types and values of attributes and objects come back', () => {
  fc.assert(
    fc.property(mispEvent, (event) => {
      const { attributes, objects } = parts(fromMisp(event).objects);
      const told = (it: Json) => [it.uuid, it.type, it.value];
      const expected = event.Event.Attribute.filter(({ value }) => value.trim() !== '');
      assert.deepEqual(attributes.map(told).sort(), expected.map(told).sort());
      assert.deepEqual(objects.map((it) => it.uuid).sort(), event.Event.Object.map((it) => it.uuid).sort());
      const inner = (list: readonly Json[]) => list.flatMap((it) => (it.Attribute as Json[]).map(told)).sort();
      assert.deepEqual(inner(objects), inner(event.Event.Object));
    }),
  );
});

test('an event that was shared with all is written for one’s own organisation only', () => {
  const { event } = parts(fromMisp({ Event: { uuid: uuid(1), info: 'x', timestamp: '1', distribution: '3' } }).objects);
  assert.equal(event.distribution, '0');
});

describe('objects that never were MISP’s', () => {
  const at = { spec_version: '2.1', created: '2026-03-01T00:00:00.000Z', modified: '2026-03-01T00:00:00.000Z' };
  const indicator = (n: number, pattern: string, more: Json = {}) =>
    ({
      type: 'indicator',
      id: `indicator--${uuid(n)}`,
      ...at,
      pattern,
      pattern_type: 'stix',
      valid_from: at.created,
      ...more,
    }) as unknown as StixObject;
  const bitcoin = 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq';

  test('an indicator of one value keeps its UUID; the observable behind it is not said twice', () => {
    const { attributes, left } = parts([
      indicator(1, `[cryptocurrency-wallet:value = '${bitcoin}']`),
      observable('cryptocurrency-wallet', { value: bitcoin }),
    ]);
    assert.deepEqual(
      attributes.map(({ uuid: id, type, value, to_ids }) => [id, type, value, to_ids]),
      [[uuid(1), 'btc', bitcoin, true]],
    );
    assert.deepEqual(left, []);
  });

  test('several values are several attributes, each with a UUID that stays', () => {
    const objects = [indicator(1, "[domain-name:value = 'a' OR url:value = 'b']")];
    const { attributes } = parts(objects);
    assert.deepEqual(
      attributes.map(({ type, value }) => [type, value]),
      [
        ['domain', 'a'],
        ['url', 'b'],
      ],
    );
    assert.notEqual(attributes[0]?.uuid, attributes[1]?.uuid);
    assert.deepEqual(parts(objects).attributes, attributes);
  });

  test('a pattern that says more than values stays a pattern', () => {
    const pattern = "[url:value = 'a'] FOLLOWEDBY [url:value = 'b']";
    assert.deepEqual(
      parts([indicator(1, pattern)]).attributes.map(({ type, value }) => [type, value]),
      [['stix2-pattern', pattern]],
    );
  });

  test('wallets of other chains, transactions and accounts are objects of MISP’s templates', () => {
    const { objects, attributes } = parts([
      observable('cryptocurrency-wallet', { value: '0x2222222222222222222222222222222222222222' }),
      observable('cryptocurrency-transaction', { symbol: 'ETH', value: '0x01' }),
      observable('bank-account', { iban: 'GB29', bic: 'NWBKGB2L' }),
    ]);
    assert.deepEqual(attributes, []);
    assert.deepEqual(
      objects.map((it) => [
        it.name,
        (it.Attribute as Json[]).map(({ object_relation, value }) => `${object_relation} ${value}`),
      ]),
      [
        ['coin-address', ['address-crypto 0x2222222222222222222222222222222222222222']],
        ['cryptocurrency-transaction', ['transaction-number 0x01', 'symbol ETH']],
        ['bank-account', ['iban GB29', 'swift NWBKGB2L']],
      ],
    );
  });

  test('every marking is a tag of what carries it, also one that MISP has no tag for', () => {
    const statement = {
      type: 'marking-definition',
      spec_version: '2.1',
      id: `marking-definition--${uuid(9)}`,
      created: at.created,
      definition_type: 'statement',
      definition: { statement: '대외비' },
    } as unknown as StixObject;
    const marked = (n: number, refs: string[]) => indicator(n, `[url:value = '${n}']`, { object_marking_refs: refs });
    const legacyAmber = 'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82';
    const container = {
      type: 'grouping',
      id: `grouping--${uuid(5)}`,
      ...at,
      name: 'g',
      context: 'x',
    } as unknown as StixObject;
    const { attributes, left } = parts([
      container,
      marked(1, tlpRefs('red')),
      marked(2, [legacyAmber]),
      marked(3, [statement.id]),
      marked(4, []),
      statement,
    ]);
    assert.deepEqual(
      attributes.map(({ Tag }) => (Tag as { name: string }[]).map(({ name }) => name)),
      [['tlp:red'], ['tlp:amber'], ['대외비'], []],
    );
    assert.deepEqual(left, []);
  });

  test('threat actors and the like are galaxies of the event; what has no counterpart is left and told', () => {
    const actor = {
      type: 'threat-actor',
      id: `threat-actor--${uuid(1)}`,
      ...at,
      name: 'Lazarus',
    } as unknown as StixObject;
    const sighting = {
      type: 'sighting',
      id: `sighting--${uuid(2)}`,
      ...at,
      sighting_of_ref: actor.id,
    } as unknown as StixObject;
    const { event, left } = parts([actor, sighting]);
    assert.deepEqual(event.Tag, [{ name: 'misp-galaxy:threat-actor="Lazarus"' }]);
    assert.deepEqual(left, [{ path: '/objects/1', detail: 'sighting is not mapped to MISP, and left out' }]);
  });

  test('what MISP gives no tags is left out where its marking is stricter than the event’s', () => {
    const container = {
      type: 'report',
      id: `report--${uuid(5)}`,
      ...at,
      name: 'r',
      published: at.created,
      object_refs: [uuid(6)],
    };
    const note = { type: 'note', id: `note--${uuid(6)}`, ...at, content: 'secret', object_refs: [container.id] };
    const actor = { type: 'threat-actor', id: `threat-actor--${uuid(7)}`, ...at, name: 'secret' };
    const under = (level: 'green' | 'red') => ({ object_marking_refs: tlpRefs(level) });
    const write = (level: 'green' | 'red') =>
      toMisp([
        { ...container, ...under('green') },
        { ...note, ...under(level) },
        { ...actor, ...under(level) },
        { ...indicator(8, "[url:value = 'a']"), ...under('green') },
        {
          ...{ type: 'relationship', id: `relationship--${uuid(9)}`, ...at, relationship_type: 'indicates' },
          ...{ source_ref: `indicator--${uuid(8)}`, target_ref: actor.id, ...under('green') },
        },
      ] as unknown as StixObject[]);
    assert.match(JSON.stringify(write('green').event), /secret.*secret/);
    const { event, left } = write('red');
    assert.doesNotMatch(JSON.stringify(event), /secret/);
    assert.deepEqual(
      left.slice(0, 2).map(({ path, detail }) => [path, detail.slice(0, 36)]),
      ['/objects/1', '/objects/2'].map((path) => [path, 'marked more strictly than the event,']),
    );
  });

  test('objects without a report are an event under the strictest of their markings', () => {
    const marked = (n: number, level: 'green' | 'red') =>
      indicator(n, `[url:value = '${n}']`, { object_marking_refs: tlpRefs(level) });
    assert.deepEqual(parts([marked(1, 'green'), marked(2, 'red')]).event.Tag, [{ name: 'tlp:red' }]);
  });

  test('an empty list is an empty event', () => {
    assert.equal(parts([]).event.info, 'STIX 2.1 objects');
  });
});
