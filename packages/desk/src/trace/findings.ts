import { type Asset, type AssetId, gapKinds, stopKinds, type TxId } from '@gongjo/contract';
import { invariant, type Position } from '../kernel/index.ts';
import type { Coverage } from '../ledger/index.ts';
import type { Balance, Decoy, Gap, Hop, Question, Stop, Trace } from './model.ts';
import type { Arrival, Taken } from './step.ts';
import { compareText } from './tags.ts';

/** Where a bound cut the trace: this transaction, and all that come after it in the trace's direction, are not followed. */
export interface Cut<At extends Omit<Position, 'ord'> = Omit<Position, 'ord'>> {
  readonly at: At;
  /** The bounds that it would have exceeded. */
  readonly bounds: readonly number[];
}

/** What a finished run found out. */
export interface Findings {
  readonly question: Question;
  readonly coverage: Coverage;
  readonly lead: readonly TxId[];
  /** In chain order; they are numbered here. */
  readonly hops: readonly Hop[];
  readonly taken: readonly Taken[];
  /** What swaps brought into the trace in an asset and took out of it. */
  readonly swapped: readonly { readonly asset: AssetId; readonly into: bigint; readonly out: bigint }[];
  readonly gaps: readonly Gap[];
  readonly cut: Cut | null;
  /** Where value ended; looked at when the hops have their numbers. */
  readonly arrivals: readonly Arrival[];
  readonly decoys: (assets: ReadonlySet<AssetId>) => Decoy[];
  readonly asset: (id: AssetId) => Asset | null;
}

/** The findings as a trace, in fixed orders, with the law of conservation checked. */
export function traceOf(findings: Findings): Trace {
  const { question, coverage, hops } = findings;
  for (const [id, hop] of hops.entries()) hop.id = id;
  const stops = stopsOf(findings.arrivals);
  const balances = balancesOf(findings, stops);
  const assets = new Set(balances.map((balance) => balance.asset));
  const decoys = findings.decoys(assets);
  const named = new Set([...assets, ...decoys.map((decoy) => decoy.asset)]);
  return {
    chain: coverage.chain,
    lead: [...findings.lead],
    method: question.method,
    question,
    asOf: { height: coverage.tip.height, hash: coverage.tip.hash, time: coverage.tip.time },
    hops: [...hops],
    stops,
    gaps: gapsOf([...startGap(coverage), ...cutGaps(findings.cut), ...findings.gaps]),
    decoys,
    balances,
    assets: [...named].sort().flatMap((id) => findings.asset(id) ?? []),
  };
}

function startGap({ from }: Coverage): Gap[] {
  return from > 0 ? [{ kind: 'ledger-starts-late', address: null, txid: null, number: from }] : [];
}

function cutGaps(cut: Cut | null): Gap[] {
  return (cut?.bounds ?? []).map((number) => ({ kind: 'bound-reached', address: null, txid: null, number }));
}

/** One stop for each kind, address and asset; ordered by kind as the contract lists them, then asset, then address. */
function stopsOf(arrivals: readonly Arrival[]): Stop[] {
  const joined = new Map<string, Stop & { hopSet: Set<number> }>();
  for (const { kind, address, asset, units, tag, hop, since } of arrivals) {
    const key = `${kind} ${address} ${asset}`;
    let stop = joined.get(key);
    if (stop === undefined) {
      stop = { kind, address, asset, units: 0n, tag, hops: [], since, hopSet: new Set() };
      joined.set(key, stop);
    }
    stop.units += units;
    if (since < stop.since) stop.since = since;
    stop.hopSet.add(hop.id);
  }
  return [...joined.values()]
    .map(({ hopSet, ...stop }) => ({ ...stop, hops: [...hopSet].sort((a, b) => a - b) }))
    .sort(
      (a, b) =>
        stopKinds.indexOf(a.kind) - stopKinds.indexOf(b.kind) ||
        compareText(a.asset, b.asset) ||
        compareText(a.address ?? '', b.address ?? ''),
    );
}

/** Every gap once; ordered by kind as the contract lists them, then address, transaction and number. */
function gapsOf(gaps: readonly Gap[]): Gap[] {
  const once = new Map<string, Gap>();
  for (const gap of gaps) once.set(`${gap.kind} ${gap.address} ${gap.txid} ${gap.number}`, gap);
  return [...once.values()].sort(
    (a, b) =>
      gapKinds.indexOf(a.kind) - gapKinds.indexOf(b.kind) ||
      compareText(a.address ?? '', b.address ?? '') ||
      compareText(a.txid ?? '', b.txid ?? '') ||
      (a.number ?? 0) - (b.number ?? 0),
  );
}

/** By asset. Unless the method multiplies value, every unit that a lead took or a swap brought stands in a stop or was swapped away, or the run is wrong. */
function balancesOf({ question, taken, swapped }: Findings, stops: readonly Stop[]): Balance[] {
  const conserved = question.method !== 'poison';
  const balances = new Map<AssetId, Balance>();
  const of = (asset: AssetId): Balance => {
    const known = balances.get(asset);
    if (known !== undefined) return known;
    const made: Balance = { asset, lead: 0n, swappedIn: 0n, swappedOut: 0n, stops: {} };
    balances.set(asset, made);
    return made;
  };
  for (const { asset, units } of taken) of(asset).lead += units;
  for (const { asset, into, out } of swapped) {
    of(asset).swappedIn += into;
    of(asset).swappedOut += out;
  }
  for (const { kind, asset, units } of stops) {
    const balance = of(asset);
    balance.stops[kind] = (balance.stops[kind] ?? 0n) + units;
  }
  for (const { asset, lead, swappedIn, swappedOut, stops: ended } of balances.values()) {
    const standing = Object.values(ended).reduce((sum, units) => sum + units, 0n);
    invariant(!conserved || lead + swappedIn === swappedOut + standing, `value in equals value out for ${asset}`);
  }
  return [...balances.values()].sort((a, b) => compareText(a.asset, b.asset));
}
