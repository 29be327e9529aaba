import { CURVE_PX, type Node, type Ribbon } from '../src/flow/layout.ts';

const STROKE_PX = 1.5;

/** The outline of a band: steps on the left where value came in, steps on the right where it left or stands. */
export function bandPath(node: Node): string {
  const right = [
    ...node.out.map(({ x, top, bottom }) => ({ x, top, bottom })),
    ...(node.rest === null ? [] : [{ x: node.xEnd, top: node.rest.top, bottom: node.rest.bottom }]),
  ];
  const left = node.in.length === 0 ? [{ x: node.x, top: node.top, bottom: node.bottom }] : node.in;
  const down = right.flatMap(({ x, top, bottom }) => [point(x, top), point(x, bottom)]);
  const up = [...left].reverse().flatMap(({ x, top, bottom }) => [point(x, bottom), point(x, top)]);
  return `M${[...down, ...up].join('L')}Z`;
}

/** The outline of a ribbon between two bands, level at both ends. Part of it for a swap: before or after the exchange. */
export function ribbonPath(ribbon: Ribbon, part: 'whole' | 'before' | 'after' = 'whole'): string {
  const { from, to } = ribbon;
  const x0 = from.x;
  const x1 = x0 + CURVE_PX;
  if (to === null) return `M${point(x0, from.top)}h${CURVE_PX / 4}V${from.bottom}H${x0}Z`;
  if (part === 'whole') return sides(x0, x1, from, to);
  const swap = swapPoint(ribbon);
  const half = { top: swap.y - thickness(from, to) / 2, bottom: swap.y + thickness(from, to) / 2 };
  return part === 'before' ? sides(x0, swap.x, from, half) : sides(swap.x, x1, half, to);
}

interface Edge {
  readonly top: number;
  readonly bottom: number;
}

function sides(x0: number, x1: number, from: Edge, to: Edge): string {
  const middle = (x0 + x1) / 2;
  const curve = (a: number, b: number, x: number) => `C${middle} ${a} ${middle} ${b} ${x} ${b}`;
  return `M${point(x0, from.top)}${curve(from.top, to.top, x1)}V${to.bottom}${curve(to.bottom, from.bottom, x0)}Z`;
}

/** Where the mark of a swap stands: on the ribbon, half way. */
export function swapPoint({ from, to }: Ribbon): { x: number; y: number } {
  const end = to ?? from;
  return { x: from.x + CURVE_PX / 2, y: (from.top + from.bottom + end.top + end.bottom) / 4 };
}

function thickness(from: Edge, to: Edge): number {
  return Math.max(STROKE_PX, (from.bottom - from.top + to.bottom - to.top) / 2);
}

function point(x: number, y: number): string {
  return `${x} ${y}`;
}
