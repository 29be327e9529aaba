import type { AssetId, TraceMethod } from '@gongjo/contract';
import { invariant } from '../../kernel/index.ts';
import type { Movement } from '../../ledger/index.ts';
import type { Hop } from '../model.ts';
import { type Choice, type History, isOrdered, type MixedPast, type OrderedPast, placeOf } from './history.ts';
import { type Range, union, unitsIn, within } from './ranges.ts';

export interface Drawn {
  /** Receipts that may have paid for it: to be settled, the latest first, when everything later has drawn. */
  readonly receipts: readonly Movement[];
  /** Units that the ledger does not know the origin of. */
  readonly unknown: bigint;
  readonly undo: () => void;
}

export interface Settled {
  /** Which units of the receipt are traced. */
  readonly ranges: readonly Range[];
  /** No method says otherwise. */
  readonly plain: boolean;
  readonly receipts: readonly Movement[];
  readonly undo: () => void;
}

/**
 * Where the traced outflows of one asset at one address came from, by the method's rule. Outflows draw and receipts settle in
 * the chain's order from its end; undone latest first.
 */
export interface Sources {
  /** Drawn and not settled yet. */
  readonly left: bigint;
  /** The hops that drew. */
  readonly hops: readonly Hop[];
  draw(outflow: Movement, ranges: readonly Range[], hop: Hop): Drawn;
  settle(receipt: Movement): Settled;
}

/** `whole`: the ledger begins with the chain, so that what it knows of an address is all. */
export function sourcesBy(method: TraceMethod, history: History, asset: AssetId, whole: boolean): Sources {
  return isOrdered(method)
    ? new OrderedSources(history.ordered(method, asset), whole)
    : new MixedSources(method, history.mixed(asset), whole);
}

/** Whether every method explains the traced part of an outflow, or the whole of it, in the same way. */
function isForced(choice: Choice, isWhole: boolean): boolean {
  return choice === 'none' || (choice === 'order' && isWhole);
}

/** FIFO and LIFO: every unit of an outflow is a certain unit of one receipt. */
class OrderedSources implements Sources {
  readonly #past: OrderedPast;
  readonly #whole: boolean;
  readonly #drawn = new Map<string, { readonly ranges: readonly Range[]; readonly plain: boolean }>();
  readonly hops: Hop[] = [];
  left = 0n;

  constructor(past: OrderedPast, whole: boolean) {
    this.#past = past;
    this.#whole = whole;
  }

  draw(outflow: Movement, ranges: readonly Range[], hop: Hop): Drawn {
    const paid = this.#past.outflows.get(placeOf(outflow));
    invariant(paid !== undefined, 'an address’s history holds its outflow');
    const isPlain = this.#whole && isForced(paid.choice, unitsIn(ranges) === outflow.units);
    const receipts: Movement[] = [];
    const undo: (() => void)[] = [];
    let unknown = 0n;
    let start = 0n;
    for (const { receipt, at, units } of paid.parts) {
      const wanted = within(ranges, { from: start, to: start + units });
      start += units;
      if (wanted.length === 0) continue;
      if (receipt === null) {
        unknown += unitsIn(wanted);
        continue;
      }
      const place = placeOf(receipt);
      const before = this.#drawn.get(place);
      const more = wanted.map(({ from, to }) => ({ from: from + at, to: to + at }));
      this.#drawn.set(place, {
        ranges: union(before?.ranges ?? [], more),
        plain: isPlain && (before?.plain ?? true),
      });
      undo.push(() => (before === undefined ? this.#drawn.delete(place) : this.#drawn.set(place, before)));
      receipts.push(receipt);
    }
    const { left } = this;
    this.left += unitsIn(ranges) - unknown;
    this.hops.push(hop);
    return {
      receipts,
      unknown,
      undo: () => {
        for (const one of undo.reverse()) one();
        this.left = left;
        this.hops.pop();
      },
    };
  }

  settle(receipt: Movement): Settled {
    const { left } = this;
    const { ranges, plain } = this.#drawn.get(placeOf(receipt)) ?? { ranges: [], plain: true };
    this.left -= unitsIn(ranges);
    return { ranges, plain, receipts: [], undo: () => (this.left = left) };
  }
}

/**
 * Haircut: what left goes back over what was there in proportion. Going back in time, of `u` units that are drawn and not
 * settled, `⌊u × receipt ÷ held after it⌋` came with a receipt and the rest was there before it; so the receipt that found the
 * address empty takes what is left, and no unit is lost.
 *
 * Poison: all that the address received since it was last empty, in full.
 */
class MixedSources implements Sources {
  readonly #past: MixedPast;
  readonly #poison: boolean;
  readonly #whole: boolean;
  #plain = true;
  readonly hops: Hop[] = [];
  left = 0n;

  constructor(method: 'haircut' | 'poison', past: MixedPast, whole: boolean) {
    this.#past = past;
    this.#poison = method === 'poison';
    this.#whole = whole;
  }

  draw(outflow: Movement, ranges: readonly Range[], hop: Hop): Drawn {
    const paid = this.#past.outflows.get(placeOf(outflow));
    invariant(paid !== undefined, 'an address’s history holds its outflow');
    const undo = this.#mark();
    const units = unitsIn(ranges);
    const missing = outflow.units - paid.held;
    const known = missing <= 0n ? units : this.#poison ? paid.held : (units * paid.held) / outflow.units;
    this.left += known;
    this.hops.push(hop);
    if (known > 0n) this.#plain &&= this.#whole && isForced(paid.choice, units === outflow.units);
    return {
      receipts: known > 0n ? this.#receipt(paid.receipts - 1) : [],
      unknown: units - known,
      undo: () => {
        undo();
        this.hops.pop();
      },
    };
  }

  settle(receipt: Movement): Settled {
    const undo = this.#mark();
    const index = this.#past.indexes.get(placeOf(receipt));
    const found = index === undefined ? undefined : this.#past.receipts[index];
    if (index === undefined || found === undefined || this.left === 0n) {
      return { ranges: [], plain: true, receipts: [], undo };
    }
    const plain = this.#plain;
    const { before, after } = found;
    const came = this.#poison ? receipt.units : (this.left * receipt.units) / after;
    if (!this.#poison) this.left -= came;
    else if (before === 0n) this.left = 0n;
    if (this.left === 0n) this.#plain = true;
    return {
      ranges: came > 0n ? [{ from: 0n, to: came }] : [],
      plain,
      receipts: this.left > 0n ? this.#receipt(index - 1) : [],
      undo,
    };
  }

  #receipt(index: number): Movement[] {
    const found = this.#past.receipts[index];
    return found === undefined ? [] : [found.movement];
  }

  #mark(): () => void {
    const { left } = this;
    const plain = this.#plain;
    return () => {
      this.left = left;
      this.#plain = plain;
    };
  }
}
