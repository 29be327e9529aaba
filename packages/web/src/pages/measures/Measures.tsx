import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../../api/queries.ts';
import { Choice } from '../../parts/Choice.tsx';
import { DrillMark } from '../../parts/Drill.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { DrillScore } from './DrillScore.tsx';
import { IncidentTable } from './IncidentTable.tsx';
import { MonthTable } from './MonthTable.tsx';
import './measures.css';

/** What counts, over time and by incident. What happened and what was practised stand apart. */
export function MeasuresPage() {
  const { t } = useReader();
  usePageTitle(t.measures.title);
  const { data, error, refetch } = useQuery(queries.measures);
  const [which, setWhich] = useState<'real' | 'drills'>('real');
  const isDrill = which === 'drills';
  const incidents = data?.incidents.filter(({ incident }) => incident.drill === isDrill) ?? [];
  const months = data?.months.filter(({ drill }) => drill === isDrill) ?? [];
  return (
    <div className="stack">
      <PageHead title={t.measures.title} intro={t.measures.intro}>
        <Choice
          legend={t.measures.which}
          choices={[
            { key: 'real', name: t.measures.real },
            { key: 'drills', name: t.measures.drills },
          ]}
          chosen={which}
          onChoose={setWhich}
        />
      </PageHead>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[120, 240]} /> : null}
      {data !== undefined && incidents.length === 0 ? (
        <Empty text={t.measures.none} hint={t.measures.noneHint} />
      ) : null}
      {incidents.length === 0 ? null : (
        <>
          {isDrill ? (
            <p>
              <DrillMark /> {t.response.drillLine}
            </p>
          ) : null}
          {isDrill ? <DrillScore /> : null}
          <MonthTable months={months} />
          <IncidentTable incidents={incidents} />
          <p className="small soft">{t.measures.medianHint}</p>
        </>
      )}
    </div>
  );
}
