import type { TxId } from '@gongjo/contract';
import { GongjoError, invariant } from '../kernel/index.ts';
import { completeQuestion } from './bounds.ts';
import { type Entry, Facts } from './facts.ts';
import { takenIn } from './lead.ts';
import type { Ask, Asked, Rows, Trace } from './model.ts';
import { report } from './report.ts';
import { Run } from './run.ts';

/**
 * Follows what the lead took, first in, first out. Yields what it must know next, is handed the rows, and returns the
 * trace; it needs about as many rounds as the deepest path has hops. The answer depends only on what the ledger, the tags
 * and the assets say, not on how the rows were handed over.
 *
 * An answer holds the transactions, tags and assets that were asked for and exist; rows of addresses may be left out and
 * are asked for again, or not at all where the tags end the trace (`stopByTags`).
 *
 * Throws `transaction-unknown` for a lead that the ledger does not hold and `lead-moves-nothing` for one that takes nothing
 * from anyone. `Trace.lead` is in chain order, without repetition.
 */
export function* trace(asked: Asked): Generator<Ask, Trace, Rows> {
  const question = completeQuestion(asked);
  const { bounds } = question;
  const wanted: ReadonlySet<TxId> = new Set(question.leads.flatMap((lead) => ('txid' in lead ? [lead.txid] : [])));
  invariant(wanted.size > 0, 'a question names a lead');
  const facts = new Facts(wanted);
  const first: Ask = {
    transactions: [...wanted].sort(),
    accounts: [],
    movementsMax: bounds.movementsPerAddressMax,
    tags: [],
    assets: [],
  };
  const rows = yield first;
  for (const txid of wanted) {
    const movements = rows.transactions.get(txid);
    if (movements === undefined) throw new GongjoError('transaction-unknown', { txid });
    if (movements.length === 0) throw new GongjoError('lead-moves-nothing', { txid });
  }
  facts.learn(first, rows);
  const lead = [...facts.entries];

  for (const entry of lead) takenIn(entry);

  const run = new Run(facts, bounds);
  let entries: Iterable<Entry> = lead;
  for (;;) {
    const want = run.execute(entries);
    const ask = want.ask(facts, bounds);
    if (ask === null) break;
    facts.learn(ask, yield ask);
    entries = want.entries;
  }
  return report(
    run,
    facts,
    question,
    lead.map((entry) => entry.txid),
  );
}
