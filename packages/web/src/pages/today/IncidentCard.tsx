import { fill, type Incident, terms } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { bars } from '../../format/places.ts';
import { Amount } from '../../parts/Amount.tsx';
import { DrillMark } from '../../parts/Drill.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { MoneyBar } from '../../parts/MoneyBar.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** Bars on a card; a thief's money mostly stands in one or two assets, and the incident's own page shows all. */
const BARS_SHOWN = 2;

export function IncidentCard({ incident }: { readonly incident: Incident }) {
  const { t, say, count } = useReader();
  const all = bars(incident);
  return (
    <li className="panel incident-card" data-testid="incident" data-id={incident.id}>
      <div className="row">
        {incident.drill === true ? <DrillMark /> : null}
        <h3 className="grow">
          <Link to="/incidents/$id" params={{ id: incident.id }}>
            {say(incident.title)}
          </Link>
        </h3>
        {incident.alertCount === 0 ? null : (
          <span className="chip act">
            <Icon name="act" size={12} />
            {count(t.today.alertCount, incident.alertCount)}
          </span>
        )}
        <span className="chip">{say(terms.incidentKind[incident.kind])}</span>
        <Tlp level={incident.tlp} />
      </div>
      <p className="incident-stolen">
        <span className="soft small">{t.today.stolen}</span>
        {incident.stolen.length === 0 ? <span className="soft">{t.today.stolenNone}</span> : null}
        {incident.stolen.map(({ asset, units }) => (
          <Amount key={asset} units={units} asset={incident.assets.find(({ id }) => id === asset)} reading />
        ))}
      </p>
      {incident.waitingFor === null ? null : <p className="small soft">{t.incident.waiting}</p>}
      {all.slice(0, BARS_SHOWN).map((bar) => (
        <MoneyBar key={bar.asset.id} bar={bar} />
      ))}
      {all.length > BARS_SHOWN ? (
        <p className="small soft">{count(t.today.moreAssets, all.length - BARS_SHOWN)}</p>
      ) : null}
      <p className="row small soft">
        {incident.origin === null ? null : <span>{fill(t.today.fromDesk, { name: say(incident.origin.name) })}</span>}
        <span>
          {t.incident.updated} <When at={incident.updatedAt} />
        </span>
      </p>
    </li>
  );
}
