import { invariant } from '../../kernel/index.ts';
import type { Facts } from './facts.ts';
import type { End } from './model.ts';
import { type Part, unitsOf } from './part.ts';
import { Place, type Route, type Step } from './step.ts';

const ended = (kind: End['kind']): End => ({ kind, tag: null });
const burned = ended('burned');
const fee = ended('fee');
const small = ended('small');
const unspent = ended('unspent');
const mined = ended('mined');
const beforeLedger = ended('before-ledger');
const limit = ended('limit');

/** Where whatever leaves a transaction by a slot goes. Looks at the rows only, not at what the trace did so far. */
export function routeOf(facts: Facts, step: Step, slot: number): Route {
  const known = step.routes[slot];
  if (known !== undefined && !(known instanceof Place)) return known;
  const route = facts.forward ? routeForward(facts, step, slot, known) : routeBackward(facts, step, slot, known);
  step.routes[slot] = route;
  return route;
}

function routeForward(facts: Facts, step: Step, slot: number, known: Place | undefined): Route {
  const { tx } = step;
  invariant(tx !== null, 'only a known transaction is executed');
  const output = tx.outputs[slot];
  if (output === undefined) {
    if (tx.coinbase) return burned;
    if (!facts.follow) return fee;
    const coinbase = facts.step(tx.number - tx.index);
    coinbase.collects = true;
    return { step: coinbase, slot: 1 + tx.index };
  }
  if (output.address === null || output.type === 'op-return') return burned;
  if (step.leads?.get(slot) !== 'sure') {
    const place = known ?? facts.place(output.address);
    if (place.end === undefined) return place;
    if (place.end !== null) return place.end;
  }
  if (output.spentBy === null) return unspent;
  invariant(output.spentBy.tx > tx.number, 'an output is spent later than it is made');
  return { step: facts.step(output.spentBy.tx), slot: output.spentBy.input };
}

function routeBackward(facts: Facts, step: Step, slot: number, known: Place | undefined): Route {
  const { tx } = step;
  invariant(tx !== null, 'only a known transaction is executed');
  if (tx.coinbase) return slot === 0 ? mined : { step: facts.step(tx.number + slot - 1), slot: -1 };
  const input = tx.inputs[slot];
  if (input === undefined || input.of === null || input.address === null) return beforeLedger;
  const place = known ?? facts.place(input.address);
  if (place.end === undefined) return place;
  if (place.end !== null) return place.end;
  invariant(input.of.tx < tx.number, 'an output is spent later than it is made');
  return { step: facts.step(input.of.tx), slot: input.of.index };
}

/** Too little to be followed on. */
export function isSmall(facts: Facts, part: Part): boolean {
  const { unitsMin } = facts.question.bounds;
  return unitsMin > 1n && unitsOf(part) < unitsMin;
}

export function isEnd(route: Route): route is End {
  return 'kind' in route;
}

/**
 * What becomes of it in the finished trace: what goes on beyond the cut ends at the limit, and at a transaction that is not
 * followed, before it.
 */
export function finalEndOf(facts: Facts, step: Step, slot: number, part: Part, cut: number): End | null {
  const route = routeOf(facts, step, slot);
  invariant(!(route instanceof Place), 'every place of a finished trace is known');
  if (isEnd(route)) return route;
  if (isSmall(facts, part)) return small;
  if (route.step.rank >= cut) return limit;
  return route.step.blocked === null ? null : ended(route.step.blocked);
}
