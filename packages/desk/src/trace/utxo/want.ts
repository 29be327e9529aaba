import type { Address, TxId } from '@gongjo/contract';
import type { TxNumber } from '../../ledger/index.ts';
import { compareText } from '../tags.ts';
import type { Facts } from './facts.ts';
import type { UtxoAsk } from './model.ts';
import type { Place, Step } from './step.ts';

const nothing = { txids: [], leadAddresses: [], tags: [], usage: [], transactions: [], fees: [] };

/** The first question of a trace. */
export function askLeads(txids: Iterable<TxId>, addresses: Iterable<Address>, usageMax: number): UtxoAsk {
  return { ...nothing, txids: [...txids].sort(), leadAddresses: [...addresses].sort(), usageMax };
}

/** Transactions by number, and what is known of addresses. */
export function askFor(transactions: readonly TxNumber[], places: readonly Address[], usageMax: number): UtxoAsk {
  return { ...nothing, transactions, tags: places, usage: places, usageMax };
}

/** What executing transactions found missing. */
export class Want {
  readonly #facts: Facts;
  #places: Place[] = [];
  readonly #steps = new Set<Step>();
  readonly #fees = new Set<number>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  place(place: Place, by: Step): void {
    const { waiting } = place;
    if (waiting === null) {
      place.waiting = [by];
      this.#places.push(place);
    } else if (waiting.at(-1) !== by) waiting.push(by);
  }

  transaction(step: Step): void {
    this.#steps.add(step);
  }

  fees(height: number): void {
    this.#fees.add(height);
  }

  /**
   * One question for all of it, in a fixed order; null when there is nothing to ask. Left out is what is beyond the cut, and
   * of the rest whatever has so many transactions before it that the bounds leave no room for it.
   */
  ask(cut: number): UtxoAsk | null {
    const { bounds, direction, fees } = this.#facts.question;
    // A coinbase's rank shows only when it is known; forwards, only fees lead to one, and those are asked for.
    const anywhere = direction === 'backward' && fees === 'follow';
    const steps = [...this.#steps]
      .filter((step) => step.tx === null && (anywhere || step.rank < cut || step.collects))
      .sort((a, b) => a.rank - b.rank);
    const places = this.#places
      .filter(({ waiting }) => waiting?.some((step) => step.rank < cut))
      .map(({ address }) => address)
      .sort(compareText);
    const heights = [...new Set([...this.#fees, ...this.#facts.heightsWaited()])]
      .filter((height) => !this.#facts.hasFees(height))
      .sort((a, b) => a - b);
    if (steps.length + places.length + heights.length === 0) return null;
    const room = anywhere ? steps.length : bounds.addressesMax;
    return {
      ...nothing,
      transactions: steps.slice(0, room).map((step) => step.number),
      tags: places,
      usage: places,
      usageMax: bounds.movementsPerAddressMax,
      fees: heights,
    };
  }

  /** Forgets what was answered. Returns the steps that waited for it. */
  answered(ask: UtxoAsk): Step[] {
    const waited: Step[] = [];
    this.#places = this.#places.filter((place) => {
      if (place.end === undefined) return true;
      for (const step of place.waiting ?? []) waited.push(step);
      place.waiting = null;
      return false;
    });
    for (const step of this.#steps) if (step.tx !== null) this.#steps.delete(step);
    for (const height of ask.fees) if (this.#facts.hasFees(height)) this.#fees.delete(height);
    return waited;
  }
}
