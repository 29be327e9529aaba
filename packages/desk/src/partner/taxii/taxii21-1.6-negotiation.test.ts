import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accepts, takes } from './media.ts';
import { spellings, taxiiTime } from './time.ts';

/** TAXII 2.1 section 1.6.8: content negotiation; section 2: timestamps. */

test('1.6.8.1 the media type of TAXII is acceptable with and without its version, in every form of RFC 9110', () => {
  for (const accept of [
    'application/taxii+json;version=2.1',
    'application/taxii+json; version=2.1',
    'application/taxii+json ;\tversion="2.1"',
    'Application/TAXII+JSON;Version=2.1',
    'application/taxii+json',
    'application/taxii+json;q=0.1',
    'application/taxii+json;version=2.1;q=0.5;x="a,b;c\\""',
    'application/taxii+json;version=2.1,application/stix+json;version=2.1',
    'text/html, application/taxii+json;version=2.1;q=0.9',
    'application/taxii+json;version=2.0, application/taxii+json;version=2.1',
    '*/*',
    'application/*;q=0.5',
    '*/*;q=0, application/taxii+json;version=2.1',
    ', application/taxii+json,',
  ])
    assert.equal(accepts(accept), true, accept);
});

test('1.6.8.2 a version that this server does not speak, or another media type alone, is not acceptable', () => {
  for (const accept of [
    '',
    'text/html',
    'application/json',
    'application/stix+json;version=2.1',
    'application/taxii+json;version=2.0',
    'application/taxii+json;version="2.0"',
    'application/vnd.oasis.taxii+json;version=2.0',
    'application/taxii+json;version=2.1;q=0',
    '*/*, application/taxii+json;version=2.1;q=0',
    'application/taxii+json;q=0, */*;q=0',
    'application/taxii+jsonx',
    'taxii+json',
    'x="application/taxii+json"',
  ])
    assert.equal(accepts(accept), false, accept);
});

test('1.6.8 a body is taken as TAXII or STIX 2.1 in UTF-8 and as nothing else', () => {
  for (const type of [
    'application/taxii+json;version=2.1',
    'application/taxii+json',
    'application/TAXII+json; version="2.1"; charset=UTF-8',
    'application/stix+json;version=2.1',
  ])
    assert.equal(takes(type), true, type);
  for (const type of [
    '',
    'application/json',
    'text/plain',
    'application/taxii+json;version=2.0',
    'application/stix+json;version=2.0',
    'application/taxii+json;charset=utf-16',
    'application/taxii+json, application/taxii+json',
    '*/*',
  ])
    assert.equal(takes(type), false, type);
});

test('1.6.8 no header, however odd, is more than refused', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'application/taxii+json;version="2.1",q=0.5 *\\'), maxLength: 60 }),
      (text) => {
        assert.equal(typeof accepts(text), 'boolean');
        assert.equal(typeof takes(text), 'boolean');
      },
    ),
    { numRuns: 2000 },
  );
});

test('2 timestamp: any instant of RFC 3339 is written in UTC with six decimals, and is then itself', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true }),
      fc.integer({ min: -719, max: 719 }),
      fc.stringMatching(/^\d{0,9}$/),
      (date, offset, decimals) => {
        const whole = Math.floor(date.getTime() / 1000) * 1000;
        const local = new Date(whole + offset * 60_000).toISOString().slice(0, 19);
        const zone = `${offset < 0 ? '-' : '+'}${String(Math.trunc(Math.abs(offset) / 60)).padStart(2, '0')}:${String(Math.abs(offset) % 60).padStart(2, '0')}`;
        const time = taxiiTime(`${local}${decimals === '' ? '' : `.${decimals}`}${zone}`);
        assert.equal(time, `${new Date(whole).toISOString().slice(0, 19)}.${decimals.slice(0, 6).padEnd(6, '0')}Z`);
        assert.equal(taxiiTime(String(time)), time);
      },
    ),
  );
});

test('2 timestamp: what is none is none', () => {
  for (const text of [
    '',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '2026-01-01 00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:61Z',
    '2026-01-01T00:00:00.Z',
    '2026-01-01T00:00:00+24:00',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-00:01',
    '+02026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z\n',
  ])
    assert.equal(taxiiTime(text), null, text);
  assert.equal(taxiiTime('2024-02-29T00:00:00Z'), '2024-02-29T00:00:00.000000Z');
});

test('3.4.1 a version names its instant, however many decimals its producer wrote', () => {
  const [shortest, ...longer] = spellings('2026-01-01T01:01:01.500Z') ?? [];
  assert.equal(shortest, '2026-01-01T01:01:01.5Z');
  assert.equal(longer.length, 8);
  assert.ok(longer.every((it) => taxiiTime(it) === '2026-01-01T01:01:01.500000Z'));
  assert.equal(spellings('2026-01-01T01:01:01Z')?.[0], '2026-01-01T01:01:01Z');
  assert.equal(spellings('never'), null);
});
