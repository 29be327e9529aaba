import type { Instant, Problem } from '@gongjo/contract';
import { epochMs, GongjoError, instant } from '../kernel/index.ts';
import type { Block, Coverage } from '../ledger/index.ts';

/**
 * Of the chain's usual time between blocks. Bitcoin's are exponential, so ten of them pass without a block once in 22,000
 * blocks, twice a year; Ethereum leaves out one slot in a hundred.
 */
const intervalsMax = 10;
/** Chains with blocks every second or two pause for as long when their one sequencer is changed. */
const stallMinMs = 60_000;
/** Over so many blocks the usual time between two is taken. */
const intervalBlocks = 20;
/** The limit within which nodes of Bitcoin accept a block (`MAX_FUTURE_BLOCK_TIME`); other chains are stricter. */
const aheadMaxMs = 2 * 3_600_000;

/** Where `intervalOf` looks. */
export function intervalStart({ from, tip }: Coverage): number {
  return Math.max(from, tip.height - intervalBlocks);
}

/** The usual time between blocks; null where too few are known. */
export function intervalOf(before: Block | null, tip: Block): number | null {
  if (before === null || tip.height - before.height < intervalBlocks / 2) return null;
  return Math.max(0, (epochMs(tip.time) - epochMs(before.time)) / (tip.height - before.height));
}

/** Whether a node's tip moves on as the chain's blocks do. Lives as long as the connection. */
export class Pulse {
  #tip = '';
  #sinceMs = 0;

  /** What is wrong with a node that answers well: nothing new for long. Null: nothing. */
  stall(
    url: string,
    tip: { readonly height: number; readonly hash: string },
    intervalMs: number | null,
    nowMs: number,
  ): Problem | null {
    if (this.#tip !== tip.hash) {
      this.#tip = tip.hash;
      this.#sinceMs = nowMs;
    }
    if (intervalMs === null || nowMs - this.#sinceMs < Math.max(stallMinMs, intervalsMax * intervalMs)) return null;
    return new GongjoError('node-stalled', { url, height: tip.height, since: instant(this.#sinceMs) }).problem;
  }
}

/** A tip below one that the same node had before, on the same branch. */
export function fallen(url: string, height: number, before: number): Problem {
  return new GongjoError('node-tip-fell', { url, height, before }).problem;
}

/** A block that says it is of a time that is still to come. */
export function ahead(url: string, height: number, time: Instant, nowMs: number): Problem | null {
  if (epochMs(time) - nowMs <= aheadMaxMs) return null;
  return new GongjoError('node-time-ahead', { url, height, time }).problem;
}
