import { fill, type LegalChannel, terms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { countryName } from '../../format/time.ts';
import { Fact } from '../../parts/Fact.tsx';
import { useReader } from '../../texts/language.tsx';
import { Backed } from './Backed.tsx';

/** What a legal channel may carry, who takes part, and whether it can be used between this desk and its partners. */
export function ChannelEntry({ channel }: { readonly channel: LegalChannel }) {
  const { t, say, language } = useReader();
  const { id, kind, carries, parties, needs, typicalTime } = channel;
  const status = useQuery(queries.status).data;
  const here = status?.desk.country;
  const abroad = [...new Set(status?.partners.map(({ country }) => country))].filter((country) => country !== here);
  const text = t.directory;
  return (
    <>
      <Fact name={text.carries}>
        {say(terms.legalChannel[kind])} – {carries.map((cargo) => say(terms.cargo[cargo])).join(', ')}
      </Fact>
      {here === undefined ? null : abroad.map((country) => <Between key={country} id={id} from={here} to={country} />)}
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

const tone = { yes: 'good', uncertain: 'warn', no: 'act' } as const;

function Between({ id, from, to }: { readonly id: string; readonly from: string; readonly to: string }) {
  const { t, say, language } = useReader();
  const found = useQuery(queries.channels(from, to)).data?.find(({ channel }) => channel.id === id);
  if (found === undefined) return null;
  const names = { from: countryName(from, language), to: countryName(to, language) };
  return (
    <Fact name={fill(t.directory.between, names)}>
      <span className="row">
        <span className={`chip ${tone[found.usable]}`}>{say(terms.usable[found.usable])}</span>
        <span>{found.why.map(say).join(' ')}</span>
      </span>
    </Fact>
  );
}
