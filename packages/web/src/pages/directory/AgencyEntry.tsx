import { type Agency, terms } from '@gongjo/contract';
import { Fact } from '../../parts/Fact.tsx';
import { useReader } from '../../texts/language.tsx';
import { Backed } from './Backed.tsx';

/** What an agency may do, by which law, and how its people are reached. */
export function AgencyEntry({ agency: { powers, duty } }: { readonly agency: Agency }) {
  const { t, say } = useReader();
  const contacts = duty?.contacts ?? [];
  return (
    <>
      {contacts.length === 0 ? null : (
        <Fact name={t.directory.contacts}>
          <ul className="entry-list">
            {contacts.map(({ id, role, channel, to, drills, confidential }) => (
              <li key={id} className="row">
                <span>{say(terms.contactRole[role])}</span>
                <span className="soft">{say(terms.contactChannel[channel])}</span>
                {channel === 'page' ? null : to === undefined ? (
                  <span className="warn-text">{t.directory.unfilled}</span>
                ) : (
                  <span className="mono">{to}</span>
                )}
                {drills === true ? <span className="chip">{t.directory.drills}</span> : null}
                {confidential === true ? <span className="chip">{t.directory.confidential}</span> : null}
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {powers.length === 0 ? null : (
        <Fact name={t.directory.powers}>
          <ul className="entry-list">
            {powers.map(({ power, basis, standing, note, ...by }) => (
              <li key={`${power} ${basis.en}`}>
                <span className="row">
                  <strong>{say(terms.agencyPower[power])}</strong>
                  <span className={`chip ${standing === 'in-force' ? 'good' : 'warn'}`}>
                    {say(terms.lawStanding[standing])}
                  </span>
                </span>
                <span>{say(basis)}</span>
                {note === undefined ? null : <span className="soft">{say(note)}</span>}
                <Backed by={by} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </>
  );
}
