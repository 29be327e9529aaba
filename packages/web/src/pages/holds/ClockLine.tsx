import { type HoldClock, holdTerms } from '@gongjo/contract';
import { TimeLeft } from '../../parts/TimeLeft.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** When something is due, and how long that is from now. */
export function ClockLine({ clock }: { readonly clock: HoldClock | null }) {
  const { say } = useReader();
  if (clock === null) return null;
  const { kind, dueAt, state } = clock;
  const tone = { running: '', soon: 'warn-text', over: 'bad-text', met: '' }[state];
  return (
    <span className={`clock-line ${tone}`} data-testid="clock">
      <span className="soft">{say(holdTerms.clock[kind])}</span> <When at={dueAt} own />{' '}
      {state === 'met' ? <strong>{say(holdTerms.clockState.met)}</strong> : <TimeLeft until={dueAt} />}
    </span>
  );
}
