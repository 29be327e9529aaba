import type { TraceMethod } from '@gongjo/contract';
import { type StoredIncident, traceQuestion } from '../cases/index.ts';
import { invariant } from '../kernel/index.ts';
import type { Block, Ledger } from '../ledger/index.ts';
import { completeQuestion, type Question, type Trace } from '../trace/index.ts';
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
  const heard: (() => RowsFile)[] = [];
  const keep = <P>({ provide, file }: { readonly provide: P; file(): RowsFile }): P => {
    heard.push(file);
    return provide;
  };
  const trace = await traceQuestion(ledger, question, asOf, {
    account: (provide) => keep(listenAccount(provide)),
    utxo: (provide) => keep(listenUtxo(provide)),
  });
  const [file] = heard;
  invariant(file !== undefined, 'a trace asks the ledger');
  return { question, rows: file(), trace };
}
