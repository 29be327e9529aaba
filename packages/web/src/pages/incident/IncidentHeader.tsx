import { type IncidentDetail, terms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queries } from '../../api/queries.ts';
import { Transaction } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

export function IncidentHeader({ incident }: { readonly incident: IncidentDetail }) {
  const { t, say, count } = useReader();
  const status = useQuery(queries.status).data;
  const { origin, victim, occurredAt, stolen, assets } = incident;
  const chain = status?.chains.find((one) => one.chain === incident.chain)?.name ?? incident.chain;
  return (
    <header className="incident-header">
      <div className="row">
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
        <Fact name={t.incident.opened}>
          <When at={incident.openedAt} />
        </Fact>
        <Fact name={t.incident.origin}>
          {origin === null ? (status === undefined ? t.common.thisDesk : say(status.desk.name)) : say(origin.name)}
        </Fact>
        {victim === null ? null : <Fact name={t.incident.victim}>{victim}</Fact>}
        <Fact name={t.incident.chain}>{chain}</Fact>
        <Fact name={t.incident.leads}>
          <span className="row">
            {incident.txids.map((txid) => (
              <Transaction key={txid} txid={txid} />
            ))}
          </span>
        </Fact>
      </dl>
    </header>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
