import { invariant } from '../../kernel/index.ts';
import type { Facts } from './facts.ts';
import type { End } from './model.ts';
import { type Part, unitsOf } from './part.ts';
import type { Step } from './step.ts';

/** Where a part goes on: into a slot of another transaction's incoming side; slot -1 is its fee. */
export interface Onward {
  readonly step: Step;
  readonly slot: number;
}

const ended = (kind: End['kind']): End => ({ kind, tag: null });
const burned = ended('burned');
const fee = ended('fee');
const small = ended('small');
const unspent = ended('unspent');
const mined = ended('mined');
const beforeLedger = ended('before-ledger');
const limit = ended('limit');

/**
 * Where whatever leaves a transaction by a slot goes: it ends there (`End`), goes on (`Onward`), or nobody knows before the
 * address's tags and usage are known (null). Looks at the rows only, not at what the trace did so far.
 */
export function routeOf(facts: Facts, step: Step, slot: number): End | Onward | null {
  return facts.forward ? routeForward(facts, step, slot) : routeBackward(facts, step, slot);
}

function routeForward(facts: Facts, step: Step, slot: number): End | Onward | null {
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
    const end = facts.endAt(output.address);
    if (end !== null) return end ?? null;
  }
  if (output.spentBy === null) return unspent;
  invariant(output.spentBy.tx > tx.number, 'an output is spent later than it is made');
  return { step: facts.step(output.spentBy.tx), slot: output.spentBy.input };
}

function routeBackward(facts: Facts, step: Step, slot: number): End | Onward | null {
  const { tx } = step;
  invariant(tx !== null, 'only a known transaction is executed');
  if (tx.coinbase) return slot === 0 ? mined : { step: facts.step(tx.number + slot - 1), slot: -1 };
  const input = tx.inputs[slot];
  if (input === undefined || input.of === null || input.address === null) return beforeLedger;
  const end = facts.endAt(input.address);
  if (end !== null) return end ?? null;
  invariant(input.of.tx < tx.number, 'an output is spent later than it is made');
  return { step: facts.step(input.of.tx), slot: input.of.index };
}

/** Too little to be followed on. */
export function isSmall(facts: Facts, part: Part): boolean {
  const { unitsMin } = facts.question.bounds;
  return unitsMin > 1n && unitsOf(part) < unitsMin;
}

export function isEnd(one: End | Onward): one is End {
  return 'kind' in one;
}

/**
 * What becomes of it in the finished trace: what goes on beyond the cut ends at the limit, and at a transaction that is not
 * followed, before it.
 */
export function finalEndOf(facts: Facts, step: Step, slot: number, part: Part, cut: number): End | null {
  const route = routeOf(facts, step, slot);
  invariant(route !== null, 'every place of a finished trace is known');
  if (isEnd(route)) return route;
  if (isSmall(facts, part)) return small;
  if (route.step.rank >= cut) return limit;
  return route.step.blocked === null ? null : ended(route.step.blocked);
}
