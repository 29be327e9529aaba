import { type DepositLead, fill, type IncidentDetail } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../../api/queries.ts';
import { countryName } from '../../format/time.ts';
import { Address } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { useAssetOf } from '../../parts/assets.ts';
import { useDuration } from '../../parts/duration.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** Deposits in sight at first; a thief may make a thousand. */
const SHOWN_FIRST = 8;

/** How long before each deposit the desk of its country had the warning. */
export function DepositLeads({ incident }: { readonly incident: IncidentDetail }) {
  const { t, count } = useReader();
  const length = useDuration();
  const [all, setAll] = useState(false);
  const measures = useQuery(queries.measuresOf(incident.mainId ?? incident.id)).data;
  const newest = measures?.deposits.toReversed() ?? [];
  if (newest.length === 0) return null;
  const median = measures?.medianLeadSeconds ?? null;
  const text = t.response;
  return (
    <Section
      title={text.leads}
      aside={
        median === null ? null : (
          <span className="small soft">
            {fill(text.medianLead, { time: `${median < 0 ? '−' : ''}${length(median)}` })}
          </span>
        )
      }
    >
      <div className="panel table-scroll">
        <p className="panel-note small soft">{text.leadsHint}</p>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.place}</th>
              <th scope="col" className="number">
                {text.amount}
              </th>
              <th scope="col">{text.deposited}</th>
              <th scope="col">{text.lead}</th>
            </tr>
          </thead>
          <tbody>
            {newest.slice(0, all ? newest.length : SHOWN_FIRST).map((deposit) => (
              <Row key={`${deposit.txid} ${deposit.address} ${deposit.asset}`} deposit={deposit} />
            ))}
          </tbody>
        </table>
      </div>
      {all || newest.length <= SHOWN_FIRST ? null : (
        <button type="button" className="more" onClick={() => setAll(true)}>
          <Icon name="down" size={14} />
          {count(text.allLeads, newest.length - SHOWN_FIRST)}
        </button>
      )}
    </Section>
  );
}

function Row({ deposit }: { readonly deposit: DepositLead }) {
  const assetOf = useAssetOf();
  const { t, say, language } = useReader();
  const length = useDuration();
  const { place, country, address, asset, units, depositedAt, leadSeconds } = deposit;
  return (
    <tr data-testid="deposit-lead">
      <td>
        {place === null ? null : <span>{say(place)} </span>}
        {country === null ? null : <span className="soft">{countryName(country, language)} </span>}
        {address === null ? null : <Address address={address} />}
      </td>
      <td className="number">
        <Amount units={units} asset={assetOf(asset)} />
      </td>
      <td>
        <When at={depositedAt} own />
      </td>
      <td className={leadSeconds !== null && leadSeconds >= 0 ? 'good-text' : 'warn-text'}>
        {leadSeconds === null
          ? t.response.notWarned
          : fill(leadSeconds >= 0 ? t.response.warnedBefore : t.response.warnedAfter, { time: length(leadSeconds) })}
      </td>
    </tr>
  );
}
