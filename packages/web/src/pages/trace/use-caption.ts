import { fill, type Trace, terms } from '@gongjo/contract';
import type { Fold } from '../../flow/fold.ts';
import { shorten } from '../../format/address.ts';
import { group } from '../../format/amount.ts';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { startText } from './asked.ts';

/** What a picture says of itself when it leaves the page: question, method, and as of which block. */
export function useCaption() {
  const { t, say } = useReader();
  const timeLine = useTimeLine();
  return (trace: Trace, fold: Fold | undefined): { readonly title: string; readonly lines: string[] } => {
    const { leads, direction, method } = trace.question;
    const [first = '', ...more] = leads.map((lead) => startText(lead));
    const start = more.length === 0 ? first : fill(t.trace.export.moreStarts, { start: first, count: more.length });
    const folded = [...(fold?.folded.values() ?? [])].reduce((all, one) => all + one, 0);
    const leftOut = folded + (fold?.hiddenCount ?? 0) + (fold?.laterCount ?? 0);
    const { height, hash, time } = trace.asOf;
    return {
      title: fill(t.trace.export.caption, {
        ...{
          direction: t.trace.ask[direction],
          method: say(terms.rule[method]),
          start: more.length === 0 ? start : shorten(first),
        },
      }),
      lines: [
        start,
        fill(t.trace.export.asOf, { height: group(String(height)), time: timeLine(time), hash }),
        t.flow.scale,
        ...(leftOut === 0 ? [] : [fill(t.trace.export.partial, { count: leftOut })]),
      ],
    };
  };
}
