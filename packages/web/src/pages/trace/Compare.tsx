import { fill, type TraceMethod, terms } from '@gongjo/contract';
import { useMemo } from 'react';
import type { TraceAnswer } from '../../api/trace.client.ts';
import { Holder } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import { comparePlaces, compareTotals } from './compare.ts';

/** Places below this many are the tail that nobody compares; the file has them all. */
const ROWS_SHOWN = 100;

/** What the methods make of the same start: a row for each place, with the difference to the first. */
export function Compare({ answers }: { readonly answers: readonly TraceAnswer[] }) {
  const { t, say, count } = useReader();
  const rows = useMemo(
    () => comparePlaces(answers.map(({ trace, places }) => ({ method: trace.method, places }))),
    [answers],
  );
  const totals = useMemo(() => compareTotals(rows), [rows]);
  const methods = answers.map(({ trace }) => trace.method);
  const assets = answers.flatMap(({ trace }) => trace.assets);
  const assetOf = (id: string) => assets.find((asset) => asset.id === id);
  const text = t.trace.compare;
  const more = rows.length - ROWS_SHOWN;
  const name = (method: TraceMethod) => say(terms.rule[method]);
  const [first = 'fifo', ...others] = methods;
  const csv = () => [
    [text.place, 'address', 'stop', 'asset', ...methods],
    ...rows.map(({ place, units }) => [
      ...[place.tag?.label ?? '', place.address ?? '', place.stop, place.asset],
      ...units.map(String),
    ]),
  ];
  return (
    <Section title={text.title} aside={<CsvButton name={text.csvName} rows={csv} />}>
      <p className="soft small">{fill(text.intro, { method: name(first) })}</p>
      <div className="panel table-scroll" data-testid="compared">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.place}</th>
              <th scope="col" className="number">
                {name(first)}
              </th>
              {others.map((method) => (
                <th key={method} scope="col" className="number" colSpan={2}>
                  {name(method)} · {text.difference}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, ROWS_SHOWN).map(({ key, place, units }) => (
              <tr key={key} data-testid="compared-place">
                <td>
                  <span className="row">
                    <Icon name={place.stop} size={14} />
                    {place.tag !== null ? (
                      place.tag.label
                    ) : place.address !== null ? (
                      <Holder address={place.address} />
                    ) : null}
                    <span className="soft small">{say(terms.stop[place.stop])}</span>
                  </span>
                </td>
                <Cells units={units} asset={assetOf(place.asset)} same={text.same} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            {totals.map(({ asset, units }) => (
              <tr key={asset}>
                <th scope="row">
                  {text.total} {assetOf(asset)?.symbol}
                </th>
                <Cells units={units} asset={assetOf(asset)} same={text.same} />
              </tr>
            ))}
          </tfoot>
        </table>
      </div>
      {more <= 0 ? null : <p className="soft small below">{count(t.trace.morePlaces, more)}</p>}
    </Section>
  );
}

function Cells({
  units,
  asset,
  same,
}: {
  readonly units: readonly bigint[];
  readonly asset: Parameters<typeof Amount>[0]['asset'];
  readonly same: string;
}) {
  const [first = 0n, ...others] = units;
  return (
    <>
      <td className="number">
        <Amount units={String(first)} asset={asset} />
      </td>
      {others.map((part, index) => {
        const difference = part - first;
        const key = `${index}`;
        return [
          <td key={key} className="number">
            <Amount units={String(part)} asset={asset} />
          </td>,
          <td key={`${key} difference`} className="number soft">
            {difference === 0n ? (
              same
            ) : (
              <>
                {difference > 0n ? '+' : '−'}
                <Amount units={String(difference > 0n ? difference : -difference)} asset={asset} />
              </>
            )}
          </td>,
        ];
      })}
    </>
  );
}
