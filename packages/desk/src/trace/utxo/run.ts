import type { TraceMethod } from '@gongjo/contract';
import { invariant } from '../../kernel/index.ts';
import { isEnd, isSmall, routeOf } from './ends.ts';
import type { Facts } from './facts.ts';
import { Heap } from './heap.ts';
import type { Lots } from './lots.ts';
import type { UtxoAsk } from './model.ts';
import { type Part, type Parts, samePart, whole } from './part.ts';
import { type Passed, pass } from './pass.ts';
import { type Onward, Place, type Step } from './step.ts';
import { Want } from './want.ts';

const nothing: Passed = { parts: [], pairs: 0, pieces: 0 };

/**
 * With FIFO and LIFO a holding may consist of many pieces, if traced and other value were mixed again and again, and each
 * hop moves them all. At some hundred bytes a piece, so many still fit beside everything else that a desk does; a bound like
 * those of the question, and not one of them because no honest chain comes near it.
 */
export const piecesMax = 1_000_000;

/** What of all that reached a step goes through it: nothing through a blocked one; backwards, leads in full. */
export function incoming(facts: Facts, step: Step): Parts {
  const { sides, leads } = step;
  invariant(sides !== null, 'only what is laid out is executed');
  if (step.blocked !== null) return [];
  if (facts.forward || (leads === null && step.feePart === undefined)) return step.parts;
  const parts = [...step.parts];
  if (step.feePart !== undefined) parts[sides.outputs.sizes.length - 1] = step.feePart;
  for (const slot of leads?.keys() ?? []) parts[slot] = whole(sides.outputs.sizes[slot] ?? 0n);
  return parts;
}

/** Pairs of an input and an output at which the trace starts, at most. */
function leadPairs(method: TraceMethod, inputs: Lots, leads: number): number {
  const givers = Math.max(1, inputs.sizes.filter((size) => size > 0n).length);
  return method === 'fifo' || method === 'lifo' ? givers + leads - 1 : givers * leads;
}

/**
 * Executes transactions in the order of the trace: the chain's forwards, its reverse backwards, with coinbases behind the
 * transactions whose fees they collect. What a transaction does is a function of what reached it, so when an answer brings
 * more, it is executed again and what changed flows on; at the end everything is as if executed once, in that order, over
 * the whole ledger.
 *
 * Bounds count in that order too: the run keeps the longest beginning that stays within them and is cut at the first
 * transaction that does not.
 */
export class Run {
  readonly #facts: Facts;
  readonly #heap = new Heap();
  readonly #want: Want;
  #steps: Step[] = [];
  /** Steps that stand in the trace and that more has reached since; see `execute`. */
  readonly #later = new Set<Step>();
  #deferring = false;
  #transactions = 0;
  #pairs = 0;
  #pieces = 0;
  #cut = Number.POSITIVE_INFINITY;
  #cutAt: Step | null = null;
  /** Something that had counted against the bounds went away, so there may be room for more. */
  #shrunk = false;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#want = new Want(facts);
  }

  /** Pairs of an input and an output, which is hops at most. */
  get size(): number {
    return this.#pairs;
  }

  /** Rank of the first transaction that the bounds leave no room for. */
  get cut(): number {
    return this.#cut;
  }

  /** The bounds that it would have exceeded. */
  boundsReached(): number[] {
    return this.#cutAt === null ? [] : this.#exceeded(1, this.#passedBy(this.#cutAt));
  }

  /** The transactions of the trace in its order. */
  steps(): readonly Step[] {
    // Two ascending runs, what was there and what came since, which sorting takes in one go.
    this.#steps = this.#steps.filter((step) => {
      step.listed = step.counted;
      return step.counted;
    });
    return this.#steps.sort((a, b) => a.rank - b.rank);
  }

  /** Asks for a transaction where it is not known. */
  need(step: Step): void {
    if (step.tx === null) this.#want.transaction(step);
  }

  /**
   * Executes these steps and what depends on them; returns what to ask next. With `haircut`, where more value that reaches
   * a transaction changes all amounts behind it but hardly ever where they go, that waits until there is nothing to ask.
   */
  execute(steps: Iterable<Step>): UtxoAsk | null {
    this.#deferring = this.#facts.question.method === 'haircut';
    let due = steps;
    for (;;) {
      for (const step of due) this.#add(step);
      this.#drain();
      while (this.#shrunk && this.#cut !== Number.POSITIVE_INFINITY) this.#advance();
      const ask = this.#want.ask(this.#cut);
      if (ask !== null || this.#later.size === 0) return ask;
      due = [...this.#later];
      this.#later.clear();
      this.#deferring = false;
    }
  }

  /** Takes in an answer; returns what is to be executed since. */
  learn(...answer: Parameters<Facts['learn']>): Step[] {
    const ready = this.#facts.learn(...answer);
    return [...ready, ...this.#want.answered(answer[0])];
  }

  #add(step: Step): void {
    if (step.sides !== null) this.#heap.add(step);
  }

  #drain(): void {
    for (let step = this.#heap.take(); step !== null; step = this.#heap.take()) {
      if (step.rank < this.#cut) this.#execute(step);
    }
    if (this.#exceeded().length > 0) this.#retreat();
  }

  #execute(step: Step): void {
    const before = step.passed;
    if (step.changed) this.#pass(step);
    const { passed } = step;
    const slots = Math.max(before.length, passed.length);
    for (let slot = 0; slot < slots; slot += 1) {
      const part = passed[slot];
      if (part !== undefined || before[slot] !== undefined) this.#settle(step, slot, part);
    }
  }

  #pass(step: Step): void {
    const { parts, pairs, pieces } = this.#passedBy(step);
    step.changed = false;
    step.passed = parts;
    const counted = pairs > 0 || step.leads !== null;
    if (counted && !step.counted) this.#transactions += 1;
    if (step.counted) {
      this.#pairs -= step.pairs;
      this.#pieces -= step.pieces;
      if (!counted) this.#transactions -= 1;
      if (!counted || pairs < step.pairs || pieces < step.pieces) this.#shrunk = true;
    }
    if (counted) {
      this.#pairs += pairs;
      this.#pieces += pieces;
    }
    step.counted = counted;
    step.pairs = pairs;
    step.pieces = pieces;
    if (!counted || step.listed) return;
    step.listed = true;
    this.#steps.push(step);
  }

  #passedBy(step: Step): Passed {
    const { forward, question } = this.#facts;
    const { sides, leads } = step;
    invariant(sides !== null, 'only what is laid out is executed');
    const [from, to] = forward ? [sides.inputs, sides.outputs] : [sides.outputs, sides.inputs];
    const reached = incoming(this.#facts, step);
    const passed = reached.length === 0 ? nothing : pass(question.method, from, to, reached);
    if (!forward || leads === null) return passed;
    const parts = [...passed.parts];
    for (const slot of leads.keys()) parts[slot] = whole(to.sizes[slot] ?? 0n);
    return { ...passed, parts, pairs: passed.pairs + leadPairs(question.method, from, leads.size) };
  }

  /** Hands on what leaves by a slot now, or asks what it takes to know where to. */
  #settle(step: Step, slot: number, part: Part | undefined): void {
    const facts = this.#facts;
    const route = routeOf(facts, step, slot);
    if (route instanceof Place) {
      this.#want.place(route, step);
      // At once the transaction beyond it, because most addresses stop nothing.
      const beyond = facts.forward ? step.tx?.outputs[slot]?.spentBy : step.tx?.inputs[slot]?.of;
      if (beyond) this.need(facts.step(beyond.tx));
      return;
    }
    if (isEnd(route)) return;
    const followed = part !== undefined && !isSmall(facts, part);
    this.#give(route, followed ? part : undefined);
    if (route.step.tx !== null || !followed) return;
    this.need(route.step);
    if (route.step.collects && step.tx !== null) this.#want.fees(step.tx.height);
  }

  #give({ step, slot }: Onward, part: Part | undefined): void {
    const had = slot === -1 ? step.feePart : step.parts[slot];
    if (samePart(had, part)) return;
    if (slot === -1) step.feePart = part;
    else step.take(slot, part);
    if (step === this.#cutAt && (part === undefined || (had !== undefined && part.length < had.length)))
      this.#shrunk = true;
    step.changed = true;
    if (this.#deferring && step.counted) this.#later.add(step);
    else this.#add(step);
  }

  /** The bounds that so much more would exceed. */
  #exceeded(transactions = 0, { pairs, pieces } = nothing): number[] {
    const { hopsMax, addressesMax } = this.#facts.question.bounds;
    const exceeded: number[] = [];
    if (this.#pairs + pairs > hopsMax) exceeded.push(hopsMax);
    if (this.#transactions + transactions > addressesMax) exceeded.push(addressesMax);
    if (this.#pieces + pieces > piecesMax) exceeded.push(piecesMax);
    return exceeded;
  }

  /** Leaves out the last transactions until the bounds hold. */
  #retreat(): void {
    const steps = [...this.steps()];
    while (this.#exceeded().length > 0) {
      const last = steps.pop();
      invariant(last !== undefined, 'an empty trace exceeds no bound');
      last.counted = false;
      this.#transactions -= 1;
      this.#pairs -= last.pairs;
      this.#pieces -= last.pieces;
      this.#cut = last.rank;
      this.#cutAt = last;
    }
  }

  /** Executes again from the cut on, as far as the bounds allow now. */
  #advance(): void {
    const from = this.#cut;
    this.#shrunk = false;
    this.#cut = Number.POSITIVE_INFINITY;
    this.#cutAt = null;
    for (const step of this.#facts.steps) {
      if (step.rank < from || step.sides === null) continue;
      step.changed = true;
      this.#heap.add(step);
    }
    this.#drain();
  }
}
