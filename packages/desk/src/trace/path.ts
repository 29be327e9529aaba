import type { Address, AssetId, BlockHash, ChainId, Instant, PathEnd, Tag } from '@gongjo/contract';
import { comparePositions, invariant, type Position } from '../kernel/index.ts';
import type { Coverage, Movement } from '../ledger/index.ts';
import { completeQuestion } from './bounds.ts';
import type { Asked, Bounds, Gap } from './model.ts';
import { compareText, stopByTags } from './tags.ts';

export interface AccountPathQuestion {
  readonly chain: ChainId;
  readonly from: Address;
  readonly to: Address;
  /**
   * `hopsMax`: movements of the path; `addressesMax`: addresses that are gone through; an address that sent more often than
   * `movementsPerAddressMax` after value came is not gone through.
   */
  readonly bounds?: Asked['bounds'];
}

/** What the search needs next; everything as of the same block. */
export interface AccountPathAsk {
  /** What these addresses sent after these positions (null: ever), fees left out, in chain order; at most `movementsMax` each. */
  readonly outgoing: readonly { readonly address: Address; readonly after: Position | null }[];
  readonly movementsMax: number;
  readonly tags: readonly Address[];
}

export interface AccountPathRows {
  readonly coverage: Coverage;
  /** `truncated`: there were more than the bound. An address that is left out is asked for again. */
  readonly outgoing: ReadonlyMap<Address, { readonly movements: readonly Movement[]; readonly truncated: boolean }>;
  readonly tags: ReadonlyMap<Address, readonly Tag[]>;
}

export interface AccountPath {
  readonly chain: ChainId;
  readonly from: Address;
  readonly to: Address;
  readonly asOf: { readonly height: number; readonly hash: BlockHash; readonly time: Instant };
  readonly bounds: Bounds;
  readonly ended: PathEnd;
  /** Each cites its transaction; null where there is no path within the bounds. */
  readonly steps: readonly Movement[] | null;
  readonly gaps: readonly Gap[];
}

/** The earliest way found to an address with one asset. */
interface Arrival {
  readonly address: Address;
  /** Null at the start: any asset, from the beginning. */
  readonly by: Movement | null;
  readonly before: Arrival | null;
}

/**
 * The shortest path of movements of one asset on an account chain: the first leaves `from`, each next one leaves, later in
 * the chain, where the one before arrived, the last one arrives at `to`. Of several as short, the one that arrives first; of
 * those, the one that arrived first before that, and so on.
 *
 * A path does not go through addresses that tags say to be services, mixers or bridges, nor through hubs, and not from one
 * asset to another. It shows a way that value can have taken, not that any did.
 */
export function* pathAccounts(question: AccountPathQuestion): Generator<AccountPathAsk, AccountPath, AccountPathRows> {
  const { chain, from, to } = question;
  const { bounds } = completeQuestion({ chain, leads: [{ address: from }], bounds: question.bounds });
  const search = new Search(from, to, bounds);
  const arrival = yield* search.run();
  const { tip } = search.coverage;
  return {
    chain,
    from,
    to,
    asOf: { height: tip.height, hash: tip.hash, time: tip.time },
    bounds,
    ended: arrival === null ? search.ended : 'arrived',
    steps: arrival === null ? null : stepsTo(arrival),
    gaps: search.gaps,
  };
}

function stepsTo(arrival: Arrival): Movement[] {
  const steps: Movement[] = [];
  for (let at: Arrival | null = arrival; at !== null; at = at.before) if (at.by !== null) steps.push(at.by);
  return steps.reverse();
}

class Search {
  readonly gaps: Gap[] = [];
  /** Why there is no path, where there is none. */
  ended: Exclude<PathEnd, 'arrived'> = 'exhausted';
  readonly #from: Address;
  readonly #to: Address;
  readonly #bounds: Bounds;
  readonly #best = new Map<Address, Map<AssetId, Arrival>>();
  readonly #ends = new Map<Address, boolean>();
  readonly #through = new Set<Address>();
  #coverage: Coverage | null = null;

  constructor(from: Address, to: Address, bounds: Bounds) {
    this.#from = from;
    this.#to = to;
    this.#bounds = bounds;
  }

  get coverage(): Coverage {
    invariant(this.#coverage !== null, 'coverage is known after the first answer');
    return this.#coverage;
  }

  /** Level by level: a level is what one more movement reaches earlier than before. */
  *run(): Generator<AccountPathAsk, Arrival | null, AccountPathRows> {
    let level: Arrival[] = [{ address: this.#from, by: null, before: null }];
    for (let hops = 1; level.length > 0; hops += 1) {
      if (hops > this.#bounds.hopsMax) return this.#stop('hops', this.#bounds.hopsMax);
      for (const { address } of level) this.#through.add(address);
      if (this.#through.size > this.#bounds.addressesMax) return this.#stop('width', this.#bounds.addressesMax);
      level = yield* this.#beyond(level);
      const [arrived] = level.filter(({ address }) => address === this.#to).sort(compareArrivals);
      if (arrived !== undefined) return arrived;
    }
    return null;
  }

  #stop(ended: Exclude<PathEnd, 'arrived'>, number: number): null {
    this.ended = ended;
    this.gaps.push({ kind: 'bound-reached', address: null, txid: null, number });
    return null;
  }

  /** Answers are used as they come and not kept: a level can have many addresses that sent much. */
  *#beyond(level: readonly Arrival[]): Generator<AccountPathAsk, Arrival[], AccountPathRows> {
    const byAddress = Map.groupBy(level, ({ address }) => address);
    const reached = new Reached(this.#to, this.#bounds.addressesMax);
    for (let unread = [...byAddress.keys()].sort(compareText); unread.length > 0; ) {
      const outgoing = unread.map((address) => ({ address, after: earliest(byAddress.get(address) ?? []) }));
      const tags = unread.filter((address) => !this.#ends.has(address));
      const rows = yield { outgoing, movementsMax: this.#bounds.movementsPerAddressMax, tags };
      this.#know(rows.coverage);
      for (const address of tags) this.#ends.set(address, stopByTags(rows.tags.get(address) ?? []) !== null);
      const left = unread.filter((address) => !rows.outgoing.has(address));
      invariant(left.length < unread.length || tags.length > 0, 'an answer tells something of what was asked');
      for (const address of unread) {
        const sent = rows.outgoing.get(address);
        if (sent !== undefined && this.#passes(address, sent))
          this.#go(sent.movements, byAddress.get(address), reached);
      }
      unread = left;
    }
    return [...reached.arrivals].sort(compareArrivals);
  }

  #passes(address: Address, { truncated }: { readonly truncated: boolean }): boolean {
    if (address !== this.#from) return this.#ends.get(address) !== true && !truncated;
    const number = this.#bounds.movementsPerAddressMax;
    const isTold = this.gaps.some(({ kind }) => kind === 'history-truncated');
    if (truncated && !isTold) this.gaps.push({ kind: 'history-truncated', address, txid: null, number });
    return true;
  }

  /** What one address sent on after value came to it. */
  #go(movements: readonly Movement[], arrivals: readonly Arrival[] = [], reached: Reached): void {
    for (const movement of movements) {
      const { from, to, units, kind, asset } = movement;
      if (to === null || to === from || units === 0n || kind === 'fee' || kind === 'burn') continue;
      const before = arrivals.find(
        ({ by }) => by === null || (by.asset === asset && comparePositions(by, movement) < 0),
      );
      if (before === undefined || !reached.takes(to)) continue;
      const best = this.#best.get(to) ?? new Map<AssetId, Arrival>();
      this.#best.set(to, best);
      const known = best.get(asset);
      if (known?.by != null && comparePositions(known.by, movement) <= 0) continue;
      const arrival: Arrival = { address: to, by: movement, before };
      best.set(asset, arrival);
      reached.add(arrival, known);
    }
  }

  #know(coverage: Coverage): void {
    const known = this.#coverage;
    invariant(
      known === null || known.tip.hash === coverage.tip.hash,
      'every answer to one search is as of the same block',
    );
    if (known === null && coverage.from > 0) {
      this.gaps.push({ kind: 'ledger-starts-late', address: null, txid: null, number: coverage.from });
    }
    this.#coverage = coverage;
  }
}

/** What one level reaches. Past the bound only the end of the search counts any more: without it, the search ends there. */
class Reached {
  readonly arrivals = new Set<Arrival>();
  readonly #addresses = new Set<Address>();
  readonly #to: Address;
  readonly #addressesMax: number;

  constructor(to: Address, addressesMax: number) {
    this.#to = to;
    this.#addressesMax = addressesMax;
  }

  takes(address: Address): boolean {
    return address === this.#to || this.#addresses.has(address) || this.#addresses.size <= this.#addressesMax;
  }

  add(arrival: Arrival, instead: Arrival | undefined): void {
    if (instead !== undefined) this.arrivals.delete(instead);
    this.arrivals.add(arrival);
    this.#addresses.add(arrival.address);
  }
}

/** Where the first of them arrived; null at the start. */
function earliest(arrivals: readonly Arrival[]): Position | null {
  const [first] = arrivals.toSorted(compareArrivals);
  return first?.by ?? null;
}

function compareArrivals(a: Arrival, b: Arrival): number {
  return a.by === null || b.by === null ? Number(a.by !== null) - Number(b.by !== null) : comparePositions(a.by, b.by);
}
