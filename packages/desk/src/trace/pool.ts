import type { TraceMethod } from '@gongjo/contract';
import { Mixture } from './mixture.ts';
import type { Hop } from './model.ts';
import { Queue } from './queue.ts';
import { Stack } from './stack.ts';

/** What brought a lot of traced value: a hop; `lead` where a lead has just taken it from its owner. */
export type Source = Hop | 'lead';

/** Some units of one asset at one address. `clean`: not traced. */
export interface Lot<S = Source> {
  readonly units: bigint;
  readonly source: S | 'clean';
}

/**
 * The lots of one asset at one address, and the method's rule of which of them leave first. A trace by another method is the
 * same trace with other pools. Marks must be gone back to latest first.
 */
export interface Pool<S = Source> {
  /** Σ of the lots that are traced. */
  readonly traced: bigint;
  /** Nothing clean ever mixed in with what it holds, so that every method would say the same of it. */
  readonly pure: boolean;
  /** False once it is known that the ledger does not know all that the address holds. */
  complete: boolean;
  /** Whoever last took a mark of this pool. */
  markedBy: object | null;
  append(lot: Lot<S>): void;
  /** Takes units by the method's rule; less than asked when the pool holds less. */
  take(units: bigint): Lot<S>[];
  /** The traced lots that are still there. */
  remaining(): Lot<S>[];
  /** Answers how to come back to the state of now. */
  mark(): () => void;
}

export function poolBy<S = Source>(method: TraceMethod, complete = true): Pool<S> {
  if (method === 'fifo') return new Queue<S>(complete);
  if (method === 'lifo') return new Stack<S>(complete);
  return new Mixture<S>(method, complete);
}

/** Σ of the lots that are traced. */
export function tracedUnits(lots: readonly Lot<unknown>[]): bigint {
  let sum = 0n;
  for (const lot of lots) if (lot.source !== 'clean') sum += lot.units;
  return sum;
}

/** Σ of all lots. */
export function lotUnits(lots: readonly Lot<unknown>[]): bigint {
  let sum = 0n;
  for (const lot of lots) sum += lot.units;
  return sum;
}
