import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { messageTexts, noticeTerms } from './notice-terms.ts';
import { zReport } from './report.ts';
import { placeholdersOf } from './text.fixture.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/incidents.md'), 'utf8');
const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];

describe('a report', () => {
  test('is as docs/incidents.md shows it', () => {
    assert.equal(zReport.parse(JSON.parse(example)).moved.length, 1);
  });

  test('has a title in one language at least, and something that moved', () => {
    const report = JSON.parse(example) as object;
    for (const title of [{ en: 'x' }, { ko: 'x' }]) assert.ok(zReport.safeParse({ ...report, title }).success);
    for (const wrong of [{ title: {} }, { moved: [] }, { reference: '' }, { more: 1 }, { occurredAt: 'today' }])
      assert.ok(!zReport.safeParse({ ...report, ...wrong }).success, JSON.stringify(wrong));
  });
});

test('words about notices say everything in both languages, with the same values', () => {
  const all = [...Object.values(noticeTerms).flatMap((words) => Object.values(words)), ...Object.values(messageTexts)];
  assert.ok(all.length > 30);
  for (const { en, ko } of all) {
    assert.doesNotMatch(en, /\p{Script=Hangul}/u, en);
    assert.match(ko.replace(/\{\w+\}|[:\s]/g, '') || '\uac00', /\p{Script=Hangul}/u, ko);
    assert.deepEqual(placeholdersOf(ko), placeholdersOf(en), en);
  }
});
