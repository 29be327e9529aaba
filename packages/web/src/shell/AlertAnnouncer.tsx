import { fill } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { queries } from '../api/queries.ts';
import { newAlerts } from '../pages/alert-order.ts';
import { useAlertSentence } from '../pages/alert-sentence.ts';
import { useReader } from '../texts/language.tsx';

/** Says new alerts to readers who listen to the page, on whichever page they are. */
export function AlertAnnouncer() {
  const { t } = useReader();
  const sentence = useAlertSentence();
  const alerts = useQuery(queries.alerts).data;
  const seen = useRef<ReadonlySet<string> | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (alerts === undefined) return;
    const fresh = newAlerts(seen.current, alerts);
    seen.current = new Set(alerts.map(({ id }) => id));
    if (fresh.length === 0) return;
    setSaid(fresh.map((alert) => fill(t.today.newAlert, { sentence: sentence(alert) })).join(' '));
  }, [alerts, sentence, t]);
  return (
    <div className="visually-hidden" aria-live="assertive" data-testid="announcer">
      {said}
    </div>
  );
}
