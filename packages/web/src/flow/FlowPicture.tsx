import { fill, type Trace } from '@gongjo/contract';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { Section } from '../parts/Section.tsx';
import { useReader } from '../texts/language.tsx';
import { FlowAxis } from './FlowAxis.tsx';
import { FlowLegend, FlowPatterns } from './FlowLegend.tsx';
import { FlowScene } from './FlowScene.tsx';
import { HopDetail } from './HopDetail.tsx';
import { COLUMN_PX, CURVE_PX, layout, type Ribbon, ROW_PX } from './layout.ts';
import { step } from './steps.ts';
import { usePanZoom } from './use-pan-zoom.ts';
import { ZOOM_STEP } from './view.ts';
import './flow.css';

/** Of the picture's window; fixed, so that nothing below it moves while a trace grows. */
const HEIGHT_PX = 480;
const AXIS_PX = 34;

/** The flow picture of a trace with its controls, legend and the details of one step. */
export function FlowPicture({ trace }: { readonly trace: Trace }) {
  const { t } = useReader();
  const picture = useMemo(() => layout(trace), [trace]);
  const frame = useRef<HTMLDivElement>(null);
  const pan = usePanZoom(frame, picture, { axisPx: AXIS_PX, heightPx: HEIGHT_PX });
  const [pointed, setPointed] = useState<string | null>(null);
  const [pinned, setPinned] = useState<string | null>(null);
  const [fees, setFees] = useState(false);
  const ribbons = useMemo(() => picture.ribbons.filter(({ kind }) => fees || kind !== 'fee'), [picture, fees]);
  const assets = useMemo(() => [...new Set(picture.nodes.map(({ visit }) => visit.asset))], [picture]);
  const active = ribbons.find(({ key }) => key === (pointed ?? pinned)) ?? null;
  const stopAt = pinned ?? ribbons[0]?.key ?? null;

  const focusWanted = useRef(false);
  const { reveal } = pan;
  useEffect(() => {
    if (!focusWanted.current || pinned === null) return;
    focusWanted.current = false;
    frame.current?.querySelector<SVGGElement>(`[data-hop="${CSS.escape(pinned)}"]`)?.focus({ preventScroll: true });
  }, [pinned]);

  const goTo = (ribbon: Ribbon | undefined): void => {
    if (ribbon === undefined) return;
    focusWanted.current = true;
    setPointed(null);
    setPinned(ribbon.key);
    const top = Math.min(ribbon.from.top, ribbon.to?.top ?? ribbon.from.top);
    const bottom = Math.max(ribbon.from.bottom, ribbon.to?.bottom ?? ribbon.from.bottom);
    reveal({
      x: ribbon.from.x - COLUMN_PX,
      y: top - ROW_PX,
      width: 2 * COLUMN_PX + CURVE_PX,
      height: bottom - top + 2 * ROW_PX,
    });
  };
  const release = (): void => {
    setPointed(null);
    setPinned(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actions = new Map<string, () => void>([
      ['ArrowRight', () => goTo(step(ribbons, stopAt, 'next'))],
      ['ArrowLeft', () => goTo(step(ribbons, stopAt, 'previous'))],
      ['ArrowDown', () => goTo(step(ribbons, stopAt, 'down'))],
      ['ArrowUp', () => goTo(step(ribbons, stopAt, 'up'))],
      ['Home', () => goTo(ribbons[0])],
      ['End', () => goTo(ribbons.at(-1))],
      ['+', () => pan.zoom(ZOOM_STEP)],
      ['=', () => pan.zoom(ZOOM_STEP)],
      ['-', () => pan.zoom(1 / ZOOM_STEP)],
      ['0', pan.fit],
      ['Escape', release],
    ]);
    const action = actions.get(event.key);
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  const button = (name: IconName, label: string, run: () => void) => (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={run}>
      <Icon name={name} size={15} />
    </button>
  );
  return (
    <Section
      title={t.flow.title}
      aside={
        <span className="row">
          <label className="row small">
            <input type="checkbox" checked={fees} onChange={(event) => setFees(event.currentTarget.checked)} />
            {t.flow.fees}
          </label>
          <span className="flow-buttons">
            {button('first', t.flow.toStart, pan.toStart)}
            {button('minus', t.flow.zoomOut, () => pan.zoom(1 / ZOOM_STEP))}
            {button('plus', t.flow.zoomIn, () => pan.zoom(ZOOM_STEP))}
            {button('fit', t.flow.fit, pan.fit)}
            {button('last', t.flow.toEnd, pan.follow)}
          </span>
        </span>
      }
    >
      <div className="panel flow">
        <p className="visually-hidden" id="flow-help">
          {t.flow.help}
        </p>
        <div ref={frame} className={`flow-frame${pan.dragging ? ' dragging' : ''}`} {...pan.pointer}>
          {ribbons.length === 0 ? <p className="flow-empty soft">{t.flow.empty}</p> : null}
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be an SVG */}
          <svg
            className="flow-svg"
            width={pan.size.width}
            height={HEIGHT_PX}
            role="group"
            aria-label={fill(t.flow.label, { count: ribbons.length })}
            aria-describedby="flow-help"
            onKeyDown={onKeyDown}
          >
            <FlowPatterns count={assets.length} />
            <g className={pan.gliding ? 'gliding' : ''} transform={transform(pan.view, AXIS_PX)}>
              <FlowScene
                picture={picture}
                ribbons={ribbons}
                assets={assets}
                trace={trace}
                view={pan.view}
                width={pan.size.width}
                active={active?.key ?? null}
                tabStop={stopAt}
                onPoint={setPointed}
                onPin={(key) => setPinned(key === pinned ? null : key)}
              />
            </g>
            <FlowAxis
              columns={picture.columns}
              view={pan.view}
              width={pan.size.width}
              height={AXIS_PX}
              gliding={pan.gliding}
            />
          </svg>
        </div>
        <HopDetail ribbon={active} trace={trace} pinned={active !== null && active.key === pinned} />
        <FlowLegend assets={assets} trace={trace} />
      </div>
    </Section>
  );
}

function transform(view: { readonly x: number; readonly y: number; readonly zoom: number }, axisPx: number): string {
  return `translate(${-view.x * view.zoom} ${axisPx - view.y * view.zoom}) scale(${view.zoom})`;
}
