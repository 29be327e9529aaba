import type { Address } from '@gongjo/contract';
import { invariant } from '../../kernel/index.ts';
import type { Coverage, TxNumber, UtxoTransaction } from '../../ledger/index.ts';
import type { Question } from '../model.ts';
import { stopByTags } from '../tags.ts';
import { type Sides, sidesOf } from './lots.ts';
import type { End, UtxoAsk, UtxoRows, UtxoRules } from './model.ts';
import { Place, Step } from './step.ts';

const hub: End = { kind: 'hub', tag: null };

/** What the answers so far have told. It only grows, so a trace that asks for something new each time ends. */
export class Facts {
  readonly question: Question;
  readonly rules: UtxoRules;
  readonly forward: boolean;
  readonly follow: boolean;
  readonly #steps = new Map<TxNumber, Step>();
  readonly #places = new Map<Address, Place>();
  readonly #fees = new Map<number, readonly bigint[]>();
  readonly #waiting = new Set<Step>();
  #coverage: Coverage | null = null;

  constructor(question: Question, rules: UtxoRules) {
    this.question = question;
    this.rules = rules;
    this.forward = question.direction === 'forward';
    this.follow = question.fees === 'follow';
  }

  get coverage(): Coverage {
    invariant(this.#coverage !== null, 'coverage is known after the first answer');
    return this.#coverage;
  }

  get steps(): Iterable<Step> {
    return this.#steps.values();
  }

  step(number: TxNumber): Step {
    const known = this.#steps.get(number);
    if (known !== undefined) return known;
    const made = new Step(number, this.forward ? number : -number);
    this.#steps.set(number, made);
    return made;
  }

  place(address: Address): Place {
    const known = this.#places.get(address);
    if (known !== undefined) return known;
    const made = new Place(address);
    this.#places.set(address, made);
    return made;
  }

  hasFees(height: number): boolean {
    return this.#fees.has(height);
  }

  /** Heights of the coinbases that cannot be executed before the fees of their block are known. */
  heightsWaited(): number[] {
    return [...this.#waiting].flatMap((step) => step.tx?.height ?? []);
  }

  /** Every answer is as of the same block. */
  begin({ coverage }: UtxoRows): void {
    invariant(
      this.#coverage === null || this.#coverage.tip.hash === coverage.tip.hash,
      'every answer to one trace is as of the same block',
    );
    this.#coverage = coverage;
  }

  /** Takes in an answer. Returns the steps that can be executed since. */
  learn(ask: UtxoAsk, rows: UtxoRows): Step[] {
    this.begin(rows);
    let told = ask.tags.length;
    const ready: Step[] = [];
    for (const address of ask.tags) {
      const used = rows.usage.get(address) ?? 0;
      const tags = rows.tags.get(address);
      const place = this.place(address);
      place.used = used;
      place.end = (tags && stopByTags(tags)) ?? (used > ask.usageMax ? hub : null);
    }
    for (const height of ask.fees) {
      const fees = rows.fees.get(height);
      if (fees === undefined) continue;
      told += 1;
      this.#fees.set(height, fees);
    }
    for (const number of ask.transactions) {
      const tx = rows.transactions.get(number);
      if (tx === undefined) continue;
      told += 1;
      this.know(tx);
    }
    invariant(told > 0, 'an answer tells something of what was asked');
    for (const number of ask.transactions) {
      const step = this.step(number);
      if (step.sides !== null) ready.push(step);
    }
    if (ask.fees.length > 0) {
      for (const step of this.#waiting) {
        if (!this.#prepare(step)) continue;
        this.#waiting.delete(step);
        ready.push(step);
      }
    }
    return ready;
  }

  /** From here on the answers are as of a later block. */
  advance(coverage: Coverage): void {
    this.#coverage = coverage;
  }

  /** Whether an output of this transaction may carry value on. */
  knows(number: TxNumber): boolean {
    return (this.#steps.get(number)?.sides ?? null) !== null;
  }

  /** Whether it matters how many outputs pay an address. */
  counts(address: Address): boolean {
    return this.#places.get(address)?.end === null;
  }

  /** Counts one more output that pays an address. True where that makes it a hub at which value did not end before. */
  uses(address: Address): boolean {
    const place = this.#places.get(address);
    if (place === undefined || place.end !== null) return false;
    place.used += 1;
    return place.used > this.question.bounds.movementsPerAddressMax;
  }

  /** Takes in that a transaction spends outputs of known ones. Returns those of which value may go on now. */
  spends(tx: UtxoTransaction): Set<Step> {
    const spent = new Map<Step, { readonly index: number; readonly input: number }[]>();
    for (const [input, { of }] of tx.inputs.entries()) {
      const step = of === null ? undefined : this.#steps.get(of.tx);
      if (of === null || step === undefined || step.sides === null) continue;
      const one = { index: of.index, input };
      const known = spent.get(step);
      if (known === undefined) spent.set(step, [one]);
      else known.push(one);
    }
    for (const [step, all] of spent) {
      if (step.tx === null) continue;
      const outputs = [...step.tx.outputs];
      for (const { index, input } of all) {
        const output = outputs[index];
        if (output === undefined) continue;
        outputs[index] = { ...output, spentBy: { tx: tx.number, input } };
        step.routes[index] = undefined;
      }
      step.tx = { ...step.tx, outputs };
    }
    return new Set(spent.keys());
  }

  know(tx: UtxoTransaction): Step {
    const step = this.step(tx.number);
    if (step.tx !== null) return step;
    step.tx = tx;
    const { fanOutMax } = this.question.bounds;
    if (tx.outputs.length > fanOutMax) step.blocked = 'hub';
    else if (!tx.coinbase && this.rules.coinJoin(tx)) step.blocked = 'coinjoin';
    if (!this.#prepare(step)) this.#waiting.add(step);
    return step;
  }

  /** Lays out the lines of a transaction, where all is known that this takes. */
  #prepare(step: Step): boolean {
    const { tx } = step;
    if (tx === null) return false;
    if (!tx.coinbase || !this.follow) {
      this.#layOut(step, sidesOf(tx, null));
      return true;
    }
    const fees = this.#fees.get(tx.height);
    if (fees === undefined) return false;
    this.#layOut(step, sidesOf(tx, fees));
    // It collects what the later transactions of its block pay, so it stands behind the last of them.
    const rank = tx.number + Math.max(fees.length, 1) - 0.5;
    step.rank = this.forward ? rank : -rank;
    return true;
  }

  #layOut(step: Step, sides: Sides): void {
    step.sides = sides;
    step.routes = new Array((this.forward ? sides.outputs : sides.inputs).sizes.length);
  }
}
