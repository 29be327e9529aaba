import type { AssetId } from '@gongjo/contract';
import { comparePositions, invariant, type Position } from '../../kernel/index.ts';
import type { Movement } from '../../ledger/index.ts';
import { Due } from '../due.ts';
import { compareEntries } from '../facts.ts';
import type { Cut } from '../findings.ts';
import type { Question } from '../model.ts';
import type { Arrival } from '../step.ts';
import { Explainer } from './explain.ts';
import type { Holder } from './holder.ts';
import { type BackStep, type Node, Nodes } from './nodes.ts';
import type { Past } from './past.ts';
import { type Range, union } from './ranges.ts';

/**
 * Goes through the movements that traced value came by, from the latest to the earliest: when a movement's turn comes, all
 * that left its receiver later has drawn on it, so what it brought is settled. Where something is missing the others go on,
 * only to find out what else to ask for. With the answer, the movements that wanted it are executed again, and so is whatever
 * stands earlier and depends on them, as in a forward trace's `Run`.
 *
 * Bounds count in the same order: the run keeps the latest transactions that stay within them.
 */
export class BackwardRun {
  readonly #past: Past;
  readonly #question: Question;
  readonly #explainer: Explainer;
  readonly #nodes = new Nodes();
  readonly #due = new Due<Node>((a, b) => comparePositions(b.at, a.at));
  readonly #assets = new Set<AssetId>();
  #wanting: BackStep[] = [];
  #hops = 0;
  #reached = 0;
  #cut: Cut | null = null;

  constructor(past: Past, question: Question, leads: ReadonlyMap<Movement, readonly Range[]>) {
    this.#past = past;
    this.#question = question;
    this.#explainer = new Explainer(past, question, this.#nodes, (node) => this.#due.add(node));
    for (const [movement, ranges] of leads) {
      const node = this.#nodes.of(movement);
      node.lead = union(node.lead, ranges);
      this.#due.add(node);
    }
  }

  get cut(): Cut | null {
    return this.#cut;
  }

  /** Assets that traced value moved in. */
  get assets(): ReadonlySet<AssetId> {
    return this.#assets;
  }

  /** What happened, in chain order. */
  steps(): BackStep[] {
    const steps = [...this.#nodes.all()].flatMap(({ step }) => step ?? []);
    return steps.sort(
      (a, b) => comparePositions(a.node.movement, b.node.movement) || comparePositions(a.node.at, b.node.at),
    );
  }

  /** Steps that want answers, where they stand or where a bound cut the trace: it may not exceed the bound after all. */
  wanting(): BackStep[] {
    return this.#wanting.filter(
      (step) =>
        step.node.step === step ||
        (this.#cut !== null && compareEntries(step.node.movement, this.#cut.at) === 0 && step.node.step === null),
    );
  }

  /** Executes what is due and again what wanted answers. */
  execute(): void {
    for (const { node } of this.#wanting) this.#due.add(node);
    this.#wanting = [];
    for (let node = this.#due.take(); node !== null; node = this.#due.take()) {
      if (this.#cut === null || compareEntries(node.movement, this.#cut.at) > 0) this.#bring(node);
    }
    if (this.#exceeded().length > 0) this.#retreat();
    else if (this.#cut !== null) this.#advance(this.#cut);
  }

  /** What was drawn and not settled, because a bound had cut the trace. */
  rest(): Arrival[] {
    const left: Arrival[] = [];
    for (const { reached } of this.steps().reverse()) {
      for (const [asset, sources] of reached?.reached?.sources ?? []) {
        if (reached === null || sources.left === 0n) continue;
        // The whole stands with the first hop; the others are only named.
        for (const [index, hop] of sources.hops.entries()) {
          const units = index === 0 ? sources.left : 0n;
          left.push({ kind: 'limit', address: reached.address, asset, units, tag: null, hop, since: hop.time });
        }
      }
    }
    return left;
  }

  #exceeded(): number[] {
    const { hopsMax, addressesMax } = this.#question.bounds;
    return [...(this.#hops > hopsMax ? [hopsMax] : []), ...(this.#reached > addressesMax ? [addressesMax] : [])];
  }

  /** Undoes the earliest transactions until the bounds hold. */
  #retreat(): void {
    const earliest = Map.groupBy(
      this.steps().sort((a, b) => comparePositions(a.node.at, b.node.at)),
      ({ node }) => node.movement.txid,
    );
    for (const steps of earliest.values()) {
      const bounds = this.#exceeded();
      if (bounds.length === 0) return;
      for (const step of steps) {
        this.#undo(step);
        this.#cut = { at: step.node.movement, bounds };
      }
    }
  }

  /** Executes on from where the bounds had cut, as far as they allow now. */
  #advance({ at }: Cut): void {
    this.#cut = null;
    for (const node of this.#nodes.all()) if (compareEntries(node.movement, at) <= 0) this.#due.add(node);
    let done: Node[] = [];
    for (let node = this.#due.take(); node !== null; node = this.#due.take()) {
      const [last] = done;
      if (last !== undefined && compareEntries(last.movement, node.movement) !== 0) done = [];
      this.#bring(node);
      done.push(node);
      const next = this.#due.first;
      if (next !== null && compareEntries(next.movement, node.movement) === 0) continue;
      const bounds = this.#exceeded();
      if (bounds.length === 0) continue;
      for (const one of done.reverse()) if (one.step !== null) this.#undo(one.step);
      this.#cut = { at: node.movement, bounds };
      this.#due.clear();
    }
  }

  /** Undoes a movement's own step and every one executed after it that depends on its ends, and makes those due again. */
  #undoLater(node: Node): void {
    const { from, to } = node.movement;
    const ends = (node.exchange === null ? [from, to] : [from]).flatMap((end) =>
      end === null ? [] : [this.#past.holder(end)],
    );
    const found = new Set<BackStep>();
    const open: BackStep[] = [];
    /** Of each holder, how many of its steps are not found. */
    const staying = new Map<Holder, number>();
    const collect = (holder: Holder, from: Position) => {
      let stays = staying.get(holder) ?? holder.steps.length;
      for (let step = holder.steps[stays - 1]; step !== undefined; step = holder.steps[stays - 1]) {
        if (comparePositions(step.node.at, from) > 0) break;
        stays -= 1;
        if (found.has(step)) continue;
        found.add(step);
        open.push(step);
      }
      staying.set(holder, stays);
    };
    for (const holder of ends) collect(holder, node.at);
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      for (const holder of step.holders) collect(holder, step.node.at);
    }
    if (node.step !== null) found.add(node.step);
    for (const step of [...found].sort((a, b) => comparePositions(a.node.at, b.node.at))) {
      this.#undo(step);
      if (step.node !== node) this.#due.add(step.node);
    }
  }

  #undo(step: BackStep): void {
    for (const one of step.undo.reverse()) one();
    for (const holder of step.holders) invariant(holder.steps.pop() === step, 'steps are undone latest first');
    if (step.hop !== null) this.#hops -= 1;
    if (step.reached !== null) this.#reached -= 1;
    step.node.step = null;
  }

  #bring(node: Node): void {
    this.#undoLater(node);
    const step = this.#explainer.explain(node);
    if (step === null) return;
    node.step = step;
    if (step.hop !== null) {
      this.#hops += 1;
      this.#assets.add(step.hop.asset);
    }
    this.#assets.add(node.movement.asset);
    if (step.reached !== null) this.#reached += 1;
    if (step.wants !== null) this.#wanting.push(step);
  }
}
