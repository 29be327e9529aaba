import type { Block, Ledger } from '../ledger/index.ts';
import { type Asked, answer, type Trace, trace } from '../trace/index.ts';
import { ledgerRows, type Questions } from './rows.ts';

/**
 * Answers a question from the ledger as of a block, by the engine of the chain's family: here a family that keeps its value
 * otherwise than in accounts gets its own engine and its own rows. `remembered` is read first and written to.
 * Throws what `trace` throws.
 */
export function traceQuestion(ledger: Ledger, asked: Asked, asOf: Block, remembered?: Questions): Promise<Trace> {
  return answer(trace(asked), ledgerRows(ledger, asOf, remembered));
}
