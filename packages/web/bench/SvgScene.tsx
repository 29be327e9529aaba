import { type Asset, fill, type Trace, terms } from '@gongjo/contract';
import { memo, useMemo } from 'react';
import { COLUMN_PX, type Layout, type Node, type Ribbon } from '../src/flow/layout.ts';
import type { View } from '../src/flow/view.ts';
import { addressText, shorten } from '../src/format/address.ts';
import { amountWords } from '../src/parts/Amount.tsx';
import { useAddressBook } from '../src/parts/address-book.ts';
import { Icon } from '../src/parts/Icon.tsx';
import { useReader } from '../src/texts/language.tsx';
import { assetFill } from './SvgPicture.tsx';
import { bandPath, ribbonPath, swapPoint } from './svg-shape.ts';

/** Below this zoom a label would be smaller than 7 pixels. */
const LABEL_ZOOM_MIN = 0.58;
/** Columns drawn on each side beyond the window, so that small moves need no new elements. */
const COLUMNS_AROUND = 4;

interface SceneProps {
  readonly picture: Layout;
  readonly ribbons: readonly Ribbon[];
  readonly assets: readonly string[];
  readonly trace: Trace;
  readonly view: View;
  readonly width: number;
  readonly active: string | null;
  /** The one step that the tab key reaches; arrow keys go on from it. */
  readonly tabStop: string | null;
  readonly onPoint: (key: string | null) => void;
  readonly onPin: (key: string) => void;
}

/** What is in sight of the picture, and a little around it. */
export function FlowScene({
  picture,
  ribbons,
  assets,
  trace,
  view,
  width,
  active,
  tabStop,
  onPoint,
  onPin,
}: SceneProps) {
  const assetOf = useMemo(() => new Map<string, Asset>(trace.assets.map((asset) => [asset.id, asset])), [trace]);
  const first = Math.floor(view.x / COLUMN_PX) - COLUMNS_AROUND;
  const last = Math.ceil((view.x + width / view.zoom) / COLUMN_PX) + COLUMNS_AROUND;
  const nodes = picture.nodes.filter(({ x, xEnd }) => xEnd >= first * COLUMN_PX && x <= last * COLUMN_PX);
  const shown = ribbons.filter(({ column, key }) => (column >= first && column <= last) || key === tabStop);
  const labels = view.zoom >= LABEL_ZOOM_MIN;
  return (
    <>
      {nodes.map((node) => (
        <Band key={node.key} node={node} fillOf={assetFill(assets.indexOf(node.visit.asset))} />
      ))}
      {shown.map((ribbon) => (
        <Hop
          key={ribbon.key}
          ribbon={ribbon}
          assets={assets}
          assetOf={assetOf}
          active={ribbon.key === active}
          tabStop={ribbon.key === tabStop}
          onPoint={onPoint}
          onPin={onPin}
        />
      ))}
      {labels
        ? nodes.map((node) => (
            <Label key={node.key} node={node} x={labelX(node, view)} asset={assetOf.get(node.visit.asset)} />
          ))
        : null}
    </>
  );
}

/** Room that a label needs, and its distance from the window's edge. */
const LABEL_PX = 96;
const LABEL_EDGE_PX = 10;

/** A band that began before the window keeps its label in sight for as long as there is band to stand over. */
function labelX({ x, xEnd }: Node, view: View): number {
  return Math.max(x, Math.min(view.x + LABEL_EDGE_PX / view.zoom, xEnd - LABEL_PX)) + 2;
}

const Band = memo(function Band({ node, fillOf }: { readonly node: Node; readonly fillOf: string }) {
  return <path className="flow-band" d={bandPath(node)} fill={fillOf} />;
});

interface HopProps {
  readonly ribbon: Ribbon;
  readonly assets: readonly string[];
  readonly assetOf: ReadonlyMap<string, Asset>;
  readonly active: boolean;
  readonly tabStop: boolean;
  readonly onPoint: (key: string | null) => void;
  readonly onPin: (key: string) => void;
}

function Hop({ ribbon, assets, assetOf, active, tabStop, onPoint, onPin }: HopProps) {
  const label = useHopLabel(ribbon, assetOf);
  const from = assetFill(assets.indexOf(ribbon.fromAsset));
  const swap = ribbon.kind === 'swap' && ribbon.to !== null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button element
    <g
      className={`flow-hop ${ribbon.kind}${active ? ' active' : ''}`}
      role="button"
      tabIndex={tabStop ? 0 : -1}
      aria-label={label}
      data-hop={ribbon.key}
      data-testid="hop"
      onPointerEnter={() => onPoint(ribbon.key)}
      onPointerLeave={() => onPoint(null)}
      onFocus={() => onPoint(ribbon.key)}
      onBlur={() => onPoint(null)}
      onClick={() => onPin(ribbon.key)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onPin(ribbon.key);
      }}
    >
      {swap ? (
        <>
          <Piece d={ribbonPath(ribbon, 'before')} fillOf={from} />
          <Piece d={ribbonPath(ribbon, 'after')} fillOf={assetFill(assets.indexOf(ribbon.toAsset))} />
          <SwapMark ribbon={ribbon} />
        </>
      ) : (
        <Piece d={ribbonPath(ribbon)} fillOf={from} />
      )}
    </g>
  );
}

/** A ribbon of any thinness is seen, by its edge, and hit, by a wider one that is not seen. */
function Piece({ d, fillOf }: { readonly d: string; readonly fillOf: string }) {
  return (
    <>
      <path className="hit" d={d} />
      <path className="seen" d={d} fill={fillOf} stroke={fillOf} />
    </>
  );
}

function SwapMark({ ribbon }: { readonly ribbon: Ribbon }) {
  const at = swapPoint(ribbon);
  return (
    <>
      <circle className="flow-swap" cx={at.x} cy={at.y} r={11} />
      <Icon name="swap" size={13} at={at} />
    </>
  );
}

/** A step as one line, for readers who do not see the picture. */
function useHopLabel({ hop }: Ribbon, assetOf: ReadonlyMap<string, Asset>): string {
  const { t, say } = useReader();
  const { names } = useAddressBook();
  const who = (address: string | null, none: string): string => {
    if (address === null) return none;
    const name = names.get(address);
    return name === undefined ? shorten(address) : say(name);
  };
  const rule = say(terms.rule[hop.rule]);
  const amount = amountWords(hop.units, assetOf.get(hop.asset));
  if (hop.rule === 'fee') return fill(t.flow.feeHop, { rule, amount, from: who(hop.from, t.flow.unknown) });
  if (hop.rule !== 'swap')
    return fill(t.flow.hop, { rule, amount, from: who(hop.from, t.flow.unknown), to: who(hop.to, t.flow.burned) });
  const received = hop.received.map(({ asset, units }) => amountWords(units, assetOf.get(asset))).join(', ');
  return fill(t.flow.swapHop, { rule, amount, from: who(hop.from, t.flow.unknown), received });
}

/** Who holds it and how much came, above the band; why it stops, behind its end. */
const Label = memo(function Label({
  node,
  x,
  asset,
}: {
  readonly node: Node;
  readonly x: number;
  readonly asset: Asset | undefined;
}) {
  const { t, say } = useReader();
  const { names, differsAt } = useAddressBook();
  const { visit, xEnd, top, bottom } = node;
  const name = visit.address === null ? undefined : names.get(visit.address);
  const { head, middle, tail } = addressText(visit.address ?? '', differsAt.get(visit.address ?? ''));
  const stop = visit.stop;
  const stands = node.rest !== null && stop !== null;
  const restMiddle = node.rest === null ? (top + bottom) / 2 : (node.rest.top + node.rest.bottom) / 2;
  return (
    <g className="flow-label">
      <text x={x} y={top - 18}>
        {visit.source ? <tspan className="strong">{t.flow.victim} </tspan> : null}
        {name === undefined ? (
          <tspan className="mono">
            {head}
            {middle === null ? null : <tspan className="differs">{middle}</tspan>}
            {tail}
            {middle === null ? null : ' ⚠'}
          </tspan>
        ) : (
          <tspan className="strong">{say(name)}</tspan>
        )}
      </text>
      <text x={x} y={top - 5} className="amount-text">
        {amountWords(String(visit.total), asset)}
      </text>
      {stands ? (
        <g className={`flow-stop stop-${stop}`}>
          <Icon name={stop} size={15} at={{ x: xEnd + 12, y: restMiddle }} />
          <text x={xEnd + 23} y={restMiddle + 4}>
            {say(terms.stop[stop])}
          </text>
        </g>
      ) : null}
    </g>
  );
});
