import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partnerRequestKinds, zRequestAnswer, zRequestFields } from '@gongjo/contract';
import {
  charsMaxOf,
  choicesOf,
  emptyFields,
  type FieldName,
  fieldsOfKind,
  isChoice,
  isList,
  readAnswer,
  readFields,
} from './request-form.ts';

const typed: Partial<Record<FieldName, string>> = {
  ...{ days: '90', role: 'suspect', presence: 'remote', confidential: 'no' },
};
const full = Object.fromEntries(
  Object.keys(emptyFields).map((name) => [name, typed[name as FieldName] ?? ' one \n\n two ']),
) as Record<FieldName, string> as typeof emptyFields;

for (const kind of partnerRequestKinds) {
  test(`${kind}: what is typed is what the desk takes, and so is its answer`, () => {
    const fields = readFields(kind, full);
    assert.ok(fields);
    assert.deepEqual(zRequestFields.parse(fields), fields);
    const answer = readAnswer(fields, 'Yes.', new Set(['one']), '2026-12-01T00:00:00.000Z');
    assert.deepEqual(zRequestAnswer.parse(answer), answer);
  });

  test(`${kind}: nothing goes while a field is missing`, () => {
    for (const name of fieldsOfKind[kind]) {
      if (kind === 'rfi' && name === 'subjects') continue;
      assert.equal(readFields(kind, { ...full, [name]: ' ' }), null, name);
    }
  });
}

test('lists are one a line, without empty ones', () => {
  assert.deepEqual(readFields('sighting', full), { kind: 'sighting', subjects: ['one', 'two'] });
});

test('a sighting check answers of every subject whether it is known', () => {
  const answer = readAnswer({ kind: 'sighting', subjects: ['a', 'b'] }, '', new Set(['b']), '');
  assert.deepEqual(answer, {
    kind: 'sighting',
    seen: [
      { subject: 'a', seen: false },
      { subject: 'b', seen: true },
    ],
  });
});

test('nothing is chosen for a person: not what somebody is heard as, who is there, nor whether it is confidential', () => {
  assert.deepEqual([emptyFields.role, emptyFields.presence, emptyFields.confidential], ['', '', '']);
  for (const name of ['role', 'presence'] as const)
    for (const choice of choicesOf[name])
      assert.equal(
        (readFields('interview', { ...full, [name]: choice }) as Record<string, unknown> | null)?.[name],
        choice,
      );
  for (const [choice, is] of [
    ['yes', true],
    ['no', false],
  ] as const) {
    const fields = readFields('mla', { ...full, confidential: choice });
    assert.equal(fields?.kind === 'mla' && fields.confidential, is);
  }
});

test('data is kept for as long as the person says', () => {
  const fields = readFields('preservation', full);
  assert.ok(fields);
  assert.equal(readAnswer(fields, 'Yes.', new Set(), null), null);
});

test('what is typed is no longer than the desk takes', () => {
  for (const kind of partnerRequestKinds)
    for (const name of fieldsOfKind[kind].filter((it) => !isChoice(it) && it !== 'days')) {
      const most = isList(name) ? 'x'.repeat(500) : 'x'.repeat(charsMaxOf(name));
      assert.equal(zRequestFields.safeParse(readFields(kind, { ...full, [name]: most })).success, true, name);
    }
});
