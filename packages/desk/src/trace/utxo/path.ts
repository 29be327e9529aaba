import type { Address, BlockHash, ChainId, Instant, PathEnd, TxId } from '@gongjo/contract';
import { GongjoError, invariant } from '../../kernel/index.ts';
import type { AddressOutputs, TxNumber, UtxoTransaction } from '../../ledger/index.ts';
import { completeQuestion } from '../bounds.ts';
import type { Asked, Bounds, Gap } from '../model.ts';
import { compareText } from '../tags.ts';
import { Facts } from './facts.ts';
import type { UtxoAsk, UtxoRows, UtxoRules } from './model.ts';
import { askFor, askLeads } from './want.ts';

export interface UtxoPathQuestion {
  readonly chain: ChainId;
  readonly from: Address;
  readonly to: Address;
  /**
   * `hopsMax`: transactions of the path; `addressesMax`: transactions looked at; an address that received more outputs than
   * `movementsPerAddressMax`, or a transaction with more than `fanOutMax`, is not gone through.
   */
  readonly bounds?: Asked['bounds'];
}

/** One transaction of a path: what it spent and what it paid with that. */
export interface UtxoPathStep {
  readonly txid: TxId;
  readonly height: number;
  readonly time: Instant;
  readonly from: Address;
  readonly spends: { readonly txid: TxId; readonly ord: number; readonly units: bigint };
  readonly to: Address;
  readonly ord: number;
  readonly units: bigint;
}

export interface UtxoPath {
  readonly chain: ChainId;
  readonly from: Address;
  readonly to: Address;
  readonly asOf: { readonly height: number; readonly hash: BlockHash; readonly time: Instant };
  readonly bounds: Bounds;
  readonly ended: PathEnd;
  /** Null where there is none within the bounds. */
  readonly steps: readonly UtxoPathStep[] | null;
  readonly gaps: readonly Gap[];
}

/** Transactions reached from one end, level by level. */
interface Side {
  readonly reached: Map<TxNumber, Reached>;
  /** The last level, in the order of the search. */
  frontier: TxNumber[];
}

interface Reached {
  /** The transaction that it was reached from; null at the end itself. */
  readonly by: TxNumber | null;
  /** How many were reached before it. */
  readonly place: number;
}

/**
 * The shortest path of transactions from an output that `from` received to one that `to` received: the first transaction
 * spends what `from` held, each next one spends an output of the one before, the last one pays `to`. Of several with as many
 * transactions, the one whose first transaction is earlier in the chain, then whose second is, and so on.
 *
 * A path does not go through CoinJoins, payouts, hubs, or addresses that tags say to be services, mixers or bridges: what
 * comes out there has nothing to do with what went in. It shows a way that value can have taken, not that any did: use a
 * trace for that. Searches from both ends, the smaller side first, so it looks at about the square root of what a search
 * from one end would.
 *
 * Throws `lead-address-unseen` where one of the two received nothing.
 */
export function* pathUtxo(question: UtxoPathQuestion, rules: UtxoRules): Generator<UtxoAsk, UtxoPath, UtxoRows> {
  const { chain, from, to } = question;
  const complete = completeQuestion({ chain, leads: [{ address: from }], bounds: question.bounds });
  const search = new Search(new Facts(complete, rules), from, to);
  const found = yield* search.run();
  const { tip } = search.facts.coverage;
  return {
    chain,
    from,
    to,
    asOf: { height: tip.height, hash: tip.hash, time: tip.time },
    bounds: complete.bounds,
    ended: found === null ? search.ended : 'arrived',
    steps: found === null ? null : search.steps(found),
    gaps: search.gaps,
  };
}

class Search {
  readonly facts: Facts;
  readonly gaps: Gap[] = [];
  /** Why there is no path, where there is none. */
  ended: Exclude<PathEnd, 'arrived'> = 'exhausted';
  readonly #from: Address;
  readonly #to: Address;
  readonly #bounds: Bounds;
  readonly #forward: Side = { reached: new Map(), frontier: [] };
  readonly #backward: Side = { reached: new Map(), frontier: [] };

  constructor(facts: Facts, from: Address, to: Address) {
    this.facts = facts;
    this.#from = from;
    this.#to = to;
    this.#bounds = facts.question.bounds;
  }

  /** The numbers of the path's transactions; null where there is none. */
  *run(): Generator<UtxoAsk, TxNumber[] | null, UtxoRows> {
    const rows = yield askLeads([], new Set([this.#from, this.#to]), this.#bounds.movementsPerAddressMax);
    this.facts.begin(rows);
    if (this.facts.coverage.from > 0) this.#gap('ledger-starts-late', { number: this.facts.coverage.from });
    for (const tx of rows.transactions.values()) this.facts.know(tx);
    const spenders = this.#received(rows, this.#from).flatMap(({ spentBy }) => spentBy?.tx ?? []);
    const makers = this.#received(rows, this.#to).map(({ at }) => at.tx);
    const ends: [Side, TxNumber[]][] = [
      [this.#forward, spenders],
      [this.#backward, makers],
    ];
    for (const [side, numbers] of ends) {
      const level = new Map(ascending(numbers).map((number) => [number, null]));
      if (!(yield* this.#enter(side, level))) return this.#stop('width', this.#bounds.addressesMax);
    }

    for (let length = 1; ; length += 1) {
      const met = this.#met();
      if (met !== null) return met;
      const [one, other] = [this.#forward, this.#backward];
      if (one.frontier.length === 0 || other.frontier.length === 0) return null;
      if (length >= this.#bounds.hopsMax) return this.#stop('hops', this.#bounds.hopsMax);
      const side = one.frontier.length <= other.frontier.length ? one : other;
      const next = yield* this.#beyond(side);
      if (next === null || !(yield* this.#enter(side, next))) return this.#stop('width', this.#bounds.addressesMax);
    }
  }

  #received(rows: UtxoRows, address: Address): AddressOutputs['outputs'] {
    const received = rows.received.get(address);
    if (received === undefined || received.outputs.length === 0) {
      throw new GongjoError('lead-address-unseen', { address });
    }
    if (received.truncated) this.#gap('history-truncated', { address, number: this.#bounds.movementsPerAddressMax });
    return received.outputs.filter(({ units }) => units > 0n);
  }

  #gap(kind: Gap['kind'], about: Partial<Gap>): void {
    this.gaps.push({ kind, address: null, txid: null, number: null, ...about });
  }

  #stop(ended: Exclude<PathEnd, 'arrived'>, number: number): null {
    this.ended = ended;
    this.#gap('bound-reached', { number });
    return null;
  }

  #tx(number: TxNumber): UtxoTransaction {
    const { tx } = this.facts.step(number);
    invariant(tx !== null, 'only a known transaction is reached');
    return tx;
  }

  #isUnread(number: TxNumber): boolean {
    return this.facts.step(number).tx === null;
  }

  /** Reads these transactions and the places of these addresses. */
  *#read(transactions: readonly TxNumber[], addresses: readonly Address[]): Generator<UtxoAsk, void, UtxoRows> {
    for (;;) {
      const unread = transactions.filter((number) => this.#isUnread(number));
      const places = addresses.filter((address) => this.facts.place(address).end === undefined);
      if (unread.length + places.length === 0) return;
      const ask = askFor(ascending(unread), places.sort(compareText), this.#bounds.movementsPerAddressMax);
      this.facts.learn(ask, yield ask);
    }
  }

  /** Makes these the frontier, but for those that are not gone through. False where the bound leaves no room. */
  *#enter(side: Side, next: ReadonlyMap<TxNumber, TxNumber | null>): Generator<UtxoAsk, boolean, UtxoRows> {
    const looked = this.#forward.reached.size + this.#backward.reached.size + next.size;
    if (looked > this.#bounds.addressesMax) return false;
    yield* this.#read([...next.keys()], []);
    side.frontier = [...next.keys()].filter((number) => this.facts.step(number).blocked === null);
    for (const number of side.frontier) {
      side.reached.set(number, { by: next.get(number) ?? null, place: side.reached.size });
    }
    return true;
  }

  /**
   * The transactions next to a side's frontier, each with the one that it is reached from, in the order of the search; null
   * where there are more than the bound.
   */
  *#beyond(side: Side): Generator<UtxoAsk, Map<TxNumber, TxNumber> | null, UtxoRows> {
    const forward = side === this.#forward;
    const links: { readonly of: TxNumber; readonly to: TxNumber; readonly address: Address }[] = [];
    const addresses = new Set<Address>();
    const numbers = new Set<TxNumber>();
    for (const of of side.frontier) {
      const tx = this.#tx(of);
      const ends = forward
        ? tx.outputs.map(({ address, units, spentBy }) => ({ address, units, to: spentBy?.tx }))
        : tx.inputs.map(({ address, units, of: made }) => ({ address, units, to: made?.tx }));
      for (const { address, units, to } of ends) {
        if (address === null || to === undefined || units === 0n || side.reached.has(to)) continue;
        links.push({ of, to, address });
        addresses.add(address);
        numbers.add(to);
      }
      if (numbers.size > this.#bounds.addressesMax) return null;
    }
    yield* this.#read([...numbers], [...addresses]);
    const next = new Map<TxNumber, TxNumber>();
    // The frontier stands in the order of the search; of one transaction, the earlier ones first. Backwards what counts is
    // only the earliest transaction that a path goes on by.
    links.sort((a, b) => (forward ? 0 : a.of - b.of));
    for (const [, group] of Map.groupBy(links, ({ of }) => of)) {
      for (const { of, to, address } of group.sort((a, b) => a.to - b.to)) {
        if (!next.has(to) && this.facts.place(address).end === null) next.set(to, of);
      }
    }
    return next;
  }

  /** Where the two sides meet: of all shortest paths the first in the order of the search. */
  #met(): TxNumber[] | null {
    const [one, other] = [this.#forward, this.#backward];
    // Levels grow one at a time, so the sides meet in both their last levels, or not yet.
    const place = (number: TxNumber) => one.reached.get(number)?.place ?? Number.POSITIVE_INFINITY;
    const [middle] = other.frontier.filter((number) => one.reached.has(number)).sort((a, b) => place(a) - place(b));
    if (middle === undefined) return null;
    const back: TxNumber[] = [];
    for (let at: TxNumber | null = middle; at !== null; at = one.reached.get(at)?.by ?? null) back.push(at);
    const path = back.reverse();
    for (let at = other.reached.get(middle)?.by ?? null; at !== null; at = other.reached.get(at)?.by ?? null)
      path.push(at);
    return path;
  }

  steps(path: readonly TxNumber[]): UtxoPathStep[] {
    const steps: UtxoPathStep[] = [];
    let spends = this.#spentFirst(this.#tx(path[0] ?? -1));
    for (const [index, number] of path.entries()) {
      const { txid, height, time, outputs } = this.#tx(number);
      const next = path[index + 1];
      const ord = outputs.findIndex(({ address, units, spentBy }) =>
        next === undefined ? address === this.#to && units > 0n : spentBy?.tx === next && this.#passes(address, units),
      );
      const output = outputs[ord];
      invariant(output !== undefined && output.address !== null, 'a path hangs together');
      const { address: to, units } = output;
      const { address: from, ...spent } = spends;
      steps.push({ txid, height, time, from, spends: spent, to, ord, units });
      spends = { address: to, txid, ord, units };
    }
    return steps;
  }

  #spentFirst({ inputs }: UtxoTransaction): UtxoPathStep['spends'] & { address: Address } {
    for (const { of, address, units } of inputs) {
      if (of === null || address !== this.#from || units === null || units === 0n || this.#isUnread(of.tx)) continue;
      return { address, txid: this.#tx(of.tx).txid, ord: of.index, units };
    }
    throw new Error('invariant broken: a path begins with an output of its first address');
  }

  #passes(address: Address | null, units: bigint): boolean {
    return address !== null && units > 0n && this.facts.place(address).end === null;
  }
}

function ascending(numbers: readonly TxNumber[]): TxNumber[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
