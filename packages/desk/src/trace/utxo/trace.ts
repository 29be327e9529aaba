import { invariant } from '../../kernel/index.ts';
import type { Question, Trace } from '../model.ts';
import { followUtxo } from './live.ts';
import type { UtxoAsk, UtxoRows, UtxoRules } from './model.ts';

/**
 * Follows value through a chain of outputs, forwards or backwards, by any of the four methods (`pass.ts`). Yields what it must
 * know next, is handed the rows, and returns the trace; it needs about as many rounds as the deepest path has hops. The
 * answer depends only on what the ledger and the tags say, not on how the rows were handed over.
 *
 * What an address lead received is bounded by `movementsPerAddressMax` (gap `history-truncated`). `addressesMax` bounds the
 * transactions that value is followed through. Hops, stops and bounds go in the order of the trace: the chain's forwards, its
 * reverse backwards.
 *
 * Throws what `start` throws. `Trace.lead` is in chain order, without repetition.
 */
export function* traceUtxo(question: Question, rules: UtxoRules): Generator<UtxoAsk, Trace, UtxoRows> {
  invariant(question.leads.length > 0, 'a question names a lead');
  return (yield* followUtxo(question, rules)).trace();
}
