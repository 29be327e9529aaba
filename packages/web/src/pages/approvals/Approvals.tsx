import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty, Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { inOrder } from './order.ts';
import { RequestCard } from './RequestCard.tsx';
import './approvals.css';

/** Releases that the policy leaves to people. */
export function ApprovalsPage() {
  const { data, error, refetch } = useQuery(queries.approvals);
  const { t } = useReader();
  usePageTitle(t.approvals.title);
  if (data === undefined)
    return error === null ? (
      <Waiting heights={[32, 160, 160]} />
    ) : (
      <Failure error={error} onRetry={() => void refetch()} />
    );
  const { open, closed } = inOrder(data);
  return (
    <div className="stack">
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      <header>
        <h1>{t.approvals.title}</h1>
        <p className="soft">{t.approvals.intro}</p>
      </header>
      <Section title={t.approvals.open}>
        {open.length === 0 ? (
          <Empty text={t.approvals.openNone} hint={t.approvals.openNoneHint} />
        ) : (
          <ul className="requests">
            {open.map((request) => (
              <RequestCard key={request.id} request={request} />
            ))}
          </ul>
        )}
      </Section>
      <Section title={t.approvals.closed}>
        {closed.length === 0 ? (
          <Empty text={t.approvals.closedNone} />
        ) : (
          <ul className="requests">
            {closed.map((request) => (
              <RequestCard key={request.id} request={request} />
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}
