import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty, Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { AskedTable } from './AskedTable.tsx';
import { HoldTable, useHoldCell } from './HoldTable.tsx';
import { byUrgency, holdColumns } from './hold-rows.ts';
import './holds.css';

/** Every hold request, this desk's and partners', what ends first on top. */
export function HoldsPage() {
  const { t } = useReader();
  usePageTitle(t.holds.title);
  const { data, error, refetch } = useQuery(queries.holds);
  const asked = useQuery(queries.askedHolds);
  const cell = useHoldCell();
  const text = t.holds;
  const rows = () => [
    holdColumns.map((column) => text.column[column]),
    ...byUrgency(data ?? []).map((hold) => holdColumns.map((column) => cell(hold, column))),
  ];
  return (
    <div className="stack">
      <PageHead title={text.title} intro={text.intro}>
        {data === undefined || data.length === 0 ? null : <CsvButton name={text.csvName} rows={rows} />}
      </PageHead>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {asked.error === null ? null : <Failure error={asked.error} onRetry={() => void asked.refetch()} />}
      <AskedTable holds={asked.data ?? []} />
      {data === undefined && error === null ? <Waiting heights={[240]} /> : null}
      {data === undefined ? null : data.length === 0 ? (
        <Empty text={text.none} hint={text.noneHint} />
      ) : (
        <Section title={text.asking}>
          <HoldTable holds={data} />
        </Section>
      )}
    </div>
  );
}
