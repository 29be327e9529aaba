import type { DeskStatus, Instant } from '@gongjo/contract';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { deskNow, onDeskTime } from '../api/desk-time.ts';
import { zonesOf } from '../format/time.ts';

/** The present, renewed every so many milliseconds. */
export function useNow(everyMs: number): Instant {
  const [now, setNow] = useState(deskNow);
  useEffect(() => {
    const renew = () => setNow(deskNow());
    const timer = window.setInterval(renew, everyMs);
    const forget = onDeskTime(renew);
    return () => {
      window.clearInterval(timer);
      forget();
    };
  }, [everyMs]);
  return now;
}

interface DeskClock {
  /** The reader's desk's zone, then its partners'. */
  readonly zones: readonly string[];
  /** Good enough to know which day it is. */
  readonly now: Instant;
}

const DeskClockContext = createContext<DeskClock>({ zones: ['UTC'], now: deskNow() });

/** A date need not vanish at the very second of midnight. */
const TODAY_CHECK_MS = 60_000;

/** One clock for the hundreds of times that a page shows. */
export function DeskClockProvider({
  status,
  children,
}: {
  readonly status: DeskStatus | undefined;
  readonly children: ReactNode;
}) {
  const now = useNow(TODAY_CHECK_MS);
  // A status arrives with every block; the zones in it stay the same, and so must what is made of them.
  const zoneKey = status === undefined ? 'UTC' : zonesOf(status.desk.timeZone, status.partners).join(' ');
  const clock = useMemo(() => ({ zones: zoneKey.split(' '), now }), [zoneKey, now]);
  return <DeskClockContext value={clock}>{children}</DeskClockContext>;
}

export const useDeskClock = (): DeskClock => use(DeskClockContext);
