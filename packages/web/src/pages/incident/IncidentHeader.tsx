import { fill, type IncidentDetail, terms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { countryName } from '../../format/time.ts';
import { Transaction } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { DrillMark } from '../../parts/Drill.tsx';
import { Fact } from '../../parts/Fact.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { useTimeLine, When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { Named } from './Named.tsx';

export function IncidentHeader({ incident }: { readonly incident: IncidentDetail }) {
  const { t, say, count, language } = useReader();
  const status = useQuery(queries.status).data;
  const timeLine = useTimeLine();
  const main = useQuery(queries.incidents).data?.find(({ id }) => id === incident.mainId);
  const { origin, victim, occurredAt, stolen, assets, reporter, countries } = incident;
  const chain = status?.chains.find((one) => one.chain === incident.chain)?.name ?? incident.chain;
  return (
    <header className="incident-header">
      <div className="row">
        {incident.drill === true ? <DrillMark /> : null}
        <h1>{say(incident.title)}</h1>
        <span className="chip">{say(terms.incidentKind[incident.kind])}</span>
        <Tlp level={incident.tlp} />
        {incident.alertCount === 0 ? null : (
          <span className="chip act">
            <Icon name="act" size={12} />
            {count(t.today.alertCount, incident.alertCount)}
          </span>
        )}
      </div>
      {incident.recalledAt === undefined ? null : (
        <p className="strip-problem" role="status">
          {fill(t.response.recalled, { time: timeLine(incident.recalledAt) })}
        </p>
      )}
      {main === undefined ? null : (
        <p>
          {t.response.partOf}{' '}
          <Link to="/incidents/$id" params={{ id: main.id }}>
            {say(main.title)}
          </Link>
        </p>
      )}
      {incident.waitingFor === null ? null : (
        <p className="strip-problem" role="status">
          <strong>{t.incident.waiting}</strong> {t.incident.waitingHint}
        </p>
      )}
      <dl className="incident-facts">
        <Fact name={t.incident.stolen}>
          {stolen.length === 0 ? <span className="soft">{t.today.stolenNone}</span> : null}
          <span className="incident-total">
            {stolen.map(({ asset, units }) => (
              <Amount key={asset} units={units} asset={assets.find(({ id }) => id === asset)} reading />
            ))}
          </span>
        </Fact>
        {occurredAt === null ? null : (
          <Fact name={t.incident.occurred}>
            <When at={occurredAt} />
          </Fact>
        )}
        {incident.reportedAt === undefined ? null : (
          <Fact name={t.response.reported}>
            <When at={incident.reportedAt} />
          </Fact>
        )}
        {incident.reportedAt === undefined ? (
          <Fact name={t.incident.opened}>
            <When at={incident.openedAt} />
          </Fact>
        ) : null}
        <Fact name={t.incident.origin}>
          {origin === null ? (status === undefined ? t.common.thisDesk : say(status.desk.name)) : say(origin.name)}
        </Fact>
        {victim === null ? null : <Fact name={t.incident.victim}>{victim}</Fact>}
        {reporter === undefined || Object.keys(reporter).length === 0 ? null : (
          <Fact name={t.response.reporter}>
            {[reporter.name, reporter.organisation, reporter.contact].filter((it) => it !== undefined).join(' · ')}
          </Fact>
        )}
        {countries === undefined || countries.length === 0 ? null : (
          <Fact name={t.response.countries}>{countries.map((code) => countryName(code, language)).join(', ')}</Fact>
        )}
        <Fact name={t.incident.chain}>{chain}</Fact>
        <Fact name={t.incident.leads}>
          <span className="row">
            {incident.txids.map((txid) => (
              <Transaction key={txid} txid={txid} />
            ))}
          </span>
        </Fact>
        <Named incident={incident} />
      </dl>
    </header>
  );
}
