import type { Address, AssetId, Tag } from '@gongjo/contract';
import { comparePositions, type Position } from '../kernel/index.ts';
import type { AccountRows, Movement } from '../ledger/index.ts';
import type { Entry } from './facts.ts';
import type { Pool } from './pool.ts';
import type { Step } from './step.ts';
import { stopByTags, type TagStop } from './tags.ts';

/** An answer about one address, with the position it was asked for. It grows as blocks come. */
export interface KnownRows {
  readonly after: Position;
  rows: AccountRows;
}

/**
 * What became of an address when traced value first arrived there. `waiting`: rows, tags or a transaction must be asked for
 * before it is known; nothing leaves it until then, and what depends on it is executed again.
 */
export interface Reached {
  readonly kind: 'followed' | 'hub' | 'waiting';
  /** The movement that first brought traced value. */
  readonly at: Position;
  readonly known: KnownRows | null;
}

/** An address during a trace: what is known of it, and what it holds at the moment of the run. */
export class Account {
  readonly address: Address;
  #tags: readonly Tag[] | null = null;
  #stop: TagStop | null = null;
  readonly #known: KnownRows[] = [];
  reached: Reached | null = null;
  /** Only assets of which it ever held traced value. */
  readonly pools = new Map<AssetId, Pool>();
  /** Transactions known to involve it, in no order. */
  readonly entries: Entry[] = [];
  /** Executed transactions whose outcome depends on its state or changed it, in chain order. */
  readonly steps: Step[] = [];

  constructor(address: Address) {
    this.address = address;
  }

  get tags(): readonly Tag[] | null {
    return this.#tags;
  }

  set tags(tags: readonly Tag[]) {
    this.#tags = tags;
    this.#stop = stopByTags(tags);
  }

  get stop(): TagStop | null {
    return this.#stop;
  }

  get follows(): boolean {
    return this.reached?.kind === 'followed';
  }

  learn(known: KnownRows): void {
    this.#known.push(known);
  }

  /** Whether anything was asked about what moved here. */
  get isKnown(): boolean {
    return this.#known.length > 0;
  }

  /** Nothing is known of it but that it moves more than is read of one address. */
  get isHub(): boolean {
    return this.#known.every(({ rows }) => rows.truncated);
  }

  /**
   * Takes in what moved here after everything that is known. False where the rows would then be more than are read of one
   * address, so that it is a hub.
   */
  grow(movements: readonly Movement[], movementsMax: number): boolean {
    for (const known of this.#known) {
      // A hub stays one.
      if (known.rows.truncated) continue;
      if (known.rows.movements.length + movements.length > movementsMax) return false;
      known.rows = { ...known.rows, movements: [...known.rows.movements, ...movements] };
    }
    return true;
  }

  /**
   * Rows that tell all that moved after a position: those asked for exactly there, or complete ones from before. Answers
   * are kept beside each other, because value may turn out to have arrived earlier than was known when they were asked for.
   */
  rowsFrom(at: Position): KnownRows | null {
    for (const known of this.#known) {
      const order = comparePositions(known.after, at);
      if (order === 0 || (order < 0 && !known.rows.truncated)) return known;
    }
    return null;
  }
}

/** What a movement changes in what an address holds of the movement's asset; a transfer to oneself changes nothing. */
export function change(movement: Movement, address: Address): bigint {
  return (movement.to === address ? movement.units : 0n) - (movement.from === address ? movement.units : 0n);
}

/**
 * What an address held of an asset just before a position, as far as the ledger saw; can be negative. The position may be
 * the one that the rows were asked for, which is that of the movement `at` itself: its change is then taken off again.
 */
export function heldBefore(known: KnownRows, asset: AssetId, before: Position, at: Movement | null): bigint {
  const { opening, movements, address } = known.rows;
  let held = opening.get(asset) ?? 0n;
  if (at !== null && comparePositions(known.after, at) === 0) return held - change(at, address);
  for (const movement of movements) {
    if (comparePositions(movement, before) >= 0) break;
    if (movement.asset === asset) held += change(movement, address);
  }
  return held;
}
