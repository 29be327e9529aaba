import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { zRequestContent, zRequestHappening } from './request.ts';
import { askedLines, type RequestLine, saidLines } from './request-lines.ts';
import { requestTerms } from './request-terms.ts';

const [early, late] = ['2026-03-01T00:00:00.000Z', '2026-03-09T00:00:00.000Z'];
/** Every field of every kind, the optional ones as well. */
const fields = [
  { kind: 'rfi', question: 'Who?', subjects: ['a', 'b'], from: early, to: late },
  { kind: 'preservation', holder: 'Exchange', accounts: ['17'], data: ['logs'], from: early, to: late, days: 90 },
  { kind: 'sighting', subjects: ['0xabc'], since: early },
  { kind: 'interview', person: 'A.', role: 'suspect', topics: ['x'], language: 'ko', presence: 'in-person' },
  {
    ...{ kind: 'mla', treaty: 'T', authorityFrom: 'MOJ', authorityTo: 'OIA', offences: ['Fraud'], facts: 'F' },
    ...{ measures: ['Records'], confidential: false },
  },
];
const answers = [
  { kind: 'rfi', text: 'x' },
  { kind: 'preservation', text: 'x', preserved: [{ account: '17', until: late }], reference: 'R' },
  { kind: 'sighting', text: 'x', seen: [{ subject: 'a', seen: true, at: early }] },
  { kind: 'interview', text: 'x', at: early, place: 'Seoul', statement: 'S' },
  { kind: 'mla', text: 'x', reference: 'R' },
];
const happenings = [
  { event: 'supply', text: 'x' },
  { event: 'extend', deadline: late, text: 'x' },
  { event: 'remind', step: 'due', text: 'x' },
  { event: 'escalate', step: 'over', text: 'x' },
  { event: 'withdraw', reason: 'x' },
  { event: 'close', text: 'x' },
  { event: 'acknowledge', text: 'x', expected: late },
  { event: 'query', text: 'x' },
  { event: 'refuse', ground: 'other', reason: 'x' },
  ...answers.map((answer) => ({ event: 'answer', answer })),
  ...answers.map((answer) => ({ event: 'answer-partly', answer, missing: 'm' })),
];
/** A kind, a step's name and a deadline at the head are no words of an answer. */
const notSaid = new Set(['kind', 'event', 'step']);
const namesIn = (value: object): string[] => Object.keys(value).filter((name) => !notSaid.has(name));
const told = (lines: readonly RequestLine[]) => new Set(lines.map((it) => it.field.en));
const wordsOf = (names: readonly string[]) =>
  new Set(names.map((name) => (requestTerms.field as Record<string, { en: string }>)[name]?.en ?? name));

describe('what people see of a request', () => {
  for (const of of fields)
    test(`${of.kind}: every field that is asked`, () => {
      const content = zRequestContent.parse({
        ...{ title: 't', fields: of, legalBasis: 'MoU', purpose: 'p', deadline: late, urgent: true, terms: 'u' },
        ...{ case: 'grouping--0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5e', incident: 'incident--1' },
      });
      const { title: _, deadline: __, fields: own, ...rest } = content;
      assert.deepEqual(told(askedLines(content)), wordsOf([...namesIn(own), ...namesIn(rest)]));
    });

  for (const given of happenings)
    test(`${given.event}${'answer' in given ? ` to ${given.answer.kind}` : ''}: everything that is said`, () => {
      const what = zRequestHappening.parse(given);
      const { event: _, ...rest } = what;
      const names = 'answer' in rest ? namesIn({ ...rest.answer, ...rest }) : namesIn(rest);
      assert.deepEqual(told(saidLines(what)), wordsOf(names.filter((name) => name !== 'answer')));
      assert.ok(saidLines(what).every(({ says }) => says.length > 0));
    });

  test('is told in both languages', () => {
    for (const text of Object.values(requestTerms).flatMap((words) => Object.values(words))) {
      assert.match(text.en, /^[^\p{Script=Hangul}]+$/u);
      assert.match(text.ko, /\p{Script=Hangul}/u);
    }
  });
});
