import type { AssetId } from '@gongjo/contract';
import { comparePositions, invariant } from '../../kernel/index.ts';
import type { Movement } from '../../ledger/index.ts';
import { Due } from '../due.ts';
import { compareEntries, isFee } from '../facts.ts';
import type { Cut } from '../findings.ts';
import type { Gap, Hop, Question } from '../model.ts';
import type { Arrival, Taken } from '../step.ts';
import { placeOf } from './history.ts';
import type { Holder, ReachedBack } from './holder.ts';
import type { Past } from './past.ts';
import { type Range, union, unitsIn } from './ranges.ts';
import { type Settled, sourcesBy } from './sources.ts';

/** A movement that may have brought traced value to where it left from. */
export interface Node {
  readonly movement: Movement;
  /** The units that a lead names. */
  lead: readonly Range[];
  step: BackStep | null;
  due: boolean;
}

/** What one movement brought, and how to take back what it changed. */
export interface BackStep {
  readonly node: Node;
  readonly hop: Hop;
  readonly arrivals: Arrival[];
  readonly gaps: Gap[];
  readonly taken: Taken | null;
  /** Its sender, where traced value left it here for the last time and it is followed. */
  reached: Holder | null;
  /** Its sender, where tags or rows of it must be asked for. */
  wants: Holder | null;
  /** Whose state it read or changed; a holder's steps must be undone latest first. */
  readonly holders: Holder[];
  readonly undo: (() => void)[];
}

type End = Pick<Arrival, 'kind' | 'address' | 'tag'>;

const nothing: Settled = { ranges: [], plain: true, receipts: [], undo: () => undefined };

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
  readonly #nodes = new Map<string, Node>();
  readonly #due = new Due<Node>((a, b) => comparePositions(b.movement, a.movement));
  readonly #assets = new Set<AssetId>();
  #wanting: BackStep[] = [];
  #hops = 0;
  #reached = 0;
  #cut: Cut | null = null;

  constructor(past: Past, question: Question, leads: ReadonlyMap<Movement, readonly Range[]>) {
    this.#past = past;
    this.#question = question;
    for (const [movement, ranges] of leads) {
      const node = this.#node(movement);
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
    const steps = [...this.#nodes.values()].flatMap(({ step }) => step ?? []);
    return steps.sort((a, b) => comparePositions(a.node.movement, b.node.movement));
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

  #node(movement: Movement): Node {
    const place = placeOf(movement);
    let node = this.#nodes.get(place);
    if (node === undefined) {
      node = { movement, lead: [], step: null, due: false };
      this.#nodes.set(place, node);
    }
    return node;
  }

  #exceeded(): number[] {
    const { hopsMax, addressesMax } = this.#question.bounds;
    return [...(this.#hops > hopsMax ? [hopsMax] : []), ...(this.#reached > addressesMax ? [addressesMax] : [])];
  }

  /** Undoes the earliest transactions until the bounds hold. */
  #retreat(): void {
    const earliest = Map.groupBy(this.steps(), ({ hop }) => hop.txid);
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
    for (const node of this.#nodes.values()) if (compareEntries(node.movement, at) <= 0) this.#due.add(node);
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
    const { movement } = node;
    const ends = [movement.from, movement.to].flatMap((end) => (end === null ? [] : [this.#past.holder(end)]));
    const found = new Set<BackStep>();
    const open: BackStep[] = [];
    /** Of each holder, how many of its steps are not found. */
    const staying = new Map<Holder, number>();
    const collect = (holder: Holder, from: Movement) => {
      let stays = staying.get(holder) ?? holder.steps.length;
      for (let step = holder.steps[stays - 1]; step !== undefined; step = holder.steps[stays - 1]) {
        if (comparePositions(step.node.movement, from) > 0) break;
        stays -= 1;
        if (found.has(step)) continue;
        found.add(step);
        open.push(step);
      }
      staying.set(holder, stays);
    };
    for (const holder of ends) collect(holder, movement);
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      for (const holder of step.holders) collect(holder, step.node.movement);
    }
    if (node.step !== null) found.add(node.step);
    for (const step of [...found].sort((a, b) => comparePositions(a.node.movement, b.node.movement))) {
      this.#undo(step);
      if (step.node !== node) this.#due.add(step.node);
    }
  }

  #undo(step: BackStep): void {
    for (const one of step.undo.reverse()) one();
    for (const holder of step.holders) invariant(holder.steps.pop() === step, 'steps are undone latest first');
    this.#hops -= 1;
    if (step.reached !== null) this.#reached -= 1;
    step.node.step = null;
  }

  #bring(node: Node): void {
    this.#undoLater(node);
    const { movement, lead } = node;
    const receiver = movement.to === null ? null : this.#past.holder(movement.to);
    const there = receiver?.reached ?? null;
    const settled = there?.sources.get(movement.asset)?.settle(movement) ?? nothing;
    for (const receipt of settled.receipts) this.#due.add(this.#node(receipt));
    const ranges = union(settled.ranges, lead);
    const units = unitsIn(ranges);
    if (units === 0n) return;
    const fresh = units - unitsIn(settled.ranges);
    const step: BackStep = {
      node,
      hop: hopOf(movement, units, this.#ruleOf(movement, lead), lead.length > 0 || settled.plain),
      arrivals: [],
      gaps: [],
      taken: fresh > 0n ? { asset: movement.asset, units: fresh } : null,
      holders: [],
      reached: null,
      wants: null,
      undo: [settled.undo],
    };
    node.step = step;
    this.#hops += 1;
    this.#assets.add(movement.asset);
    if (receiver !== null && there !== null) touch(step, receiver);
    if (settled.ranges.length > 0 && there?.history?.exchanges(movement.txid, there.at)) {
      step.gaps.push({ kind: 'complex-transaction', address: null, txid: movement.txid, number: null });
    }
    this.#explain(step, ranges, units);
  }

  #ruleOf(movement: Movement, lead: readonly Range[]): Hop['rule'] {
    if (lead.length > 0) return 'lead';
    return isFee(movement) ? 'fee' : this.#question.method;
  }

  /** Where what a movement brought came from. */
  #explain(step: BackStep, ranges: readonly Range[], units: bigint): void {
    const { hop, node } = step;
    const { movement } = node;
    const { asset } = movement;
    const end = ({ kind, address, tag }: End, part: bigint) =>
      step.arrivals.push({ kind, address, asset, units: part, tag, hop, since: hop.time });
    const ended = this.#endOf(movement, units);
    if (ended !== null || movement.from === null) {
      if (ended !== null) end(ended, units);
      return;
    }
    const sender = this.#past.holder(movement.from);
    touch(step, sender);
    const { kind, history, sources } = sender.reached ?? this.#reach(step, sender);
    if (kind === 'hub') end({ kind, address: sender.address, tag: null }, units);
    if (kind !== 'followed' || history === null) return;
    let own = sources.get(movement.asset);
    if (own === undefined) {
      own = sourcesBy(this.#question.method, history, movement.asset, this.#past.coverage.from === 0);
      sources.set(movement.asset, own);
    }
    const drawn = own.draw(movement, ranges, step.hop);
    step.undo.push(drawn.undo);
    for (const receipt of drawn.receipts) this.#due.add(this.#node(receipt));
    if (drawn.unknown > 0n) {
      end({ kind: 'before-ledger', address: sender.address, tag: null }, drawn.unknown);
      step.gaps.push({ kind: 'opening-balance-unknown', address: sender.address, txid: null, number: null });
    }
  }

  /** Why a movement is not followed to what its sender had; the tags of a sender that is followed are known to stop nothing. */
  #endOf(movement: Movement, units: bigint): End | null {
    const { from } = movement;
    const { fees, bounds } = this.#question;
    if (from === null) return { kind: 'mined', address: null, tag: null };
    if (isFee(movement) && fees === 'drop') return { kind: 'fee', address: null, tag: null };
    if (units < bounds.unitsMin) return { kind: 'small', address: from, tag: null };
    const { stop } = this.#past.holder(from);
    return stop === null ? null : { kind: stop.kind, address: from, tag: stop.tag };
  }

  /** Traced value left an address here, and not later. */
  #reach(step: BackStep, sender: Holder): ReachedBack {
    const history = sender.historyTo(step.node.movement);
    const missing = sender.tags === null || history === null;
    if (missing) {
      step.wants = sender;
      this.#wanting.push(step);
    }
    const kind = missing ? 'waiting' : history.rows.truncated ? 'hub' : 'followed';
    const reached = { kind, at: step.node.movement, history, sources: new Map() } as const;
    sender.reached = reached;
    step.reached = sender;
    this.#reached += 1;
    step.undo.push(() => {
      sender.reached = null;
    });
    return reached;
  }
}

function touch(step: BackStep, holder: Holder): void {
  if (holder.steps.at(-1) === step) return;
  holder.steps.push(step);
  step.holders.push(holder);
}

function hopOf(movement: Movement, units: bigint, rule: Hop['rule'], isExact: boolean): Hop {
  const { txid, height, time, ord, from, to, asset } = movement;
  const certainty = isExact ? 'exact' : 'heuristic';
  return {
    id: 0,
    rule,
    certainty,
    txid,
    height,
    time,
    ord,
    from,
    to,
    asset,
    units,
    movementUnits: movement.units,
    received: [],
  };
}
