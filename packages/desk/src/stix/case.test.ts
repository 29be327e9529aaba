import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { zCaseRevision, zDeskId } from '@gongjo/contract';
import { deskIdentityId } from './build.ts';
import { caseObject, caseTitleOf, revisionObject, revisionOf } from './case.ts';
import { objectFindings } from './check.ts';
import { stixId } from './id.ts';

const author = deskIdentityId(zDeskId.parse('kr-police'));
const id = stixId('grouping', '0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5e');
const now = '2026-03-02T01:23:45.678Z';
const stamp = { now, author, tlp: 'amber' } as const;
const revision = zCaseRevision.parse({
  ...{
    case: id,
    fact: 'note-1',
    desk: 'kr-police',
    n: 3,
    seen: {
      'kr-police': [[1, 2]],
      'us-agency': [
        [1, 1],
        [4, 5],
      ],
    },
  },
  ...{ at: now, body: { kind: 'note', text: 'He called twice.' }, about: { flag: 'intelligence' } },
});

describe('STIX 2.1 section 4.4 and 4.13: a case and the changes of its facts', () => {
  test('are valid objects that say what they were made of', () => {
    const title = { en: 'Exchange theft', ko: '거래소 탈취' };
    const grouping = caseObject({ id, title, about: [author] }, stamp);
    const note = revisionObject(revision, 'He called twice.', [id], stamp);
    assert.deepEqual([...objectFindings(grouping, []), ...objectFindings(note, [])], []);
    assert.deepEqual(caseTitleOf(grouping), title);
    assert.deepEqual(revisionOf(note), revision);
  });

  test('a change under an identifier that does not name its content is none', () => {
    const note = revisionObject(revision, 'He called twice.', [id], stamp);
    const [extension] = Object.keys(note.extensions as object);
    const changed = { ...revision, body: { kind: 'note', text: 'He called once.' } };
    const forged = {
      ...note,
      extensions: { [extension ?? '']: { extension_type: 'property-extension', revision: changed } },
    };
    assert.deepEqual(objectFindings(forged, []), []);
    assert.equal(revisionOf(forged), null);
  });

  test('what the extension says has to have its form', () => {
    const note = revisionObject({ ...revision, seen: { 'us-agency': [[3, 1]] } } as never, 'x', [id], stamp);
    assert.notDeepEqual(objectFindings(note, []), []);
  });
});
