import type { AssetId, Instant, TxId } from '@gongjo/contract';
import type { Hop, Stop, Trace } from '../model.ts';
import { compareText } from '../tags.ts';

/**
 * Which part of a trace a picture shows, and where. Pure and deterministic. Time goes right in columns; each address and
 * asset has a band in a row; a link leaves its giver's band at a column and arrives in its taker's band there.
 */

/** More links than this are a thicket; the largest are drawn and the rest is counted. */
export const linksMax = 60;
/** A picture with more columns is not looked at as a whole; then only this many links are drawn, which cannot need more. */
export const columnsMax = 40;

export type Role = 'address' | 'source' | 'fee' | 'burned';

/** An address with one asset, or what stands for none: new coins and unknown inputs, fees, destroyed value. */
export interface Band {
  readonly role: Role;
  readonly address: string | null;
  readonly asset: AssetId;
  /** All traced value that came, or that left where that is more; also what is not drawn. */
  units: bigint;
  /** Parts per million of all that is followed in this asset. */
  sharePpm: number;
  /** Links that arrive, and that leave, in the order of the columns. */
  readonly in: Link[];
  readonly out: Link[];
  readonly stops: Stop[];
  /** Column in which it begins: right of the links of that column. */
  start: number;
  /** Column until which it lasts: left of the links of that column; not beyond `start` where nothing leaves. */
  end: number;
  row: number;
}

export interface Link {
  readonly hop: Hop;
  readonly from: Band;
  readonly to: Band;
  readonly units: bigint;
  /** What arrives; of a swap in another asset. */
  readonly arriving: bigint;
  readonly sharePpm: number;
  readonly swap: boolean;
  readonly certainty: Hop['certainty'];
  column: number;
}

export interface Column {
  readonly txid: TxId;
  readonly height: number;
  readonly time: Instant;
}

export interface Flow {
  /** Of column 1, 2, …; column 0 is the room where sources stand. */
  readonly columns: readonly Column[];
  readonly bands: readonly Band[];
  readonly links: readonly Link[];
  readonly rows: number;
  /** Links of the whole trace. */
  readonly linkCount: number;
  /** Per asset, parts per million of what stands at stops that stands at drawn bands; rounded down. */
  readonly coveredPpm: ReadonlyMap<AssetId, number>;
}

type Traced = Pick<Trace, 'hops' | 'stops' | 'balances'>;

export function flowOf(trace: Traced): Flow {
  const { bands, links } = graphOf(trace);
  const largest = [...links].sort((a, b) => b.sharePpm - a.sharePpm || a.hop.id - b.hop.id);
  let drawn = inTime(largest.slice(0, linksMax));
  let columns = columnsOf(drawn);
  if (columns.length > columnsMax) {
    drawn = inTime(largest.slice(0, columnsMax));
    columns = columnsOf(drawn);
  }
  const shown = new Set<Band>();
  for (const link of drawn) {
    link.from.out.push(link);
    link.to.in.push(link);
    shown.add(link.from).add(link.to);
  }
  for (const band of shown) extend(band);
  return {
    columns,
    bands: [...shown],
    links: drawn,
    rows: arrange([...shown]),
    linkCount: links.length,
    coveredPpm: covered(trace.stops, bands, shown),
  };
}

const keyOf = (address: string | null, role: Role, asset: AssetId) =>
  `${address === null ? role : 'address'} ${address ?? ''} ${asset}`;

const keyOfStop = ({ address, kind, asset }: Stop) =>
  keyOf(address, kind === 'fee' || kind === 'burned' ? kind : 'source', asset);

function graphOf({ hops, stops, balances }: Traced): { bands: Map<string, Band>; links: Link[] } {
  const whole = new Map(balances.map(({ asset, lead, swappedIn }) => [asset, lead + swappedIn]));
  const bands = new Map<string, Band & { came: bigint; left: bigint }>();
  const band = (address: string | null, absent: Role, asset: AssetId) => {
    const key = keyOf(address, absent, asset);
    const known = bands.get(key);
    if (known !== undefined) return known;
    const role = address === null ? absent : 'address';
    const made = { role, address, asset, units: 0n, sharePpm: 0, in: [], out: [], stops: [], start: 0, end: 0, row: 0 };
    const counted = { ...made, came: 0n, left: 0n };
    bands.set(key, counted);
    return counted;
  };
  const links = new Map<string, Link>();
  const add = (hop: Hop, from: Band, to: Band, units: bigint, arriving: bigint) => {
    const key = [hop.txid, keyOf(from.address, from.role, from.asset), keyOf(to.address, to.role, to.asset)].join(' ');
    const known = links.get(key);
    const all = units + (known?.units ?? 0n);
    links.set(key, {
      hop: known?.hop ?? hop,
      from,
      to,
      units: all,
      arriving: arriving + (known?.arriving ?? 0n),
      sharePpm: ppm(all, whole.get(from.asset) ?? 0n),
      swap: hop.rule === 'swap',
      certainty: known?.certainty === 'heuristic' ? 'heuristic' : hop.certainty,
      column: 0,
    });
  };
  for (const hop of hops) {
    const from = band(hop.from, 'source', hop.asset);
    from.left += hop.units;
    if (hop.rule === 'swap') {
      // The asset given and those that came for it are bands of the same address.
      for (const { asset, units } of hop.received) {
        const to = band(hop.from, 'source', asset);
        to.came += units;
        add(hop, from, to, hop.units / BigInt(hop.received.length), units);
      }
      continue;
    }
    const to = band(hop.to, hop.rule === 'fee' ? 'fee' : 'burned', hop.asset);
    to.came += hop.units;
    // Change to oneself stays in the band.
    if (to !== from) add(hop, from, to, hop.units, hop.units);
  }
  for (const stop of stops) bands.get(keyOfStop(stop))?.stops.push(stop);
  for (const one of bands.values()) {
    one.units = one.came > one.left ? one.came : one.left;
    one.sharePpm = ppm(one.units, whole.get(one.asset) ?? 0n);
  }
  return { bands, links: [...links.values()] };
}

function inTime(links: readonly Link[]): Link[] {
  return [...links].sort((a, b) => a.hop.height - b.hop.height || a.hop.id - b.hop.id);
}

/**
 * Gives each link its column. A column is a run of links in time; it ends before a link that leaves a band in which the same
 * run arrived, so that what comes in is always left of what goes out.
 */
function columnsOf(links: readonly Link[]): Column[] {
  const columns: Column[] = [];
  let arrived = new Set<Band>();
  for (const link of links) {
    if (columns.length === 0 || arrived.has(link.from)) {
      const { txid, height, time } = link.hop;
      columns.push({ txid, height, time });
      arrived = new Set();
    }
    link.column = columns.length;
    arrived.add(link.to);
  }
  return columns;
}

function extend(band: Band): void {
  const arrivals = band.in.map(({ column }) => column);
  const departures = band.out.map(({ column }) => column);
  const first = Math.min(...departures);
  // Who gives before anything drawn came stands one column before.
  band.start = Math.min(first - 1, ...arrivals);
  band.end = Math.max(band.start, ...departures, ...arrivals);
}

/** Gives each band a row, near the row of whoever gave it most; answers how many rows there are. */
function arrange(bands: Band[]): number {
  /** Per row, the column until which it is taken. */
  const taken: number[] = [];
  const order = bands.sort(
    (a, b) =>
      a.start - b.start ||
      b.sharePpm - a.sharePpm ||
      compareText(keyOf(a.address, a.role, a.asset), keyOf(b.address, b.role, b.asset)),
  );
  for (const band of order) {
    const [giver] = band.in.toSorted((a, b) => b.sharePpm - a.sharePpm);
    const near = giver === undefined ? 0 : giver.from.row;
    const free = taken.flatMap((until, row) => (until < band.start ? [row] : []));
    const [row = taken.length] = [...free, taken.length].sort(
      (a, b) => Math.abs(a - near) - Math.abs(b - near) || a - b,
    );
    band.row = row;
    taken[row] = band.end;
  }
  return taken.length;
}

function covered(
  stops: readonly Stop[],
  bands: ReadonlyMap<string, Band>,
  shown: ReadonlySet<Band>,
): Map<AssetId, number> {
  const sums = new Map<AssetId, { all: bigint; drawn: bigint }>();
  for (const stop of stops) {
    const { asset, units } = stop;
    const sum = sums.get(asset) ?? { all: 0n, drawn: 0n };
    sums.set(asset, sum);
    const band = bands.get(keyOfStop(stop));
    sum.all += units;
    if (band !== undefined && shown.has(band)) sum.drawn += units;
  }
  return new Map([...sums].map(([asset, { all, drawn }]) => [asset, ppm(drawn, all)]));
}

/** Parts per million, rounded down, for choosing and drawing; amounts that people read never pass through it. */
export function ppm(part: bigint, whole: bigint): number {
  if (whole === 0n) return 0;
  const parts = (part * 1_000_000n) / whole;
  return Number(parts > 1_000_000n ? 1_000_000n : parts);
}
