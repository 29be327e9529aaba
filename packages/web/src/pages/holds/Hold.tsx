import { fill, type Hold, holdDeskTerms, holdTerms, languages, terms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { holding } from '../../api/hold.client.ts';
import { queries } from '../../api/queries.ts';
import { DrillBanner } from '../../parts/Drill.tsx';
import { Fact } from '../../parts/Fact.tsx';
import { Failure, ProblemLine } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useTimeLine, When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { ClockLine } from './ClockLine.tsx';
import { HoldActions } from './HoldActions.tsx';
import { Received } from './Received.tsx';
import { WhatIsAsked } from './WhatIsAsked.tsx';
import './holds.css';

/** One request: what it says, what can be done, its letters, its clocks, and what happened. */
export function HoldPage() {
  const { id } = useParams({ from: '/shell/holds/$id' });
  const { t, say } = useReader();
  const { data, error, refetch } = useQuery(queries.hold(id));
  usePageTitle(data === undefined ? t.holds.title : fill(t.holds.requestTo, { who: say(data.addressee.name) }));
  if (data === undefined)
    return error === null ? (
      <Waiting heights={[64, 260, 240]} />
    ) : (
      <Failure error={error} onRetry={() => void refetch()} />
    );
  return <Loaded hold={data} />;
}

function Loaded({ hold }: { readonly hold: Hold }) {
  const { t, say, count } = useReader();
  const text = t.holds;
  const { progress, addressee, approvalsNeeded } = hold;
  const left = Math.max(0, Math.max(1, approvalsNeeded) - progress.approvals.length);
  return (
    <div className="stack" data-testid="hold-page" data-state={progress.state}>
      {hold.drill ? <DrillBanner /> : null}
      <PageHead
        title={fill(text.requestTo, { who: say(addressee.name) })}
        intro={[
          hold.number,
          fill(text.draftedBy, { name: hold.draftedBy }),
          ...(progress.approvals.length > 0
            ? [fill(text.approvals, { names: progress.approvals.map(({ by }) => by).join(', ') })]
            : []),
          ...(progress.state === 'drafted' ? [count(text.needed, left)] : []),
        ]
          .filter(Boolean)
          .join(' · ')}
      >
        <span className={`chip hold-${progress.state}`} data-testid="hold-state">
          {say(holdTerms.state[progress.state])}
        </span>
      </PageHead>
      {hold.missing.length === 0 || progress.sentAt !== null ? null : (
        <div className="panel" role="status">
          <ul className="hold-list" data-testid="hold-missing">
            <li>
              <strong>{text.missing}</strong>
            </li>
            {hold.missing.map((code) => (
              <li key={code}>{say(terms.requirement[code])}</li>
            ))}
          </ul>
        </div>
      )}
      {hold.sending === null ? null : (
        <div className="panel" role="status">
          <p className="panel-note">
            {fill(text.sending, { to: hold.sending.to, attempts: hold.sending.attempts })}{' '}
            {hold.sending.problem === null ? null : <ProblemLine problem={hold.sending.problem} />}
          </p>
        </div>
      )}
      <HoldActions hold={hold} />
      <div className="hold-page">
        <div className="stack">
          <Facts hold={hold} />
          <Letters hold={hold} />
          <Received hold={hold} />
        </div>
        <div className="stack">
          <Clocks hold={hold} />
          <Parallel hold={hold} />
          <History hold={hold} />
        </div>
      </div>
    </div>
  );
}

function Facts({ hold }: { readonly hold: Hold }) {
  const { t, say } = useReader();
  const text = t.holds;
  const { facts, addressee, progress, incident } = hold;
  return (
    <Section title={text.facts}>
      <dl className="panel facts-line hold-facts">
        <Fact name={t.measures.incident}>
          <Link to="/incidents/$id" params={{ id: incident.id }}>
            {say(incident.title)}
          </Link>
        </Fact>
        <Fact name={text.entity}>{addressee.entity === null ? text.entityUnknown : say(addressee.entity)}</Fact>
        <Fact name={text.channel}>
          {say(terms.requestChannel[addressee.channel.kind])} {addressee.channel.to}
          {hold.desk === null ? null : <div className="small">{fill(text.ownDesk, { desk: say(hold.desk.name) })}</div>}
        </Fact>
        <WhatIsAsked facts={facts} held={progress.held} />
        {progress.theirReference === null ? null : <Fact name={text.theirReference}>{progress.theirReference}</Fact>}
        {progress.reason === null ? null : <Fact name={text.reason}>{progress.reason}</Fact>}
      </dl>
    </Section>
  );
}

function Letters({ hold }: { readonly hold: Hold }) {
  const { t } = useReader();
  const text = t.holds;
  return (
    <Section title={text.letters}>
      <div className="panel">
        <p className="panel-note small soft">{hold.documents.length > 0 ? text.lettersHint : text.previewHint}</p>
        <ul className="hold-list">
          {hold.documents.length > 0
            ? hold.documents.map(({ name, sha256 }) => (
                <li key={name} data-testid="hold-document">
                  <a href={holding.documentAt(hold.id, name)} download={name}>
                    {name}
                  </a>
                  <div className="hold-hash">
                    {text.sha256} {sha256}
                  </div>
                </li>
              ))
            : languages.map((language) => (
                <li key={language}>
                  <a href={holding.previewAt(hold.id, language)} download>
                    {text.preview[language]}
                  </a>
                </li>
              ))}
        </ul>
      </div>
    </Section>
  );
}

function Clocks({ hold }: { readonly hold: Hold }) {
  const { t, say } = useReader();
  const timeLine = useTimeLine();
  if (hold.clocks.length === 0 && hold.warnings.length === 0) return null;
  return (
    <Section title={t.holds.clocks}>
      <div className="panel">
        <ul className="hold-list">
          {hold.clocks.map((clock) => (
            <li key={clock.kind}>
              <ClockLine clock={clock} />
            </li>
          ))}
          {hold.warnings.map(({ kind, hours, hoursLeft, at, dueAt, told }) => (
            <li key={`${kind} ${hours} ${dueAt}`} className="warn-text" data-testid="hold-warning">
              {fill(say(holdTerms.warning[kind]), { who: say(hold.addressee.name), hours: hoursLeft })}{' '}
              <span className="soft small">
                {fill(t.holds.warned, { time: timeLine(at) })}
                {': '}
                {told
                  .map(({ channel, state }) => {
                    const name = say(terms.contactChannel[channel]);
                    if (state === 'sent' || state === 'by-hand') return name;
                    return fill(state === 'due' ? t.holds.onItsWay : t.holds.notDelivered, { channel: name });
                  })
                  .join(', ')}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}

function Parallel({ hold }: { readonly hold: Hold }) {
  const { t, say } = useReader();
  const text = t.holds;
  if (hold.parallel.length === 0) return null;
  return (
    <Section title={text.parallel}>
      <div className="panel">
        <ul className="hold-list">
          {hold.parallel.map((it) => (
            <li key={`${it.desk?.id} ${it.id}`} data-testid="hold-parallel" data-desk={it.desk?.id ?? ''}>
              {it.desk === null ? (
                <Link to="/holds/$id" params={{ id: it.id }}>
                  {text.thisDesk}
                </Link>
              ) : (
                <strong>{say(it.desk.name)}</strong>
              )}
              {': '}
              {say(it.addressee)}, {say(holdTerms.state[it.state])}
              {it.expiresAt === null ? null : (
                <>
                  {', '}
                  <When at={it.expiresAt} own />
                </>
              )}
              <div className="soft small">
                {fill(text.parallelHint, {
                  reasons: it.reasons.map((reason) => say(holdTerms.parallel[reason])).join(', '),
                })}
              </div>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}

function History({ hold }: { readonly hold: Hold }) {
  const { t, say } = useReader();
  const text = t.holds;
  if (hold.happened.length === 0 && hold.refusedWords.length === 0) return null;
  return (
    <Section title={text.history}>
      <div className="panel">
        <ol className="hold-list">
          {hold.happened.map(({ seq, kind, at, by, reference, reason, to, note, desk }) => (
            <li key={seq} data-testid="hold-happening" data-kind={kind} data-desk={desk}>
              <When at={at} own /> <strong>{say(holdTerms.event[kind])}</strong>{' '}
              {[to, reference, reason, note].filter(Boolean).join(' · ')}{' '}
              <span className="soft small">
                {desk === undefined ? fill(text.enteredBy, { name: by }) : fill(text.toldBy, { desk })}
              </span>
            </li>
          ))}
          {hold.refusedWords.map(({ desk, at, event, file, problem }) => (
            <li key={`${desk} ${at} ${event} ${file}`} data-testid="hold-refused-word">
              <When at={at} own /> <strong>{say(holdDeskTerms.word[event])}</strong> {file}{' '}
              <span className="soft small">
                {fill(text.toldBy, { desk })}, {text.notTaken}
              </span>{' '}
              <ProblemLine problem={problem} />
            </li>
          ))}
        </ol>
      </div>
    </Section>
  );
}
