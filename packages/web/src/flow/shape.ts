import { CURVE_PX, type Node, type Ribbon } from './layout.ts';
import type { Outline, PathSink } from './pen.ts';

const STROKE_PX = 1.5;

/** The outline of a band: steps on the left where value came in, steps on the right where it left or stands. */
export function bandOutline(node: Node): Outline {
  return (to) => {
    let started = false;
    const point = (x: number, y: number): void => {
      if (started) to.lineTo(x, y);
      else to.moveTo(x, y);
      started = true;
    };
    for (const { x, top, bottom } of node.out) {
      point(x, top);
      point(x, bottom);
    }
    if (node.rest !== null) {
      point(node.xEnd, node.rest.top);
      point(node.xEnd, node.rest.bottom);
    }
    if (node.in.length === 0) {
      point(node.x, node.bottom);
      point(node.x, node.top);
    }
    for (let index = node.in.length - 1; index >= 0; index -= 1) {
      const slot = node.in[index];
      if (slot === undefined) continue;
      point(slot.x, slot.bottom);
      point(slot.x, slot.top);
    }
    if (started) to.closePath();
  };
}

interface Edge {
  readonly top: number;
  readonly bottom: number;
}

/** How far value that goes nowhere in the picture is drawn: a fee, or what goes to somebody hidden. */
const LEAVE_PX = CURVE_PX / 4;

/** The outline of a ribbon between two bands, level at both ends. Part of it for a swap: before or after the exchange. */
export function ribbonOutline(ribbon: Ribbon, part: 'whole' | 'before' | 'after' = 'whole'): Outline {
  const { from, to } = ribbon;
  const x0 = from.x;
  const x1 = x0 + CURVE_PX;
  if (to === null) return (sink) => sides(sink, x0, x0 + LEAVE_PX, from, from);
  if (part === 'whole') return (sink) => sides(sink, x0, x1, from, to);
  const swap = swapPoint(ribbon);
  const half = { top: swap.y - thickness(from, to) / 2, bottom: swap.y + thickness(from, to) / 2 };
  return part === 'before'
    ? (sink) => sides(sink, x0, swap.x, from, half)
    : (sink) => sides(sink, swap.x, x1, half, to);
}

function sides(sink: PathSink, x0: number, x1: number, from: Edge, to: Edge): void {
  const middle = (x0 + x1) / 2;
  sink.moveTo(x0, from.top);
  sink.bezierCurveTo(middle, from.top, middle, to.top, x1, to.top);
  sink.lineTo(x1, to.bottom);
  sink.bezierCurveTo(middle, to.bottom, middle, from.bottom, x0, from.bottom);
  sink.closePath();
}

/** Where the mark of a swap stands: on the ribbon, half way. */
export function swapPoint({ from, to }: Ribbon): { x: number; y: number } {
  const end = to ?? from;
  return { x: from.x + CURVE_PX / 2, y: (from.top + from.bottom + end.top + end.bottom) / 4 };
}

export function rectangle(x: number, y: number, width: number, height: number): Outline {
  return (to) => {
    to.moveTo(x, y);
    to.lineTo(x + width, y);
    to.lineTo(x + width, y + height);
    to.lineTo(x, y + height);
    to.closePath();
  };
}

/** Four Bézier arcs; the radius is off by less than 0.03 %. */
const ARC = 0.5523;

export function circle(x: number, y: number, r: number): Outline {
  const k = ARC * r;
  return (to) => {
    to.moveTo(x + r, y);
    to.bezierCurveTo(x + r, y + k, x + k, y + r, x, y + r);
    to.bezierCurveTo(x - k, y + r, x - r, y + k, x - r, y);
    to.bezierCurveTo(x - r, y - k, x - k, y - r, x, y - r);
    to.bezierCurveTo(x + k, y - r, x + r, y - k, x + r, y);
    to.closePath();
  };
}

/** The distance of a point from the ribbon, 0 inside; null beside its column. */
export function distanceTo(ribbon: Ribbon, x: number, y: number): number | null {
  const { from } = ribbon;
  const to = ribbon.to ?? from;
  const width = ribbon.to === null ? LEAVE_PX : CURVE_PX;
  const share = (x - from.x) / width;
  if (share < 0 || share > 1) return null;
  const t = timeAt(share);
  const ease = t * t * (3 - 2 * t);
  const top = from.top + (to.top - from.top) * ease;
  const bottom = from.bottom + (to.bottom - from.bottom) * ease;
  return Math.max(0, top - y, y - bottom);
}

/** The Bézier's parameter where it has gone `share` of its way sideways: x(t) = 1.5t − 1.5t² + t³. */
function timeAt(share: number): number {
  let [low, high] = [0, 1];
  for (let turn = 0; turn < BISECTIONS; turn += 1) {
    const t = (low + high) / 2;
    if (1.5 * t - 1.5 * t * t + t * t * t < share) low = t;
    else high = t;
  }
  return (low + high) / 2;
}
/** To a thousandth of a column. */
const BISECTIONS = 10;

function thickness(from: Edge, to: Edge): number {
  return Math.max(STROKE_PX, (from.bottom - from.top + to.bottom - to.top) / 2);
}
