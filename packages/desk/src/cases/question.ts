import { type Block, coinJoinVerdict, coinOf, familyOf, type Ledger } from '../ledger/index.ts';
import { type Asked, answer, completeQuestion, type Trace, trace, traceUtxo } from '../trace/index.ts';
import { ledgerRows, type Questions } from './rows.ts';
import { utxoRows } from './utxo-rows.ts';

/**
 * Answers a question from the ledger as of a block, by the engine of the chain's family. `remembered` is read first and
 * written to, where the family can. Throws what `trace` and `traceUtxo` throw.
 */
export async function traceQuestion(ledger: Ledger, asked: Asked, asOf: Block, remembered?: Questions): Promise<Trace> {
  if (familyOf(asked.chain) === 'account') return answer(trace(asked), ledgerRows(ledger, asOf, remembered));
  const rules = {
    coin: coinOf(asked.chain),
    coinJoin: (tx: Parameters<typeof coinJoinVerdict>[0]) => coinJoinVerdict(tx) !== null,
  };
  return answer(traceUtxo(completeQuestion(asked), rules), await utxoRows(ledger, asOf));
}
