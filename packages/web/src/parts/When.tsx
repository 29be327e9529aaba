import type { Instant } from '@gongjo/contract';
import { Fragment } from 'react';
import { timeText } from '../format/time.ts';
import { useReader } from '../texts/language.tsx';
import { useDeskClock } from './clock.tsx';

/** An instant on the reader's clock and, unless `own` is asked for, on the partner countries' beside it. */
export function When({ at, own = false }: { readonly at: Instant; readonly own?: boolean }) {
  const { language } = useReader();
  const { zones, now } = useDeskClock();
  const text = timeText(at, zones, language, now);
  return (
    <time className="when" dateTime={at}>
      <span className="nowrap">{text.own}</span>
      {own
        ? null
        : text.others.map((other) => (
            <Fragment key={other}>
              {' '}
              <span className="others nowrap">{other}</span>
            </Fragment>
          ))}
    </time>
  );
}

/** The same as a plain line, for texts in which it stands in the middle. */
export function useTimeLine(): (at: Instant) => string {
  const { language } = useReader();
  const { zones, now } = useDeskClock();
  return (at) => timeText(at, zones.slice(0, 1), language, now).own;
}
