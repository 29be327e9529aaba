import type { Balance, Hop, Stop, TraceDirection } from '@gongjo/contract';
import { type Column, columnsOf, columnsWith } from './columns.ts';
import type { Fold } from './fold.ts';
import { type Link, type Part, type Visit, visitsOf } from './visits.ts';

/** Distances in picture units, one CSS pixel at zoom 1. */
export const COLUMN_PX = 152;
/** The part of a column in which ribbons change rows; the rest is flat and carries the labels. */
export const CURVE_PX = 66;
export const ROW_PX = 64;
/** Room above the first band for its labels. */
export const TOP_PX = 46;
export const BAND_MAX_PX = 28;
/** Thinner is not seen, nor hit with a pointer. */
export const BAND_MIN_PX = 3;
/** How far value that still stands somewhere is drawn beyond its last event; the mark of the stop follows. */
export const STUB_PX = 22;

/** A horizontal slice of a visit's band: the value of one hop, first in, first out from top to bottom. */
export interface Slot {
  readonly hop: Hop;
  readonly units: bigint;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Node {
  readonly key: string;
  readonly visit: Visit;
  readonly x: number;
  /** Where its last value leaves, or where the mark of its stop stands. */
  readonly xEnd: number;
  readonly top: number;
  readonly bottom: number;
  readonly in: readonly Slot[];
  readonly out: readonly Slot[];
  /** What stands there still. */
  readonly rest: { readonly units: bigint; readonly top: number; readonly bottom: number } | null;
}

export interface Ribbon {
  readonly key: string;
  readonly hop: Hop;
  readonly column: number;
  /** `hidden`: it goes on to somebody whom the reader hid. */
  readonly kind: 'move' | 'swap' | 'fee' | 'hidden';
  readonly from: Slot;
  readonly to: Slot | null;
  readonly fromAsset: string;
  readonly toAsset: string;
}

export interface Layout {
  readonly columns: readonly Column[];
  readonly nodes: readonly Node[];
  /** In order of time. */
  readonly ribbons: readonly Ribbon[];
  readonly width: number;
  readonly height: number;
}

export interface LayoutWishes {
  /** What the reader folded away or hid, and up to when it is drawn. */
  readonly fold?: Fold;
  /** Columns that several pictures have in common. */
  readonly skeleton?: readonly Column[];
}

/** Where hops of a column leave. */
export const leaveX = (column: number): number => column * COLUMN_PX;
/** Where hops of a column arrive. */
export const arriveX = (column: number): number => column * COLUMN_PX + CURVE_PX;

/**
 * The picture of a trace: time goes right, each address and asset has a band in a row of its own, ribbons are hops. A
 * band's thickness is the square root of its share of all that was ever followed in that asset; inside a band every hop has
 * its exact share, so what enters a band is as thick as what leaves it and stands there. Pure and deterministic; a trace
 * that grows keeps the place of everything it had.
 */
export function layout(
  trace: {
    readonly hops: readonly Hop[];
    readonly stops: readonly Stop[];
    readonly balances: readonly Balance[];
    readonly question?: { readonly direction: TraceDirection };
  },
  { fold, skeleton }: LayoutWishes = {},
): Layout {
  const hops = fold?.hops ?? trace.hops;
  const columns = skeleton === undefined ? columnsOf(hops) : columnsWith(skeleton, hops);
  const direction = trace.question?.direction ?? 'forward';
  const { visits, links } = visitsOf(columns, trace.stops, { direction, ...(fold && { fold }) });
  const whole = totals(trace.balances, visits);
  const rowOf = new Map<Part, number>();
  for (const { given, taken, from, to } of links) {
    if (to !== null) rowOf.set(given, to.row);
    if (taken !== null) rowOf.set(taken, from.row);
  }
  const slots = new Map<Part, Slot>();
  const nodes = visits.map((visit) => place(visit, whole.get(visit.asset) ?? 0n, rowOf, slots));
  const ribbons = uniqueKeys(links.map((link) => ribbon(link, slots, fold)));
  const rowCount = visits.reduce((most, { row }) => Math.max(most, row + 1), 0);
  return {
    columns,
    nodes,
    ribbons,
    width: leaveX(columns.length + 2),
    height: TOP_PX + rowCount * ROW_PX,
  };
}

/** Everything that was ever followed in an asset: stolen in it, or swapped into it. */
function totals(balances: readonly Balance[], visits: readonly Visit[]): Map<string, bigint> {
  const result = new Map<string, bigint>(
    balances.map(({ asset, lead, swappedIn }) => [asset, BigInt(lead) + BigInt(swappedIn)]),
  );
  for (const { asset, total } of visits) if (total > (result.get(asset) ?? 0n)) result.set(asset, total);
  return result;
}

function place(visit: Visit, whole: bigint, rowOf: ReadonlyMap<Part, number>, slots: Map<Part, Slot>): Node {
  const thickness = BAND_MIN_PX + (BAND_MAX_PX - BAND_MIN_PX) * Math.sqrt(ratio(visit.total, whole));
  const middle = TOP_PX + visit.row * ROW_PX + BAND_MAX_PX / 2;
  const top = middle - thickness / 2;
  const stack = (parts: readonly Part[], x: (column: number) => number): Slot[] => {
    // Hops of one column are equally early, so they may stand in the order of the rows they come from or go to.
    const ordered = [...parts].sort((a, b) => a.column - b.column || (rowOf.get(a) ?? 0) - (rowOf.get(b) ?? 0));
    let before = 0n;
    return ordered.map((part) => {
      const slot = {
        hop: part.hop,
        units: part.units,
        x: x(part.column),
        top: top + thickness * ratio(before, visit.total),
        bottom: top + thickness * ratio(before + part.units, visit.total),
      };
      before += part.units;
      slots.set(part, slot);
      return slot;
    });
  };
  const incoming = stack(visit.in, arriveX);
  const outgoing = stack(visit.out, leaveX);
  const x = arriveX(visit.startColumn);
  const last = Math.max(x, ...incoming.slice(-1).map((slot) => slot.x), ...outgoing.slice(-1).map((slot) => slot.x));
  const restTop = outgoing.at(-1)?.bottom ?? top;
  const rest = visit.rest > 0n ? { units: visit.rest, top: restTop, bottom: top + thickness } : null;
  return {
    key: visit.key,
    visit,
    x,
    xEnd: rest === null ? last : last + STUB_PX,
    top,
    bottom: top + thickness,
    in: incoming,
    out: outgoing,
    rest,
  };
}

function ribbon(
  { hop, column, from, to, given, taken }: Link,
  slots: ReadonlyMap<Part, Slot>,
  fold: Fold | undefined,
): Ribbon {
  const start = slots.get(given);
  if (start === undefined) throw new RangeError('a link begins in a part that no visit has');
  const end = taken === null ? null : (slots.get(taken) ?? null);
  return {
    key: `${hop.txid} ${hop.ord} ${from.key} ${to?.key ?? ''}`,
    hop,
    column,
    kind: fold?.stubs.has(hop) ? 'hidden' : hop.rule === 'fee' ? 'fee' : hop.rule === 'swap' ? 'swap' : 'move',
    from: start,
    to: end,
    fromAsset: from.asset,
    toAsset: to?.asset ?? from.asset,
  };
}

/** A movement may be followed in several parts between the same bands; the later parts are counted. */
function uniqueKeys(ribbons: readonly Ribbon[]): Ribbon[] {
  const seen = new Map<string, number>();
  return ribbons.map((one) => {
    const count = seen.get(one.key) ?? 0;
    seen.set(one.key, count + 1);
    return count === 0 ? one : { ...one, key: `${one.key} ${count}` };
  });
}

/** A number between 0 and 1 for drawing; amounts shown to people never pass through it. */
function ratio(part: bigint, whole: bigint): number {
  const steps = 1_000_000_000n;
  return whole === 0n ? 0 : Math.min(1, Number((part * steps) / whole) / Number(steps));
}
