import { fill, type IncidentMeasures } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Section } from '../../parts/Section.tsx';
import { SortHead, type SortOrder } from '../../parts/SortHead.tsx';
import { sortRows } from '../../parts/sort-rows.ts';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { detectionSeconds, type IncidentColumn, incidentColumns, incidentKey, toldCount } from './measure-rows.ts';
import { Seconds, Share } from './Seconds.tsx';

export function IncidentTable({ incidents }: { readonly incidents: readonly IncidentMeasures[] }) {
  const { t, say } = useReader();
  const [order, setOrder] = useState<SortOrder<IncidentColumn>>({ by: 'reported', descending: true });
  const text = t.measures;
  const keyOf = (one: IncidentMeasures, column: IncidentColumn) => incidentKey(one, column, say(one.incident.title));
  const sorted = sortRows(incidents, order, keyOf);
  const csvCell = (one: IncidentMeasures, column: IncidentColumn): string => {
    if (column === 'agencies') return `${toldCount(one)}/${one.agencies.length}`;
    if (column === 'warned') return String(one.warnedBefore);
    return String(keyOf(one, column) ?? '');
  };
  const rows = () => [
    incidentColumns.map((column) => text[column]),
    ...sorted.map((one) => incidentColumns.map((column) => csvCell(one, column))),
  ];
  return (
    <Section title={text.byIncident} aside={<CsvButton name={text.csvIncidents} rows={rows} />}>
      <div className="panel table-scroll">
        <table className="table measures">
          <thead>
            <tr>
              {incidentColumns.map((column) => (
                <SortHead
                  key={column}
                  by={column}
                  name={text[column]}
                  title={fill(text.sortBy, { column: text[column] })}
                  order={order}
                  onOrder={setOrder}
                  number={column !== 'incident' && column !== 'reported'}
                  largestFirst={column !== 'incident'}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((one) => (
              <tr key={one.incident.id} data-testid="measured">
                <td className="measured-title">
                  <Link to="/incidents/$id" params={{ id: one.incident.id }}>
                    {say(one.incident.title)}
                  </Link>
                </td>
                <td>
                  <When at={one.reportedAt} own />
                </td>
                <Seconds seconds={detectionSeconds(one.occurredAt, one.reportedAt)} />
                <Seconds seconds={one.firstToldSeconds} />
                <Seconds seconds={one.allToldSeconds} missing={one.agencies.length > 0 ? text.waiting : undefined} />
                <Seconds seconds={one.firstAcknowledgedSeconds} />
                <td className="number">{fill(text.of, { part: toldCount(one), whole: one.agencies.length })}</td>
                <td className="number">{one.deposits.length}</td>
                <Share part={one.warnedBefore} whole={one.deposits.length} />
                <Seconds seconds={one.medianLeadSeconds} signed />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
