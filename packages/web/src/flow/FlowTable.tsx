import { fill, type Trace, terms } from '@gongjo/contract';
import { useMemo, useState } from 'react';
import { group } from '../format/amount.ts';
import { Address, Holder, Transaction } from '../parts/Address.tsx';
import { Amount } from '../parts/Amount.tsx';
import { CsvButton } from '../parts/CsvButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { SortHead, type SortOrder } from '../parts/SortHead.tsx';
import { sortRows } from '../parts/sort-rows.ts';
import { When } from '../parts/When.tsx';
import { useReader } from '../texts/language.tsx';
import { type FlowColumn, flowColumns, stepCells, stepKey } from './flow-rows.ts';
import type { Ribbon } from './layout.ts';

/** Rows that a page shows at once; more make it slow, and nobody reads them. */
const ROWS_SHOWN = 200;

/** The steps of the picture as a table: the same marks for whoever reads better than looks. */
export function FlowTable({ ribbons, trace }: { readonly ribbons: readonly Ribbon[]; readonly trace: Trace }) {
  const { t, say, count } = useReader();
  const [order, setOrder] = useState<SortOrder<FlowColumn>>({ by: 'time', descending: false });
  const [shown, setShown] = useState(ROWS_SHOWN);
  const sorted = useMemo(() => sortRows(ribbons, order, stepKey), [ribbons, order]);
  const assetOf = (id: string) => trace.assets.find((one) => one.id === id);
  const text = t.flow.column;
  const rows = () => [
    [
      ...[text.time, text.height, text.from, text.to, text.units, text.asset, 'CAIP-19'],
      ...[text.rule, text.certainty, text.txid, 'ord'],
    ],
    ...sorted.map((ribbon) => stepCells(ribbon, assetOf)),
  ];
  const rest = sorted.length - shown;
  return (
    <div className="panel flow-table" data-testid="flow-table">
      <div className="flow-table-head">
        <CsvButton name={t.flow.csvName} rows={rows} />
      </div>
      <Scroll label={t.flow.tableOf}>
        <table className="table">
          <thead>
            <tr>
              {flowColumns.map((column) => (
                <SortHead
                  key={column}
                  by={column}
                  name={text[column]}
                  title={fill(t.flow.sortBy, { column: text[column] })}
                  order={order}
                  onOrder={setOrder}
                  number={column === 'units' || column === 'height'}
                  largestFirst={column === 'units'}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shown).map(({ key, hop }) => (
              <tr key={key} data-testid="flow-row">
                <td>
                  <When at={hop.time} own />
                </td>
                <td className="number">{group(String(hop.height))}</td>
                <td>{hop.from === null ? t.flow.unknown : <Who address={hop.from} />}</td>
                <td>{hop.to === null ? hop.rule === 'fee' ? t.flow.fee : t.flow.burned : <Who address={hop.to} />}</td>
                <td className="number">
                  <Amount units={hop.units} asset={assetOf(hop.asset)} />
                </td>
                <td>{assetOf(hop.asset)?.symbol ?? hop.asset}</td>
                <td>{say(terms.rule[hop.rule])}</td>
                <td>{say(terms.certainty[hop.certainty])}</td>
                <td>
                  <Transaction txid={hop.txid} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {rest <= 0 ? null : (
        <button type="button" className="more" onClick={() => setShown(shown + ROWS_SHOWN)}>
          <Icon name="down" size={13} />
          {count(t.flow.more, Math.min(rest, ROWS_SHOWN))}
        </button>
      )}
    </div>
  );
}

function Who({ address }: { readonly address: string }) {
  return (
    <span className="flow-who">
      <Address address={address} />
      <span className="small soft">
        <Holder address={address} />
      </span>
    </span>
  );
}
