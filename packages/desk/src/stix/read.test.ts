import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { gongjoExtension } from './extension.ts';
import type { StixObject } from './model/index.ts';
import { FINDINGS_MAX, OBJECTS_MAX, readObjects } from './read.ts';
import { DEPTH_MAX, STRING_CHARS_MAX } from './shape.ts';
import { tlpMarking } from './tlp.ts';

const uuid = '58b77a17-364f-4ccb-91a4-4c9acefbef79';
const at = '2026-03-01T00:00:00.000Z';
const identity = {
  type: 'identity',
  spec_version: '2.1',
  id: `identity--${uuid}`,
  created: at,
  modified: at,
  name: 'A',
};
const envelope = (...objects: unknown[]) => ({ objects });

const refusals: [what: string, document: unknown, path: string, detail: RegExp][] = [
  ['text', 'x', '', /neither/],
  ['a list', [identity], '', /neither/],
  ['a bare object', identity, '/type', /not a bundle/],
  ['a bundle without id', { type: 'bundle', objects: [identity] }, '/id', /id of a bundle/],
  ['a STIX 2.0 bundle', { type: 'bundle', id: `bundle--${uuid}`, spec_version: '2.0' }, '/spec_version', /2\.0/],
  ['an unreadable version', { spec_version: { toString: 1 } }, '/spec_version', /unknown version/],
  ['objects that are no list', { objects: {} }, '/objects', /not a list/],
  ['too many objects', { objects: new Array(OBJECTS_MAX + 1).fill(identity) }, '/objects', /more than 10000/],
  ['null for an object', envelope(null), '/objects/0', /object/],
  ['a STIX 2.0 object', envelope({ ...identity, spec_version: '2.0' }), '/objects/0/spec_version', /STIX 2\.0/],
  [
    'an object without version',
    envelope({ ...identity, spec_version: undefined }),
    '/objects/0/spec_version',
    /missing/,
  ],
  ['an id of another type', envelope({ ...identity, id: `incident--${uuid}` }), '/objects/0/id', /another type/],
  ['an id without UUID', envelope({ ...identity, id: 'identity--1' }), '/objects/0/id', /./],
  ['a type in capitals', envelope({ ...identity, type: 'Identity' }), '/objects/0/type', /./],
  ['a missing name', envelope({ ...identity, name: undefined }), '/objects/0/name', /./],
  ['a time without zone', envelope({ ...identity, created: '2026-03-01T00:00:00' }), '/objects/0/created', /./],
  [
    'a day that does not exist',
    envelope({ ...identity, created: '2026-02-30T00:00:00Z' }),
    '/objects/0/created',
    /calendar/,
  ],
  [
    'modified before created',
    envelope({ ...identity, modified: '2025-01-01T00:00:00Z' }),
    '/objects/0/modified',
    /before/,
  ],
  ['a null property', envelope({ ...identity, description: null }), '/objects/0/description', /./],
  ['an empty list', envelope({ ...identity, sectors: [] }), '/objects/0/sectors', /empty list/],
  ['a property in capitals', envelope({ ...identity, Sector: 'x' }), '/objects/0/Sector', /name of a property/],
  [
    'a marking that is none',
    envelope({ ...identity, object_marking_refs: [`identity--${uuid}`] }),
    '/objects/0/object_marking_refs/0',
    /marking-definition/,
  ],
  [
    'a forged TLP definition',
    envelope({ ...tlpMarking('clear'), id: tlpMarking('red').id }),
    '/objects/0',
    /published/,
  ],
  [
    'a prototype key',
    envelope(JSON.parse(`{"type":"identity","__proto__":{"admin":true}}`)),
    '/objects/0',
    /__proto__/,
  ],
  ['half a surrogate pair', envelope({ ...identity, name: '\uD800' }), '/objects/0/name', /Unicode/],
  ['a long string', envelope({ ...identity, name: 'x'.repeat(STRING_CHARS_MAX + 1) }), '/objects/0/name', /longer/],
  [
    'a wallet without value',
    envelope({ type: 'cryptocurrency-wallet', id: `cryptocurrency-wallet--${uuid}` }),
    '/objects/0',
    /value/,
  ],
  [
    'our extension without its facts',
    envelope({
      ...identity,
      type: 'incident',
      id: `incident--${uuid}`,
      extensions: { [gongjoExtension]: { extension_type: 'property-extension', chain: 'eip155:1' } },
    }),
    `/objects/0/extensions/${gongjoExtension}/kind`,
    /./,
  ],
  ['one version with two contents', envelope(identity, { ...identity, name: 'B' }), '/objects/1', /other content/],
];

for (const [what, document, path, detail] of refusals) {
  test(`refuses ${what} at ${path || 'the root'}`, () => {
    const { objects, findings } = readObjects(JSON.parse(JSON.stringify(document)));
    const finding = findings.find((it) => it.path === path);
    assert.match(finding?.detail ?? `no finding there, but ${JSON.stringify(findings)}`, detail);
    assert.ok(!objects.some((it) => it.name !== 'A'), 'nothing faulty is among the objects');
  });
}

const nested = (levels: number): unknown => {
  let value: unknown = 'x';
  for (let i = 0; i < levels; i++) value = [value];
  return value;
};

test('nesting is read up to its bound and refused one level below', () => {
  assert.deepEqual(readObjects(envelope({ ...identity, x_deep: nested(DEPTH_MAX - 1) })).findings, []);
  const { findings } = readObjects(envelope({ ...identity, x_deep: nested(DEPTH_MAX) }));
  assert.match(findings[0]?.detail ?? '', /deeper/);
  const abyss = JSON.parse(`{"objects":[{"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}]}`);
  assert.match(readObjects(abyss).findings[0]?.detail ?? '', /deeper/);
});

test('one faulty object does not hide the sound ones, and objects come back as they came', () => {
  const custom = { zz_last: 1, ...identity, x_custom: { any: ['thing', null] } };
  const reading = readObjects(envelope(custom, { ...identity, id: 'x' }));
  assert.equal(reading.objects[0], custom);
  assert.equal(reading.objects.length, 1);
  assert.deepEqual(
    reading.findings.map((it) => it.path),
    ['/objects/1/id'],
  );
});

test('the same object twice is one object; a later version is another', () => {
  const later = { ...identity, modified: '2026-03-02T00:00:00.000Z', name: 'A' };
  const { objects, findings } = readObjects(envelope(identity, { ...identity }, later));
  assert.deepEqual(findings, []);
  assert.deepEqual(objects, [identity, later]);
});

test('observables need neither version nor times; custom observables say that they are one', () => {
  const address = { type: 'ipv4-addr', id: `ipv4-addr--${uuid}`, value: '198.51.100.1' };
  const account = {
    type: 'bank-account',
    id: `bank-account--${uuid}`,
    extensions: { [`extension-definition--${uuid}`]: { extension_type: 'new-sco' } },
  };
  assert.deepEqual(readObjects(envelope(address, account)).findings, []);
  assert.equal(readObjects(envelope({ ...account, extensions: undefined })).findings.length, 1);
});

test('findings are bounded', () => {
  const { objects, findings } = readObjects({ objects: new Array(OBJECTS_MAX).fill({ type: 'x', id: 1, 'A b': 1 }) });
  assert.deepEqual([objects.length, findings.length], [0, FINDINGS_MAX]);
});

test('never throws, whatever JSON comes, and every object is either read or found fault with', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom(...Object.values(identity), '2.0', 'bundle', 'sighting'));
  const key = fc.constantFrom('type', 'id', 'spec_version', 'created', 'extensions', 'object_marking_refs', 'toString');
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.jsonValue({ maxDepth: 3 }),
      fc.array(tie('any')),
      fc.dictionary(key, tie('any')),
    ),
  })).any;
  const object = fc.dictionary(key, value).map((it) => ({ ...identity, ...it }));
  const document = fc.oneof(value, fc.record({ objects: fc.array(fc.oneof(object, value)) }));
  fc.assert(
    fc.property(document, (json) => {
      const { objects, findings } = readObjects(json);
      assert.ok(Array.isArray(objects) && findings.every((it) => it.detail !== ''));
    }),
    { numRuns: 500 },
  );
});

const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const shared = process.env.GONGJO_SHARED ?? join(repository, '..', 'shared');
const sample = (name: string) => join(shared, 'data', 'stix', name);
const load = (name: string): { objects: StixObject[] } => JSON.parse(readFileSync(sample(name), 'utf8'));
const needs = (name: string) => ({ skip: existsSync(sample(name)) ? false : `${name} is not here (GONGJO_SHARED)` });

test('ATT&CK for ICS 18.0: all 1,826 objects, unchanged', needs('ics-attack-18.0.json'), () => {
  const attack = load('ics-attack-18.0.json');
  const { objects, findings } = readObjects(attack);
  assert.deepEqual(findings, []);
  assert.equal(objects.length, 1_826);
  assert.deepEqual(objects, attack.objects);
});

test('STIX 2.0 is refused by its version', needs('dprk-groups-from-mitre-cti.json'), () => {
  const { objects, findings } = readObjects(load('dprk-groups-from-mitre-cti.json'));
  assert.equal(objects.length, 0);
  assert.deepEqual(findings, [{ path: '/spec_version', detail: 'STIX 2.0; only STIX 2.1 is read' }]);
});

for (const name of [
  'transaction_example',
  'wallet_example',
  'wallet_only_example',
  'wallet_transactions_only_example',
]) {
  const file = `crypto2stix/${name}.json`;
  test(`another tool’s wallets and transactions: ${name}`, needs(file), () => {
    const { objects, findings } = readObjects(load(file));
    assert.deepEqual(findings, []);
    assert.equal(objects.length, load(file).objects.length);
  });
}
