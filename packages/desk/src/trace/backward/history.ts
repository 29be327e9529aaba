import type { Address, AssetId, TraceMethod, TxId } from '@gongjo/contract';
import { comparePositions, type Position } from '../../kernel/index.ts';
import type { HistoryRows, Movement } from '../../ledger/index.ts';
import { isFee } from '../facts.ts';
import { movesValue } from '../lead.ts';
import { poolBy } from '../pool.ts';

/** Names a movement within its chain. */
export function placeOf({ height, txIndex, ord }: Position): string {
  return `${height} ${txIndex} ${ord}`;
}

/** Units of an outflow, in their order, and the receipt that they came with; null where the ledger does not know it. */
export interface Part {
  readonly receipt: Movement | null;
  /** Of these, the first one's place in the receipt. */
  readonly at: bigint;
  readonly units: bigint;
}

/**
 * How free a method is to say what paid for an outflow. `none`: all that the address held had come with one receipt. `order`:
 * the outflow took all of it, so only where a part of it came from is open.
 */
export type Choice = 'none' | 'order' | 'free';

/** How an outflow was paid where receipts have an order. */
export interface OrderedOutflow {
  readonly parts: readonly Part[];
  readonly choice: Choice;
}

/** What stood at an address around a receipt. */
export interface Receipt {
  readonly movement: Movement;
  readonly before: bigint;
  readonly after: bigint;
}

/** An outflow where receipts have no order. */
export interface MixedOutflow {
  /** What the address held of which the ledger knows. */
  readonly held: bigint;
  /** How many receipts came before it. */
  readonly receipts: number;
  readonly choice: Choice;
}

export interface OrderedPast {
  readonly outflows: ReadonlyMap<string, OrderedOutflow>;
}

export interface MixedPast {
  readonly receipts: readonly Receipt[];
  /** Places of receipts in the list above. */
  readonly indexes: ReadonlyMap<string, number>;
  readonly outflows: ReadonlyMap<string, MixedOutflow>;
}

/** All that moved at an address up to and with a position, from the ledger's first block on, and what follows from it. */
export class History {
  readonly upTo: Position;
  readonly rows: HistoryRows;
  readonly #ordered = new Map<AssetId, OrderedPast>();
  readonly #mixed = new Map<AssetId, MixedPast>();
  #byTxid: ReadonlyMap<TxId, readonly Movement[]> | null = null;

  constructor(upTo: Position, rows: HistoryRows) {
    this.upTo = upTo;
    this.rows = rows;
  }

  ordered(method: 'fifo' | 'lifo', asset: AssetId): OrderedPast {
    let past = this.#ordered.get(asset);
    if (past === undefined) {
      past = replayOrdered(method, this.rows.address, this.#of(asset));
      this.#ordered.set(asset, past);
    }
    return past;
  }

  mixed(asset: AssetId): MixedPast {
    let past = this.#mixed.get(asset);
    if (past === undefined) {
      past = replayMixed(this.rows.address, this.#of(asset));
      this.#mixed.set(asset, past);
    }
    return past;
  }

  /** Whether the address gave one asset in a transaction and took another, fees left out, as far as up to a position. */
  exchanges(txid: TxId, upTo: Position): boolean {
    this.#byTxid ??= Map.groupBy(this.rows.movements, (movement) => movement.txid);
    const nets = new Map<AssetId, bigint>();
    for (const movement of this.#byTxid.get(txid) ?? []) {
      if (isFee(movement) || !movesValue(movement) || comparePositions(movement, upTo) > 0) continue;
      const net = nets.get(movement.asset) ?? 0n;
      nets.set(movement.asset, movement.to === this.rows.address ? net + movement.units : net - movement.units);
    }
    const all = [...nets.values()];
    return all.some((net) => net > 0n) && all.some((net) => net < 0n);
  }

  #of(asset: AssetId): Movement[] {
    return this.rows.movements.filter((movement) => movement.asset === asset && movesValue(movement));
  }
}

export function isOrdered(method: TraceMethod): method is 'fifo' | 'lifo' {
  return method === 'fifo' || method === 'lifo';
}

/** Pays every outflow from the receipts before it, by the pool of the method. */
function replayOrdered(method: 'fifo' | 'lifo', address: Address, movements: readonly Movement[]): OrderedPast {
  const pool = poolBy<Movement>(method);
  /** Of each receipt that has some left, how much. */
  const left = new Map<Movement, bigint>();
  const outflows = new Map<string, OrderedOutflow>();
  for (const movement of movements) {
    if (movement.to === address) {
      pool.append({ units: movement.units, source: movement });
      left.set(movement, movement.units);
      continue;
    }
    const one = left.size === 1;
    const parts: Part[] = [];
    let missing = movement.units;
    for (const { units, source } of pool.take(movement.units)) {
      if (source === 'clean') continue;
      const rest = left.get(source) ?? 0n;
      parts.push({ receipt: source, at: method === 'fifo' ? source.units - rest : rest - units, units });
      if (rest === units) left.delete(source);
      else left.set(source, rest - units);
      missing -= units;
    }
    if (missing > 0n) parts.push({ receipt: null, at: 0n, units: missing });
    const choice = missing > 0n ? 'free' : one ? 'none' : left.size === 0 ? 'order' : 'free';
    outflows.set(placeOf(movement), { parts, choice });
  }
  return { outflows };
}

/** Only the totals, because no unit is told from another. */
function replayMixed(address: Address, movements: readonly Movement[]): MixedPast {
  const receipts: Receipt[] = [];
  const indexes = new Map<string, number>();
  const outflows = new Map<string, MixedOutflow>();
  let held = 0n;
  let since = 0;
  for (const movement of movements) {
    const { units } = movement;
    if (movement.to === address) {
      if (held === 0n) since = receipts.length;
      indexes.set(placeOf(movement), receipts.length);
      receipts.push({ movement, before: held, after: held + units });
      held += units;
      continue;
    }
    const one = receipts.length - since === 1;
    const choice = units > held ? 'free' : one ? 'none' : units === held ? 'order' : 'free';
    outflows.set(placeOf(movement), { held, receipts: receipts.length, choice });
    held = units < held ? held - units : 0n;
  }
  return { receipts, indexes, outflows };
}
