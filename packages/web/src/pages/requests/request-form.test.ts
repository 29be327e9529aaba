import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partnerRequestKinds, zRequestAnswer, zRequestFields } from '@gongjo/contract';
import { emptyFields, type FieldName, fieldsOfKind, readAnswer, readFields } from './request-form.ts';

const full = Object.fromEntries(
  Object.keys(emptyFields).map((name) => [name, name === 'days' ? '90' : ' one \n\n two ']),
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
