import { type CaseSummary, caseTerms, fill } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { useDeskName } from '../../parts/desk-name.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty } from '../../parts/Section.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { OpenCase } from './OpenCase.tsx';
import './cases.css';

/** Every case that this desk works on, or that was offered to it. */
export function CasesPage() {
  const { data, error, refetch } = useQuery(queries.cases);
  const { t } = useReader();
  usePageTitle(t.cases.title);
  if (data === undefined)
    return error === null ? (
      <Waiting heights={[48, 120, 120]} />
    ) : (
      <Failure error={error} onRetry={() => void refetch()} />
    );
  return (
    <div className="stack">
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      <PageHead title={t.cases.title} intro={t.cases.intro} />
      {data.length === 0 ? (
        <Empty text={t.cases.none} hint={t.cases.noneHint} />
      ) : (
        <ul className="case-list">
          {data.map((it) => (
            <CaseCard key={it.id} it={it} heading="h2" />
          ))}
        </ul>
      )}
      <OpenCase />
    </div>
  );
}

/** A case in a few lines. `heading`: one level below what the list stands under. */
export function CaseCard({ it, heading: Heading }: { readonly it: CaseSummary; readonly heading: 'h2' | 'h3' }) {
  const { t, say, count } = useReader();
  const timeLine = useTimeLine();
  const nameOf = useDeskName();
  const isOffered = it.origin !== null && it.standing !== 'joined';
  const state =
    it.standing === 'joined' || it.standing === null ? caseTerms.caseState[it.state] : caseTerms.standing[it.standing];
  return (
    <li className="panel case-card" data-testid="case">
      <header className="row">
        <Tlp level={it.tlp} />
        <Heading>
          <Link to="/cases/$id" params={{ id: it.id }}>
            {say(it.title)}
          </Link>
        </Heading>
        <span className="chip">{say(state)}</span>
        {it.recalled ? <span className="chip act">{t.cases.takenBack}</span> : null}
        {it.conflicts === 0 ? null : <span className="chip act">{count(t.cases.conflicts, it.conflicts)}</span>}
      </header>
      <p className="row small soft">
        {isOffered ? <span>{fill(t.cases.offered, { desk: nameOf(it.origin ?? '') })}</span> : null}
        <span>{count(t.cases.facts, it.facts)}</span>
        <span>{count(t.cases.openTasks, it.openTasks)}</span>
        {it.desks.length === 0 ? null : <span>{it.desks.map(nameOf).join(', ')}</span>}
        <span>{fill(t.cases.changed, { time: timeLine(it.changedAt) })}</span>
      </p>
    </li>
  );
}
