import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { HandlingFile } from '@gongjo/contract';
import { parse } from 'yaml';
import { readHandling, statementKey } from './handling.ts';
import { loadPolicies } from './load.ts';

const file = (name: string) => readFileSync(new URL(`../../policies/${name}`, import.meta.url), 'utf8');
const given: HandlingFile = parse(file('handling.yaml'), { maxAliasCount: 0 });

test('the default edition is sound, dated, and says of every mark where it comes from', () => {
  const { handling, findings } = readHandling(given);
  assert.deepEqual(findings, []);
  for (const { id, country, name, terms, statements, source } of handling?.marks ?? []) {
    assert.ok(id.startsWith(`${country.toLowerCase()}-`) || country === 'ZZ', id);
    assert.ok(statements.length > 0 && /\d/.test(source), id);
    for (const { ko } of [name, terms]) assert.match(ko, /[가-힣]/);
    assert.match(terms.ko, /[다]\.$/);
  }
});

test('every mark that the default policy set names is in the default edition', () => {
  const { literals } = loadPolicies(file('default.cedar')).policies;
  const known = new Set(given.marks.map(({ id }) => id));
  const named = [...(literals.texts.get('handling') ?? [])];
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((id) => !known.has(id)),
    [],
  );
});

test('statements are compared without case, width and spaces', () => {
  assert.equal(statementKey('  law  Enforcement\nsensitive '), 'LAW ENFORCEMENT SENSITIVE');
  assert.equal(statementKey('ＣＵＩ／／ＬＥＳ'), statementKey('cui//les'));
});

const [mark, other] = given.marks;
const [redaction] = given.redactions;
const faults: [what: string, content: unknown, path: string, detail: RegExp][] = [
  ['nothing', null, '', /expected object/i],
  ['no edition', { ...given, edition: undefined }, 'edition', /./],
  ['an edition that is no day', { ...given, edition: 'today' }, 'edition', /date/i],
  ['an unknown level', { ...given, marks: [{ ...mark, tlp: 'white' }] }, 'marks.0.tlp', /clear/],
  ['a mark in one language', { ...given, marks: [{ ...mark, name: { en: 'x' } }] }, 'marks.0.name.ko', /./],
  ['a key that nobody reads', { ...given, marks: [{ ...mark, floor: 'red' }] }, 'marks.0', /floor/],
  ['two marks of one id', { ...given, marks: [mark, { ...other, id: mark?.id }] }, 'marks.1.id', /two marks/],
  [
    'two marks of one statement',
    { ...given, marks: [mark, { ...other, statements: ['cui'] }] },
    'marks.1.statements',
    /CUI/,
  ],
  [
    'a profile of nothing',
    { ...given, redactions: [{ ...redaction, stricterParts: false }] },
    'redactions.0',
    /nothing/,
  ],
  ['two profiles of one id', { ...given, redactions: [redaction, redaction] }, 'redactions.1.id', /two profiles/],
  ...['id', 'modified', 'object_marking_refs', 'granular_markings.[0]', '*'].map(
    (path): [string, unknown, string, RegExp] => [
      `a profile that removes ${path}`,
      { ...given, redactions: [{ ...redaction, remove: [path] }] },
      'redactions.0.remove',
      /never removed/,
    ],
  ),
  ['a path that is none', { ...given, redactions: [{ ...redaction, remove: ['a b'] }] }, 'redactions.0.remove.0', /./],
];

for (const [what, content, path, detail] of faults) {
  test(`${what} is found, and no mark counts beside it`, () => {
    const { handling, findings } = readHandling(content);
    assert.equal(handling, null);
    assert.match(findings.find((it) => it.path === path)?.detail ?? JSON.stringify(findings), detail);
  });
}
