import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type DeskCard, directoryLists, zInstant } from '@gongjo/contract';
import { deskIdentityId, readObjects, tlpOf } from '../stix/index.ts';
import { directoryWith, edition, said } from './edition.fixture.ts';
import { publishable, publishedObjects } from './publish.ts';

const by = {
  desk: 'seoul',
  author: deskIdentityId('seoul' as DeskCard['desk']),
  now: zInstant.parse('2026-11-28T01:00:00.000Z'),
};
const entry = (id: string, more: object = {}) => ({
  ...said,
  id,
  name: { en: `Name of ${id}`, ko: `${id} 명칭` },
  ...more,
});
const { book } = directoryWith({
  agencies: [
    entry('shown', {
      ...{
        country: 'KR',
        functions: ['fiu', 'duty-centre'],
        publish: true,
        tlp: 'green',
        note: { en: 'Note', ko: '비고' },
      },
      duty: {
        ...said,
        timeZone: 'Asia/Seoul',
        contacts: [
          { id: 'mail', role: 'duty-officer', channel: 'email', to: 'duty@example.org' },
          { id: 'phone', role: 'supervisor', channel: 'phone' },
        ],
      },
    }),
    entry('hidden', { country: 'KR', functions: ['fiu'] }),
  ],
  vasps: [entry('exchange', { publish: true, channel: { ...said, kind: 'portal', to: 'https://example.org/le' } })],
});

describe('the published part', () => {
  test('is what says so, and nothing else; of the shipped edition nothing does', () => {
    const shown = publishable(book);
    assert.deepEqual(
      directoryLists.flatMap((list) => shown[list].map(({ id }) => id)),
      ['shown', 'exchange'],
    );
    assert.doesNotMatch(JSON.stringify(shown), /hidden/);
    const shipped = publishable(edition.book);
    assert.deepEqual(
      directoryLists.flatMap((list) => shipped[list].map(({ id }) => id)),
      [],
    );
  });

  test('STIX 2.1, section 4.5: each is an identity with its Korean name, marked, and the same again under the same id', () => {
    const objects = publishedObjects(book, by);
    assert.deepEqual(
      readObjects({ type: 'bundle', id: 'bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f', objects }).findings,
      [],
    );
    assert.deepEqual(
      objects.map(({ type }) => type),
      ['identity', 'language-content', 'identity', 'language-content'],
    );
    const [first, korean, exchange] = objects as unknown as Record<string, unknown>[];
    assert.deepEqual(
      [first?.name, first?.description, first?.contact_information, first?.roles],
      ['Name of shown', 'Note', 'duty-officer email: duty@example.org', ['fiu', 'duty-centre']],
    );
    assert.deepEqual(korean?.contents, { ko: { name: 'shown 명칭', description: '비고' } });
    assert.equal(exchange?.contact_information, 'https://example.org/le');
    assert.deepEqual(
      objects.map((object) => tlpOf(object)),
      ['green', 'green', 'amber', 'amber'],
    );
    const later = publishedObjects(book, {
      ...by,
      now: zInstant.parse('2026-12-01T00:00:00.000Z'),
      createdOf: () => by.now,
    });
    assert.deepEqual(
      later.map(({ id }) => id),
      objects.map(({ id }) => id),
    );
    assert.deepEqual(
      [
        (later[0] as unknown as Record<string, unknown>).created,
        (later[0] as unknown as Record<string, unknown>).modified,
      ],
      [by.now, '2026-12-01T00:00:00.000Z'],
    );
  });
});
