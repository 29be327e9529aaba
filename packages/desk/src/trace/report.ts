import type { Address, AssetId, TxId } from '@gongjo/contract';
import { gapKinds, stopKinds } from '@gongjo/contract';
import { invariant } from '../kernel/index.ts';
import type { Coverage } from '../ledger/index.ts';
import type { Account } from './account.ts';
import { findDecoys } from './decoys.ts';
import { compareEntries, type Facts } from './facts.ts';
import type { Balance, Gap, Stop, Trace } from './model.ts';
import type { Cut, Run } from './run.ts';
import type { Arrival, Step } from './step.ts';
import { compareText } from './tags.ts';

/** What a finished run says, in fixed orders, with the law of conservation checked. */
export function report(run: Run, facts: Facts, lead: readonly TxId[], more: readonly Gap[]): Trace {
  const { coverage, question } = facts;
  const steps = run.steps();
  const hops = steps.flatMap((step) => step.hops);
  for (const [id, hop] of hops.entries()) hop.id = id;
  const reached = steps.flatMap((step) => step.reached);
  const stops = stopsOf([...steps.flatMap((step) => step.arrivals), ...restOf(reached, run.cut)]);
  const balances = balancesOf(steps, stops, question.method !== 'poison');
  const assets = new Set(balances.map((balance) => balance.asset));
  const decoys = findDecoys(facts, hops, reached, assets);
  const named = new Set([...assets, ...decoys.map((decoy) => decoy.asset)]);
  return {
    chain: coverage.chain,
    lead: [...lead],
    method: question.method,
    question,
    asOf: { height: coverage.tip.height, hash: coverage.tip.hash, time: coverage.tip.time },
    hops,
    stops,
    gaps: gapsOf([...more, ...startGap(coverage), ...cutGaps(run.cut), ...steps.flatMap((step) => step.gaps)]),
    decoys,
    balances,
    assets: [...named].sort().flatMap((id) => facts.asset(id) ?? []),
  };
}

/** What is left in the pools: unspent, unless its address moves the asset on after a bound had cut the trace. */
function restOf(reached: readonly Account[], cut: Cut | null): Arrival[] {
  const left: Arrival[] = [];
  for (const account of reached) {
    for (const [asset, pool] of account.pools) {
      if (pool.traced === 0n) continue;
      const kind = cut !== null && movesOn(account, asset, cut) ? 'limit' : 'unspent';
      for (const { units, source } of pool.remaining()) {
        if (source === 'clean') continue;
        invariant(source !== 'lead', 'every traced lot was brought by a hop');
        left.push({ kind, address: account.address, asset, units, tag: null, hop: source, since: source.time });
      }
    }
  }
  return left;
}

function movesOn({ address, reached }: Account, asset: AssetId, cut: Cut): boolean {
  const movements = reached?.known?.rows.movements ?? [];
  return movements.some(
    (movement) =>
      movement.asset === asset &&
      movement.from === address &&
      movement.to !== address &&
      movement.units > 0n &&
      compareEntries(movement, cut.at) >= 0,
  );
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
function balancesOf(steps: readonly Step[], stops: readonly Stop[], conserved: boolean): Balance[] {
  const balances = new Map<AssetId, Balance>();
  const of = (asset: AssetId): Balance => {
    const known = balances.get(asset);
    if (known !== undefined) return known;
    const made: Balance = { asset, lead: 0n, swappedIn: 0n, swappedOut: 0n, stops: {} };
    balances.set(asset, made);
    return made;
  };
  for (const { asset, units } of steps.flatMap((step) => step.taken)) of(asset).lead += units;
  for (const hop of steps.flatMap((step) => step.hops)) {
    if (hop.rule !== 'swap') continue;
    of(hop.asset).swappedOut += hop.units;
    for (const { asset, units } of hop.received) of(asset).swappedIn += units;
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

/** The addresses where traced value rests, once each and sorted: those to watch for its next movement. */
export function unspentAddresses(trace: Pick<Trace, 'stops'>): Address[] {
  const addresses = new Set<Address>();
  for (const { kind, address } of trace.stops) if (kind === 'unspent' && address !== null) addresses.add(address);
  return [...addresses].sort();
}
