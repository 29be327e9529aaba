import { shorten } from '../format/address.ts';
import { Icon } from '../parts/Icon.tsx';
import { useReader } from '../texts/language.tsx';
import { hopKey } from './columns.ts';
import { holderMark, hopMark } from './edits.ts';
import type { Ribbon } from './layout.ts';
import type { Edits } from './use-edits.ts';
import type { Flow } from './use-flow.ts';

/** The reader's pins and notes, and the way to each. */
export function MarkList({
  flow,
  edits,
  onGo,
}: {
  readonly flow: Flow;
  readonly edits: Edits;
  readonly onGo: (ribbon: Ribbon | undefined) => void;
}) {
  const { t } = useReader();
  const { pinned, notes } = edits.state;
  const marks = [...new Set([...notes.map(({ on }) => on), ...pinned])];
  if (marks.length === 0) return null;
  const ribbonOf = (mark: string): Ribbon | undefined =>
    flow.ribbons.find(({ hop }) => {
      const ends = [hop.to, hop.from].map((address) => holderMark(address ?? ''));
      return hopMark(hopKey(hop)) === mark || ends.includes(mark);
    });
  const nameOf = (mark: string, ribbon: Ribbon | undefined): string => {
    const prefix = holderMark('');
    if (mark.startsWith(prefix)) return flow.who(mark.slice(prefix.length), t.flow.unknown);
    return ribbon === undefined ? shorten(mark) : flow.hopLine(ribbon);
  };
  const remove = (mark: string): void => {
    edits.edit({ do: 'note', mark, text: '' });
    edits.edit({ do: 'unpin', mark });
  };
  return (
    <ul className="flow-marks small" aria-label={t.flow.notes}>
      {marks.map((mark) => {
        const ribbon = ribbonOf(mark);
        const note = notes.find(({ on }) => on === mark)?.text;
        return (
          <li key={mark} className="row" data-testid="flow-mark">
            <button type="button" className="flow-act" disabled={ribbon === undefined} onClick={() => onGo(ribbon)}>
              {nameOf(mark, ribbon)}
            </button>
            {note === undefined ? null : <span>{note}</span>}
            <button
              type="button"
              className="icon-button"
              aria-label={t.flow.unpin}
              title={t.flow.unpin}
              onClick={() => remove(mark)}
            >
              <Icon name="minus" size={13} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
