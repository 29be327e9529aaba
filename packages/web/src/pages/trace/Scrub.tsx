import { fill, type Trace } from '@gongjo/contract';
import { useEffect, useMemo, useState } from 'react';
import { group } from '../../format/amount.ts';
import { Icon } from '../../parts/Icon.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** A trace of any length is played in about ten seconds. */
const FRAMES = 80;
const FRAME_MS = 125;

/** Up to which block the picture shows the flow; null: all of it. */
export function Scrub({
  trace,
  until,
  onUntil,
}: {
  readonly trace: Trace;
  readonly until: number | null;
  readonly onUntil: (height: number | null) => void;
}) {
  const { t } = useReader();
  const timeLine = useTimeLine();
  const blocks = useMemo(() => {
    const times = new Map(trace.hops.map(({ height, time }) => [height, time]));
    return [...times].map(([height, time]) => ({ height, time })).sort((a, b) => a.height - b.height);
  }, [trace]);
  const [playing, setPlaying] = useState(false);
  const last = blocks.length - 1;
  const found = blocks.findLastIndex(({ height }) => until !== null && height <= until);
  const at = until === null ? last : Math.max(0, found);
  useEffect(() => {
    if (!playing) return;
    const timer = window.setTimeout(() => {
      const next = at + Math.max(1, Math.round(blocks.length / FRAMES));
      const block = blocks[next];
      if (block === undefined || next >= last) {
        setPlaying(false);
        onUntil(null);
      } else onUntil(block.height);
    }, FRAME_MS);
    return () => window.clearTimeout(timer);
  }, [playing, at, last, blocks, onUntil]);
  if (blocks.length < 2) return null;
  const here = blocks[at];
  const words =
    until === null || here === undefined
      ? t.trace.timeAll
      : fill(t.trace.time, { height: group(String(here.height)), time: timeLine(here.time) });
  const play = (): void => {
    if (!playing && until === null) onUntil(blocks[0]?.height ?? null);
    setPlaying(!playing);
  };
  const label = playing ? t.trace.pause : t.trace.play;
  return (
    <div className="panel trace-scrub">
      <button type="button" className="icon-button" aria-label={label} title={label} onClick={play}>
        <Icon name={playing ? 'pause' : 'right'} size={16} />
      </button>
      <input
        type="range"
        min={0}
        max={last}
        value={at}
        aria-label={t.trace.scrub}
        aria-valuetext={words}
        data-testid="scrub"
        onChange={(event) => {
          setPlaying(false);
          const index = Number(event.currentTarget.value);
          onUntil(index >= last ? null : (blocks[index]?.height ?? null));
        }}
      />
      <span className="small trace-scrub-words">{words}</span>
    </div>
  );
}
