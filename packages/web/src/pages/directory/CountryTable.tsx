import type { AgencyDuty, DirectoryLine } from '@gongjo/contract';
import { type AgencyFunction, agencyFunctions, fill, terms } from '@gongjo/contract';
import { Fragment } from 'react';
import { countryName } from '../../format/time.ts';
import { useDeskName } from '../../parts/desk-name.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import { Duty } from './Duty.tsx';
import { Entry } from './Entry.tsx';
import { Usable } from './Usable.tsx';

/** The entries of one country, each in one line that opens. */
export function CountryTable({
  country,
  lines,
  duties,
  opened,
  onOpen,
}: {
  readonly country: string;
  readonly lines: readonly DirectoryLine[];
  readonly duties: ReadonlyMap<string, AgencyDuty>;
  readonly opened: string | undefined;
  readonly onOpen: (id: string | undefined) => void;
}) {
  const { t, say, language } = useReader();
  const text = t.directory;
  const deskName = useDeskName();
  const hasDuty = lines.some(({ list }) => list === 'agencies');
  const isChannels = lines.some(({ list }) => list === 'channels');
  const columns = 2 + (hasDuty ? 2 : 0) + (isChannels ? 1 : 0);
  return (
    <Section title={country === '' ? text.everywhere : countryName(country, language)}>
      <div className="panel table-scroll">
        <table className="table directory-table">
          <thead>
            <tr>
              <th scope="col">{text.name}</th>
              {hasDuty ? <th scope="col">{text.functions}</th> : null}
              {hasDuty ? <th scope="col">{text.duty}</th> : null}
              {isChannels ? <th scope="col">{text.usable}</th> : null}
              <th scope="col">{text.certainty}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => {
              const { id, name, functions, certainty, asOf, desk } = line;
              const isOpen = opened === id;
              const label = fill(isOpen ? text.hide : text.show, { name: say(name) });
              const duty = duties.get(id);
              return (
                <Fragment key={id}>
                  <tr className={isOpen ? 'opened' : ''} data-testid="entry" data-id={id}>
                    <td>
                      <span className="entry-name">
                        <button
                          type="button"
                          className="icon-button"
                          aria-expanded={isOpen}
                          aria-label={label}
                          title={label}
                          onClick={() => onOpen(isOpen ? undefined : id)}
                        >
                          <Icon name={isOpen ? 'down' : 'right'} size={14} />
                        </button>
                        <strong>{say(name)}</strong>
                        {desk === null ? null : (
                          <span className="chip know">{fill(text.desk, { desk: deskName(desk) })}</span>
                        )}
                      </span>
                    </td>
                    {hasDuty ? (
                      <td className="soft">
                        {functions
                          .filter(isFunction)
                          .map((one) => say(terms.agencyFunction[one]))
                          .join(', ')}
                      </td>
                    ) : null}
                    {hasDuty ? <td>{duty === undefined ? null : <Duty duty={duty} />}</td> : null}
                    {isChannels ? (
                      <td>
                        <Usable id={id} />
                      </td>
                    ) : null}
                    <td className="nowrap">
                      {certainty === null ? null : (
                        <span
                          className={`chip ${certainty === 'verified' ? 'good' : certainty === 'unverified' ? 'warn' : ''}`}
                        >
                          {say(terms.sourceCertainty[certainty])}
                        </span>
                      )}{' '}
                      {asOf === null ? null : <span className="soft small">{fill(text.asOf, { date: asOf })}</span>}
                    </td>
                  </tr>
                  {isOpen ? (
                    <tr className="inside">
                      <td colSpan={columns}>
                        <Entry id={id} list={line.list} />
                      </td>
                    </tr>
                  ) : null}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

const isFunction = (name: string): name is AgencyFunction => agencyFunctions.some((known) => known === name);
