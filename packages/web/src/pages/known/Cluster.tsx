import { type AddressView, fill } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../../api/queries.ts';
import { group } from '../../format/amount.ts';
import { Address } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';

/** A cluster of an exchange has tens of thousands; the file of the command line has all. */
const SHOWN_MAX = 200;

/** The addresses that the multi-input heuristic joins with this one; the heuristic is said beside it. */
export function Cluster({ view: { chain, address, entity } }: { readonly view: AddressView }) {
  const { t } = useReader();
  const [isOpen, setOpen] = useState(false);
  const text = t.known;
  if (entity === null) return null;
  const { addresses, joins, refused } = entity;
  const values = { addresses: group(String(addresses)), joins: group(String(joins)), refused: group(String(refused)) };
  return (
    <Section title={text.entity}>
      <div className="panel line-list">
        <p className="row">
          {addresses === 1 ? text.entityAlone : fill(text.entityLine, values)}
          {addresses === 1 || isOpen ? null : (
            <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
              {text.entityShow}
            </Button>
          )}
        </p>
        <p className="soft small">{text.entityHint}</p>
        {isOpen ? <Members chain={chain} address={address} /> : null}
      </div>
    </Section>
  );
}

function Members({ chain, address }: { readonly chain: string; readonly address: string }) {
  const { data, error, refetch } = useQuery(queries.ledgerEntity(chain, address));
  if (data === undefined)
    return error === null ? <Waiting heights={[80]} /> : <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <p className="row">
        <Amount units={data.entity.totals.balanceUnits} asset={data.asset} exact />
      </p>
      <ul className="row">
        {data.entity.addresses.slice(0, SHOWN_MAX).map((it) => (
          <li key={it}>
            <Address address={it} link={it !== address} />
          </li>
        ))}
        {data.entity.addresses.length > SHOWN_MAX ? (
          <li className="soft">… {group(String(data.entity.addresses.length - SHOWN_MAX))}</li>
        ) : null}
      </ul>
    </>
  );
}
