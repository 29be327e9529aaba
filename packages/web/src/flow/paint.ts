import { group } from '../format/amount.ts';
import { clock, dayKey } from '../format/time.ts';
import type { Column } from './columns.ts';
import type { Box, InSight } from './in-sight.ts';
import { COLUMN_PX, CURVE_PX, type Node, type Ribbon } from './layout.ts';
import type { Palette } from './palette.ts';
import type { AssetInk, Outline, Pen, Run } from './pen.ts';
import { bandOutline, circle, rectangle, ribbonOutline, swapPoint } from './shape.ts';

/** Below this zoom a label would be smaller than 7 pixels. */
const LABEL_ZOOM_MIN = 0.58;
/** Below this zoom patterns and marks are smaller than a few pixels: flat colours are seen as well, and drawn faster. */
const PATTERN_ZOOM_MIN = 0.3;
/** Below this zoom a band is thinner than two pixels: lines show as much, and all of a large trace is drawn in a few milliseconds. */
const SHAPE_ZOOM_MIN = 0.12;
/** Room that a label needs, and its distance from the window's edge. */
const LABEL_PX = 96;
const LABEL_EDGE_PX = 10;
const RIBBON_ALPHA = 0.72;

/** What is written at a band: who holds it and how much came; why it ends there. */
export interface NodeLabel {
  readonly name: readonly Run[];
  readonly amount: string;
  readonly end: { readonly icon: string; readonly text: string; readonly color: string } | null;
  readonly noted: boolean;
}

export interface Scene {
  readonly sight: InSight;
  readonly assetIndex: ReadonlyMap<string, number>;
  readonly palette: Palette;
  /** Path data of the mark of a swap. */
  readonly swapIcon: string;
  readonly labelOf: (node: Node) => NodeLabel;
  /** Drawn over the others: what is pointed at or picked. */
  readonly active: Ribbon | null;
  readonly activeNode: Node | null;
  readonly focused: boolean;
  /** Steps that the reader pinned or noted, by the key of their hop. */
  readonly isMarked: (ribbon: Ribbon) => boolean;
}

interface PaintOptions {
  /** In one path what has one colour: many times faster on a canvas, and no loss there. */
  readonly together: boolean;
}

/** Draws what a box of the picture holds. The pen is set to the picture's own measure. */
export function paintPicture(pen: Pen, scene: Scene, box: Box, zoom: number, { together }: PaintOptions): void {
  const { palette } = scene;
  const nodes = scene.sight.nodesIn(box);
  const ribbons = scene.sight.ribbonsIn(box);
  if (zoom < SHAPE_ZOOM_MIN) {
    paintFar(pen, scene, { nodes, ribbons }, zoom);
    return;
  }
  const patterned = zoom >= PATTERN_ZOOM_MIN;
  const inkOf = (asset: string): string | AssetInk => {
    const index = scene.assetIndex.get(asset) ?? 0;
    return patterned ? { asset: index } : (palette.assets[index % palette.assets.length] ?? palette.ink);
  };
  const each = (outlines: readonly Outline[], draw: (outline: Outline) => void): void => {
    if (outlines.length === 0) return;
    if (!together) outlines.forEach(draw);
    else
      draw((to) => {
        for (const outline of outlines) outline(to);
      });
  };

  for (const [asset, bands] of byAsset(nodes, ({ visit }) => visit.asset)) {
    each(bands.map(bandOutline), (outline) => pen.fill(outline, inkOf(asset)));
  }
  const pieces = ribbons.flatMap(piecesOf);
  for (const [asset, flows] of byAsset(pieces, (piece) => piece.asset)) {
    const outlines = flows.map(({ outline }) => outline);
    // Of any thinness a ribbon is seen by its edge.
    each(outlines, (outline) => {
      pen.fill(outline, inkOf(asset), RIBBON_ALPHA);
      pen.stroke(outline, inkOf(asset), 1 / Math.min(1, zoom), 0.8);
    });
  }
  const quiet = { fee: palette.stops.fee ?? palette.line, hidden: palette.lineStrong } as const;
  for (const kind of ['fee', 'hidden'] as const) {
    const leaving = ribbons.filter((ribbon) => ribbon.kind === kind).map((ribbon) => ribbonOutline(ribbon));
    each(leaving, (outline) => pen.fill(outline, quiet[kind], RIBBON_ALPHA));
  }
  const marked = ribbons.filter(scene.isMarked).map((ribbon) => ribbonOutline(ribbon));
  each(marked, (outline) => pen.stroke(outline, palette.act, 2.2 / Math.min(1, zoom)));

  if (patterned) for (const ribbon of ribbons) if (ribbon.kind === 'swap') paintSwap(pen, ribbon, scene);
  paintActive(pen, scene, zoom);
  if (zoom >= LABEL_ZOOM_MIN) for (const node of nodes) paintLabel(pen, node, labelX(node, box.x, zoom), scene);
}

/** A window has fewer pixels a side, a power of two; what is as far apart is not seen at once. Four of them fit a number. */
const windowPxMax = 8_192;

/** From far away: a band is a line along its row, a ribbon a straight one. What would come to lie on the same pixels is drawn once. */
function paintFar(
  pen: Pen,
  scene: Scene,
  { nodes, ribbons }: { readonly nodes: readonly Node[]; readonly ribbons: readonly Ribbon[] },
  zoom: number,
): void {
  const { palette, assetIndex } = scene;
  const colorOf = (asset: string) =>
    palette.assets[(assetIndex.get(asset) ?? 0) % palette.assets.length] ?? palette.ink;
  const widthPx = 1 / zoom;
  const lines = new Map<string, { readonly seen: Set<number>; readonly points: number[] }>();
  const pixel = (at: number) => Math.round(at * zoom) & (windowPxMax - 1);
  const add = (asset: string, x0: number, y0: number, x1: number, y1: number): void => {
    const of = lines.get(asset) ?? { seen: new Set<number>(), points: [] };
    lines.set(asset, of);
    const key = ((pixel(x0) * windowPxMax + pixel(y0)) * windowPxMax + pixel(x1)) * windowPxMax + pixel(y1);
    if (of.seen.has(key)) return;
    of.seen.add(key);
    of.points.push(x0, y0, Math.max(x1, x0 + widthPx), y1);
  };
  for (const { visit, x, xEnd, top, bottom } of nodes) {
    const y = (top + bottom) / 2;
    add(visit.asset, x, y, xEnd, y);
  }
  for (const { kind, from, to, fromAsset } of ribbons) {
    if (kind === 'fee' || to === null) continue;
    add(fromAsset, from.x, (from.top + from.bottom) / 2, to.x, (to.top + to.bottom) / 2);
  }
  for (const [asset, { points }] of lines) {
    pen.stroke(
      (to) => {
        for (let at = 0; at < points.length; at += 4) {
          to.moveTo(points[at] ?? 0, points[at + 1] ?? 0);
          to.lineTo(points[at + 2] ?? 0, points[at + 3] ?? 0);
        }
      },
      colorOf(asset),
      widthPx,
    );
  }
  const marked = ribbons.filter(scene.isMarked);
  for (const ribbon of marked) pen.fill(circle(ribbon.from.x, ribbon.from.top, 4 / zoom), palette.act);
  paintActive(pen, scene, zoom);
}

function paintSwap(pen: Pen, ribbon: Ribbon, { palette, swapIcon }: Scene): void {
  if (ribbon.to === null) return;
  const at = swapPoint(ribbon);
  const round = circle(at.x, at.y, 11);
  pen.fill(round, palette.surface);
  pen.stroke(round, palette.lineStrong, 1);
  pen.icon(swapIcon, at.x, at.y, 13, palette.ink);
}

function paintActive(pen: Pen, { active, activeNode, focused, palette }: Scene, zoom: number): void {
  const width = (focused ? 3 : 1.6) / Math.min(1, zoom);
  const color = focused ? palette.focus : palette.ink;
  if (active !== null) pen.stroke(ribbonOutline(active), color, width);
  if (activeNode !== null) pen.stroke(bandOutline(activeNode), color, 1.6 / Math.min(1, zoom));
}

interface Piece {
  readonly asset: string;
  readonly outline: Outline;
}

function piecesOf(ribbon: Ribbon): Piece[] {
  if (ribbon.kind === 'fee' || ribbon.kind === 'hidden') return [];
  if (ribbon.kind !== 'swap' || ribbon.to === null)
    return [{ asset: ribbon.fromAsset, outline: ribbonOutline(ribbon) }];
  return [
    { asset: ribbon.fromAsset, outline: ribbonOutline(ribbon, 'before') },
    { asset: ribbon.toAsset, outline: ribbonOutline(ribbon, 'after') },
  ];
}

/** A band that began before the window keeps its label in sight for as long as there is band to stand over. */
function labelX({ x, xEnd }: Node, left: number, zoom: number): number {
  return Math.max(x, Math.min(left + LABEL_EDGE_PX / zoom, xEnd - LABEL_PX)) + 2;
}

function paintLabel(pen: Pen, node: Node, x: number, { labelOf, palette }: Scene): void {
  const { name, amount, end, noted } = labelOf(node);
  const { top, bottom, rest, xEnd } = node;
  const halo = palette.surface;
  pen.write({ x, y: top - 18, runs: name, sizePx: 12.5, color: palette.ink, halo });
  if (noted) pen.fill(circle(x - 6, top - 22, 3), palette.act);
  pen.write({ x, y: top - 5, runs: [{ text: amount }], sizePx: 12.5, color: palette.inkSoft, halo });
  if (end === null) return;
  // Behind what stands there; of an origin, from which all has left, below its band.
  const at = rest === null ? { x: x + 8, y: bottom + 12 } : { x: xEnd + 12, y: (rest.top + rest.bottom) / 2 };
  pen.icon(end.icon, at.x, at.y, 15, end.color);
  pen.write({ x: at.x + 11, y: at.y + 4, runs: [{ text: end.text }], sizePx: 12.5, color: palette.ink, halo });
}

/** Room that one label of the axis needs. */
const AXIS_LABEL_PX = 92;
export const AXIS_PX = 34;

export interface Axis {
  readonly columns: readonly Column[];
  readonly palette: Palette;
  readonly zone: string;
}

/** The time of each transaction and its block, above the picture; it moves sideways only. The pen is set to the window. */
export function paintAxis(
  pen: Pen,
  { columns, palette, zone }: Axis,
  { x: left, zoom }: { readonly x: number; readonly zoom: number },
  width: number,
): void {
  pen.fill(rectangle(0, 0, width, AXIS_PX), palette.surface);
  pen.fill(rectangle(0, AXIS_PX - 1, width, 1), palette.line);
  const every = Math.max(1, Math.ceil(AXIS_LABEL_PX / (COLUMN_PX * zoom)));
  const first = Math.max(0, Math.floor(left / COLUMN_PX) - every - 2);
  const last = Math.min(columns.length, Math.ceil((left + width / zoom) / COLUMN_PX) + every);
  for (const column of columns.slice(first, last)) {
    if (!column.first || column.index % every !== 0) continue;
    const x = (column.index * COLUMN_PX + CURVE_PX / 2 - left) * zoom;
    const before = columns[column.index - every - 1];
    const newDay = before === undefined || dayKey(before.time, zone) !== dayKey(column.time, zone);
    const time = `${newDay ? `${dayKey(column.time, zone).slice(5)} ` : ''}${clock(column.time, zone)}`;
    pen.fill(rectangle(x, AXIS_PX - 4, 1, 4), palette.lineStrong);
    pen.write({ x, y: 13, runs: [{ text: time }], sizePx: 11.5, color: palette.ink, anchor: 'middle' });
    const height = `#${group(String(column.height))}`;
    pen.write({ x, y: 26, runs: [{ text: height }], sizePx: 10.5, color: palette.inkSoft, anchor: 'middle' });
  }
}

function byAsset<T>(items: readonly T[], assetOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const asset = assetOf(item);
    const known = groups.get(asset);
    if (known === undefined) groups.set(asset, [item]);
    else known.push(item);
  }
  return groups;
}
