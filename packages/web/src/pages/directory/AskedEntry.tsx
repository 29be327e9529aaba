import { fill, type Issuer, terms, type Vasp } from '@gongjo/contract';
import { countryName } from '../../format/time.ts';
import { Fact } from '../../parts/Fact.tsx';
import { useReader } from '../../texts/language.tsx';
import { Backed } from './Backed.tsx';

type Asked = Pick<Vasp, 'entities' | 'channel' | 'requires' | 'answerDays' | 'hold'>;

/** How a service or an issuer is asked, what it wants to see, and how long it holds. */
export function AskedEntry({ asked, assets = [] }: { readonly asked: Asked; readonly assets?: Issuer['assets'] }) {
  const { t, say, language, count } = useReader();
  const { entities, channel, requires, answerDays, hold } = asked;
  const text = t.directory;
  return (
    <>
      {channel === undefined ? null : (
        <Fact name={text.request}>
          <span className="row">
            {say(terms.requestChannel[channel.kind])}
            {channel.to === undefined ? null : <span className="mono">{channel.to}</span>}
          </span>
          <Backed by={channel} />
        </Fact>
      )}
      {requires.length === 0 ? null : (
        <Fact name={text.requires}>
          <ul className="entry-list bulleted">
            {requires.map((code) => (
              <li key={code}>{say(terms.requirement[code])}</li>
            ))}
          </ul>
        </Fact>
      )}
      {answerDays === undefined ? null : (
        <Fact name={text.answer}>
          {fill(text.answerDays, { min: answerDays.min, max: answerDays.max })}
          <Backed by={answerDays} />
        </Fact>
      )}
      {hold === undefined ? null : (
        <Fact name={text.hold}>
          {hold.courtesyDays === undefined ? null : <span>{count(text.courtesyDays, hold.courtesyDays)}</span>}
          {hold.extension === undefined ? null : <span>{say(hold.extension)}</span>}
          {hold.ends === undefined ? null : <span>{say(hold.ends)}</span>}
          <Backed by={hold} />
        </Fact>
      )}
      {assets.length === 0 ? null : (
        <Fact name={text.assets}>
          <ul className="entry-list">
            {assets.map(({ asset, symbol, freezable, how }) => (
              <li key={asset} className="row">
                <strong>{symbol}</strong>
                <span className={`chip ${freezable ? 'good' : ''}`}>
                  {freezable ? text.canFreeze : text.cannotFreeze}
                </span>
                {how === undefined ? null : <span>{say(how)}</span>}
                <span className="mono soft small">{asset}</span>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {entities.length === 0 ? null : (
        <Fact name={text.entities}>
          <ul className="entry-list">
            {entities.map(({ name, country, licence, ...by }) => (
              <li key={name.en}>
                <span className="row">
                  <strong>{say(name)}</strong>
                  {country === undefined ? null : <span className="soft">{countryName(country, language)}</span>}
                  {licence === undefined ? null : <span>{say(licence)}</span>}
                </span>
                <Backed by={by} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </>
  );
}
