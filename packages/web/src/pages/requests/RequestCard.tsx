import {
  askedLines,
  caseTerms,
  fill,
  type LinePart,
  type RequestEventView,
  type RequestLine,
  type RequestView,
  saidLines,
} from '@gongjo/contract';
import { Fragment } from 'react';
import { useDeskName } from '../../parts/desk-name.ts';
import { CaseLink, IncidentLink } from '../../parts/NamedLinks.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { Act } from './Act.tsx';

/**
 * One request: what is asked, its clock, what happened, and what can be done now. `heading`: one level below what the list
 * stands under.
 */
export function RequestCard({
  request,
  heading: Heading,
}: {
  readonly request: RequestView;
  readonly heading: 'h2' | 'h3';
}) {
  const { t, say, count } = useReader();
  const timeLine = useTimeLine();
  const nameOf = useDeskName();
  const { content, state, own, clocks } = request;
  const [next] = clocks;
  return (
    <li id={request.id} className="panel case-card" data-testid="request" data-state={state}>
      <header className="row">
        {request.tlp === null ? null : <Tlp level={request.tlp} />}
        <Heading>{content.title}</Heading>
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
      <Lines lines={askedLines(content)} />
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
      <Lines lines={saidLines(what)} />
      {given === null || given.outcome === 'release' ? null : (
        <span className="soft">
          {given.outcome === 'withdrawn'
            ? t.cases.takenBack
            : fill(t.cases.waitsForPolicy, {
                why: given.outcome === 'ask-person' ? t.cases.waits : given.reasons.map(say).join(' '),
              })}
        </span>
      )}
    </li>
  );
}

/** What a request or an answer says, field by field. */
function Lines({ lines }: { readonly lines: readonly RequestLine[] }) {
  const { say } = useReader();
  if (lines.length === 0) return null;
  return (
    <dl className="case-lines">
      {lines.map(({ field, says }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text never change their order
        <div key={at}>
          <dt className="small soft">{say(field)}</dt>
          <dd className="case-text">
            {says.map((it, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nor do their parts
              <Fragment key={n}>
                {n === 0 ? '' : ' · '}
                <Part part={it} />
              </Fragment>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Part({ part }: { readonly part: LinePart }) {
  const { say } = useReader();
  const timeLine = useTimeLine();
  if (typeof part === 'string') return part;
  if ('case' in part) return <CaseLink id={part.case} />;
  if ('incident' in part) return <IncidentLink id={part.incident} />;
  return 'at' in part ? timeLine(part.at) : say(part.term);
}
