import type { Trace } from '@gongjo/contract';
import { useId } from 'react';
import { useReader } from '../texts/language.tsx';
import { patternOf, TILE_PX, tileStrokes } from './palette.ts';

/** What the colours and patterns of the bands stand for. */
export function FlowLegend({ assets, trace }: { readonly assets: readonly string[]; readonly trace: Trace }) {
  const { t } = useReader();
  return (
    <div className="flow-legend small">
      <span className="visually-hidden">{t.flow.legend}</span>
      {assets.map((asset, index) => (
        <span key={asset} className="row" title={asset}>
          <Swatch index={patternOf(index)} />
          {trace.assets.find(({ id }) => id === asset)?.symbol ?? asset}
        </span>
      ))}
      <span className="soft">{t.flow.scale}</span>
    </div>
  );
}

function Swatch({ index }: { readonly index: number }) {
  const id = useId();
  return (
    <svg width="26" height="12" aria-hidden="true">
      <pattern id={id} width={TILE_PX} height={TILE_PX} patternUnits="userSpaceOnUse">
        <rect className={`flow-asset-${index}`} width={TILE_PX} height={TILE_PX} />
        <path className="flow-asset-line" d={tileStrokes[index] ?? ''} />
      </pattern>
      <rect width="26" height="12" rx="2" fill={`url(#${id})`} />
    </svg>
  );
}
