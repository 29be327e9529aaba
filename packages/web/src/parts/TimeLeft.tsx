import { fill } from '@gongjo/contract';
import { useReader } from '../texts/language.tsx';
import { useNow } from './clock.tsx';
import { useDuration } from './duration.ts';

/** Deadlines are read in hours; a page left open must not be wrong by more. */
const TICK_MS = 30_000;

/** How long it is until then, or how long ago it should have been. */
export function TimeLeft({ until }: { readonly until: string }) {
  const { t } = useReader();
  const now = useNow(TICK_MS);
  const length = useDuration();
  const seconds = (Date.parse(until) - Date.parse(now)) / 1000;
  return (
    <strong className={seconds <= 0 ? 'bad-text' : undefined}>
      {fill(seconds <= 0 ? t.common.over : t.common.left, { time: length(Math.abs(seconds)) })}
    </strong>
  );
}
