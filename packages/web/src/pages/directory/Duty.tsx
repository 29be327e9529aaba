import { type DutyAnswer, fill, terms } from '@gongjo/contract';
import { Icon } from '../../parts/Icon.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** Whether somebody is there now, until when or from when, and what may make that otherwise. */
export function Duty({ duty }: { readonly duty: DutyAnswer }) {
  const { t, say } = useReader();
  const timeLine = useTimeLine();
  const { onDuty, reason, holiday, until, next, doubts } = duty;
  const doubt = `${t.directory.doubt} ${doubts.map(say).join(' ')}`;
  return (
    <span className="row duty" data-duty={onDuty === null ? 'unknown' : onDuty ? 'on' : 'off'}>
      <span className="nowrap">
        <span className={`dot ${onDuty === true ? 'good' : 'quiet'}`} aria-hidden="true" />{' '}
        <span className={onDuty === true ? 'good-text' : ''}>{say(terms.duty[reason])}</span>
      </span>
      {holiday === null ? null : <span className="soft">{say(holiday)}</span>}
      {onDuty === true && until !== null ? (
        <span className="soft">{fill(t.directory.until, { time: timeLine(until) })}</span>
      ) : null}
      {onDuty === false && next !== null ? (
        <span className="soft">{fill(t.directory.from, { time: timeLine(next) })}</span>
      ) : null}
      {doubts.length === 0 ? null : (
        <span className="doubt" title={doubt}>
          <Icon name="know" size={13} />
          <span className="visually-hidden">{doubt}</span>
        </span>
      )}
    </span>
  );
}
