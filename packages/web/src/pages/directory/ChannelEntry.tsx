import { fill, type LegalChannel, terms } from '@gongjo/contract';
import { countryName } from '../../format/time.ts';
import { Fact } from '../../parts/Fact.tsx';
import { useReader } from '../../texts/language.tsx';
import { Backed } from './Backed.tsx';
import { Usable } from './Usable.tsx';

/** What a legal channel may carry, who takes part, and whether it can be used between this desk and its partners. */
export function ChannelEntry({ channel }: { readonly channel: LegalChannel }) {
  const { t, say, language } = useReader();
  const { id, kind, carries, parties, needs, typicalTime } = channel;
  const text = t.directory;
  return (
    <>
      <Fact name={text.carries}>
        {say(terms.legalChannel[kind])} – {carries.map((cargo) => say(terms.cargo[cargo])).join(', ')}
      </Fact>
      <Fact name={text.usable}>
        <Usable id={id} why />
      </Fact>
      {typicalTime === undefined ? null : <Fact name={text.typicalTime}>{say(typicalTime)}</Fact>}
      {needs.length === 0 ? null : (
        <Fact name={text.needs}>
          <ul className="entry-list bulleted">
            {needs.map((need) => (
              <li key={need.en}>{say(need)}</li>
            ))}
          </ul>
        </Fact>
      )}
      {parties.length === 0 ? null : (
        <Fact name={text.parties}>
          <ul className="entry-list">
            {parties.map(({ country, standing, since, note, ...by }) => (
              <li key={country}>
                <span className="row">
                  <strong>{countryName(country, language)}</strong>
                  <span className={`chip ${standing === 'party' ? 'good' : 'warn'}`}>{text.standing[standing]}</span>
                  {since === undefined ? null : <span className="soft">{fill(text.since, { date: since })}</span>}
                </span>
                {note === undefined ? null : <span>{say(note)}</span>}
                <Backed by={by} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </>
  );
}
