import { fill, type Instant } from '@gongjo/contract';
import { timeText } from '../../format/time.ts';
import { useDeskClock } from '../../parts/clock.tsx';
import { useReader } from '../../texts/language.tsx';

/** What the partner countries' clocks show at a time that is being typed. */
export function OtherClock({ at }: { readonly at: Instant | null }) {
  const { t, language } = useReader();
  const { zones, now } = useDeskClock();
  const others = at === null ? [] : timeText(at, zones, language, now).others;
  if (others.length === 0) return null;
  return <p className="small soft below">{fill(t.report.otherClock, { time: others.join(' · ') })}</p>;
}
