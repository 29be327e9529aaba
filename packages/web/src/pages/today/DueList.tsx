import { caseTerms, fill, holdTerms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { queries } from '../../api/queries.ts';
import { useDeskClock } from '../../parts/clock.tsx';
import { DrillMark } from '../../parts/Drill.tsx';
import { useDeskName } from '../../parts/desk-name.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Lines } from '../../parts/Lines.tsx';
import { useMay } from '../../parts/may.ts';
import { TimeLeft } from '../../parts/TimeLeft.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { type Due, dueOf } from './due.ts';

/** Of what waits longer the pages of its kind tell. */
const LINES_MAX = 8;

/** What waits for a person of this desk and by when: decisions, requests of partners, and clocks of hold requests. */
export function DueList() {
  const { t, count } = useReader();
  const may = useMay();
  const { now } = useDeskClock();
  const answers = [
    useQuery({ ...queries.askedHolds, enabled: may('hold:read') }),
    useQuery({ ...queries.holds, enabled: may('hold:read') }),
    useQuery({ ...queries.requests, enabled: may('request:read') }),
    useQuery({ ...queries.approvals, enabled: may('approval:read') }),
  ] as const;
  const [asked, holds, requests, approvals] = answers;
  const due = dueOf(
    {
      ...{ asked: asked.data ?? [], holds: holds.data ?? [] },
      ...{ requests: requests.data ?? [], approvals: approvals.data ?? [] },
    },
    now,
  );
  const failed = answers.find(({ error }) => error !== null);
  return (
    <>
      {failed ? <Failure error={failed.error} onRetry={() => void failed.refetch()} /> : null}
      <Lines title={t.today.due.title} count={due.length}>
        {due.slice(0, LINES_MAX).map((it) => (
          <DueLine key={keyOf(it)} due={it} />
        ))}
        {due.length > LINES_MAX ? (
          <li className="soft small">{count(t.today.due.more, due.length - LINES_MAX)}</li>
        ) : null}
      </Lines>
    </>
  );
}

function keyOf(due: Due): string {
  if (due.kind === 'approval') return due.approval.id;
  return 'hold' in due ? `${due.kind} ${due.hold.id}` : due.request.id;
}

function DueLine({ due }: { readonly due: Due }) {
  const { t, say } = useReader();
  const nameOf = useDeskName();
  const text = t.today.due;
  if (due.kind === 'approval') {
    const { recipient, recipientName } = due.approval;
    const who = recipientName === null ? nameOf(recipient) : say(recipientName);
    return (
      <Line kind={text.approval} at={due.at} until={text.decide}>
        <Link to="/approvals">{fill(text.releaseTo, { who })}</Link>
      </Line>
    );
  }
  if (due.kind === 'asked-hold') {
    const { id, desk, number } = due.hold;
    return (
      <Line kind={text.askedHold} at={due.at} until={say(holdTerms.clock[due.clock.kind])}>
        {due.hold.drill ? <DrillMark /> : null}
        <Link to="/holds/asked/$desk/$id" params={{ desk: desk.id, id }}>{`${say(desk.name)} ${number}`}</Link>
      </Line>
    );
  }
  if (due.kind === 'hold') {
    const { id, addressee } = due.hold;
    return (
      <Line kind={text.hold} at={due.at} until={say(holdTerms.clock[due.clock.kind])}>
        {due.hold.drill ? <DrillMark /> : null}
        <Link to="/holds/$id" params={{ id }}>
          {fill(t.holds.requestTo, { who: say(addressee) })}
        </Link>
      </Line>
    );
  }
  const { id, content, from, to, own } = due.request;
  return (
    <Line
      kind={say(caseTerms.request[content.fields.kind])}
      at={due.at}
      until={due.kind === 'asked-back' ? text.supply : text.answer}
    >
      <Link to="/requests" hash={id}>
        {content.title}
      </Link>
      <span className="soft">{fill(own ? t.cases.toDesk : t.cases.fromDesk, { desk: nameOf(own ? to : from) })}</span>
    </Line>
  );
}

function Line({
  kind,
  at,
  until,
  children,
}: {
  readonly kind: string;
  readonly at: string;
  /** What is due then. */
  readonly until: string;
  readonly children: ReactNode;
}) {
  return (
    <li data-testid="due">
      <span className="chip">{kind}</span>
      {children}
      <span className="due-time">
        <span className="soft">{until}</span> <When at={at} own /> <TimeLeft until={at} />
      </span>
    </li>
  );
}
