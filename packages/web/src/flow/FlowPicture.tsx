import { fill, type Trace } from '@gongjo/contract';
import { type ReactNode, useCallback, useId, useMemo, useRef, useState } from 'react';
import { Choice } from '../parts/Choice.tsx';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { Section } from '../parts/Section.tsx';
import { useReader } from '../texts/language.tsx';
import { Camera } from './camera.ts';
import { type Column, hopKey } from './columns.ts';
import { hopMark } from './edits.ts';
import { FlowCanvas, type Hit } from './FlowCanvas.tsx';
import { FlowLegend } from './FlowLegend.tsx';
import { FlowTable } from './FlowTable.tsx';
import { HolderDetail } from './HolderDetail.tsx';
import { HopDetail } from './HopDetail.tsx';
import { COLUMN_PX, CURVE_PX, type Ribbon, ROW_PX } from './layout.ts';
import { MarkList } from './MarkList.tsx';
import { step } from './steps.ts';
import type { Edits } from './use-edits.ts';
import { type Flow, useFlow, usePainted } from './use-flow.ts';
import { useFlowKeys } from './use-flow-keys.ts';
import { ZOOM_STEP } from './view.ts';
import './flow.css';

/** Of the picture's window; fixed, so that nothing below it moves while a trace grows. */
const HEIGHT_PX = 480;

interface Props {
  readonly trace: Trace;
  readonly edits: Edits;
  readonly title?: string;
  /** Two pictures that are compared are moved together and have one time axis. */
  readonly camera?: Camera;
  readonly skeleton?: readonly Column[] | undefined;
  readonly untilHeight?: number | null;
  /** Controls of the page, beside the picture's own. */
  readonly aside?: (flow: Flow, painted: ReturnType<typeof usePainted>) => ReactNode;
}

/** The flow picture of a trace with its controls, legend and the details of one mark; the same steps as a table. */
export function FlowPicture({ trace, edits, title, camera: given, skeleton, untilHeight = null, aside }: Props) {
  const { t, count } = useReader();
  const helpId = useId();
  const own = useMemo(() => new Camera(!matchMedia('(prefers-reduced-motion: reduce)').matches), []);
  const camera = given ?? own;
  const flow = useFlow(trace, edits.state, { untilHeight, skeleton });
  const { ribbons, picture, sight, assets, fold, hopLine } = flow;
  const [shown, setShown] = useState<'picture' | 'table'>('picture');
  const [pointed, setPointed] = useState<Hit>({ ribbon: null, node: null });
  /** The key of what is kept in view: a step or a band. */
  const [picked, setPicked] = useState<string | null>(null);
  /** Where walking goes on from, also after nothing is kept in view any more. */
  const [walkedTo, setWalkedTo] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const [noting, setNoting] = useState(false);
  const [said, setSaid] = useState('');
  const cursor = useRef<HTMLButtonElement>(null);

  const pickedRibbon = useMemo(() => ribbons.find(({ key }) => key === picked) ?? null, [ribbons, picked]);
  const pickedNode = useMemo(() => picture.nodes.find(({ key }) => key === picked) ?? null, [picture, picked]);
  const walked = useMemo(() => ribbons.find(({ key }) => key === walkedTo), [ribbons, walkedTo]);
  const stop = pickedRibbon ?? walked ?? ribbons[0] ?? null;
  const isPointed = pointed.ribbon !== null || pointed.node !== null;
  const ribbon = isPointed ? pointed.ribbon : (pickedRibbon ?? (focused ? stop : null));
  const node = isPointed ? pointed.node : pickedNode;
  const painted = usePainted(flow, camera, { ribbon, node, focused: focused && !isPointed });
  const stopLine = stop === null ? '' : hopLine(stop);

  const goTo = useCallback(
    (next: Ribbon | undefined): void => {
      if (next === undefined) return;
      setPointed({ ribbon: null, node: null });
      setPicked(next.key);
      setWalkedTo(next.key);
      setSaid(fill(t.flow.step, { at: ribbons.indexOf(next) + 1, count: ribbons.length, line: hopLine(next) }));
      const end = next.to ?? next.from;
      const top = Math.min(next.from.top, end.top);
      const bottom = Math.max(next.from.bottom, end.bottom);
      camera.reveal({
        ...{ x: next.from.x - COLUMN_PX, y: top - ROW_PX },
        ...{ width: 2 * COLUMN_PX + CURVE_PX, height: bottom - top + 2 * ROW_PX },
      });
    },
    [camera, ribbons, hopLine, t],
  );
  const release = useCallback(() => {
    setPointed({ ribbon: null, node: null });
    setPicked(null);
    setNoting(false);
  }, []);
  const pick = useCallback(({ ribbon: hop, node: band }: Hit) => {
    const key = hop?.key ?? band?.key ?? null;
    setNoting(false);
    if (hop !== null) setWalkedTo(hop.key);
    setPicked((before) => (key === before ? null : key));
  }, []);
  const walk = (direction: Parameters<typeof step>[2]) => () => goTo(step(ribbons, stop?.key ?? null, direction));
  const onReceiver = (act: 'collapse' | 'hide') => () => {
    if (stop?.hop.to) edits.edit({ do: act, holder: stop.hop.to });
  };
  const onKeyDown = useFlowKeys({
    walk,
    first: () => goTo(ribbons[0]),
    last: () => goTo(ribbons.at(-1)),
    zoomIn: () => camera.zoom(ZOOM_STEP),
    zoomOut: () => camera.zoom(1 / ZOOM_STEP),
    fit: () => camera.fit(),
    release,
    collapse: onReceiver('collapse'),
    hide: onReceiver('hide'),
    pin: () => {
      if (stop === null) return;
      const mark = hopMark(hopKey(stop.hop));
      edits.edit({ do: edits.state.pinned.includes(mark) ? 'unpin' : 'pin', mark });
    },
    note: () => {
      if (stop === null) return;
      setPicked(stop.key);
      setNoting(true);
    },
    undo: edits.undo,
    redo: edits.redo,
  });

  const button = (name: IconName, label: string, run: (() => void) | null) => (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      disabled={run === null}
      onClick={() => run?.()}
    >
      <Icon name={name} size={15} />
    </button>
  );
  const leftOut = (fold?.hiddenCount ?? 0) + [...(fold?.folded.values() ?? [])].reduce((a, b) => a + b, 0);
  const onNoted = (): void => {
    setNoting(false);
    // The field is gone with its form: walking goes on from the step.
    cursor.current?.focus();
  };
  const detail = { trace, edits, flow, noting, onNoting: setNoting, onNoted };
  return (
    <Section
      title={title ?? t.flow.title}
      aside={
        <span className="row">
          {aside?.(flow, painted)}
          {leftOut === 0 ? null : (
            <button type="button" className="chip flow-left-out" onClick={() => edits.edit({ do: 'show-all' })}>
              {count(t.flow.hiddenSteps, leftOut)} · {t.flow.showAllAgain}
            </button>
          )}
          <label className="row small">
            <input
              type="checkbox"
              checked={edits.state.fees}
              onChange={(event) => edits.edit({ do: 'fees', shown: event.currentTarget.checked })}
            />
            {t.flow.fees}
          </label>
          <span className="flow-buttons">
            {button('undo', t.flow.undo, edits.undo)}
            {button('redo', t.flow.redo, edits.redo)}
          </span>
          <Choice
            legend={t.flow.shownAs}
            choices={[
              { key: 'picture', name: t.flow.picture },
              { key: 'table', name: t.flow.table },
            ]}
            chosen={shown}
            onChoose={setShown}
          />
          {shown === 'table' ? null : (
            <span className="flow-buttons">
              {button('first', t.flow.toStart, () => camera.toStart())}
              {button('minus', t.flow.zoomOut, () => camera.zoom(1 / ZOOM_STEP))}
              {button('plus', t.flow.zoomIn, () => camera.zoom(ZOOM_STEP))}
              {button('fit', t.flow.fit, () => camera.fit())}
              {button('last', t.flow.toEnd, () => camera.follow())}
            </span>
          )}
        </span>
      }
    >
      {shown === 'table' ? (
        <FlowTable ribbons={ribbons} trace={trace} />
      ) : (
        <div className="panel flow" data-testid="flow" data-steps={ribbons.length}>
          <p className="visually-hidden" id={helpId}>
            {t.flow.help}
          </p>
          <p className="visually-hidden" aria-live="polite">
            {said}
          </p>
          <FlowCanvas
            camera={camera}
            painted={painted}
            sight={sight}
            heightPx={HEIGHT_PX}
            cursor={{ ribbon: stop, element: cursor }}
            onPoint={setPointed}
            onPick={pick}
          >
            {stop === null ? (
              <p className="flow-empty soft">{t.flow.empty}</p>
            ) : (
              <div
                className="flow-keys"
                role="application"
                aria-label={fill(t.flow.label, { count: ribbons.length })}
                onKeyDown={onKeyDown}
                // The pointer's own way of picking is the canvas below.
                onPointerDown={(event) => event.stopPropagation()}
              >
                <button
                  ref={cursor}
                  type="button"
                  className="flow-cursor"
                  data-testid="hop"
                  data-hop={stop.key}
                  aria-label={stopLine}
                  aria-describedby={helpId}
                  aria-pressed={picked === stop.key}
                  onFocus={() => setFocused(true)}
                  onBlur={() => setFocused(false)}
                  onClick={() => setPicked(picked === stop.key ? null : stop.key)}
                />
              </div>
            )}
          </FlowCanvas>
          {node === null ? (
            <HopDetail ribbon={ribbon} isPicked={ribbon !== null && ribbon === pickedRibbon} {...detail} />
          ) : (
            <HolderDetail node={node} isPicked={node === pickedNode} {...detail} />
          )}
          <MarkList flow={flow} edits={edits} onGo={goTo} />
          <FlowLegend assets={assets} trace={trace} />
        </div>
      )}
    </Section>
  );
}
