import type { AssetId } from '@gongjo/contract';
import type { Position } from '../../kernel/index.ts';
import type { Movement } from '../../ledger/index.ts';
import type { Gap, Hop } from '../model.ts';
import type { Arrival, Taken } from '../step.ts';
import type { Exchange } from './exchange.ts';
import { placeOf } from './history.ts';
import type { Holder } from './holder.ts';
import type { Range } from './ranges.ts';

/** What may have brought traced value: a movement to whom it came, or an exchange of other assets for it. */
export interface Node {
  /**
   * When its turn comes. An exchange comes after all movements of its transaction, because they say what of it is traced, and
   * before all of earlier ones.
   */
  readonly at: Position;
  /** Of an exchange the first movement by which the address gave. */
  readonly movement: Movement;
  readonly exchange: Exchange | null;
  /** The units that a lead names. */
  lead: readonly Range[];
  /** Of an exchange what is traced of the assets that it brought. */
  readonly wanted: Map<AssetId, bigint>;
  step: BackStep | null;
  due: boolean;
}

/** What a step must know before it can be executed. */
export interface Wants {
  readonly tags: readonly Holder[];
  readonly history: Holder | null;
  readonly transaction: boolean;
}

/** What one node brought, and how to take back what it changed. */
export interface BackStep {
  readonly node: Node;
  /** Null where an exchange, which has a hop of its own, brought it. */
  hop: Hop | null;
  /** Of the movement's units those that are traced. */
  readonly ranges: readonly Range[];
  readonly arrivals: Arrival[];
  readonly gaps: Gap[];
  readonly taken: Taken[];
  /** What an exchange changes in the trace: value enters it in one asset and leaves it in another. */
  readonly swapped: { readonly asset: AssetId; readonly into: bigint; readonly out: bigint }[];
  /** Whose state it read or changed; a holder's steps must be undone latest first. */
  readonly holders: Holder[];
  /** Its sender, where traced value left it here for the last time. */
  reached: Holder | null;
  wants: Wants | null;
  readonly undo: (() => void)[];
}

/** Before the first movement of every transaction: movements are numbered with 32 bits. */
const beforeMovements = -(2 ** 32);

/** All nodes of a run, each once. */
export class Nodes {
  readonly #nodes = new Map<string, Node>();

  all(): Iterable<Node> {
    return this.#nodes.values();
  }

  of(movement: Movement): Node {
    return this.#get(placeOf(movement), movement, movement, null);
  }

  ofExchange(exchange: Exchange): Node {
    const { height, txIndex, ord } = exchange.first;
    const at = { height, txIndex, ord: beforeMovements + ord };
    return this.#get(placeOf(at), at, exchange.first, exchange);
  }

  #get(place: string, at: Position, movement: Movement, exchange: Exchange | null): Node {
    let node = this.#nodes.get(place);
    if (node === undefined) {
      node = { at, movement, exchange, lead: [], wanted: new Map(), step: null, due: false };
      this.#nodes.set(place, node);
    }
    return node;
  }
}

export function touch(step: BackStep, holder: Holder): void {
  if (holder.steps.at(-1) === step) return;
  holder.steps.push(step);
  step.holders.push(holder);
}
