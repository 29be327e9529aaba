import { fill, type MonthMeasures } from '@gongjo/contract';
import { useState } from 'react';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Section } from '../../parts/Section.tsx';
import { SortHead, type SortOrder } from '../../parts/SortHead.tsx';
import { sortRows } from '../../parts/sort-rows.ts';
import { useReader } from '../../texts/language.tsx';
import { type MonthColumn, monthColumns, monthKey } from './measure-rows.ts';
import { Seconds, Share } from './Seconds.tsx';

export function MonthTable({ months }: { readonly months: readonly MonthMeasures[] }) {
  const { t } = useReader();
  const [order, setOrder] = useState<SortOrder<MonthColumn>>({ by: 'month', descending: true });
  const text = t.measures;
  const sorted = sortRows(months, order, monthKey);
  const rows = () => [
    monthColumns.map((column) => text[column]),
    ...sorted.map((month) =>
      monthColumns.map((column) =>
        column === 'warned' ? String(month.warnedBefore) : String(monthKey(month, column) ?? ''),
      ),
    ),
  ];
  return (
    <Section title={text.byMonth} aside={<CsvButton name={text.csvMonths} rows={rows} />}>
      <div className="panel table-scroll">
        <table className="table measures">
          <thead>
            <tr>
              {monthColumns.map((column) => (
                <SortHead
                  key={column}
                  by={column}
                  name={text[column]}
                  title={fill(text.sortBy, { column: text[column] })}
                  order={order}
                  onOrder={setOrder}
                  number={column !== 'month'}
                  largestFirst
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((month) => (
              <tr key={month.month} data-testid="month">
                <td>{month.month}</td>
                <td className="number">{month.incidents}</td>
                <Seconds seconds={month.medianFirstToldSeconds} />
                <Seconds seconds={month.medianAllToldSeconds} />
                <Seconds seconds={month.medianFirstAcknowledgedSeconds} />
                <td className="number">{month.deposits}</td>
                <Share part={month.warnedBefore} whole={month.deposits} />
                <Seconds seconds={month.medianLeadSeconds} signed />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
