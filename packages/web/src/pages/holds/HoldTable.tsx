import { fill, type HoldSummary, holdTerms } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { countryName } from '../../format/time.ts';
import { Amount } from '../../parts/Amount.tsx';
import { DrillMark } from '../../parts/Drill.tsx';
import { SortHead, type SortOrder } from '../../parts/SortHead.tsx';
import { sortRows } from '../../parts/sort-rows.ts';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { ClockLine } from './ClockLine.tsx';
import { amountsText, byUrgency, type HoldColumn, holdColumns, nextClock } from './hold-rows.ts';

/** What each cell says as text: for sorting and for the file. */
export function useHoldCell(): (hold: HoldSummary, column: HoldColumn) => string {
  const { t, say } = useReader();
  return (hold, column) => {
    switch (column) {
      case 'addressee':
        return say(hold.addressee);
      case 'incident':
        return say(hold.incident.title);
      case 'desk':
        return hold.desk === null ? t.holds.thisDesk : say(hold.desk.name);
      case 'amount':
        return amountsText(hold.amounts);
      case 'state':
        return say(holdTerms.state[hold.state]);
      case 'number':
        return hold.number ?? '';
      case 'drafted':
        return hold.draftedAt;
      case 'sent':
        return hold.sentAt ?? '';
      case 'ends':
        return nextClock(hold.clocks)?.dueAt ?? '';
    }
  };
}

export function HoldTable({ holds }: { readonly holds: readonly HoldSummary[] }) {
  const { t, say, language, count } = useReader();
  const [order, setOrder] = useState<SortOrder<HoldColumn> | null>(null);
  const cell = useHoldCell();
  const text = t.holds;
  const keyOf = (hold: HoldSummary, column: HoldColumn) => cell(hold, column) || null;
  const sorted = order === null ? byUrgency(holds) : sortRows(holds, order, keyOf);
  return (
    <div className="panel table-scroll">
      <table className="table holds">
        <thead>
          <tr>
            {holdColumns.map((column) => (
              <SortHead
                key={column}
                by={column}
                name={text.column[column]}
                title={fill(text.sortBy, { column: text.column[column] })}
                order={order ?? { by: 'ends', descending: false }}
                onOrder={setOrder}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((hold) => (
            <tr
              key={`${hold.desk?.id} ${hold.id}`}
              data-testid="hold"
              data-state={hold.state}
              data-desk={hold.desk?.id ?? ''}
            >
              <td>
                {hold.drill ? <DrillMark /> : null}{' '}
                {hold.desk === null ? (
                  <Link to="/holds/$id" params={{ id: hold.id }}>
                    {say(hold.addressee)}
                  </Link>
                ) : (
                  say(hold.addressee)
                )}{' '}
                {hold.country === null ? null : <span className="soft">{countryName(hold.country, language)}</span>}
                {hold.parallel === 0 ? null : (
                  <span className="chip" data-testid="hold-joined">
                    {count(text.joined, hold.parallel)}
                  </span>
                )}
              </td>
              <td>
                {hold.incident.id === '' ? null : (
                  <Link to="/incidents/$id" params={{ id: hold.incident.id }}>
                    {say(hold.incident.title)}
                  </Link>
                )}
              </td>
              <td>{cell(hold, 'desk')}</td>
              <td>
                {hold.amounts.map(({ asset, symbol, decimals, units }) => (
                  <div key={asset}>
                    <Amount units={units} asset={{ id: asset, symbol, decimals }} exact />
                  </div>
                ))}
              </td>
              <td>
                <span className={`chip hold-${hold.state}`}>{say(holdTerms.state[hold.state])}</span>
              </td>
              <td className="nowrap">{hold.number}</td>
              <td>
                <When at={hold.draftedAt} own />
              </td>
              <td>{hold.sentAt === null ? null : <When at={hold.sentAt} own />}</td>
              <td>
                <ClockLine clock={nextClock(hold.clocks)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
