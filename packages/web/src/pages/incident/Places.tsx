import { fill, type IncidentDetail, type Place, terms } from '@gongjo/contract';
import { useState } from 'react';
import { amountLine, group, shareText } from '../../format/amount.ts';
import { bars, type PlaceKey, type PlaceOrder, sortPlaces } from '../../format/places.ts';
import { countryName } from '../../format/time.ts';
import { Address } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { MoneyBar } from '../../parts/MoneyBar.tsx';
import { Scroll } from '../../parts/Scroll.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { useTimeLine, When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { RequestHold } from '../holds/RequestHold.tsx';

/** Rows in sight at first; a trace may end in thousands of places, and the largest ones come first. */
const SHOWN_FIRST = 100;

/** Where somebody may have it in hand: a service, or the issuer of a token wherever it stands. */
const canBeHeld: ReadonlySet<Place['stop']> = new Set(['service', 'bridge', 'unspent', 'hub', 'limit', 'small']);

/** "Where is the money now?" */
export function Places({ incident }: { readonly incident: IncidentDetail }) {
  const { t, say, language, count } = useReader();
  const [order, setOrder] = useState<PlaceOrder>({ by: 'amount', descending: true });
  const [all, setAll] = useState(false);
  const timeLine = useTimeLine();
  const asOf = incident.trace?.asOf;
  const stop = (place: Place) => say(terms.stop[place.stop]);
  const holder = ({ holder: who }: Place) => (who === null ? '' : who.name === null ? who.tag.label : say(who.name));
  const places = sortPlaces(incident.places, order, { stop, holder });
  const assetOf = (place: Place) => incident.assets.find(({ id }) => id === place.asset);
  const column = t.incident.column;
  const names: Readonly<Record<PlaceKey, string>> = { ...column, stop: column.place };
  const rows = () => [
    [
      column.place,
      column.holder,
      column.country,
      column.address,
      column.amount,
      column.asset,
      column.share,
      column.since,
    ],
    ...places.map((place) => [
      stop(place),
      holder(place),
      place.holder?.country ?? '',
      place.address ?? '',
      amountLine(place.units, assetOf(place)?.decimals ?? 0).replaceAll(',', ''),
      assetOf(place)?.symbol ?? place.asset,
      shareText(place.sharePpm),
      place.since,
    ]),
  ];
  const head = (by: PlaceKey, className?: string) => (
    <th
      scope="col"
      className={className}
      aria-sort={order.by === by ? (order.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        title={fill(t.incident.sortBy, { column: names[by] })}
        onClick={() =>
          setOrder({ by, descending: order.by === by ? !order.descending : by === 'amount' || by === 'share' })
        }
      >
        {names[by]}
        <Icon name={order.by === by ? (order.descending ? 'down' : 'up') : 'sort'} size={12} />
      </button>
    </th>
  );
  return (
    <Section
      title={t.incident.where}
      aside={
        <span className="row">
          {asOf === undefined ? null : (
            <span className="soft small">
              {fill(t.incident.whereHint, { height: group(String(asOf.height)), time: timeLine(asOf.time) })}
            </span>
          )}
          {places.length === 0 ? null : <CsvButton name={t.incident.csvName} rows={rows} />}
        </span>
      }
    >
      {places.length === 0 ? (
        <Empty text={t.incident.nowhere} hint={t.incident.nowhereHint} />
      ) : (
        <div className="panel">
          <div className="place-bars">
            {bars(incident).map((bar) => (
              <MoneyBar key={bar.asset.id} bar={bar} heading />
            ))}
          </div>
          <Scroll className="place-table" label={t.incident.where}>
            <table className="table">
              <thead>
                <tr>
                  {head('stop')}
                  {head('holder')}
                  <th scope="col">{column.address}</th>
                  {head('amount', 'number')}
                  {head('share', 'number')}
                  {head('since')}
                  <th scope="col">
                    <span className="visually-hidden">{t.holds.request}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {places.slice(0, all ? places.length : SHOWN_FIRST).map((place) => (
                  <tr
                    key={`${place.stop} ${place.address} ${place.asset} ${place.since}`}
                    data-testid="place"
                    data-stop={place.stop}
                  >
                    <td className="nowrap">
                      <span className={`stop-mark stop-${place.stop}`}>
                        <Icon name={place.stop} size={14} />
                      </span>{' '}
                      {stop(place)}
                    </td>
                    <td>
                      {place.holder === null ? (
                        <span className="soft">{t.common.none}</span>
                      ) : (
                        <span
                          title={fill(t.incident.source, {
                            source: place.holder.tag.source,
                            confidence: place.holder.tag.confidence,
                          })}
                        >
                          {holder(place)}{' '}
                          {place.holder.country === null ? null : (
                            <span className="soft">{countryName(place.holder.country, language)}</span>
                          )}
                        </span>
                      )}
                    </td>
                    <td>
                      {place.address === null ? (
                        <span className="soft">{t.common.none}</span>
                      ) : (
                        <Address address={place.address} />
                      )}
                    </td>
                    <td className="number">
                      <Amount units={place.units} asset={assetOf(place)} exact />
                    </td>
                    <td className="number">{shareText(place.sharePpm)}</td>
                    <td>
                      <When at={place.since} />
                    </td>
                    <td>
                      {place.address === null || !canBeHeld.has(place.stop) ? null : (
                        <RequestHold incident={incident.id} from={{ address: place.address }} />
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          {all || places.length <= SHOWN_FIRST ? null : (
            <button type="button" className="more" onClick={() => setAll(true)}>
              <Icon name="down" size={14} />
              {count(t.incident.allPlaces, places.length - SHOWN_FIRST)}
            </button>
          )}
        </div>
      )}
    </Section>
  );
}
