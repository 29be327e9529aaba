import type { Address } from '@gongjo/contract';
import { invariant } from '../../kernel/index.ts';
import type { UtxoTransaction } from '../../ledger/index.ts';
import type { Hop } from '../model.ts';
import type { Facts } from './facts.ts';
import type { Lots, Sides } from './lots.ts';
import { type Part, type Parts, restOf, unitsOf } from './part.ts';
import { type Flow, flowsOf, pass } from './pass.ts';
import { incoming } from './run.ts';
import type { Step } from './step.ts';

/** The hops of one transaction, and by outgoing slot (outputs forwards, inputs backwards) those that its part came by. */
export interface StepHops {
  readonly hops: readonly Hop[];
  readonly bySlot: readonly (readonly Hop[] | undefined)[];
  /** Units at which the trace starts here: those of its leads that had not been traced already. */
  readonly lead: bigint;
}

/** Inputs joined by whom they are of: a hop leads from an address. */
interface Givers {
  /** By input slot. */
  readonly of: readonly number[];
  readonly addresses: readonly (Address | null)[];
  /** Of this group on, fees that a coinbase collects. */
  readonly fees: number;
}

/**
 * The hops of an executed transaction, ordered by output, those at which the trace starts first, then by the first input of
 * their address.
 */
export function hopsOf(facts: Facts, step: Step): StepHops {
  const { sides, tx } = step;
  invariant(sides !== null && tx !== null, 'only what is laid out was executed');
  const { method } = facts.question;
  const [from, to] = facts.forward ? [sides.inputs, sides.outputs] : [sides.outputs, sides.inputs];
  const parts = incoming(facts, step);
  // Of a lead, what was executed last is the lead and not what reached it through the inputs.
  const passed = step.leads === null ? step.passed : pass(method, from, to, parts).parts;
  const flows = flowsOf(method, from, to, parts, passed);
  const givers = giversOf(tx, sides);
  const draft = new Draft(facts, tx, sides, givers);
  const sure = !sides.unknown && hasNoChoice(facts, from, to, parts, givers);
  const lead = facts.forward ? leadOf(step, from, to, parts, passed, facts) : null;
  if (lead !== null) {
    const exact = !sides.unknown && flows.length === 0;
    for (const flow of lead.flows) draft.add(flow, 'lead', exact);
  }
  for (const flow of flows) draft.add(flow, null, sure);
  return {
    ...draft.finish(),
    lead: lead?.units ?? (step.blocked === null ? backwardLead(step, sides) : 0n),
  };
}

/** Forwards: what the leads of a transaction hold beyond what traced inputs brought them, and which inputs paid it. */
function leadOf(
  { leads, parts: reached }: Step,
  from: Lots,
  to: Lots,
  parts: Parts,
  passed: Parts,
  { question: { method } }: Facts,
): { flows: Flow[]; units: bigint } | null {
  if (leads === null) return null;
  const poisoned = method === 'poison' && parts.length > 0 && reached.some((part) => unitsOf(part) > 0n);
  if (poisoned && passed.length > 0) return { flows: [], units: 0n };
  const got: (Part | undefined)[] = [];
  let units = 0n;
  for (const slot of leads.keys()) {
    const rest = restOf(passed[slot], to.sizes[slot] ?? 0n);
    got[slot] = rest;
    units += unitsOf(rest);
  }
  const givers = from.sizes.map((size, slot) => restOf(parts[slot], size));
  const flows = flowsOf(method, from, to, givers, got).filter(({ to: slot }) => leads.has(slot));
  return { flows, units };
}

/** Backwards: what the leads of a transaction hold beyond what later transactions of the trace drew from them. */
function backwardLead({ leads, parts }: Step, { outputs }: Sides): bigint {
  let units = 0n;
  for (const slot of leads?.keys() ?? []) units += (outputs.sizes[slot] ?? 0n) - unitsOf(parts[slot]);
  return units;
}

const single: Pick<Givers, 'of' | 'fees'> = { of: [0], fees: 1 };

function giversOf(tx: UtxoTransaction, { inputs: { sizes } }: Sides): Givers {
  if (tx.coinbase) return { of: sizes.map((_, slot) => (slot === 0 ? 0 : 1)), addresses: [null, null], fees: 1 };
  if (sizes.length === 1) return { ...single, addresses: [tx.inputs[0]?.address ?? null] };
  const groups = new Map<Address | null, number>();
  const of: number[] = [];
  for (let slot = 0; slot < sizes.length; slot += 1) {
    const address = tx.inputs[slot]?.address ?? null;
    const group = groups.get(address) ?? groups.size;
    if (group === groups.size) groups.set(address, group);
    of.push(group);
  }
  return { of, addresses: [...groups.keys()], fees: groups.size };
}

/**
 * Every rule would say the same: all that could pass is traced; or, but for poison, it can pass only one way: forwards to
 * one lot, backwards to the inputs of one address.
 */
function hasNoChoice(facts: Facts, from: Lots, to: Lots, parts: Parts, { of }: Givers): boolean {
  if (from.sizes.every((size, slot) => unitsOf(parts[slot]) === size)) return true;
  if (facts.question.method === 'poison') return false;
  let way = -1;
  for (let slot = 0; slot < to.sizes.length; slot += 1) {
    if (to.sizes[slot] === 0n) continue;
    const another = facts.forward ? slot : (of[slot] ?? -1);
    if (way !== -1 && way !== another) return false;
    way = another;
  }
  return true;
}

/** As many hops are looked through one by one; a transaction with more gets an index. */
const hopsWithoutIndex = 8;

/** Joins the flows of one transaction to hops. */
class Draft {
  readonly #facts: Facts;
  readonly #tx: UtxoTransaction;
  readonly #sides: Sides;
  readonly #givers: Givers;
  readonly #hops: { readonly place: number; readonly hop: Hop }[] = [];
  #index: Map<number, Hop> | null = null;
  readonly #bySlot: (Hop[] | undefined)[] = [];

  constructor(facts: Facts, tx: UtxoTransaction, sides: Sides, givers: Givers) {
    this.#facts = facts;
    this.#tx = tx;
    this.#sides = sides;
    this.#givers = givers;
  }

  add(flow: Flow, rule: 'lead' | null, exact: boolean): void {
    const { forward, question } = this.#facts;
    const [input, output] = forward ? [flow.from, flow.to] : [flow.to, flow.from];
    const group = this.#givers.of[input] ?? 0;
    const place = (output * 2 + (rule === 'lead' ? 0 : 1)) * this.#givers.addresses.length + group;
    const whole = this.#sides.outputs.sizes[output] ?? 0n;
    const units = question.method === 'poison' ? whole : flow.units;
    let hop = this.#find(place);
    const isNew = hop === undefined;
    if (hop === undefined) {
      hop = this.#hop(output, group, rule, exact, units, whole);
      this.#hops.push({ place, hop });
      this.#index?.set(place, hop);
    } else if (question.method !== 'poison') hop.units += units;
    // A hop is of one output. Backwards it may be of many inputs, but no pair of lots has two flows.
    if (!isNew && forward) return;
    const slot = forward ? output : input;
    const hops = this.#bySlot[slot];
    if (hops === undefined) this.#bySlot[slot] = [hop];
    else hops.push(hop);
  }

  #find(place: number): Hop | undefined {
    if (this.#index !== null) return this.#index.get(place);
    if (this.#hops.length < hopsWithoutIndex) return this.#hops.find((one) => one.place === place)?.hop;
    this.#index = new Map(this.#hops.map((one) => [one.place, one.hop]));
    return this.#index.get(place);
  }

  #hop(output: number, group: number, rule: 'lead' | null, exact: boolean, units: bigint, whole: bigint): Hop {
    const { txid, height, time, outputs } = this.#tx;
    const { method } = this.#facts.question;
    const isFee = output === outputs.length || group >= this.#givers.fees;
    return {
      id: -1,
      rule: rule ?? (isFee ? 'fee' : method),
      certainty: exact ? 'exact' : 'heuristic',
      txid,
      height,
      time,
      ord: output,
      from: this.#givers.addresses[group] ?? null,
      to: outputs[output]?.address ?? null,
      asset: this.#facts.rules.coin.id,
      units,
      movementUnits: whole,
      received: [],
    };
  }

  finish(): Pick<StepHops, 'hops' | 'bySlot'> {
    if (this.#hops.length > 1) this.#hops.sort((a, b) => a.place - b.place);
    return { hops: this.#hops.map(({ hop }) => hop), bySlot: this.#bySlot };
  }
}
