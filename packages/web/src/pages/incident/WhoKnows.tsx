import { fill, type IncidentDetail, noticeTerms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { countryName } from '../../format/time.ts';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Failure, ProblemLine } from '../../parts/Failure.tsx';
import { Scroll } from '../../parts/Scroll.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { AgencyRow } from './AgencyRow.tsx';
import { agenciesTold, isWaiting, whyWaiting } from './told.ts';

/** Who must know of the incident, who knows since when, and what keeps the others from it. */
export function WhoKnows({ incident }: { readonly incident: IncidentDetail }) {
  const { t, say, count, language } = useReader();
  const timeLine = useTimeLine();
  const { data, error, refetch } = useQuery(queries.notices(incident.mainId ?? incident.id));
  const agencies = agenciesTold(data?.notices ?? []);
  const why = whyWaiting(data?.notices ?? []);
  const waiting = data?.notices.filter(isWaiting).length ?? 0;
  const told = agencies.filter(({ state }) => state !== 'waiting').length;
  const acknowledged = agencies.filter(({ state }) => state === 'acknowledged').length;
  const rows = () => [
    [t.response.agency, t.response.country, t.response.ways, t.response.at, t.response.acknowledged, t.response.by],
    ...agencies.map(({ agency, notices, toldAt, acknowledgedAt, acknowledgedBy }) => [
      ...[say(agency.name), countryName(agency.country, language)],
      notices
        .map(({ channel, state }) => `${say(noticeTerms.channel[channel])}: ${say(noticeTerms.state[state])}`)
        .join('; '),
      ...[toldAt ?? '', acknowledgedAt ?? '', acknowledgedBy ?? ''],
    ]),
  ];
  return (
    <Section
      title={t.response.told}
      aside={
        agencies.length === 0 ? null : (
          <span className="row small">
            <span className="soft">{fill(t.response.summary, { told, acknowledged, all: agencies.length })}</span>
            {waiting === 0 ? null : <span className="chip warn">{count(t.response.waitingCount, waiting)}</span>}
            <CsvButton name={t.response.told} rows={rows} />
          </span>
        )
      }
    >
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[160]} /> : null}
      {data !== undefined && agencies.length === 0 ? (
        <Empty text={t.response.toldNone} hint={t.response.toldNoneHint} />
      ) : null}
      {agencies.length === 0 ? null : (
        <div className="panel">
          {incident.origin === null ? null : <p className="panel-note small soft">{t.response.toldTheirs}</p>}
          {why.length === 0 ? null : (
            <ul className="why-waiting small" aria-label={t.response.why}>
              {why.map(({ problem, channels, count: number, others }) => (
                <li key={problem.code} data-testid="why-waiting" data-code={problem.code}>
                  <span className="soft nowrap">
                    {channels.map((channel) => say(noticeTerms.channel[channel])).join(', ')} · {number}
                  </span>
                  <span>
                    <ProblemLine problem={problem} />
                    {others === 0 ? null : <span className="soft"> {count(t.response.alike, others)}</span>}
                  </span>
                </li>
              ))}
            </ul>
          )}
          <Scroll className="told-scroll" label={t.response.told}>
            <table className="table told">
              <thead>
                <tr>
                  <th scope="col">{t.response.agency}</th>
                  <th scope="col">{t.response.ways}</th>
                  <th scope="col">{t.response.at}</th>
                  <th scope="col">{t.response.acknowledged}</th>
                </tr>
              </thead>
              <tbody>
                {agencies.map((agency) => (
                  <AgencyRow key={agency.agency.id} told={agency} />
                ))}
              </tbody>
            </table>
          </Scroll>
          {data?.nextEscalationAt == null ? null : (
            <p className="panel-note small soft">
              {fill(t.response.nextStep, { time: timeLine(data.nextEscalationAt) })}
            </p>
          )}
        </div>
      )}
    </Section>
  );
}
