import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { clock, countryName, day, zoneName } from '../../format/time.ts';
import { useNow } from '../../parts/clock.tsx';
import { useReader } from '../../texts/language.tsx';

const TICK_MS = 1000;
/** A desk seldom has more partners than fit beside each other. */
const CLOCKS_MAX = 4;

/** What the clocks on the walls of both countries show. */
export function CountryClocks() {
  const { language } = useReader();
  const status = useQuery(queries.status).data;
  const now = useNow(TICK_MS);
  if (status === undefined) return null;
  const places = [status.desk, ...status.partners].slice(0, CLOCKS_MAX);
  return (
    <dl className="country-clocks">
      {places.map(({ desk, country, timeZone }) => (
        <div key={desk}>
          <dt>{countryName(country, language)}</dt>
          <dd>
            <strong>{clock(now, timeZone)}</strong> <span className="soft">{zoneName(now, timeZone)}</span>
          </dd>
          <dd className="soft small">{day(now, timeZone, language)}</dd>
        </div>
      ))}
    </dl>
  );
}
