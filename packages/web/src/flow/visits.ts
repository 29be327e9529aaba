import type { Hop, Stop, TraceDirection } from '@gongjo/contract';
import { arrivalsOf, type Column, FIRST_COLUMN, placeKey } from './columns.ts';
import type { Fold } from './fold.ts';
import { Rows } from './rows.ts';

/** A part of a visit's value that came with, or left with, one hop. */
export interface Part {
  readonly hop: Hop;
  readonly column: number;
  readonly units: bigint;
}

/**
 * Traced value of one asset at one address, from its first arrival until nothing of it is left. The same address may
 * have several visits. `in` and `out` are in order of time; `rest` is what still stands there.
 */
export interface Visit {
  readonly key: string;
  readonly address: string | null;
  readonly asset: string;
  readonly row: number;
  readonly startColumn: number;
  /** The column in which the last of it left; null while some is left. */
  endColumn: number | null;
  /** Value that left without having come in by a hop: the victim's. */
  readonly source: boolean;
  readonly stop: Stop['kind'] | null;
  /** Hops behind this holder that the reader folded away; what stands here then is not known from the picture. */
  readonly folded: number;
  readonly in: Part[];
  readonly out: Part[];
  total: bigint;
  rest: bigint;
}

/** One hop between two visits. Swaps give one link for each asset that came back; a fee, and what the reader hid, has no `to`. */
export interface Link {
  readonly hop: Hop;
  readonly column: number;
  readonly from: Visit;
  readonly to: Visit | null;
  readonly given: Part;
  readonly taken: Part | null;
}

/** Value that reached one of these is followed no further, so its row is free again after the room its label takes. */
const terminalStops: ReadonlySet<Stop['kind']> = new Set(['service', 'mixer', 'coinjoin', 'bridge', 'burned']);
const TERMINAL_COLUMNS = 2;

/**
 * Places the flow online: columns are taken in time order and no decision is ever revised, so that a trace that grows keeps
 * every place it had. A row holds one visit at a time; a visit takes the row its address had before, or else the free row
 * nearest to where its value came from.
 */
export function visitsOf(
  columns: readonly Column[],
  stops: readonly Stop[],
  { direction = 'forward', fold }: { readonly direction?: TraceDirection; readonly fold?: Fold } = {},
): { visits: Visit[]; links: Link[] } {
  const isBackward = direction === 'backward';
  const stopAt = stopKinds(stops);
  const sourceUntil = isBackward ? lastGifts(columns) : lastLeads(columns);
  const open = new Map<string, Visit>();
  const visitCount = new Map<string, number>();
  const visits: Visit[] = [];
  const links: Link[] = [];
  const rows = new Rows();

  const start = (address: string | null, asset: string, column: number, near: number, source: boolean): Visit => {
    const place = placeKey(address, asset);
    const count = visitCount.get(place) ?? 0;
    visitCount.set(place, count + 1);
    const stop = stopAt.get(place) ?? (address === null ? 'burned' : null);
    const terminal = !source && !isBackward && stop !== null && terminalStops.has(stop);
    const visit: Visit = {
      key: `${place} ${count}`,
      address,
      asset,
      row: rows.take(address ?? place, column, near, terminal ? column + TERMINAL_COLUMNS : null),
      startColumn: column,
      endColumn: null,
      source,
      // A backward trace ends where value came from; where it went in the end is not its question.
      stop: isBackward ? (source ? stop : null) : source ? null : (stop ?? 'unspent'),
      folded: fold?.folded.get(address ?? '') ?? 0,
      in: [],
      out: [],
      total: 0n,
      rest: 0n,
    };
    visits.push(visit);
    if (!terminal) open.set(place, visit);
    return visit;
  };

  for (const { index: column, hops } of columns) {
    const given = new Map<Hop, { visit: Visit; part: Part }>();
    const touched = new Set<Visit>();
    for (const hop of hops) {
      const place = placeKey(hop.from, hop.asset);
      const visit = open.get(place) ?? start(hop.from, hop.asset, column - 1, 0, true);
      const part = { hop, column, units: BigInt(hop.units) };
      visit.out.push(part);
      if (visit.source) visit.total += part.units;
      else visit.rest -= part.units;
      touched.add(visit);
      given.set(hop, { visit, part });
    }
    for (const visit of touched) {
      const place = placeKey(visit.address, visit.asset);
      const more = visit.source ? (sourceUntil.get(place) ?? FIRST_COLUMN) > column : visit.rest > 0n;
      if (more) continue;
      // More left than was seen to come: the difference came unseen, and the visit is as large as what left.
      if (visit.rest < 0n) {
        visit.total -= visit.rest;
        visit.rest = 0n;
      }
      visit.endColumn = column;
      open.delete(place);
      rows.free(visit.row, column);
    }
    for (const hop of largestFirst(hops)) {
      const from = given.get(hop);
      if (from === undefined) continue;
      const arrivals = fold?.stubs.has(hop) ? [] : arrivalsOf(hop);
      if (arrivals.length === 0) links.push({ hop, column, from: from.visit, to: null, given: from.part, taken: null });
      for (const { address, asset, units } of arrivals) {
        const to = open.get(placeKey(address, asset)) ?? start(address, asset, column, from.visit.row, false);
        const taken = { hop, column, units };
        to.in.push(taken);
        to.total += units;
        to.rest += units;
        links.push({ hop, column, from: from.visit, to, given: from.part, taken });
      }
    }
  }
  return { visits, links };
}

/** The largest part of a split goes on in the row it came from. Only amounts of one asset from one place are compared. */
function largestFirst(hops: readonly Hop[]): Hop[] {
  const groups = new Map<string, Hop[]>();
  for (const hop of hops) {
    const key = placeKey(hop.from, hop.asset);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [hop]);
    else group.push(hop);
  }
  return [...groups.values()].flatMap((group) =>
    group.sort((a, b) => compare(BigInt(b.units), BigInt(a.units)) || a.id - b.id),
  );
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Where one place has several stops, the one that says most: any other before `unspent`. */
function stopKinds(stops: readonly Stop[]): Map<string, Stop['kind']> {
  const kinds = new Map<string, Stop['kind']>();
  for (const { address, asset, kind } of stops) {
    const place = placeKey(address, asset);
    if (kind !== 'fee' && (kinds.get(place) ?? 'unspent') === 'unspent') kinds.set(place, kind);
  }
  return kinds;
}

/** A victim is one source, even when several transactions took from it. */
function lastLeads(columns: readonly Column[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const { index, hops } of columns) {
    for (const hop of hops) if (hop.rule === 'lead') last.set(placeKey(hop.from, hop.asset), index);
  }
  return last;
}

/** Backward, an origin is one source for all that it gave. */
function lastGifts(columns: readonly Column[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const { index, hops } of columns) for (const hop of hops) last.set(placeKey(hop.from, hop.asset), index);
  return last;
}
