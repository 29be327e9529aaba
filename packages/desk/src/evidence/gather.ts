import type { TraceMethod } from '@gongjo/contract';
import { ledgerRows, type StoredIncident, utxoRows, utxoRules } from '../cases/index.ts';
import { type Block, familyOf, type Ledger } from '../ledger/index.ts';
import { answer, completeQuestion, type Question, type Trace, trace, traceUtxo } from '../trace/index.ts';
import { listenAccount } from './rows/account.ts';
import type { RowsFile } from './rows/model.ts';
import { listenUtxo } from './rows/utxo.ts';

export interface Gathered {
  readonly question: Question;
  /** All that the ledger told the trace. */
  readonly rows: RowsFile;
  readonly trace: Trace;
}

/** Traces an incident's transactions as of a block and keeps every row that the answer rests on. */
export async function gather(
  ledger: Ledger,
  { chain, txids }: Pick<StoredIncident, 'chain' | 'txids'>,
  asOf: Block,
  method?: TraceMethod,
): Promise<Gathered> {
  const question = completeQuestion({ chain, leads: txids.map((txid) => ({ txid, ord: null })), method });
  if (familyOf(chain) === 'account') {
    const listening = listenAccount(ledgerRows(ledger, asOf));
    const made = await answer(trace(question), listening.provide);
    return { question, rows: listening.file(), trace: made };
  }
  const listening = listenUtxo(await utxoRows(ledger, asOf));
  const made = await answer(traceUtxo(question, utxoRules(chain)), listening.provide);
  return { question, rows: listening.file(), trace: made };
}
