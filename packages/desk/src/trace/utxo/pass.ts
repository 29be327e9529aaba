import type { TraceMethod } from '@gongjo/contract';
import type { Lots } from './lots.ts';
import { type Part, type Parts, unitsOf, whole } from './part.ts';

/**
 * How traced value passes through one transaction, from the lots of one side to those of the other: inputs to outputs
 * forwards, outputs to inputs backwards. Both sides are lines of the same length, so each rule serves both directions.
 *
 * - `fifo`: units keep their place on the line. Clayton's case, Devaynes v Noble (1816) 1 Mer 572; for Bitcoin: Anderson,
 *   Shumailov, Ahmed, "Making Bitcoin Legal", Security Protocols XXVI (2018). Exact.
 * - `lifo`: the line is turned round, as a stack is emptied: the last unit to come is the first to leave. Exact.
 * - `haircut`: of T traced units among S, the lots that end at c₁ < c₂ < … get ⌊T·cᵢ/S⌋ − ⌊T·cᵢ₋₁/S⌋; so every lot is
 *   within one unit of its proportion and the sum is T. Möser, Böhme, Breuker, "Towards Risk Scoring of Bitcoin
 *   Transactions", Financial Cryptography Workshops (2014).
 * - `poison`: any traced unit makes every lot traced in full (same paper). Value is not conserved.
 */
export interface Passed {
  readonly parts: (Part | undefined)[];
  /**
   * Pairs of a lot that gave and a lot that got (`haircut`: could have got); what bounds count as hops. Never fewer when more
   * reaches the transaction.
   */
  readonly pairs: number;
  /** Pieces that `parts` was laid out from; none where units have no place. */
  readonly pieces: number;
}

/** Some units that passed from a lot to a lot. */
export interface Flow {
  readonly from: number;
  readonly to: number;
  units: bigint;
}

export function pass(method: TraceMethod, from: Lots, to: Lots, parts: Parts): Passed {
  if (method === 'fifo' || method === 'lifo') return inOrder(method === 'lifo', from, to, parts, null);
  let traced = 0n;
  let givers = 0;
  for (let slot = 0; slot < parts.length; slot += 1) {
    const units = unitsOf(parts[slot]);
    if (units > 0n) givers += 1;
    traced += units;
  }
  if (traced === 0n) return { parts: [], pairs: 0, pieces: 0 };
  const got = new Array<Part | undefined>(to.sizes.length);
  let takers = 0;
  let end = 0n;
  let before = 0n;
  for (let slot = 0; slot < to.sizes.length; slot += 1) {
    const size = to.sizes[slot] ?? 0n;
    if (size === 0n) continue;
    takers += 1;
    end += size;
    const until = method === 'poison' ? before + size : (traced * end) / from.total;
    if (until > before) got[slot] = whole(until - before);
    before = until;
  }
  return { parts: got, pairs: givers * takers, pieces: 0 };
}

/**
 * Which lot gave how much to which. With `poison` each giver makes each taker traced in full. With `haircut` each taker, in
 * order, takes from what the givers have left in proportion to it: with Rⱼ units left up to giver j, R in all, ⌊a·Rⱼ/R⌋ −
 * ⌊a·Rⱼ₋₁/R⌋ of its a units. So every taker gets and every giver gives exactly what it has.
 */
export function flowsOf(method: TraceMethod, from: Lots, to: Lots, parts: Parts, got: Parts): Flow[] {
  const flows: Flow[] = [];
  if (method === 'fifo' || method === 'lifo') {
    inOrder(method === 'lifo', from, to, parts, flows);
    return flows;
  }
  const givers: { slot: number; left: bigint }[] = [];
  let left = 0n;
  parts.forEach((part, slot) => {
    const units = unitsOf(part);
    if (units === 0n) return;
    givers.push({ slot, left: units });
    left += units;
  });
  got.forEach((part, slot) => {
    const units = unitsOf(part);
    if (units === 0n) return;
    let end = 0n;
    let before = 0n;
    for (const giver of givers) {
      end += giver.left;
      const until = method === 'poison' ? before + units : (units * end) / left;
      if (until > before) flows.push({ from: giver.slot, to: slot, units: until - before });
      if (method === 'haircut') giver.left -= until - before;
      before = until;
    }
    if (method === 'haircut') left -= units;
  });
  return flows;
}

/** Lays the traced pieces on the other line, from its one end to its other, and cuts them where its lots end. */
function inOrder(turned: boolean, from: Lots, to: Lots, parts: Parts, flows: Flow[] | null): Passed {
  const got = new Array<bigint[] | undefined>(to.sizes.length);
  let pairs = 0;
  let laid = 0;
  let lastFrom = -1;
  let lastTo = -1;
  let lastFlow: Flow | null = null;
  let taker = -1;
  let takerStart = 0n;
  let takerEnd = 0n;
  const lay = (giver: number, start: bigint, end: bigint) => {
    let at = start;
    while (at < end) {
      if (takerEnd <= at) {
        taker += 1;
        if (taker === to.sizes.length) return;
        takerStart = takerEnd;
        takerEnd += to.sizes[taker] ?? 0n;
        continue;
      }
      const until = end < takerEnd ? end : takerEnd;
      const pieces = got[taker];
      laid += 1;
      if (pieces === undefined) got[taker] = [at - takerStart, until - takerStart];
      else if (pieces[pieces.length - 1] === at - takerStart) pieces[pieces.length - 1] = until - takerStart;
      else pieces.push(at - takerStart, until - takerStart);
      if (giver !== lastFrom || taker !== lastTo) {
        pairs += 1;
        lastFrom = giver;
        lastTo = taker;
        if (flows !== null) {
          lastFlow = { from: giver, to: taker, units: 0n };
          flows.push(lastFlow);
        }
      }
      if (lastFlow !== null) lastFlow.units += until - at;
      at = until;
    }
  };
  let before = 0n;
  if (!turned) {
    for (let giver = 0; giver < parts.length; giver += 1) {
      const part = parts[giver];
      for (let at = 0; part !== undefined && at < part.length; at += 2) {
        lay(giver, before + (part[at] ?? 0n), before + (part[at + 1] ?? 0n));
      }
      before += from.sizes[giver] ?? 0n;
    }
  } else {
    for (let giver = from.sizes.length - 1; giver >= 0; giver -= 1) {
      const part = parts[giver];
      const end = before + (from.sizes[giver] ?? 0n);
      for (let at = (part?.length ?? 0) - 2; part !== undefined && at >= 0; at -= 2) {
        lay(giver, end - (part[at + 1] ?? 0n), end - (part[at] ?? 0n));
      }
      before = end;
    }
  }
  return { parts: got, pairs, pieces: laid };
}
