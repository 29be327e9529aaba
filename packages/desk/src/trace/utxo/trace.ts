import { invariant } from '../../kernel/index.ts';
import type { Question, Trace } from '../model.ts';
import { Facts } from './facts.ts';
import { leadsOf, start } from './leads.ts';
import type { UtxoAsk, UtxoRows, UtxoRules } from './model.ts';
import { report, unnamed } from './report.ts';
import { Run } from './run.ts';
import { askFor, askLeads } from './want.ts';

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
  const { txids, addresses } = leadsOf(question.leads);
  const { movementsPerAddressMax } = question.bounds;
  const facts = new Facts(question, rules);
  const rows = yield askLeads(txids, addresses, movementsPerAddressMax);
  facts.begin(rows);
  const { steps, truncated } = start(facts, question.leads, rows);

  const run = new Run(facts);
  for (const step of steps) run.need(step);
  let ask = run.execute(steps);
  while (ask !== null) ask = run.execute(run.learn(ask, yield ask));
  for (let names = unnamed(run, facts); names.length > 0; names = unnamed(run, facts)) {
    const naming = askFor(names, [], movementsPerAddressMax);
    facts.learn(naming, yield naming);
  }
  const numbers = steps.toSorted((a, b) => a.number - b.number);
  return report(
    run,
    facts,
    numbers.flatMap((step) => step.tx?.txid ?? []),
    truncated,
  );
}
