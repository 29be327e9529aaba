import { fill, type HeldObjectDetail, outcomeTerms, terms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { useDeskName } from '../../parts/desk-name.ts';
import { Fact } from '../../parts/Fact.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Lines } from '../../parts/Lines.tsx';
import { IncidentLink } from '../../parts/NamedLinks.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty, Section } from '../../parts/Section.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useTimeLine, When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { Content } from './Content.tsx';
import { useOriginName } from './origin-name.ts';
import { useTypeName } from './type-name.ts';
import '../known/known.css';
import './intelligence.css';

/** One object: what it says, how it is marked and by whom, where it is from, what it is joined with, where it went and why. */
export function ObjectPage() {
  const { id } = useParams({ from: '/shell/intelligence/$id' });
  const { t } = useReader();
  const { data, error, refetch } = useQuery(queries.object(id));
  usePageTitle(data?.versions[0]?.label ?? t.intelligence.title);
  if (data === undefined)
    return error === null ? (
      <Waiting heights={[64, 200, 120]} />
    ) : (
      <Failure error={error} onRetry={() => void refetch()} />
    );
  return (
    <div className="stack" data-testid="object-page" data-type={data.type}>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      <Head detail={data} />
      <div className="known-below">
        <div className="stack">
          <Content key={data.id} detail={data} />
          <Decisions detail={data} />
        </div>
        <div className="stack">
          <Relations detail={data} />
          <Marking detail={data} />
          <Versions detail={data} />
          <Recalls detail={data} />
        </div>
      </div>
    </div>
  );
}

function Head({ detail }: { readonly detail: HeldObjectDetail }) {
  const { t } = useReader();
  const typeName = useTypeName();
  const originName = useOriginName();
  const [newest] = detail.versions;
  const text = t.intelligence;
  return (
    <header className="stack">
      <div>
        <span className="soft">{typeName(detail.type)}</span>
        <h1 className="known-title">
          {newest?.label}
          <CopyButton text={detail.id} what={t.partner.column.id} />
        </h1>
      </div>
      <dl className="facts-line">
        <Fact name={text.column.marking}>
          <Level tlp={detail.marking.tlp} />
        </Fact>
        {newest === undefined ? null : (
          <>
            <Fact name={text.column.origin}>{originName(newest.origin)}</Fact>
            <Fact name={text.column.added}>
              <When at={newest.addedAt} />
            </Fact>
            {newest.incident === null ? null : (
              <Fact name={t.partner.column.incident}>
                <IncidentLink id={newest.incident} />
              </Fact>
            )}
          </>
        )}
        <Fact name={text.seen}>{detail.sightings ?? 0}</Fact>
        {newest?.revoked === true ? <span className="chip warn">{text.revoked}</span> : null}
      </dl>
    </header>
  );
}

function Level({ tlp }: { readonly tlp: HeldObjectDetail['marking']['tlp'] }) {
  const { t } = useReader();
  if (tlp === null) return <span>{t.intelligence.unmarked}</span>;
  return tlp === 'conflict' ? <span className="warn-text">{t.intelligence.conflict}</span> : <Tlp level={tlp} />;
}

function Marking({ detail: { marking } }: { readonly detail: HeldObjectDetail }) {
  const { t, say } = useReader();
  const timeLine = useTimeLine();
  const text = t.intelligence;
  return (
    <Section title={text.marking}>
      <ul className="panel line-list">
        <li>
          <Level tlp={marking.tlp} />
          {marking.handling.length === 0 ? null : (
            <span className="soft">
              {text.handling}: {marking.handling.join(', ')}
            </span>
          )}
        </li>
        {marking.marks.length === 0 ? <li className="soft small">{text.noMarks}</li> : null}
        {marking.marks.map(({ tlp, by, at, reason }) => (
          <li key={`${at} ${tlp}`} className="small">
            {fill(text.markedBy, { tlp: say(terms.tlp[tlp]), name: by, time: timeLine(at), reason })}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Relations({ detail: { relations = [] } }: { readonly detail: HeldObjectDetail }) {
  const { t } = useReader();
  const typeName = useTypeName();
  const text = t.intelligence;
  if (relations.length === 0)
    return (
      <Section title={text.relations}>
        <Empty text={text.noRelations} />
      </Section>
    );
  return (
    <Lines title={text.relations} count={relations.length}>
      {relations.map(({ id, kind, outward, other }) => (
        <li key={id} data-row data-testid="relation">
          <span className="soft small">
            {fill(outward ? text.relation.out : text.relation.in, {
              kind: kind === 'sighting' ? typeName(kind) : kind,
            })}
          </span>
          <span className="chip">{typeName(other.type)}</span>
          {other.label === null ? (
            <span className="soft">
              <span className="mono">{other.id}</span> {text.notHeld}
            </span>
          ) : (
            <Link to="/intelligence/$id" params={{ id: other.id }} preload={false}>
              {other.label}
            </Link>
          )}
        </li>
      ))}
    </Lines>
  );
}

function Decisions({ detail: { recipients } }: { readonly detail: HeldObjectDetail }) {
  const { t, say, count } = useReader();
  const deskName = useDeskName();
  const timeLine = useTimeLine();
  const text = t.intelligence;
  const outcome = (code: string) =>
    code in outcomeTerms ? say(outcomeTerms[code as keyof typeof outcomeTerms]) : code;
  return (
    <Section title={text.decisions}>
      {recipients.length === 0 ? (
        <Empty text={text.noDecisions} />
      ) : (
        <ul className="panel line-list">
          {recipients.map((it) => (
            <li key={`${it.recipient} ${it.modified} ${it.origin}`} data-testid="decision">
              <strong>{deskName(it.recipient)}</strong>
              <span className={`chip ${it.released && it.withdrawnAt === null ? 'good' : ''}`}>
                {outcome(it.outcome)}
              </span>
              {it.withdrawnAt === null ? null : (
                <span className="warn-text">{fill(text.withdrawn, { time: timeLine(it.withdrawnAt) })}</span>
              )}
              {it.removed.length === 0 ? null : (
                <span className="soft" title={it.removed.join(', ')}>
                  {count(text.removed, it.removed.length)}
                </span>
              )}
              <span className="soft small">{timeLine(it.decidedAt)}</span>
              {it.receipts.map(({ delivery, at }) => (
                <span key={delivery} className="good-text small">
                  {fill(text.receipt, { time: timeLine(at) })}
                </span>
              ))}
              <span className="soft small">{it.reasons.map((reason) => say(reason.text)).join(' ')}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Versions({ detail: { versions } }: { readonly detail: HeldObjectDetail }) {
  const { t } = useReader();
  const originName = useOriginName();
  return (
    <Lines title={t.intelligence.versions} count={versions.length}>
      {versions.map((it) => (
        <li key={it.seq}>
          <When at={it.modified ?? it.addedAt} own />
          <span className="soft">{originName(it.origin)}</span>
          {it.tlp === null ? null : <Tlp level={it.tlp} />}
          {it.revoked ? <span className="chip warn">{t.intelligence.revoked}</span> : null}
        </li>
      ))}
    </Lines>
  );
}

function Recalls({ detail: { recalls } }: { readonly detail: HeldObjectDetail }) {
  const { t, say } = useReader();
  const timeLine = useTimeLine();
  return (
    <Lines title={t.intelligence.recalls} count={recalls.length}>
      {recalls.map(({ id, at, by, reason }) => (
        <li key={id}>{fill(t.intelligence.recall, { time: timeLine(at), name: by, reason: say(reason) })}</li>
      ))}
    </Lines>
  );
}
