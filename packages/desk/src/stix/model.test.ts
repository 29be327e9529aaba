import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { objectFindings } from './check.ts';
import { hasVersions, isObservable, type StixObject, standardObservables } from './model/index.ts';
import { sample, samples } from './model.fixture.ts';

const uuid = '58b77a17-364f-4ccb-91a4-4c9acefbef79';
const at = '2026-03-01T00:00:00.000Z';

test('all 19 domain objects, 2 relationship objects, 18 observables and 3 meta objects are known by example', () => {
  assert.equal(samples.size, 19 + 2 + 18 + 3);
  for (const type of standardObservables) assert.ok(samples.has(type), type);
});

for (const [type, object] of samples) {
  test(`${type}: valid with every property of the standard, and with properties that it does not have`, () => {
    assert.deepEqual(objectFindings(object, []), []);
    assert.deepEqual(objectFindings({ ...object, x_own: { any: ['thing', null, {}] } }, []), []);
    assert.equal(isObservable(object), (standardObservables as readonly string[]).includes(type));
    assert.equal(hasVersions(object), 'modified' in object);
  });

  test(`${type}: every property of the standard is held to its type`, () => {
    const free = new Set(['type', 'id', 'spec_version', 'extensions', 'objects']);
    for (const name of Object.keys(object).filter((it) => !free.has(it))) {
      const { [name]: value } = object;
      const wrong = typeof value === 'object' ? 1 : { wrong: true };
      const found = objectFindings({ ...object, [name]: wrong }, []);
      assert.ok(
        found.some(({ path }) => path.startsWith(`/${name}`)),
        `${name}: ${JSON.stringify(found)}`,
      );
    }
  });
}

/** What each type cannot be without, by the section that says so. */
const required: Readonly<Record<string, readonly string[]>> = {
  'attack-pattern': ['name'],
  campaign: ['name'],
  'course-of-action': ['name'],
  grouping: ['context', 'object_refs'],
  identity: ['name', 'created', 'modified', 'spec_version'],
  incident: ['name'],
  indicator: ['pattern', 'pattern_type', 'valid_from'],
  infrastructure: ['name'],
  'intrusion-set': ['name'],
  malware: ['is_family', 'name'],
  'malware-analysis': ['product'],
  note: ['content', 'object_refs'],
  'observed-data': ['first_observed', 'last_observed', 'number_observed', 'object_refs'],
  opinion: ['opinion', 'object_refs'],
  report: ['name', 'published', 'object_refs'],
  'threat-actor': ['name'],
  tool: ['name'],
  vulnerability: ['name'],
  relationship: ['relationship_type', 'source_ref', 'target_ref'],
  sighting: ['sighting_of_ref'],
  'language-content': ['object_ref', 'contents'],
  'marking-definition': ['created', 'definition', 'definition_type'],
  'extension-definition': ['created_by_ref', 'name', 'schema', 'version', 'extension_types'],
  artifact: ['payload_bin', 'encryption_algorithm'],
  'autonomous-system': ['number'],
  directory: ['path'],
  'domain-name': ['value'],
  'email-addr': ['value'],
  'email-message': ['is_multipart'],
  'ipv4-addr': ['value'],
  'ipv6-addr': ['value'],
  'mac-addr': ['value'],
  mutex: ['name'],
  'network-traffic': ['protocols'],
  software: ['name'],
  url: ['value'],
};
for (const [type, names] of Object.entries(required)) {
  for (const name of names) {
    test(`${type}: not without ${name}`, () => {
      assert.notDeepEqual(objectFindings(sample(type, { [name]: undefined }), []), []);
    });
  }
}

const faults: [section: string, type: string, changes: Record<string, unknown>, path: string, detail: RegExp][] = [
  ['2.5', 'tool', { external_references: [{ source_name: 's' }] }, '/external_references/0', /needs one of/],
  ['2.7', 'file', { hashes: { MD5: 'xyz' } }, '/hashes/MD5', /not a hash of MD5/],
  ['2.7', 'file', { hashes: { 'a b': 'x' } }, '/hashes/a b', /name of a hash/],
  ['2.7', 'file', { hashes: {} }, '/hashes', /empty dictionary/],
  ['2.8', 'file', { magic_number_hex: 'f' }, '/magic_number_hex', /hexadecimal/],
  ['3.2', 'tool', { confidence: 101 }, '/confidence', /above 100/],
  ['3.2', 'tool', { lang: 'Korean language' }, '/lang', /language tag/],
  ['3.2', 'tool', { extensions: { x: {} } }, '/extensions/x', /neither/],
  [
    '3.2',
    'tool',
    { extensions: { [`extension-definition--${uuid}`]: {} } },
    `/extensions/extension-definition--${uuid}/extension_type`,
    /new-sdo/,
  ],
  ['4.7', 'indicator', { valid_until: at }, '/valid_until', /not after valid_from/],
  ['4.10', 'location', { longitude: undefined }, '', /latitude needs longitude/],
  ['4.10', 'location', { latitude: 91 }, '/latitude', /above 90/],
  [
    '4.10',
    'location',
    { latitude: undefined, longitude: undefined, precision: undefined, region: undefined, country: undefined },
    '',
    /needs one of: region/,
  ],
  ['4.11', 'malware', { sample_refs: [`url--${uuid}`] }, '/sample_refs/0', /id of: artifact, file/],
  ['4.12', 'malware-analysis', { result: undefined, analysis_sco_refs: undefined }, '', /result, analysis_sco_refs/],
  ['4.14', 'observed-data', { number_observed: 0 }, '/number_observed', /below 1/],
  ['4.14', 'observed-data', { objects: { '0': { type: 'url', value: 'x' } } }, '', /both object_refs and objects/],
  ['4.15', 'opinion', { opinion: 'perhaps' }, '/opinion', /not one of: strongly-disagree/],
  ['5.1', 'relationship', { source_ref: `sighting--${uuid}` }, '/source_ref', /domain object or an observable/],
  ['5.1', 'relationship', { stop_time: at }, '/stop_time', /not after start_time/],
  ['5.1', 'relationship', { relationship_type: 'Uses' }, '/relationship_type', /lower-case/],
  ['5.2', 'sighting', { sighting_of_ref: `url--${uuid}` }, '/sighting_of_ref', /domain object/],
  ['5.2', 'sighting', { count: 1_000_000_000 }, '/count', /above/],
  ['6.1', 'artifact', { url: 'https://example.com/' }, '', /both payload_bin and url/],
  ['6.1', 'artifact', { payload_bin: undefined, url: 'u', hashes: undefined }, '', /url needs hashes/],
  ['6.1', 'artifact', { payload_bin: 'A' }, '/payload_bin', /base64/],
  ['6.6', 'email-message', { body: 'b' }, '', /multipart message has no body/],
  ['6.6', 'email-message', { is_multipart: false }, '', /not multipart/],
  ['6.6', 'email-message', { body_multipart: [{ content_type: 'x' }] }, '/body_multipart/0', /body, body_raw_ref/],
  ['6.7', 'file', { hashes: undefined, name: undefined }, '', /needs one of: hashes, name/],
  [
    '6.7.2',
    'file',
    { extensions: { 'archive-ext': { comment: 'c' } } },
    '/extensions/archive-ext/contains_refs',
    /missing/,
  ],
  ['6.7.4', 'file', { extensions: { 'pdf-ext': { x: 1 } } }, '/extensions/pdf-ext', /needs one of: version/],
  ['6.8', 'ipv4-addr', { value: '198.51.100.256' }, '', /not an IPv4/],
  ['6.9', 'ipv6-addr', { value: '198.51.100.1' }, '', /not an IPv6/],
  ['6.10', 'mac-addr', { value: 'D2:FB:49:24:37:18' }, '', /lower-case/],
  ['6.12', 'network-traffic', { src_ref: undefined, dst_ref: undefined }, '', /src_ref, dst_ref/],
  ['6.12', 'network-traffic', { src_port: 65_536 }, '/src_port', /above/],
  ['6.12', 'network-traffic', { is_active: true }, '', /yet has an end/],
  [
    '6.12.4',
    'network-traffic',
    { extensions: { 'socket-ext': { address_family: 'AF_X' } } },
    '/extensions/socket-ext/address_family',
    /AF_INET/,
  ],
  ['6.17', 'windows-registry-key', { values: [{ data_type: 'REG_X' }] }, '/values/0/data_type', /REG_SZ/],
  ['7.1', 'language-content', { contents: {} }, '/contents', /empty dictionary/],
  ['7.1', 'language-content', { contents: { 'not a tag': { name: 'x' } } }, '/contents/not a tag', /./],
  ['7.2.1', 'marking-definition', { definition: { text: 'x' } }, '', /definition\.statement/],
  ['7.2.3', 'tool', { granular_markings: [{ selectors: ['name'] }] }, '/granular_markings/0', /marking_ref, lang/],
  [
    '7.2.3',
    'tool',
    { granular_markings: [{ selectors: ['name'], lang: 'ko', marking_ref: `marking-definition--${uuid}` }] },
    '/granular_markings/0',
    /both/,
  ],
  [
    '7.2.3.1',
    'tool',
    { granular_markings: [{ selectors: ['name', 'aliases.[1]'], lang: 'ko' }] },
    '/granular_markings/0/selectors/1',
    /selects nothing/,
  ],
  [
    '7.2.3.1',
    'tool',
    { granular_markings: [{ selectors: ['aliases[0]'], lang: 'ko' }] },
    '/granular_markings/0/selectors/0',
    /selects nothing/,
  ],
  [
    '7.2.3.1',
    'tool',
    { granular_markings: [{ selectors: ['toString'], lang: 'ko' }] },
    '/granular_markings/0/selectors/0',
    /selects nothing/,
  ],
  ['7.3', 'extension-definition', { extension_types: ['x'] }, '/extension_types/0', /new-sdo/],
];
for (const [section, type, changes, path, detail] of faults) {
  test(`${section}: ${type} with ${JSON.stringify(changes).slice(0, 80)}`, () => {
    const found = objectFindings(sample(type, changes), []);
    const there = found.filter((it) => it.path === path).map((it) => it.detail);
    assert.match(there.join('; ') || `no finding there, but ${JSON.stringify(found)}`, detail);
  });
}

for (const type of ['process', 'user-account', 'windows-registry-key', 'x509-certificate']) {
  test(`${type}: at least one of its properties`, () => {
    const bare = { type, id: `${type}--${uuid}` };
    assert.match(objectFindings(bare, [])[0]?.detail ?? '', /needs one of/);
  });
}

test('3.2: a defanged address is one that is not of its form', () => {
  assert.deepEqual(objectFindings(sample('ipv4-addr', { value: '198.51.100[.]1', defanged: true }), []), []);
});

test('7.2.3.1: selectors reach keys, list items and extensions', () => {
  const selectors = ['name', 'aliases.[0]', 'kill_chain_phases.[0].phase_name', 'external_references'];
  const tool = sample('tool', {
    external_references: [{ source_name: 's', url: 'u' }],
    granular_markings: [{ selectors, lang: 'en' }],
  });
  assert.deepEqual(objectFindings(tool, []), []);
  const file = sample('file', {
    granular_markings: [{ selectors: ['extensions.pdf-ext.document_info_dict.Title'], lang: 'en' }],
  });
  assert.deepEqual(objectFindings(file, []), []);
});

test('7.3: extensions of every kind are kept on any object, and make new types what they say', () => {
  const extension = (extension_type: string) => ({ [`extension-definition--${uuid}`]: { extension_type, rank: 1 } });
  const top = sample('tool', { extensions: extension('toplevel-property-extension'), rank: 5 });
  assert.deepEqual(objectFindings(top, []), []);
  const times = { spec_version: '2.1', created: at, modified: at };
  for (const kind of ['new-sdo', 'new-sro']) {
    const made = { type: 'my-favorite-sdo', id: `my-favorite-sdo--${uuid}`, ...times, extensions: extension(kind) };
    assert.deepEqual(objectFindings(made, []), []);
    assert.notDeepEqual(objectFindings({ ...made, created: undefined }, []), []);
  }
  const sco = { type: 'bank-account', id: `bank-account--${uuid}`, iban: 'DE89', extensions: extension('new-sco') };
  assert.deepEqual(objectFindings(sco, []), []);
  assert.match(objectFindings({ ...sco, holder_ref: `location--${uuid}` }, [])[0]?.detail ?? '', /identity/);
});

test('an extension cannot make an observable of a type that the standard defines as something else', () => {
  const extensions = { [`extension-definition--${uuid}`]: { extension_type: 'new-sco' } };
  assert.notDeepEqual(objectFindings({ type: 'tool', id: `tool--${uuid}`, name: 'n', extensions }, []), []);
});

test('whatever is done to an object of any type, checking it answers, and soon', () => {
  const object = fc.constantFrom(...samples.values());
  const junk = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('2.1', '', '__proto__', `identity--${uuid}`, 'name', '[0]', 1e308, -1, 0.5),
  );
  /** Replaces, removes or renames what stands at a random place. */
  const mutate = (value: unknown, steps: readonly number[], by: unknown): unknown => {
    const [step = 0, ...rest] = steps;
    if (typeof value !== 'object' || value === null || rest.length === 0) return by;
    const keys = Object.keys(value);
    const key = keys[step % Math.max(keys.length, 1)];
    if (key === undefined) return by;
    const changed = { ...value, [key]: mutate((value as Record<string, unknown>)[key], rest, by) };
    return Array.isArray(value) ? Object.values(changed) : changed;
  };
  let slowest = 0;
  fc.assert(
    fc.property(object, fc.array(fc.nat(40), { minLength: 2, maxLength: 5 }), junk, (it: StixObject, steps, by) => {
      const started = performance.now();
      const found = objectFindings(mutate(it, steps, by), ['objects', 0]);
      slowest = Math.max(slowest, performance.now() - started);
      assert.ok(found.every(({ path, detail }) => path.startsWith('/objects/0') && detail !== ''));
    }),
    { numRuns: 2_000 },
  );
  assert.ok(slowest < 1_000, `the slowest took ${slowest} ms`);
});
