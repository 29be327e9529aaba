import { comparePositions } from '../../kernel/index.ts';
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
  waiting: Holder | null;
  readonly undo: (() => void)[];
}

type End = Pick<Arrival, 'kind' | 'address' | 'tag'>;

const nothing: Settled = { ranges: [], plain: true, receipts: [], undo: () => undefined };

/**
 * Goes through the movements that traced value came by, from the latest to the earliest: when a movement's turn comes, all
 * that left its receiver later has drawn on it, so what it brought is settled. Where something is missing the others go on,
 * only to find out what else to ask for; with the answer everything from there on is undone and done again.
 *
 * Bounds count in the same order: the run keeps the latest movements that stay within them, by whole transactions.
 */
export class BackwardRun {
  readonly #past: Past;
  readonly #question: Question;
  readonly #nodes = new Map<string, Node>();
  readonly #due = new Due<Node>((a, b) => comparePositions(b.movement, a.movement));
  readonly #steps: BackStep[] = [];
  readonly #waiting = new Set<BackStep>();
  #reached = 0;
  #cut: Cut | null = null;
  /** What the transaction at the cut wants: it may not exceed the bound after all. */
  #wantedAtCut: BackStep[] = [];

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

  /** What happened, in chain order. */
  get steps(): readonly BackStep[] {
    return this.#steps.toReversed();
  }

  get waiting(): readonly BackStep[] {
    return [...this.#waiting, ...this.#wantedAtCut];
  }

  execute(): void {
    this.#rewindToWaiting();
    this.#cut = null;
    this.#wantedAtCut = [];
    for (let node = this.#due.take(); node !== null; node = this.#due.take()) {
      if (node.step !== null) continue;
      this.#bring(node);
      const bounds = this.#exceeded();
      if (bounds.length === 0) continue;
      this.#cutAt(node, bounds);
      return;
    }
  }

  /** What was drawn and not settled, because a bound had cut the trace. */
  rest(): Arrival[] {
    const left: Arrival[] = [];
    for (const { reached } of this.#steps) {
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

  /** Takes back everything from the latest step on that waits for an answer. */
  #rewindToWaiting(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    while (first.node.step !== null) this.#undoLast();
  }

  #undoLast(): void {
    const step = this.#steps.pop();
    if (step === undefined) return;
    for (const one of step.undo.reverse()) one();
    if (step.reached !== null) this.#reached -= 1;
    this.#waiting.delete(step);
    step.node.step = null;
    this.#due.add(step.node);
  }

  #exceeded(): number[] {
    const { hopsMax, addressesMax } = this.#question.bounds;
    return [
      ...(this.#steps.length > hopsMax ? [hopsMax] : []),
      ...(this.#reached > addressesMax ? [addressesMax] : []),
    ];
  }

  #cutAt({ movement }: Node, bounds: readonly number[]): void {
    for (let last = this.#steps.at(-1); last !== undefined; last = this.#steps.at(-1)) {
      if (compareEntries(last.node.movement, movement) !== 0) break;
      if (last.waiting !== null) this.#wantedAtCut.push(last);
      this.#undoLast();
    }
    this.#cut = { at: movement, bounds };
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

  #bring(node: Node): void {
    const { movement, lead } = node;
    const receiver = movement.to === null ? null : this.#past.holder(movement.to);
    const settled = receiver?.reached?.sources.get(movement.asset)?.settle(movement) ?? nothing;
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
      reached: null,
      waiting: null,
      undo: [settled.undo],
    };
    const there = receiver?.reached;
    if (settled.ranges.length > 0 && there?.history?.exchanges(movement.txid, there.at)) {
      step.gaps.push({ kind: 'complex-transaction', address: null, txid: movement.txid, number: null });
    }
    node.step = step;
    this.#steps.push(step);
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
      step.waiting = sender;
      this.#waiting.add(step);
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
