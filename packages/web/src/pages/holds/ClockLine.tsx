import { fill, type HoldClock, holdTerms } from '@gongjo/contract';
import { useNow } from '../../parts/clock.tsx';
import { useDuration } from '../../parts/duration.ts';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** Clocks of holds are read in hours; a page left open must not be wrong by more. */
const TICK_MS = 30_000;

/** When something is due, and how long that is from now. */
export function ClockLine({ clock }: { readonly clock: HoldClock | null }) {
  const { t, say } = useReader();
  const now = useNow(TICK_MS);
  const length = useDuration();
  if (clock === null) return null;
  const seconds = (Date.parse(clock.dueAt) - Date.parse(now)) / 1000;
  const isMet = clock.state === 'met';
  const isOver = !isMet && (seconds <= 0 || clock.state === 'over');
  return (
    <span
      className={`clock-line ${isOver ? 'bad-text' : clock.state === 'soon' ? 'warn-text' : ''}`}
      data-testid="clock"
    >
      <span className="soft">{say(holdTerms.clock[clock.kind])}</span> <When at={clock.dueAt} own />{' '}
      <strong>
        {isMet
          ? say(holdTerms.clockState.met)
          : fill(isOver ? t.holds.over : t.holds.left, { time: length(Math.abs(seconds)) })}
      </strong>
    </span>
  );
}
