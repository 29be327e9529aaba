import { type ChangeHeuristic, type ChangeSuggestion, type ChangeTable, changeHeuristics } from '@gongjo/contract';
import type { UtxoTransaction } from '../model.ts';
import { coinJoinVerdict } from '../verdict/coinjoin.ts';
import { type Answer, type ChangeFacts, heuristics } from './heuristics.ts';

/** Beyond this many outputs a transaction is a payout; which of hundreds returns to the service is not told by its shape. */
export const changeOutputsMax = 100;

/**
 * Which output each of these heuristics takes for change. None speaks of a coinbase, a CoinJoin or a payout of more than
 * `changeOutputsMax` outputs. In the order of `changeHeuristics`, whatever the order of `names`.
 */
export function changeTable(
  tx: UtxoTransaction,
  facts: ChangeFacts,
  names: readonly ChangeHeuristic[] = changeHeuristics,
): ChangeTable {
  const table: ChangeTable = { suggestions: [], silent: [], outputs: [], contradiction: false };
  const speakable = isPayment(tx);
  for (const heuristic of changeHeuristics) {
    if (!names.includes(heuristic)) continue;
    const answer = speakable ? heuristics[heuristic](tx, facts) : null;
    const suggestion = suggestionOf(tx, heuristic, answer);
    if (suggestion !== null) table.suggestions.push(suggestion);
    else table.silent.push({ heuristic, why: answer === 'facts-missing' ? 'facts-missing' : 'no-candidate' });
  }
  const named = [...new Set(table.suggestions.map(({ output }) => output))].sort((a, b) => a - b);
  table.outputs = named.map((output) => ({
    output,
    heuristics: table.suggestions.filter((each) => each.output === output).map((each) => each.heuristic),
  }));
  table.contradiction = named.length > 1;
  return table;
}

function isPayment(tx: UtxoTransaction): boolean {
  return !tx.coinbase && tx.outputs.length <= changeOutputsMax && coinJoinVerdict(tx) === null;
}

function suggestionOf(tx: UtxoTransaction, heuristic: ChangeHeuristic, answer: Answer): ChangeSuggestion | null {
  if (answer === null || answer === 'facts-missing') return null;
  const { output, reasons } = answer;
  const address = tx.outputs[output]?.address ?? null;
  return address === null ? null : { heuristic, output, address, certainty: 'heuristic', reasons: [...reasons] };
}
