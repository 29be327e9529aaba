import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { AskPartner } from './AskPartner.tsx';
import { RequestCard } from './RequestCard.tsx';
import '../cases/cases.css';

/** What partners are asked, and what they ask. */
export function RequestsPage() {
  const { data, error, refetch } = useQuery(queries.requests);
  const { t } = useReader();
  usePageTitle(t.cases.requests);
  if (data === undefined)
    return error === null ? (
      <Waiting heights={[48, 120, 120]} />
    ) : (
      <Failure error={error} onRetry={() => void refetch()} />
    );
  return (
    <div className="stack">
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      <PageHead title={t.cases.requests} intro={t.cases.requestsIntro} />
      {data.length === 0 ? (
        <Empty text={t.cases.requestsNone} hint={t.cases.requestsNoneHint} />
      ) : (
        <ul className="case-list">
          {data.map((request) => (
            <RequestCard key={request.id} request={request} heading="h2" />
          ))}
        </ul>
      )}
      <AskPartner />
    </div>
  );
}
