import { caseTerms, fill, type RequestEventView, type RequestFields, type RequestView } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { useDeskName } from '../../parts/desk-name.ts';
import { Tlp } from '../../parts/Tlp.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { Act } from './Act.tsx';

/** One request: what is asked, its clock, what happened, and what can be done now. */
export function RequestCard({ request: listed }: { readonly request: RequestView }) {
  const { t, say, count } = useReader();
  const timeLine = useTimeLine();
  const nameOf = useDeskName();
  // The list does not say whom each event was given to.
  const request = useQuery(queries.request(listed.id)).data ?? listed;
  const { content, state, own, clocks } = request;
  const [next] = clocks;
  return (
    <li className="panel case-card" data-testid="request" data-state={state}>
      <header className="row">
        {request.tlp === null ? null : <Tlp level={request.tlp} />}
        <h3>{content.title}</h3>
        <span className="chip">{say(caseTerms.requestState[state])}</span>
        {request.overdue ? <span className="chip act">{t.cases.overdue}</span> : null}
      </header>
      <p className="row small soft">
        <span>{say(caseTerms.request[content.fields.kind])}</span>
        <span>{fill(own ? t.cases.toDesk : t.cases.fromDesk, { desk: nameOf(own ? request.to : request.from) })}</span>
        <span>{fill(t.cases.until, { time: timeLine(request.deadline) })}</span>
        {request.reminders === 0 ? null : <span>{count(t.cases.reminders, request.reminders)}</span>}
        {request.escalations === 0 ? null : <span>{count(t.cases.escalations, request.escalations)}</span>}
        {next === undefined ? null : (
          <span>
            {fill(t.cases.nextStep, { event: say(caseTerms.requestEvent[next.event]), time: timeLine(next.at) })}
          </span>
        )}
      </p>
      <p className="case-text">{asked(content.fields)}</p>
      <p className="row small soft">
        <span>{`${t.cases.basis}: ${content.legalBasis}`}</span>
        <span>{`${t.cases.purpose}: ${content.purpose}`}</span>
      </p>
      <ol className="case-list small">
        {request.events.map((event) => (
          <Happened key={event.id} event={event} />
        ))}
      </ol>
      <Act request={request} />
    </li>
  );
}

function Happened({ event }: { readonly event: RequestEventView }) {
  const { t, say } = useReader();
  const timeLine = useTimeLine();
  const nameOf = useDeskName();
  const { what, given, effect } = event;
  return (
    <li>
      <span className="soft">{`${timeLine(event.at)} · ${nameOf(event.desk)} · `}</span>
      <strong>{say(caseTerms.requestEvent[what.event])}</strong>
      {effect === 'act' ? null : <span className="soft">{` (${say(caseTerms.effect[effect])})`}</span>}
      {what.event === 'refuse' ? ` ${say(caseTerms.refusalGround[what.ground])}` : null}
      <span className="case-text">{said(event)}</span>
      {given === null || given.outcome === 'release' ? null : (
        <span className="soft">
          {` ${fill(t.cases.waitsForPolicy, { why: given.outcome === 'ask-person' ? t.cases.waits : given.reasons.map(say).join(' ') })}`}
        </span>
      )}
    </li>
  );
}

/** What was asked, in the words of whoever asked. */
function asked(fields: RequestFields): string {
  const { kind: _, ...rest } = fields;
  return Object.values(rest)
    .flatMap((value) => (typeof value === 'string' ? [value] : Array.isArray(value) ? [value.join(', ')] : []))
    .join('\n');
}

/** The words of an event; what it is stands before them. */
function said({ what }: RequestEventView): string {
  const answer = 'answer' in what ? what.answer : null;
  const parts = [
    'text' in what ? what.text : undefined,
    'reason' in what ? what.reason : undefined,
    answer?.text,
    answer?.kind === 'interview' ? answer.statement : undefined,
    answer?.kind === 'sighting'
      ? answer.seen.map(({ subject, seen }) => `${seen ? '✓' : '✗'} ${subject}`).join('\n')
      : undefined,
    answer?.kind === 'preservation'
      ? answer.preserved.map(({ account, until }) => `${account}: ${until}`).join('\n')
      : undefined,
    'missing' in what ? `… ${what.missing}` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : ` ${parts.join('\n')}`;
}
