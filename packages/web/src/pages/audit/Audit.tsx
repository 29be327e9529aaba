import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { Contradictions } from './Contradictions.tsx';
import { Entries } from './Entries.tsx';
import { Witnesses } from './Witnesses.tsx';
import './audit.css';

/** Who did what, and who watches that nobody changes it. */
export function AuditPage() {
  const { t } = useReader();
  usePageTitle(t.audit.title);
  const { data, error, refetch } = useQuery(queries.auditWitnesses);
  return (
    <div className="stack">
      <PageHead title={t.audit.title} intro={t.audit.intro} />
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[120, 240]} /> : null}
      {data === undefined ? null : (
        <>
          <Contradictions contradictions={data.contradictions} omitted={data.omitted} />
          <Witnesses witnesses={data} />
        </>
      )}
      <Entries />
    </div>
  );
}
