import { fill, type IncidentDetail } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** Every report of the incident as it came, and what it took on other chains. */
export function Reports({ incident }: { readonly incident: IncidentDetail }) {
  const { t, say } = useReader();
  const data = useQuery(queries.reports(incident.id)).data;
  const chains = useQuery(queries.status).data?.chains ?? [];
  if (data === undefined || (data.reports.length === 0 && data.parts.length < 2)) return null;
  const others = data.parts.filter(({ id }) => id !== incident.id);
  return (
    <Section title={t.response.reports}>
      <ul className="panel lines plain">
        {data.reports.map(({ id, via, by, reference, at, outcome }) => (
          <li key={id} data-testid="report">
            <span className="row">
              <span className="chip">{t.response.via[via]}</span>
              <strong>{by}</strong>
              <span className="soft">{t.response.outcome[outcome]}</span>
            </span>
            <span className="row small soft">
              <When at={at} />
              {reference === null ? null : <span>{fill(t.response.reference, { reference })}</span>}
            </span>
          </li>
        ))}
        {others.length === 0 ? null : (
          <li>
            <span className="row">
              <span className="soft">{t.response.parts}</span>
              {others.map(({ id, chain, title }) => (
                <Link key={id} to="/incidents/$id" params={{ id }}>
                  {chains.find((one) => one.chain === chain)?.name ?? chain}: {say(title)}
                </Link>
              ))}
            </span>
          </li>
        )}
      </ul>
    </Section>
  );
}
