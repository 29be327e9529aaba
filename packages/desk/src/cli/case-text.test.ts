import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type CaseDetail,
  caseTerms,
  type Language,
  languages,
  type RequestView,
  type RevisionView,
  zCaseDetail,
  zRequestView,
  zRevisionView,
} from '@gongjo/contract';
import { casesText, caseText, revisionsText } from './case-text.ts';
import { requestsText, requestText } from './request-text.ts';
import { createTerminal } from './terminal.ts';

const terminal = (language: Language) =>
  createTerminal({ out: () => undefined, err: () => undefined }, language, false);
const at = '2026-03-02T00:00:00.000Z';
const id = 'grouping--0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5e';
/** What turns a terminal's title and colours, and hides what stands before it. */
const evil = '\u001b]0;x\u0007\u001b[8m\r';

const bodies = (words: string) => [
  { kind: 'case', title: { en: words, ko: words }, summary: words, state: 'open' },
  { kind: 'incident', incident: words },
  { kind: 'desk', desk: 'washington', standing: 'declined' },
  { kind: 'member', name: words, role: words, contact: words },
  { kind: 'task', title: words, text: words, assignee: words, due: at, done: false },
  { kind: 'finding', title: words, text: words, about: [words] },
  { kind: 'document', name: words, mediaType: 'text/csv', sha256: 'a'.repeat(64), bytes: 3 },
  { kind: 'note', text: words },
];

const revisionsOf = (words: string, more: object = {}): RevisionView[] =>
  bodies(words).map((body, i) =>
    zRevisionView.parse({
      ...{ id: `note--${i}`, desk: 'washington', n: 1, at, body, about: { flag: 'intelligence' }, tlp: 'amber' },
      ...{ by: null, keptHere: false, recalled: false, given: [], ...more },
    }),
  );

const detailOf = (words: string, more: object = {}): CaseDetail =>
  zCaseDetail.parse({
    access: { restrictedAt: null, members: [] },
    ...{ id, title: { en: words, ko: words }, state: 'open', tlp: 'amber', origin: 'washington', recalled: false },
    ...{ standing: 'offered', incidents: [], conflicts: 0, openTasks: 0, openedAt: at, changedAt: at, desk: 'seoul' },
    facts: revisionsOf(words).map((head) => ({
      ...{ id: 'fact', kind: head.body.kind, heads: [head], conflict: false, flag: 'intelligence', revisions: 1 },
    })),
    desks: [{ desk: 'washington', name: null, standing: 'joined', given: 0, held: 0 }],
    overlaps: [{ desk: 'washington', item: { kind: 'address', text: '0xabc' }, theirNote: null }],
    ...more,
  });

const requestOf = (words: string, more: object = {}): RequestView =>
  zRequestView.parse({
    ...{ id: 'r', from: 'washington', to: 'seoul', own: false, state: 'sent', tlp: 'amber', deadline: at },
    content: {
      ...{ title: words, legalBasis: words, purpose: words, deadline: at, urgent: false, terms: words },
      fields: {
        ...{ kind: 'interview', person: words, role: 'suspect', topics: [words], presence: 'remote' },
        language: 'ko',
      },
    },
    ...{ overdue: false, clocks: [], reminders: 0, escalations: 0, mayDo: ['answer'], openedAt: at },
    events: [
      {
        ...{ id: 'note--1', desk: 'washington', n: 1, at, tlp: 'amber', by: null, effect: 'act', given: null },
        what: { event: 'refuse', ground: 'not-competent', reason: words },
      },
    ],
    ...more,
  });

describe('cases and requests on a terminal', () => {
  test('show nothing of what a partner wrote that could drive it', () => {
    for (const language of languages) {
      const all = [
        caseText(terminal(language), detailOf(`a${evil}b`)),
        revisionsText(terminal(language), revisionsOf(`a${evil}b`)),
        requestText(terminal(language), requestOf(`a${evil}b`)),
        requestsText(terminal(language), [requestOf(`a${evil}b`)]),
      ].join('\n');
      assert.match(all, /a.*b/);
      assert.doesNotMatch(all.replaceAll('\n', ''), /\p{Cc}/u);
    }
  });

  test('are told in the language of whoever reads, but for what somebody wrote', () => {
    // What codes and numbers are; everything else in Latin letters would be left over in English.
    const known =
      /(note--|grouping--)[\w-]+|fact|washington|seoul|0xabc|TLP:AMBER|SHA-256 a+|text\/csv|\d B|\S*Z\b|\br\b|answer/g;
    for (const shown of [
      caseText(terminal('ko'), detailOf('7')),
      revisionsText(terminal('ko'), revisionsOf('7')),
      requestText(terminal('ko'), requestOf('7')),
      requestsText(terminal('ko'), [requestOf('7')]),
    ])
      assert.doesNotMatch(shown.replaceAll(known, ''), /[A-Za-z]{2,}/, shown);
    const english = requestText(terminal('en'), requestOf('7'));
    assert.match(english, /Heard as: suspect/);
    assert.match(english, /Ground: not competent/);
    assert.match(requestText(terminal('ko'), requestOf('7')), new RegExp(caseTerms.refusalGround['not-competent'].ko));
  });

  test('say of what was taken back that it was, and why something is not with the other side', () => {
    const taken = caseText(terminal('en'), detailOf('7', { recalled: true }));
    assert.match(taken, /\(taken back\)/);
    const { facts: _, desk: __, overlaps: ___, ...head } = detailOf('7', { recalled: true });
    assert.match(casesText(terminal('en'), [{ ...head, desks: ['washington'], facts: 1 }]), /\(taken back\)/);
    assert.match(revisionsText(terminal('en'), revisionsOf('7', { recalled: true })), /\(taken back\)/);
    const [event] = requestOf('7').events;
    const withGiven = (outcome: string) =>
      requestText(
        terminal('en'),
        requestOf('7', { events: [{ ...event, given: { outcome, reasons: [{ en: 'no agreement', ko: 'x' }] } }] }),
      );
    assert.match(withGiven('withdrawn'), /\(taken back\)/);
    assert.match(withGiven('refuse'), /not with the other side yet: no agreement/);
    assert.doesNotMatch(withGiven('release'), /taken back|not with/);
  });
});
