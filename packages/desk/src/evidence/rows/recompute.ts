import type { Trace as WireTrace } from '@gongjo/contract';
import { utxoRules } from '../../cases/index.ts';
import { canonicalJson, wireJson } from '../../kernel/index.ts';
import { familyOf } from '../../ledger/index.ts';
import { answer, completeQuestion, type Question, type Trace, trace, traceUtxo } from '../../trace/index.ts';
import { replayAccount } from './account.ts';
import type { RowsFile } from './model.ts';
import { replayUtxo } from './utxo.ts';

/** A trace of the largest bounds takes some hundred rounds; rows that never answer would be asked for for ever. */
const roundsMax = 100_000;

/** The trace that the question has on these rows, as the package writes it. Throws where they do not answer it. */
export async function recompute(question: WireTrace['question'], rows: RowsFile): Promise<string> {
  return traceText(await traceOn(questionOf(question), rows));
}

export const traceText = (made: Trace): string => canonicalJson(JSON.parse(wireJson(made)));
export const questionText = (asked: Question): string => canonicalJson(JSON.parse(wireJson(asked)));

function questionOf({ bounds, ...question }: WireTrace['question']): Question {
  return { ...question, bounds: { ...bounds, unitsMin: BigInt(bounds.unitsMin) } };
}

async function traceOn(question: Question, rows: RowsFile): Promise<Trace> {
  if (rows.coverage.chain !== question.chain || rows.family !== familyOf(question.chain))
    throw new Error('the rows are of another chain');
  if (rows.family === 'account') return answer(trace(question), asking(replayAccount(rows)));
  return answer(traceUtxo(completeQuestion(question), utxoRules(question.chain)), asking(replayUtxo(rows)));
}

/** Ends what asks the same again: the rows do not hold the answer. */
function asking<Ask, Rows>(provide: (ask: Ask) => Promise<Rows>): (ask: Ask) => Promise<Rows> {
  let rounds = 0;
  let before = '';
  return async (ask) => {
    const now = JSON.stringify(ask);
    rounds += 1;
    if (now === before || rounds > roundsMax) throw new Error('the rows do not hold what the trace asks for');
    before = now;
    return provide(ask);
  };
}
