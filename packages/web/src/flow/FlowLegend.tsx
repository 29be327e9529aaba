import type { Trace } from '@gongjo/contract';
import { useReader } from '../texts/language.tsx';

/** Colours with patterns of their own; an eighth asset in one trace shares one, and its labels name it. */
const PATTERNS = 6;
const TILE_PX = 7;

const patternId = (index: number): string => `flow-asset-${index % PATTERNS}`;

/** The fill of an asset's bands: a colour and a pattern. */
export function assetFill(index: number): string {
  return `url(#${patternId(Math.max(0, index))})`;
}

const strokes = [
  '',
  'M-1 8 8-1M-1 1 1-1M6 8 8 6',
  'M3.5 0V7',
  'M-1-1 8 8M-1 6 1 8M6-1 8 1',
  'M0 3.5H7',
  'M0 3.5H7M3.5 0V7',
] as const;

/** The patterns of the assets' bands. Defined once in a picture; the legend beside it uses them too. */
export function FlowPatterns({ count }: { readonly count: number }) {
  return (
    <defs>
      {strokes.slice(0, Math.max(1, count)).map((stroke, index) => (
        <pattern
          key={patternId(index)}
          id={patternId(index)}
          width={TILE_PX}
          height={TILE_PX}
          patternUnits="userSpaceOnUse"
        >
          <rect className={`flow-asset-${index}`} width={TILE_PX} height={TILE_PX} />
          <path className="flow-asset-line" d={stroke} />
        </pattern>
      ))}
    </defs>
  );
}

export function FlowLegend({ assets, trace }: { readonly assets: readonly string[]; readonly trace: Trace }) {
  const { t } = useReader();
  return (
    <div className="flow-legend small">
      <span className="visually-hidden">{t.flow.legend}</span>
      {assets.map((asset, index) => (
        <span key={asset} className="row" title={asset}>
          <svg width="26" height="12" aria-hidden="true">
            <rect width="26" height="12" rx="2" fill={assetFill(index)} />
          </svg>
          {trace.assets.find(({ id }) => id === asset)?.symbol ?? asset}
        </span>
      ))}
      <span className="soft">{t.flow.scale}</span>
    </div>
  );
}
