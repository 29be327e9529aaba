import {
  askedLines,
  caseTerms,
  type LinePart,
  type RequestEventView,
  type RequestLine,
  type RequestView,
  saidLines,
} from '@gongjo/contract';
import { oneLine, plain, type Terminal, table } from './terminal.ts';

/** Requests as people see them on a terminal. Much of it others wrote, so all of it is shown plain. */

const stateText = (terminal: Terminal, { state, overdue }: RequestView): string =>
  `${caseTerms.requestState[state][terminal.language]}${overdue ? ` (${terminal.say('requestOverdue')})` : ''}`;

export const saidText = (terminal: Terminal, request: RequestView): string =>
  terminal.say('requestSaid', { id: request.id, state: stateText(terminal, request) });

export function requestsText(terminal: Terminal, requests: readonly RequestView[]): string {
  if (requests.length === 0) return terminal.say('none');
  const head = [
    'requestId',
    'requestColumnFrom',
    'requestColumnTo',
    'caseColumnKind',
    'columnState',
    'requestColumnDeadline',
    'columnTitle',
  ] as const;
  return table(
    head.map((it) => terminal.say(it)),
    requests.map((it) => [
      ...[it.id, it.from, it.to, caseTerms.request[it.content.fields.kind][terminal.language]],
      ...[stateText(terminal, it), it.deadline, it.content.title],
    ]),
  );
}

export function requestText(terminal: Terminal, request: RequestView): string {
  const { language } = terminal;
  const { content, from, to, deadline, mayDo, clocks, events } = request;
  const [next] = clocks;
  const event = ({ at, desk, what, effect, given }: RequestEventView) => [
    ...[
      at,
      desk,
      caseTerms.requestEvent[what.event][language],
      oneLine(linesText(terminal, saidLines(what)).join(' ')),
    ],
    [effect === 'act' ? '' : caseTerms.effect[effect][language], notGiven(given)].filter((it) => it !== '').join(' '),
  ];
  const notGiven = (given: RequestEventView['given']): string => {
    if (given === null || given.outcome === 'release') return '';
    if (given.outcome === 'withdrawn') return terminal.say('caseRecalled');
    return terminal.say('requestNotGiven', { why: given.reasons.map((it) => it[language]).join(' ') });
  };
  const head = ['columnTime', 'caseColumnDesk', 'columnState', 'caseColumnSays', 'columnProblem'] as const;
  return [
    `${saidText(terminal, request)}\n${plain(content.title)}  (${caseTerms.request[content.fields.kind][language]})\n${from} → ${to}  ${deadline}`,
    linesText(terminal, askedLines(content))
      .flatMap((it) => it.split('\n').map(plain))
      .join('\n'),
    ...(events.length === 0
      ? []
      : [
          table(
            head.map((it) => terminal.say(it)),
            events.map(event),
          ),
        ]),
    ...(next
      ? [terminal.say('requestClock', { event: caseTerms.requestEvent[next.event][language], at: next.at })]
      : []),
    ...(mayDo.length === 0
      ? []
      : [
          terminal.say('requestMayDo', {
            events: mayDo.map((it) => `${it} (${caseTerms.requestEvent[it][language]})`).join(', '),
          }),
        ]),
  ].join('\n\n');
}

function linesText({ language }: Terminal, lines: readonly RequestLine[]): string[] {
  const part = (it: LinePart) =>
    typeof it === 'string' ? it : 'term' in it ? it.term[language] : Object.values<string>(it).join('');
  return lines.map(({ field, says }) => `${field[language]}: ${says.map(part).join(', ')}`);
}
