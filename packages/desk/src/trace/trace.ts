import { invariant } from '../kernel/index.ts';
import { traceBackward } from './backward/trace-backward.ts';
import { completeQuestion } from './bounds.ts';
import { follow } from './live.ts';
import type { Ask, Asked, Rows, Trace } from './model.ts';

/**
 * Follows what the leads took by the method asked for. Yields what it must know next, is handed the rows, and returns the
 * trace; it needs about as many rounds as the deepest path has hops. The answer depends only on what the ledger, the tags
 * and the assets say, not on how the rows were handed over.
 *
 * An answer holds the transactions, tags and assets that were asked for and exist; rows of addresses may be left out and
 * are asked for again, or not at all where the tags end the trace (`stopByTags`); rows of a lead's address may not.
 *
 * Throws `transaction-unknown` and `movement-unknown` for a lead that the ledger does not hold, `lead-moves-nothing` for one
 * that takes nothing from anyone and `address-received-nothing`. `Trace.lead` is in chain order, without repetition.
 */
export function* trace(asked: Asked): Generator<Ask, Trace, Rows> {
  const question = completeQuestion(asked);
  invariant(question.leads.length > 0, 'a question names a lead');
  if (question.direction === 'backward') return yield* traceBackward(question);
  return (yield* follow(question)).trace();
}
