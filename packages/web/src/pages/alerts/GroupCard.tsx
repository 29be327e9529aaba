import { type AlertGroup, fill, terms } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { countryName } from '../../format/time.ts';
import { Address } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { DrillMark } from '../../parts/Drill.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { useTimeLine, When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { useDrills } from '../drills.ts';
import { GroupActions } from './GroupActions.tsx';
import { GroupDetail } from './GroupDetail.tsx';
import { groupState } from './group-order.ts';

/** One group: what it says, how often and how much, who deals with it, and what can be done. */
export function GroupCard({
  group,
  isOpen,
  onOpen,
}: {
  readonly group: AlertGroup;
  readonly isOpen: boolean;
  readonly onOpen: (open: boolean) => void;
}) {
  const { t, say, count } = useReader();
  const timeLine = useTimeLine();
  const drills = useDrills();
  const state = groupState(group);
  const { rule, urgency, incident, silence, assignedTo, unconfirmed = 0 } = group;
  const allUnconfirmed = unconfirmed > 0 && unconfirmed === group.count;
  const isCalm = state !== 'open';
  return (
    <li
      className={`panel group ${urgency} ${state}${allUnconfirmed ? ' unconfirmed' : ''}`}
      data-testid="alert-group"
      data-rule={rule}
      data-state={state}
    >
      <div className="row">
        <span
          className={`chip ${isCalm ? '' : urgency}`}
          title={urgency === 'act' ? t.today.actHint : t.today.knowHint}
        >
          <Icon name={urgency} size={13} />
          {t.today[urgency]}
        </span>
        {incident !== null && drills.has(incident.id) ? <DrillMark /> : null}
        {unconfirmed > 0 ? (
          <span className="chip unconfirmed-mark" title={t.alerts.unconfirmedHint}>
            {allUnconfirmed ? t.alerts.unconfirmed : count(t.alerts.unconfirmedCount, unconfirmed)}
          </span>
        ) : null}
        {state === 'withdrawn' ? (
          <span className="chip warn" title={t.alerts.withdrawnHint}>
            <Icon name="minus" size={12} />
            {t.alerts.withdrawn}
          </span>
        ) : null}
        <h2 className="grow" title={say(terms.alertRule[rule])}>
          {say(terms.alert[rule])}
          {': '}
          <Place chain={group.chain} place={group.place} />
        </h2>
        <strong className="group-count">
          {state === 'withdrawn' ? count(t.alerts.withdrawnCount, group.withdrawn) : count(t.alerts.count, group.count)}
        </strong>
      </div>
      <dl className="facts-line">
        {group.sums.length === 0 ? null : (
          <div>
            <dt>{t.alerts.sum}</dt>
            <dd>
              {group.sums.map(({ asset, symbol, decimals, units }) => (
                <Amount key={asset} units={units} asset={{ id: asset, symbol, decimals }} reading />
              ))}
            </dd>
          </div>
        )}
        {group.firstAt === group.lastAt ? null : (
          <div>
            <dt>{t.alerts.first}</dt>
            <dd>
              <When at={group.firstAt} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t.alerts.last}</dt>
          <dd>
            <When at={group.lastAt} />
          </dd>
        </div>
        {incident === null ? null : (
          <div>
            <dt>{t.measures.incident}</dt>
            <dd>
              <Link to="/incidents/$id" params={{ id: incident.id }}>
                {say(incident.title)}
              </Link>
            </dd>
          </div>
        )}
      </dl>
      <div className="row small">
        {group.open > 0 && group.open < group.count ? (
          <span className="chip act">{count(t.alerts.openCount, group.open)}</span>
        ) : null}
        {group.withdrawn > 0 && state !== 'withdrawn' ? (
          <span className="chip">{count(t.alerts.withdrawnCount, group.withdrawn)}</span>
        ) : null}
        {state === 'handled' && group.acknowledgedAt !== null ? (
          <span className="good-text">
            <Icon name="check" size={13} />{' '}
            {group.acknowledgedBy === null
              ? fill(t.today.acknowledgedNoName, { time: timeLine(group.acknowledgedAt) })
              : fill(t.today.acknowledged, { time: timeLine(group.acknowledgedAt), name: group.acknowledgedBy })}
          </span>
        ) : null}
        {assignedTo === null ? null : <span>{fill(t.alerts.assignedTo, { name: assignedTo })}</span>}
        {silence === null ? null : (
          <span className="soft">
            {fill(t.alerts.silencedUntil, { time: timeLine(silence.until), name: silence.by, reason: silence.reason })}
          </span>
        )}
      </div>
      <GroupActions group={group}>
        <button type="button" className="more" aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
          <Icon name={isOpen ? 'up' : 'down'} size={14} />
          {isOpen ? t.alerts.hide : t.alerts.details}
        </button>
      </GroupActions>
      {isOpen ? <GroupDetail id={group.id} /> : null}
    </li>
  );
}

function Place({ chain, place: { label, name, country } }: Pick<AlertGroup, 'chain' | 'place'>) {
  const { say, language } = useReader();
  if (name === null && country === null && /^\S{20,}$/.test(label)) return <Address address={label} chain={chain} />;
  return (
    <>
      {name === null ? label : say(name)}
      {country === null ? null : <span className="country">{countryName(country, language)}</span>}
    </>
  );
}
