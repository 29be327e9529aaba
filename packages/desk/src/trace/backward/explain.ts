import type { AssetId } from '@gongjo/contract';
import type { Movement } from '../../ledger/index.ts';
import { isFee } from '../facts.ts';
import type { Hop, Question } from '../model.ts';
import type { Arrival } from '../step.ts';
import { swapRole } from '../tags.ts';
import { type Exchange, exchangeIn } from './exchange.ts';
import type { Holder, ReachedBack } from './holder.ts';
import { type BackStep, type Node, type Nodes, touch, type Wants } from './nodes.ts';
import type { Past } from './past.ts';
import { type Range, subtract, union, unitsIn } from './ranges.ts';
import { type Settled, sourcesBy } from './sources.ts';

type End = Pick<Arrival, 'kind' | 'address' | 'tag'>;

const nothing: Settled = { ranges: [], plain: true, receipts: [], undo: () => undefined };

/** How value came to whoever held it, one movement or exchange at a time. */
export class Explainer {
  readonly #past: Past;
  readonly #question: Question;
  readonly #nodes: Nodes;
  readonly #schedule: (node: Node) => void;

  /** `schedule`: a node's turn has to come, again if it had come. */
  constructor(past: Past, question: Question, nodes: Nodes, schedule: (node: Node) => void) {
    this.#past = past;
    this.#question = question;
    this.#nodes = nodes;
    this.#schedule = schedule;
  }

  /** Null where nothing of it is traced. Its earlier execution and all that depends on it must have been undone. */
  explain(node: Node): BackStep | null {
    return node.exchange === null ? this.#movement(node) : this.#exchange(node, node.exchange);
  }

  #movement(node: Node): BackStep | null {
    const { movement, lead } = node;
    const { asset, to, txid } = movement;
    const receiver = to === null ? null : this.#past.holder(to);
    const there = receiver?.reached ?? null;
    const settled = there?.sources.get(asset)?.settle(movement) ?? nothing;
    for (const receipt of settled.receipts) this.#schedule(this.#nodes.of(receipt));
    const ranges = union(settled.ranges, lead);
    const units = unitsIn(ranges);
    if (units === 0n) return null;
    const step = startOf(node, ranges, settled.undo);
    if (receiver !== null && there !== null) touch(step, receiver);
    if (receiver !== null && settled.ranges.length > 0 && there?.history?.exchanges(txid, there.at)) {
      if (lead.length === 0 && this.#cross(step, receiver, units)) return step;
      step.gaps.push({ kind: 'complex-transaction', address: null, txid, number: null });
    }
    const fresh = units - unitsIn(settled.ranges);
    if (fresh > 0n) step.taken.push({ asset, units: fresh });
    const rule = lead.length > 0 ? 'lead' : isFee(movement) ? 'fee' : this.#question.method;
    const hop = hopOf(movement, rule, lead.length > 0 || settled.plain, { units });
    step.hop = hop;
    this.#origin(step, hop, units);
    return step;
  }

  /** Whether an exchange brought the value, or that cannot be known yet; then it came for what the address gave. */
  #cross(step: BackStep, receiver: Holder, units: bigint): boolean {
    const { movement } = step.node;
    const movements = this.#past.transaction(movement.txid);
    if (movements === null) {
      step.wants = { tags: [], history: null, transaction: true };
      return true;
    }
    const exchange = exchangeIn(movements, receiver.address);
    if (exchange === null) return false;
    const others = [...new Set([...exchange.counterparties, ...exchange.receivers])].map((it) => this.#past.holder(it));
    const untagged = others.filter(({ tags }) => tags === null);
    if (untagged.length > 0) {
      step.wants = { tags: untagged, history: null, transaction: false };
      return true;
    }
    if (others.some(({ tags }) => swapRole(tags ?? []) === 'stop')) return false;
    const node = this.#nodes.ofExchange(exchange);
    const before = node.wanted.get(movement.asset) ?? 0n;
    node.wanted.set(movement.asset, before + units);
    step.undo.push(() => node.wanted.set(movement.asset, before));
    this.#schedule(node);
    return true;
  }

  /**
   * What is traced of the assets that an exchange brought came for the same share of what the address gave, rounded up; of
   * several assets the largest share counts, because all were paid for at once. It is drawn from the first outflows, but for
   * what is traced of them already.
   */
  #exchange(node: Node, exchange: Exchange): BackStep | null {
    const holder = this.#past.holder(exchange.address);
    const wanted = [...node.wanted].filter(([, units]) => units > 0n);
    if (wanted.length === 0) return null;
    const step = startOf(node, [], () => undefined);
    touch(step, holder);
    const given = this.#paidFor(exchange, wanted);
    const counterparty =
      exchange.counterparties.find((it) => swapRole(this.#past.holder(it).tags ?? []) === 'dex') ??
      exchange.counterparties[0] ??
      null;
    const hop = hopOf(exchange.first, 'swap', false, {
      to: counterparty,
      units: given,
      movementUnits: exchange.givenUnits,
      received: [...exchange.taken].flatMap(([asset, all]) => {
        const units = node.wanted.get(asset) ?? 0n;
        return units > 0n ? [{ asset, units, movementUnits: all }] : [];
      }),
    });
    step.hop = hop;
    for (const [asset, units] of wanted) step.swapped.push({ asset, into: 0n, out: units });
    if (counterparty !== null && swapRole(this.#past.holder(counterparty).tags ?? []) !== 'dex') {
      step.gaps.push({ kind: 'swap-unverified', address: counterparty, txid: exchange.first.txid, number: null });
    }
    let rest = given;
    for (const outflow of exchange.outflows) {
      const part = outflow.units < rest ? outflow.units : rest;
      rest -= part;
      const { step: other } = this.#nodes.of(outflow);
      const ranges = subtract([{ from: 0n, to: part }], other !== null && other.hop !== null ? other.ranges : []);
      const units = unitsIn(ranges);
      if (units === 0n) continue;
      step.swapped.push({ asset: exchange.given, into: units, out: 0n });
      if (given < this.#question.bounds.unitsMin) {
        end(step, hop, { kind: 'small', address: holder.address, tag: null }, units);
      } else if (holder.reached?.kind === 'followed') this.#draw(step, hop, holder, holder.reached, outflow, ranges);
    }
    return step;
  }

  #paidFor({ taken, givenUnits }: Exchange, wanted: readonly (readonly [AssetId, bigint])[]): bigint {
    if (this.#question.method === 'poison') return givenUnits;
    let most = 0n;
    for (const [asset, units] of wanted) {
      const all = taken.get(asset) ?? units;
      const share = (givenUnits * units + all - 1n) / all;
      if (share > most) most = share;
    }
    return most;
  }

  /** Where what a movement brought came from. */
  #origin(step: BackStep, hop: Hop, units: bigint): void {
    const { movement } = step.node;
    const ended = this.#endOf(movement, units);
    if (ended !== null) end(step, hop, ended, units);
    if (ended !== null || movement.from === null) return;
    const sender = this.#past.holder(movement.from);
    touch(step, sender);
    const reached = sender.reached ?? this.#reach(step, sender);
    if (reached.kind === 'hub') end(step, hop, { kind: 'hub', address: sender.address, tag: null }, units);
    if (reached.kind === 'followed') this.#draw(step, hop, sender, reached, movement, step.ranges);
  }

  #draw(
    step: BackStep,
    hop: Hop,
    { address }: Holder,
    { history, sources }: ReachedBack,
    outflow: Movement,
    ranges: readonly Range[],
  ): void {
    if (history === null) return;
    let own = sources.get(outflow.asset);
    if (own === undefined) {
      own = sourcesBy(this.#question.method, history, outflow.asset, this.#past.coverage.from === 0);
      sources.set(outflow.asset, own);
    }
    const drawn = own.draw(outflow, ranges, hop);
    step.undo.push(drawn.undo);
    for (const receipt of drawn.receipts) this.#schedule(this.#nodes.of(receipt));
    if (drawn.unknown === 0n) return;
    end(step, hop, { kind: 'before-ledger', address, tag: null }, drawn.unknown);
    step.gaps.push({ kind: 'opening-balance-unknown', address, txid: null, number: null });
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
      const tags = sender.tags === null ? [sender] : [];
      step.wants = { tags, history: history === null ? sender : null, transaction: false } satisfies Wants;
    }
    const kind = missing ? 'waiting' : history.rows.truncated ? 'hub' : 'followed';
    const reached = { kind, at: step.node.movement, history, sources: new Map() } as const;
    sender.reached = reached;
    step.reached = sender;
    step.undo.push(() => {
      sender.reached = null;
    });
    return reached;
  }
}

function startOf(node: Node, ranges: readonly Range[], undo: () => void): BackStep {
  const lists = { arrivals: [], gaps: [], taken: [], swapped: [], holders: [] };
  return { node, hop: null, ranges, ...lists, reached: null, wants: null, undo: [undo] };
}

function end(step: BackStep, hop: Hop, { kind, address, tag }: End, units: bigint): void {
  step.arrivals.push({ kind, address, asset: hop.asset, units, tag, hop, since: hop.time });
}

type Said = Pick<Hop, 'units'> & Partial<Pick<Hop, 'to' | 'movementUnits' | 'received'>>;

function hopOf(movement: Movement, rule: Hop['rule'], isExact: boolean, said: Said): Hop {
  const { txid, height, time, ord, from, to, asset, units: movementUnits } = movement;
  const certainty = isExact ? 'exact' : 'heuristic';
  return { id: 0, rule, certainty, txid, height, time, ord, from, to, asset, movementUnits, received: [], ...said };
}
