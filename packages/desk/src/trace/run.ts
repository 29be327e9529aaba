import type { Address, AssetId, Instant, Tag } from '@gongjo/contract';
import { invariant } from '../kernel/index.ts';
import { type Account, heldBefore, type Reached } from './account.ts';
import { compareEntries, type Entry, type Facts, isFee, type Move } from './facts.ts';
import { type Taken, takenIn } from './lead.ts';
import type { Bounds, Gap, Hop, Stop } from './model.ts';
import { givenAndTaken, netsOf } from './nets.ts';
import { cleanLot, type Lot, leadLot, lotUnits, Queue, tracedUnits } from './queue.ts';
import { planSwaps, type Swap } from './swap.ts';
import { Want } from './want.ts';

/** Traced value that ended somewhere. */
export interface Arrival {
  readonly kind: Stop['kind'];
  readonly address: Address | null;
  readonly asset: AssetId;
  readonly units: bigint;
  readonly tag: Tag | null;
  readonly hops: readonly number[];
  readonly since: Instant;
}

/** What one transaction changed, so that it can be taken back. */
interface Step {
  readonly serial: number;
  readonly entry: Entry;
  readonly hops: number;
  readonly arrivals: number;
  readonly gaps: number;
  readonly taken: number;
  readonly reached: number;
  readonly undo: (() => void)[];
}

/** What of a movement is traced, and how sure that is. */
interface Departure {
  readonly parts: readonly Lot[];
  readonly traced: bigint;
  readonly rule: 'lead' | 'fifo';
  readonly exact: boolean;
}

/** What a lead set aside for an owner's outflows in the lead's own transaction. */
type Reserves = ReadonlyMap<Account, ReadonlyMap<AssetId, Queue>>;

const noReserves: Reserves = new Map();
const noSwaps: ReadonlyMap<Account, Swap> = new Map();

/**
 * The followed flow up to a place in the chain's order. Transactions are executed strictly in that order; where something
 * is missing the run goes on without it, only to find out what else to ask for, and is later repeated from there: every
 * executed transaction leaves a step by which it can be undone. A run that finds nothing missing is the full simulation,
 * because an address's movements matter only from the moment when traced value first reached it.
 */
export class Run {
  readonly hops: Hop[] = [];
  readonly arrivals: Arrival[] = [];
  readonly gaps: Gap[] = [];
  readonly taken: Taken[] = [];
  /** Addresses in the order in which traced value first reached them, without those where a tag ends it. */
  readonly reached: Account[] = [];
  readonly #facts: Facts;
  readonly #bounds: Bounds;
  readonly #steps: Step[] = [];
  #step: Step | null = null;
  #serial = 0;
  #want = new Want();

  constructor(facts: Facts, bounds: Bounds) {
    this.#facts = facts;
    this.#bounds = bounds;
  }

  /** Undoes and executes again everything from an entry on; returns what was missing. */
  repeatFrom(first: Entry): Want {
    this.#undoFrom(first);
    this.#want = new Want();
    const { entries } = this.#facts;
    for (let index = this.#facts.indexOf(first); index < entries.length; index += 1) {
      const entry = entries[index];
      if (entry !== undefined) this.#execute(entry);
    }
    return this.#want;
  }

  #undoFrom(first: Entry): void {
    for (let step = this.#steps.at(-1); step !== undefined; step = this.#steps.at(-1)) {
      if (compareEntries(step.entry, first) < 0) return;
      for (const undo of step.undo.reverse()) undo();
      this.hops.length = step.hops;
      this.arrivals.length = step.arrivals;
      this.gaps.length = step.gaps;
      this.taken.length = step.taken;
      this.reached.length = step.reached;
      this.#steps.pop();
    }
  }

  #execute(entry: Entry): void {
    const step: Step = {
      serial: ++this.#serial,
      entry,
      hops: this.hops.length,
      arrivals: this.arrivals.length,
      gaps: this.gaps.length,
      taken: this.taken.length,
      reached: this.reached.length,
      undo: [],
    };
    this.#step = step;
    if (entry.lead) this.#executeLead(entry, step);
    else if (entry.assets.size > 1) this.#executeMixed(entry, step);
    else for (const move of entry.moves) this.#pass(step, move, noReserves, noSwaps);
    this.#step = null;
    const changed =
      step.undo.length > 0 ||
      this.hops.length > step.hops ||
      this.arrivals.length > step.arrivals ||
      this.gaps.length > step.gaps ||
      this.taken.length > step.taken;
    if (changed) this.#steps.push(step);
  }

  /**
   * The lead lots stand in front of their owners' queues and are used up in the transaction itself, because an owner's
   * outflows are at least what it lost. Fees pass them by: they were not what was taken. Of an owner that is being
   * followed, the first lots in its queue become the lead; those that are traced already stay what they are, so that a
   * theft and the thief's own next step may both be given as leads without counting the value twice.
   */
  #executeLead(entry: Entry, step: Step): void {
    const reserves = new Map<Account, Map<AssetId, Queue>>();
    for (const { account, asset, units } of takenIn(entry)) {
      const reserve = new Queue();
      const queue = account.follows ? account.queues.get(asset) : undefined;
      const parts = queue === undefined ? [] : this.#marked(queue).take(units);
      for (const part of parts) reserve.append(part.hop === cleanLot ? { units: part.units, hop: leadLot } : part);
      reserve.append({ units: units - lotUnits(parts), hop: leadLot });
      const fresh = units - tracedUnits(parts);
      if (fresh > 0n) this.taken.push({ account, asset, units: fresh });
      const assets = reserves.get(account) ?? new Map<AssetId, Queue>();
      reserves.set(account, assets.set(asset, reserve));
    }
    for (const move of entry.moves) this.#pass(step, move, reserves, noSwaps);
    const exchanging = new Set<Account>();
    for (const [account, net] of netsOf(entry.moves)) {
      const { given, taken } = givenAndTaken(net);
      if (given.length > 0 && taken.length > 0) exchanging.add(account);
    }
    this.#reportComplex(step, exchanging);
  }

  #executeMixed(entry: Entry, step: Step): void {
    const plan = planSwaps(entry);
    for (const account of plan.needTransaction) {
      this.#want.transaction(entry);
      this.#suspend(account);
    }
    for (const { account, others } of plan.needTags) {
      for (const other of others) this.#want.tags(other, entry);
      this.#suspend(account);
    }
    for (const move of entry.moves) this.#pass(step, move, noReserves, plan.swaps);
    this.#reportComplex(step, plan.complex);
  }

  #reportComplex(step: Step, complex: ReadonlySet<Account>): void {
    if (complex.size === 0) return;
    const left = new Set(this.hops.slice(step.hops).flatMap((hop) => (hop.rule === 'fee' ? [] : [hop.from])));
    if ([...complex].some((account) => left.has(account.address)))
      this.#gap('complex-transaction', { txid: step.entry.txid });
  }

  #pass(step: Step, move: Move, reserves: Reserves, swaps: ReadonlyMap<Account, Swap>): void {
    const { movement, from, to } = move;
    if (movement.units === 0n || from === to) return;
    const swapping = (account: Account | null) => {
      const swap = account === null || isFee(movement) ? undefined : swaps.get(account);
      return swap?.assets.has(movement.asset) ? swap : undefined;
    };
    const swap = swaps.size === 0 ? undefined : swapping(from);
    if (swap !== undefined && move === swap.first) this.#swap(step, swap);
    const departure = swap !== undefined || from === null ? null : this.#leave(move, from, reserves);
    if (swaps.size > 0 && swapping(to) !== undefined) {
      invariant(departure === null, 'no other traced value reaches a swap');
      return;
    }
    if (departure === null || from === null) {
      if (to !== null) this.#credit(to, movement.asset, [{ units: movement.units, hop: cleanLot }]);
      return;
    }
    if (this.#isFull(step, from, movement.asset, departure.parts)) {
      if (to !== null) this.#credit(to, movement.asset, [{ units: movement.units, hop: cleanLot }]);
      return;
    }
    const { traced, rule, exact } = departure;
    const hop = this.#hop(step, move, from, {
      rule: isFee(movement) ? 'fee' : rule,
      certainty: exact ? 'exact' : 'heuristic',
      to: movement.to,
      units: traced,
      movementUnits: movement.units,
      received: [],
    });
    this.#arrive(step, move, departure, hop);
  }

  /** Takes a movement's units from its sender; null when none of them is traced. */
  #leave(move: Move, from: Account, reserves: Reserves): Departure | null {
    const { movement } = move;
    const reserve = isFee(movement) ? undefined : reserves.get(from)?.get(movement.asset);
    const queue = from.follows ? from.queues.get(movement.asset) : undefined;
    if (reserve === undefined && queue === undefined) return null;
    const pure = queue !== undefined && queue.clean === 0n && queue.complete;
    const parts = reserve === undefined ? [] : reserve.take(movement.units);
    const isLead = parts.some((part) => part.hop === leadLot);
    const rest = movement.units - lotUnits(parts);
    if (rest > 0n) {
      if (queue !== undefined) parts.push(...this.#takeKnown(from, queue, rest));
      const missing = movement.units - lotUnits(parts);
      if (missing > 0n) parts.push({ units: missing, hop: cleanLot });
    }
    const traced = tracedUnits(parts);
    if (traced === 0n) return null;
    const onlyLead = parts.every((part) => part.hop === leadLot || part.hop === cleanLot);
    return { parts, traced, rule: isLead ? 'lead' : 'fifo', exact: (isLead && onlyLead) || pure };
  }

  /** Takes from a queue; what it lacks was there without the ledger's knowledge and is clean. */
  #takeKnown(account: Account, queue: Queue, units: bigint): Lot[] {
    const parts = this.#marked(queue).take(units);
    if (lotUnits(parts) < units) {
      queue.complete = false;
      this.#gap('opening-balance-unknown', { address: account.address });
    }
    return parts;
  }

  #arrive(step: Step, move: Move, departure: Departure, hop: Hop): void {
    const { movement, to } = move;
    const { traced, parts } = departure;
    const end = (kind: Stop['kind'], address: Address | null, tag: Tag | null) =>
      this.arrivals.push({
        kind,
        address,
        asset: movement.asset,
        units: traced,
        tag,
        hops: [hop.id],
        since: step.entry.time,
      });
    if (to === null) {
      end('burned', null, null);
      return;
    }
    if (isFee(movement)) {
      end('fee', null, null);
      this.#credit(to, movement.asset, [{ units: movement.units, hop: cleanLot }]);
      return;
    }
    if (to.stop !== null) {
      end(to.stop.kind, to.address, to.stop.tag);
      return;
    }
    const reached = to.reached ?? this.#reach(step, move, to);
    if (reached.kind === 'hub' || reached.kind === 'limit') {
      end(reached.kind, to.address, null);
      return;
    }
    if (reached.kind === 'waiting' || reached.known === null) return;
    if (movement.kind === 'native' && movement.call) this.#gap('internal-transfers-unread', { address: to.address });
    this.#open(to, movement.asset, heldBefore(reached.known, movement.asset, movement, movement));
    const lots = parts.map((part) => ({ units: part.units, hop: part.hop === cleanLot ? cleanLot : hop.id }));
    this.#credit(to, movement.asset, lots);
  }

  /** Traced value reaches an address for the first time. */
  #reach(step: Step, move: Move, account: Account): Reached {
    const at = move.movement;
    const full = this.reached.length >= this.#bounds.addressesMax;
    const known = full ? null : account.rowsFrom(at);
    const missing = account.tags === null || (!full && known === null);
    if (account.tags === null) this.#want.tags(account, step.entry);
    if (!full && known === null) this.#want.rows(account, at, step.entry);
    if (full && !missing) this.#gap('bound-reached', { number: this.#bounds.addressesMax });
    const kind = missing ? 'waiting' : full ? 'limit' : known?.rows.truncated ? 'hub' : 'followed';
    this.reached.push(account);
    return this.#become(account, { kind, at, known });
  }

  /** Nothing leaves the account in the rest of this run. */
  #suspend(account: Account): void {
    if (account.reached !== null) this.#become(account, { ...account.reached, kind: 'waiting' });
  }

  #become(account: Account, reached: Reached): Reached {
    const before = account.reached;
    account.reached = reached;
    this.#step?.undo.push(() => {
      account.reached = before;
    });
    return reached;
  }

  /** Begins the queue of an asset at an address with what it held before traced value of that asset came. */
  #open(account: Account, asset: AssetId, held: bigint): void {
    if (account.queues.has(asset)) return;
    const queue = new Queue(held >= 0n && this.#facts.coverage.from === 0);
    if (held > 0n) queue.append({ units: held, hop: cleanLot });
    if (held < 0n) this.#gap('opening-balance-unknown', { address: account.address });
    account.queues.set(asset, queue);
    this.#step?.undo.push(() => account.queues.delete(asset));
  }

  #credit(account: Account, asset: AssetId, lots: readonly Lot[]): void {
    const queue = account.queues.get(asset);
    if (queue === undefined) return;
    this.#marked(queue);
    for (const lot of lots) queue.append(lot);
  }

  /** The queue, after making sure that this step can put it back. */
  #marked(queue: Queue): Queue {
    const step = this.#step;
    if (step === null || queue.markedIn === step.serial) return queue;
    queue.markedIn = step.serial;
    const mark = queue.mark();
    step.undo.push(() => queue.restore(mark));
    return queue;
  }

  #swap(step: Step, swap: Swap): void {
    const { account, given } = swap;
    const queue = account.queues.get(given.asset);
    const known = account.reached?.known ?? null;
    if (queue === undefined || known === null) return;
    const parts = this.#takeKnown(account, queue, given.units);
    const traced = tracedUnits(parts);
    const follow = traced > 0n && !this.#isFull(step, account, given.asset, parts);
    const received = swap.taken.map(({ asset, units }) => ({
      asset,
      units: follow ? (units * traced) / given.units : 0n,
      movementUnits: units,
    }));
    const hop = follow
      ? this.#hop(step, swap.first, account, {
          rule: 'swap',
          certainty: 'heuristic',
          to: swap.counterparty.address,
          units: traced,
          movementUnits: given.units,
          received,
        })
      : null;
    if (hop !== null && !swap.verified) {
      this.#gap('swap-unverified', { address: swap.counterparty.address, txid: step.entry.txid });
    }
    const { height, txIndex } = step.entry;
    for (const { asset, units, movementUnits } of received) {
      // The traced share stands before the clean one: within one inflow there is no order to go by.
      if (units > 0n) this.#open(account, asset, heldBefore(known, asset, { height, txIndex, ord: 0 }, null));
      this.#credit(account, asset, [
        { units, hop: hop?.id ?? cleanLot },
        { units: movementUnits - units, hop: cleanLot },
      ]);
    }
  }

  /**
   * True when the hops are used up: the traced part of what leaves ends at its sender, and whoever gets it gets clean value.
   * What does not move any further stays unspent there, as the ledger says.
   */
  #isFull(step: Step, from: Account, asset: AssetId, parts: readonly Lot[]): boolean {
    if (this.hops.length < this.#bounds.hopsMax) return false;
    const hops = parts.flatMap((part) => (part.hop >= 0 ? [part.hop] : []));
    const times = hops.flatMap((id) => this.hops[id]?.time ?? []);
    this.arrivals.push({
      kind: 'limit',
      address: from.address,
      asset,
      units: tracedUnits(parts),
      tag: null,
      hops,
      since: times.sort()[0] ?? step.entry.time,
    });
    this.#gap('bound-reached', { number: this.#bounds.hopsMax });
    return true;
  }

  #hop(
    step: Step,
    { movement }: Move,
    from: Account,
    said: Pick<Hop, 'rule' | 'certainty' | 'to' | 'units' | 'movementUnits' | 'received'>,
  ): Hop {
    const { txid, height, time } = step.entry;
    const hop: Hop = {
      id: this.hops.length,
      rule: said.rule,
      certainty: said.certainty,
      txid,
      height,
      time,
      ord: movement.ord,
      from: from.address,
      to: said.to,
      asset: movement.asset,
      units: said.units,
      movementUnits: said.movementUnits,
      received: said.received,
    };
    this.hops.push(hop);
    return hop;
  }

  #gap(kind: Gap['kind'], about: Partial<Omit<Gap, 'kind'>>): void {
    this.gaps.push({
      kind,
      address: about.address ?? null,
      txid: about.txid ?? null,
      number: about.number ?? null,
    });
  }
}
