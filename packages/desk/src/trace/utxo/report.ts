import { type Address, gapKinds, type Instant, stopKinds, type TxId } from '@gongjo/contract';
import { invariant } from '../../kernel/index.ts';
import type { TxNumber } from '../../ledger/index.ts';
import type { Gap, Hop, Stop, Trace } from '../model.ts';
import { compareText } from '../tags.ts';
import { finalEndOf } from './ends.ts';
import type { Facts } from './facts.ts';
import { hopsOf } from './hops.ts';
import type { End } from './model.ts';
import { unitsOf } from './part.ts';
import type { Run } from './run.ts';
import type { Step } from './step.ts';

/**
 * Stops by kind and address, each growing while the trace is read through once. What stands in outputs is never joined with what stands
 * in none, such as fees: neither may have an address.
 */
class Stops {
  readonly #facts: Facts;
  readonly #byKind = new Map<Stop['kind'], Map<string, Stop & { hopSet: Set<Hop> }>>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  add(
    end: End,
    address: Address | null,
    units: bigint,
    since: Instant,
    hops: readonly Hop[],
    holding: Holding | null,
  ): void {
    let stops = this.#byKind.get(end.kind);
    if (stops === undefined) {
      stops = new Map();
      this.#byKind.set(end.kind, stops);
    }
    const place = holding === null ? 'nowhere' : `at ${address ?? ''}`;
    let stop = stops.get(place);
    if (stop === undefined) {
      const asset = this.#facts.rules.coin.id;
      const { kind, tag } = end;
      stop = { kind, address, asset, units: 0n, tag, hops: [], since, hopSet: new Set(), holdings: [] };
      stops.set(place, stop);
    }
    stop.units += units;
    if (since < stop.since) stop.since = since;
    for (const hop of hops) stop.hopSet.add(hop);
    if (holding !== null) stop.holdings?.push({ ...holding, units });
  }

  /** By kind as the contract lists them, then by address; what stands in no output comes last. */
  finish(): Stop[] {
    return stopKinds.flatMap((kind) =>
      [...(this.#byKind.get(kind)?.values() ?? [])]
        .sort((a, b) => compareText(a.address ?? '', b.address ?? '') || heldBy(b) - heldBy(a))
        .map(({ hopSet, ...stop }) => ({ ...stop, hops: [...hopSet].map((hop) => hop.id).sort((a, b) => a - b) })),
    );
  }
}

const heldBy = ({ holdings = [] }: Stop): number => Math.min(1, holdings.length);

interface Holding {
  readonly txid: TxId;
  readonly ord: number;
}

/** Transactions whose outputs the report names and that are not known. */
export function unnamed(run: Run, facts: Facts): TxNumber[] {
  if (facts.forward) return [];
  const numbers = new Set<TxNumber>();
  for (const step of run.steps()) {
    step.passed.forEach((part, slot) => {
      if (part === undefined || part.length === 0) return;
      const route = step.routes[slot];
      const of = step.tx?.inputs[slot]?.of ?? null;
      if (of === null || (route !== undefined && 'step' in route && route.step.tx !== null)) return;
      if (facts.step(of.tx).tx === null) numbers.add(of.tx);
    });
  }
  return [...numbers].sort((a, b) => a - b);
}

/** What a finished run says, in the order of the trace, with the law of conservation checked. */
export function report(run: Run, facts: Facts, lead: readonly TxId[], truncated: readonly Address[]): Trace {
  const { question, rules, coverage } = facts;
  const hops: Hop[] = [];
  const gaps: Gap[] = truncated.map((address) => gap('history-truncated', { address }));
  const stops = new Stops(facts);
  let taken = 0n;
  for (const step of run.steps()) {
    const made = hopsOf(facts, step);
    taken += made.lead;
    for (const hop of made.hops) {
      hop.id = hops.length;
      hops.push(hop);
    }
    if (step.sides?.unknown === true && made.hops.length > 0) {
      gaps.push(gap('inputs-unknown', { txid: step.tx?.txid ?? null }));
    }
    step.passed.forEach((part, slot) => {
      if (part === undefined || part.length === 0) return;
      const end = finalEndOf(facts, step, slot, part, run.cut);
      if (end === null) return;
      const { address, since, holding } = placeOf(facts, step, slot);
      stops.add(end, address, unitsOf(part), since, made.bySlot[slot] ?? [], holding);
    });
    if (!facts.forward && step.blocked !== null) taken += stopLeads(step, stops);
  }
  for (const number of new Set(run.boundsReached())) gaps.push(gap('bound-reached', { number }));
  if (coverage.from > 0) gaps.push(gap('ledger-starts-late', { number: coverage.from }));
  const found = stops.finish();
  const ended: Partial<Record<Stop['kind'], bigint>> = {};
  let standing = 0n;
  for (const { kind, units } of found) {
    ended[kind] = (ended[kind] ?? 0n) + units;
    standing += units;
  }
  invariant(question.method === 'poison' || taken === standing, 'value in equals value out');
  return {
    chain: question.chain,
    lead: [...lead],
    method: question.method,
    question,
    asOf: { height: coverage.tip.height, hash: coverage.tip.hash, time: coverage.tip.time },
    hops,
    stops: found,
    gaps: gaps.sort(compareGaps),
    decoys: [],
    balances: [{ asset: rules.coin.id, lead: taken, swappedIn: 0n, swappedOut: 0n, stops: ended }],
    assets: [rules.coin],
  };
}

/** Backwards, a lead that came out of a CoinJoin or a payout ends where it starts. Returns how much that is. */
function stopLeads({ tx, leads, parts, blocked }: Step, stops: Stops): bigint {
  invariant(tx !== null && blocked !== null, 'only a known transaction can be blocked');
  let units = 0n;
  for (const slot of leads?.keys() ?? []) {
    const output = tx.outputs[slot];
    // What later transactions of the trace drew from it stands in stops of its own.
    const rest = (output?.units ?? 0n) - unitsOf(parts[slot]);
    if (output === undefined || rest === 0n) continue;
    stops.add({ kind: blocked, tag: null }, output.address, rest, tx.time, [], { txid: tx.txid, ord: slot });
    units += rest;
  }
  return units;
}

interface Place {
  readonly address: Address | null;
  readonly since: Instant;
  readonly holding: Holding | null;
}

/** Whose the value of a slot is, and in which output it stands: fees, new coins and unknown inputs stand in none. */
function placeOf(facts: Facts, { tx }: Step, slot: number): Place {
  invariant(tx !== null, 'only a known transaction was executed');
  const nowhere: Place = { address: null, since: tx.time, holding: null };
  if (facts.forward) {
    const output = tx.outputs[slot];
    return output === undefined
      ? nowhere
      : { ...nowhere, address: output.address, holding: { txid: tx.txid, ord: slot } };
  }
  const input = tx.coinbase ? undefined : tx.inputs[slot];
  if (input === undefined || input.of === null) return nowhere;
  const txid = facts.step(input.of.tx).tx?.txid;
  invariant(txid !== undefined, 'every transaction that the report names is known');
  return { ...nowhere, address: input.address, holding: { txid, ord: input.of.index } };
}

function gap(kind: Gap['kind'], about: Partial<Gap>): Gap {
  return { kind, address: null, txid: null, number: null, ...about };
}

function compareGaps(a: Gap, b: Gap): number {
  return (
    gapKinds.indexOf(a.kind) - gapKinds.indexOf(b.kind) ||
    compareText(a.address ?? '', b.address ?? '') ||
    compareText(a.txid ?? '', b.txid ?? '') ||
    (a.number ?? 0) - (b.number ?? 0)
  );
}
