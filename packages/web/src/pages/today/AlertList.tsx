import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { orderAlerts } from '../alert-order.ts';
import { AlertRow } from './AlertRow.tsx';

/** Handled alerts in sight below the open ones; the rest is one press away. */
const HANDLED_SHOWN = 5;

export function AlertList() {
  const { t, count } = useReader();
  const { data, error, refetch } = useQuery(queries.alerts);
  const [all, setAll] = useState(false);
  const { open, handled } = orderAlerts(data ?? []);
  const shown = all ? handled : handled.slice(0, HANDLED_SHOWN);
  return (
    <Section title={t.today.alerts} aside={<Link to="/alerts">{t.today.grouped}</Link>}>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[104, 104, 104]} /> : null}
      {data?.length === 0 ? <Empty text={t.today.noAlerts} hint={t.today.noAlertsHint} /> : null}
      <ul className="alerts">
        {[...open, ...shown].map((alert) => (
          <AlertRow key={alert.id} alert={alert} />
        ))}
      </ul>
      {handled.length > HANDLED_SHOWN ? (
        <button type="button" className="more" aria-expanded={all} onClick={() => setAll(!all)}>
          <Icon name={all ? 'up' : 'down'} size={14} />
          {count(t.today.older, handled.length)}
        </button>
      ) : null}
    </Section>
  );
}
