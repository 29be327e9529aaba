import { type Alike, type FoundThing, fill, terms } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Address, Transaction } from '../../parts/Address.tsx';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { useChainName } from '../../parts/chain-name.ts';
import { Filled } from '../../parts/Filled.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { SortHead, type SortOrder } from '../../parts/SortHead.tsx';
import { sortRows } from '../../parts/sort-rows.ts';
import { useReader } from '../../texts/language.tsx';
import { type ThingColumn, thingColumns, thingKey, thingText } from './thing-rows.ts';

/** What was recognised, each with what the desk knows of it. */
export function Things({ things, more }: { readonly things: readonly FoundThing[]; readonly more: number }) {
  const { t, say, count } = useReader();
  const chainName = useChainName();
  const [order, setOrder] = useState<SortOrder<ThingColumn> | null>(null);
  const text = t.search;
  const sorted = order === null ? things : sortRows(things, order, thingKey);
  const known = things.filter((it) => it.as !== 'fault' && it.known).length;
  const rows = () => [
    thingColumns.map((column) => text.column[column]),
    ...sorted.map((thing) =>
      thing.as === 'fault'
        ? [thing.text, thing.coin, fill(text.fault[faultOf(thing)], { coin: thing.coin }), '', '', '', '']
        : [
            thingText(thing),
            thing.chain,
            thing.known ? text.yes : text.no,
            thing.tags.map(({ label, source }) => `${label} (${source})`).join('; '),
            thing.watched.map(({ source, name }) => (name === null ? t.known.watchedBy[source] : say(name))).join('; '),
            thing.incidents.map(({ title }) => say(title)).join('; '),
            String(thing.alerts),
          ],
    ),
  ];
  return (
    <Section
      title={text.things}
      aside={
        <span className="row">
          <span className="soft small">{fill(text.summary, { known, count: things.length })}</span>
          {more === 0 ? null : <span className="warn-text small">{count(text.more, more)}</span>}
          <CsvButton name={text.csvName} rows={rows} />
        </span>
      }
    >
      <div className="panel table-scroll">
        <table className="table things">
          <thead>
            <tr>
              {thingColumns.map((column) => (
                <SortHead
                  key={column}
                  by={column}
                  name={text.column[column]}
                  title={fill(text.sortBy, { column: text.column[column] })}
                  order={order ?? { by: 'written', descending: false }}
                  onOrder={setOrder}
                  number={column === 'alerts'}
                  largestFirst={column !== 'written' && column !== 'chain'}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((thing) => (
              <tr
                key={`${thing.chain} ${thingText(thing)}`}
                data-testid="thing"
                data-as={thing.as}
                data-known={thing.as !== 'fault' && thing.known ? 'yes' : 'no'}
              >
                {thing.as === 'fault' ? (
                  <Fault thing={thing} />
                ) : (
                  <Known thing={thing} chain={chainName(thing.chain)} />
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

type FaultThing = Extract<FoundThing, { as: 'fault' }>;

const faultOf = ({ reason }: FaultThing) =>
  reason === 'address-checksum' || reason === 'address-case' || reason === 'address-chain' ? reason : 'address-form';

function Fault({ thing }: { readonly thing: FaultThing }) {
  const { t } = useReader();
  return (
    <>
      <td>
        <span className="mono">{thing.text}</span>
      </td>
      <td colSpan={thingColumns.length - 1} className="thing-lines">
        <div className="warn-text">
          <Icon name="act" size={13} /> {fill(t.search.fault[faultOf(thing)], { coin: thing.coin })}
        </div>
        <Poisoned alike={thing.alike} />
      </td>
    </>
  );
}

function Known({ thing, chain }: { readonly thing: Exclude<FoundThing, FaultThing>; readonly chain: string }) {
  const { t, say } = useReader();
  const text = t.search;
  const { followed, inLedger, known, tags, watched, incidents, alerts } = thing;
  return (
    <>
      <td className="thing-lines">
        <div>
          {thing.as === 'address' ? (
            <Address address={thing.address} chain={thing.chain} />
          ) : (
            <Transaction txid={thing.txid} chain={thing.chain} />
          )}
        </div>
        {thing.as === 'address' ? <Poisoned alike={thing.alike} /> : null}
      </td>
      <td className="nowrap">{chain}</td>
      <td>
        <span className={`chip ${known ? 'good' : ''}`}>
          <Icon name={known ? 'check' : 'minus'} size={12} />
          {known ? text.yes : text.no}
        </span>
        <span className="soft small nowrap">
          {followed ? (inLedger === true ? text.inLedger : text.notInLedger) : text.notFollowed}
        </span>
      </td>
      <td>
        {tags.map(({ label, source, category, confidence }) => (
          <div key={`${source} ${label}`} title={fill(t.incident.source, { source, confidence })}>
            {label} <span className="soft small">{say(terms.category[category])}</span>
          </div>
        ))}
      </td>
      <td>
        {watched.map(({ source, id, name }) => (
          <div key={`${source} ${id}`}>
            <span className="chip">{t.known.watchedBy[source]}</span> {name === null ? null : say(name)}
          </div>
        ))}
      </td>
      <td>
        {incidents.map(({ id, title }) => (
          <div key={id}>
            <Link to="/incidents/$id" params={{ id }}>
              {say(title)}
            </Link>
          </div>
        ))}
      </td>
      <td className="number">{alerts === 0 ? '' : alerts}</td>
    </>
  );
}

/** A known address that a hurried reader takes this one for. */
export function Poisoned({ alike }: { readonly alike: readonly Alike[] }) {
  const { t } = useReader();
  if (alike.length === 0) return null;
  return (
    <div className="poisoned small" data-testid="poisoned">
      <Icon name="act" size={13} />
      <strong>{t.search.alike}</strong>
      {alike.map(({ chain, address }) => (
        <span key={address}>
          <Filled
            text={t.search.alikeTo}
            values={{ address: <Address address={address} chain={chain} copy={false} /> }}
          />
        </span>
      ))}
    </div>
  );
}
