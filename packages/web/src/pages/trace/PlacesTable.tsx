import { terms } from '@gongjo/contract';
import type { TraceAnswer } from '../../api/trace.client.ts';
import { shareText } from '../../format/amount.ts';
import { Address } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';

/** Beyond these there is the file. */
const ROWS_SHOWN = 50;

/** Where the followed value ends, largest share first. */
export function PlacesTable({ answer: { trace, places } }: { readonly answer: TraceAnswer }) {
  const { t, say, count } = useReader();
  const text = t.trace.totals;
  const more = places.length - ROWS_SHOWN;
  const assetOf = (id: string) => trace.assets.find((asset) => asset.id === id);
  const csv = () => [
    ['stop', 'address', 'holder', 'asset', 'units', 'ppm', 'since'],
    ...places.map(({ stop, address, tag, asset, units, sharePpm, since }) => [
      ...[stop, address ?? '', tag?.label ?? '', asset, units, String(sharePpm), since],
    ]),
  ];
  return (
    <Section
      title={trace.question.direction === 'forward' ? text.title : t.trace.ask.backward}
      aside={<CsvButton name={text.csvName} rows={csv} />}
    >
      <div className="panel table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.stop}</th>
              <th scope="col">{text.address}</th>
              <th scope="col" className="number">
                {text.amount}
              </th>
              <th scope="col" className="number">
                {text.share}
              </th>
            </tr>
          </thead>
          <tbody>
            {places.slice(0, ROWS_SHOWN).map(({ stop, address, tag, asset, units, sharePpm, since }) => (
              <tr key={`${stop} ${address} ${tag?.label} ${asset} ${since}`} data-testid="traced-place">
                <td>
                  <span className="row">
                    <Icon name={stop} size={14} />
                    {say(terms.stop[stop])}
                  </span>
                </td>
                <td>
                  {tag === null ? null : <span>{tag.label} </span>}
                  {address === null ? null : <Address address={address} />}
                </td>
                <td className="number">
                  <Amount units={units} asset={assetOf(asset)} reading />
                </td>
                <td className="number">{shareText(sharePpm)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more <= 0 ? null : <p className="soft small below">{count(t.trace.morePlaces, more)}</p>}
    </Section>
  );
}
