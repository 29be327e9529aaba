import { caseTerms } from './case-terms.ts';
import type { Instant } from './chain.ts';
import type { RequestAnswer, RequestContent, RequestHappening } from './request.ts';
import { requestTerms } from './request-terms.ts';
import type { Text } from './text.ts';

/** Words as somebody wrote them, a time for the reader's clock, a word of the domain, or what is known by an identifier. */
export type LinePart =
  | string
  | { readonly at: Instant }
  | { readonly term: Text }
  | { readonly case: string }
  | { readonly incident: string };

/** One thing that a request or an answer says, for people: what it is, and what it says of it. */
export interface RequestLine {
  readonly field: Text;
  readonly says: readonly LinePart[];
}

const { field, role, presence, language, answer: answers } = requestTerms;
const line = (name: keyof typeof field, ...says: LinePart[]): RequestLine => ({ field: field[name], says });
const yes = (is: boolean): LinePart => ({ term: is ? answers.yes : answers.no });

/** Everything that is asked, but for the title and the deadline, which stand at the head of a request. */
export function askedLines({ fields, legalBasis, purpose, terms, urgent, ...about }: RequestContent): RequestLine[] {
  return [
    ...fieldLines(fields),
    line('legalBasis', legalBasis),
    line('purpose', purpose),
    ...maybe('terms', terms),
    ...(urgent ? [line('urgent', yes(true))] : []),
    ...(about.case === undefined ? [] : [line('case', { case: about.case })]),
    ...(about.incident === undefined ? [] : [line('incident', { incident: about.incident })]),
  ];
}

const maybe = (name: keyof typeof field, words: string | undefined): RequestLine[] =>
  words === undefined ? [] : [line(name, words)];
const maybeAt = (name: keyof typeof field, at: Instant | undefined): RequestLine[] =>
  at === undefined ? [] : [line(name, { at })];

function fieldLines(fields: RequestContent['fields']): RequestLine[] {
  switch (fields.kind) {
    case 'rfi':
      return [
        line('question', fields.question),
        ...(fields.subjects ? [line('subjects', ...fields.subjects)] : []),
        ...maybeAt('from', fields.from),
        ...maybeAt('to', fields.to),
      ];
    case 'preservation':
      return [
        line('holder', fields.holder),
        line('accounts', ...fields.accounts),
        line('data', ...fields.data),
        ...maybeAt('from', fields.from),
        ...maybeAt('to', fields.to),
        line('days', String(fields.days)),
      ];
    case 'sighting':
      return [line('subjects', ...fields.subjects), ...maybeAt('since', fields.since)];
    case 'interview':
      return [
        line('person', fields.person),
        line('role', { term: role[fields.role] }),
        line('topics', ...fields.topics),
        ...(fields.language ? [line('language', { term: language[fields.language] })] : []),
        line('presence', { term: presence[fields.presence] }),
      ];
    case 'mla':
      return [
        line('treaty', fields.treaty),
        line('authorityFrom', fields.authorityFrom),
        line('authorityTo', fields.authorityTo),
        line('offences', ...fields.offences),
        line('facts', fields.facts),
        line('measures', ...fields.measures),
        line('confidential', yes(fields.confidential)),
      ];
  }
}

/** Everything that an event says; what is asked stands by itself (`askedLines`). */
export function saidLines(what: RequestHappening): RequestLine[] {
  switch (what.event) {
    case 'send':
      return [];
    case 'supply':
    case 'query':
      return [line('text', what.text)];
    case 'extend':
      return [line('deadline', { at: what.deadline }), ...maybe('text', what.text)];
    case 'remind':
    case 'escalate':
    case 'close':
      return maybe('text', what.text);
    case 'acknowledge':
      return [...maybe('text', what.text), ...maybeAt('expected', what.expected)];
    case 'withdraw':
      return [line('reason', what.reason)];
    case 'refuse':
      return [line('ground', { term: caseTerms.refusalGround[what.ground] }), line('reason', what.reason)];
    case 'answer':
      return answerLines(what.answer);
    case 'answer-partly':
      return [...answerLines(what.answer), line('missing', what.missing)];
  }
}

function answerLines(answer: RequestAnswer): RequestLine[] {
  const text = maybe('text', answer.text);
  switch (answer.kind) {
    case 'rfi':
      return text;
    case 'mla':
      return [...text, ...maybe('reference', answer.reference)];
    case 'preservation':
      return [
        ...text,
        ...answer.preserved.map(({ account, until }) => line('preserved', account, { at: until })),
        ...maybe('reference', answer.reference),
      ];
    case 'sighting':
      return [
        ...text,
        ...answer.seen.map(({ subject, seen, at }) =>
          line(
            'seen',
            subject,
            { term: seen ? answers.known : answers.unknown },
            ...(at === undefined ? [] : [{ at }]),
          ),
        ),
      ];
    case 'interview':
      return [
        ...text,
        ...maybeAt('at', answer.at),
        ...maybe('place', answer.place),
        ...maybe('statement', answer.statement),
      ];
  }
}
