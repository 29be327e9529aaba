import type { Trace } from '@gongjo/contract';
import { useMemo, useRef, useState } from 'react';
import { layout } from '../src/flow/layout.ts';
import { patternOf, TILE_PX, tileStrokes } from '../src/flow/palette.ts';
import { FlowAxis } from './SvgAxis.tsx';
import { FlowScene } from './SvgScene.tsx';
import { usePanZoom } from './use-pan-zoom.ts';
import './svg.css';

const HEIGHT_PX = 480;
const AXIS_PX = 34;

export const assetFill = (index: number): string => `url(#flow-asset-${patternOf(index)})`;

/** The alternative that the canvas is measured against: the same layout as elements of an SVG, those in sight only. */
export function SvgPicture({ trace }: { readonly trace: Trace }) {
  const picture = useMemo(() => layout(trace), [trace]);
  const frame = useRef<HTMLDivElement>(null);
  const pan = usePanZoom(frame, picture, { axisPx: AXIS_PX, heightPx: HEIGHT_PX });
  const [pointed, setPointed] = useState<string | null>(null);
  const ribbons = useMemo(() => picture.ribbons.filter(({ kind }) => kind !== 'fee'), [picture]);
  const assets = useMemo(() => [...new Set(picture.nodes.map(({ visit }) => visit.asset))], [picture]);
  const { view } = pan;
  return (
    <div ref={frame} className="flow-frame" {...pan.pointer}>
      <svg className="flow-svg" width={pan.size.width} height={HEIGHT_PX} aria-hidden="true">
        <defs>
          {tileStrokes.slice(0, Math.max(1, assets.length)).map((stroke, index) => (
            <pattern
              key={stroke}
              id={`flow-asset-${index}`}
              width={TILE_PX}
              height={TILE_PX}
              patternUnits="userSpaceOnUse"
            >
              <rect className={`flow-asset-${index}`} width={TILE_PX} height={TILE_PX} />
              <path className="flow-asset-line" d={stroke} />
            </pattern>
          ))}
        </defs>
        <g
          className={pan.gliding ? 'gliding' : ''}
          transform={`translate(${-view.x * view.zoom} ${AXIS_PX - view.y * view.zoom}) scale(${view.zoom})`}
        >
          <FlowScene
            picture={picture}
            ribbons={ribbons}
            assets={assets}
            trace={trace}
            view={view}
            width={pan.size.width}
            active={pointed}
            tabStop={ribbons[0]?.key ?? null}
            onPoint={setPointed}
            onPin={() => undefined}
          />
        </g>
        <FlowAxis columns={picture.columns} view={view} width={pan.size.width} height={AXIS_PX} gliding={pan.gliding} />
      </svg>
    </div>
  );
}
