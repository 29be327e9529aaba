import type { Instant } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { queries } from '../api/queries.ts';
import { zonesOf } from '../format/time.ts';

const nowText = (): Instant => new Date().toISOString();

/** The present, renewed every so many milliseconds. */
export function useNow(everyMs: number): Instant {
  const [now, setNow] = useState(nowText);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(nowText()), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** The reader's desk's zone, then its partners'. */
export function useZones(): readonly string[] {
  const status = useQuery(queries.status).data;
  return useMemo(() => (status === undefined ? ['UTC'] : zonesOf(status.desk.timeZone, status.partners)), [status]);
}
