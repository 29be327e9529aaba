import type { Clock } from '../platform/index.ts';
import type { ChainEntry } from './reader.ts';

/** How far reading has come. Counts are of this run. */
export interface Progress {
  /** The last block written. */
  readonly height: number;
  /** The block that is aimed at. */
  readonly target: number;
  readonly blocks: number;
  readonly transactions: number;
  /** On a chain of outputs, none. */
  readonly movements: number;
  /** Blocks a second, lately. */
  readonly ratePerS: number;
  /** To the target, at that rate. */
  readonly secondsLeft: number;
}

/** Rates are measured over this many writes: old chains have tiny blocks, so the beginning says nothing about the rest. */
const WINDOW_WRITES = 32;

export interface Meter {
  readonly latest: Progress | null;
  /** After each write of blocks (at least one). */
  add(entries: readonly ChainEntry[], target: number): Progress;
}

export function meter(clock: Pick<Clock, 'now'>): Meter {
  const marks = [{ atMs: clock.now(), blocks: 0 }];
  const total = { blocks: 0, transactions: 0, movements: 0 };
  let latest: Progress | null = null;

  return {
    get latest() {
      return latest;
    },
    add(entries, target) {
      for (const { block, movements } of entries) {
        total.blocks += 1;
        total.transactions += block.transactionCount;
        total.movements += movements?.length ?? 0;
      }
      const atMs = clock.now();
      const first = marks.length < WINDOW_WRITES ? marks[0] : marks.shift();
      marks.push({ atMs, blocks: total.blocks });
      // A clock may stand still between two writes; a millisecond is its smallest step.
      const elapsedMs = Math.max(1, atMs - (first?.atMs ?? atMs));
      const ratePerS = ((total.blocks - (first?.blocks ?? 0)) * 1000) / elapsedMs;
      const height = entries.at(-1)?.block.height ?? target;
      latest = { height, target, ...total, ratePerS, secondsLeft: Math.max(0, target - height) / ratePerS };
      return latest;
    },
  };
}
