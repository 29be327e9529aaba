import { fill, holdTerms, type SearchAnswer } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { lookAlikes } from '../../format/address.ts';
import { countryName } from '../../format/time.ts';
import { AddressBookContext } from '../../parts/address-book.ts';
import { DrillMark } from '../../parts/Drill.tsx';
import { Lines } from '../../parts/Lines.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { type ShownList, shownLists } from '../directory/asked.ts';
import { useOriginName } from '../intelligence/origin-name.ts';
import { useTypeName } from '../intelligence/type-name.ts';
import { Things } from './Things.tsx';

/** Everything that was found, by what it is. */
export function Found({ answer }: { readonly answer: SearchAnswer }) {
  const { t, say, language } = useReader();
  const typeName = useTypeName();
  const originName = useOriginName();
  const { things, thingsMore, incidents, cases, holds, objects, entries, partners } = answer;
  const book = useMemo(() => {
    const seen = things.flatMap((it) => [
      ...(it.as === 'address' ? [it.address] : it.as === 'fault' ? [it.text] : []),
      ...(it.as === 'transaction' ? [] : it.alike.map(({ address }) => address)),
    ]);
    return { names: new Map(), differsAt: lookAlikes(seen) };
  }, [things]);
  return (
    <AddressBookContext value={book}>
      {things.length === 0 ? null : <Things things={things} more={thingsMore} />}
      <Lines title={t.search.incidents} count={incidents.length}>
        {incidents.map(({ id, title, tlp, openedAt, reference, drill }) => (
          <li key={id} data-row data-testid="found-incident">
            {drill ? <DrillMark /> : null}
            <Link to="/incidents/$id" params={{ id }}>
              {say(title)}
            </Link>
            <Tlp level={tlp} />
            {reference === null ? null : <span className="soft">{fill(t.search.reference, { reference })}</span>}
            <span className="soft small">
              <When at={openedAt} own />
            </span>
          </li>
        ))}
      </Lines>
      <Lines title={t.search.cases} count={cases.length}>
        {cases.map(({ id, title, tlp, openedAt }) => (
          <li key={id} data-row data-testid="found-case">
            <Link to="/cases/$id" params={{ id }}>
              {say(title)}
            </Link>
            <Tlp level={tlp} />
            <span className="soft small">
              <When at={openedAt} own />
            </span>
          </li>
        ))}
      </Lines>
      <Lines title={t.search.holds} count={holds.length}>
        {holds.map(({ id, number, state, incident, addressee }) => (
          <li key={id} data-row data-testid="found-hold">
            <Link to="/holds/$id" params={{ id }}>
              {number ?? t.search.holdDraft}
            </Link>
            <span>{say(addressee)}</span>
            <span className={`chip hold-${state}`}>{say(holdTerms.state[state])}</span>
            <span className="soft">{say(incident.title)}</span>
          </li>
        ))}
      </Lines>
      <Lines title={t.search.objects} count={objects.length}>
        {objects.map(({ seq, id, type, label, tlp, origin }) => (
          <li key={seq} data-row data-testid="found-object">
            <span className="chip">{typeName(type)}</span>
            <Link to="/intelligence/$id" params={{ id }}>
              {label}
            </Link>
            {tlp === null ? null : <Tlp level={tlp} />}
            <span className="soft small">{originName(origin)}</span>
          </li>
        ))}
      </Lines>
      <Lines title={t.search.entries} count={entries.length}>
        {entries.map(({ list, id, name, as }) => (
          <li key={`${list} ${id}`} data-row data-testid="found-entry">
            <Link to="/directory" search={isShown(list) ? { list, id } : {}}>
              {say(name)}
            </Link>
            <span className="soft small">{t.directory.list[list]}</span>
            {as === name.en || as === name.ko ? null : (
              <span className="soft small">{fill(t.search.alsoCalled, { name: as })}</span>
            )}
          </li>
        ))}
      </Lines>
      <Lines title={t.search.partners} count={partners.length}>
        {partners.map(({ desk, name, country }) => (
          <li key={desk} data-row data-testid="found-partner">
            <Link to="/partners/$desk" params={{ desk }}>
              {say(name)}
            </Link>
            <span className="soft small">{countryName(country, language)}</span>
          </li>
        ))}
      </Lines>
    </AddressBookContext>
  );
}

const isShown = (list: string): list is ShownList => (shownLists as readonly string[]).includes(list);
