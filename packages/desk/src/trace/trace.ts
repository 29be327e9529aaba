import type { Address } from '@gongjo/contract';
import { invariant } from '../kernel/index.ts';
import type { AccountRows } from '../ledger/index.ts';
import { traceBackward } from './backward/trace-backward.ts';
import { completeQuestion } from './bounds.ts';
import { type Entry, Facts } from './facts.ts';
import { leadsAsk, receiptsOf, resolveLeads, takenIn } from './lead.ts';
import type { Ask, Asked, Gap, Question, Rows, Trace } from './model.ts';
import { report } from './report.ts';
import { Run } from './run.ts';

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
  return yield* question.direction === 'forward' ? traceForward(question) : traceBackward(question);
}

function* traceForward(question: Question): Generator<Ask, Trace, Rows> {
  const { bounds } = question;
  const answers: { ask: Ask; rows: Rows }[] = [];
  const received = new Map<Address, AccountRows>();
  let ask: Ask | null = leadsAsk(question);
  while (ask !== null) {
    const rows: Rows = yield ask;
    answers.push({ ask, rows });
    for (const { address } of ask.accounts) {
      const told = rows.accounts.get(address);
      if (told !== undefined) received.set(address, told);
    }
    const missing: Ask['accounts'] = ask.accounts.filter(({ address }) => !received.has(address));
    invariant(
      missing.length < ask.accounts.length || missing.length === 0,
      'an answer tells something of what was asked',
    );
    ask = missing.length === 0 ? null : { ...ask, transactions: [], accounts: missing };
  }
  const facts = new Facts(question, resolveLeads(question.leads, answers[0]?.rows.transactions ?? new Map(), received));
  for (const { ask: asked, rows } of answers) facts.learn(asked, rows);
  const gaps: Gap[] = [];
  for (const { address, movements, truncated } of received.values()) {
    for (const movement of receiptsOf(address, movements)) facts.note(movement);
    if (truncated) gaps.push(cutReceipts(address, bounds.movementsPerAddressMax));
  }
  const lead = facts.entries.filter((entry) => entry.lead !== null);
  for (const entry of lead) if (entry.lead === 'all') takenIn(entry);

  const run = new Run(facts, bounds);
  let entries: Iterable<Entry> = lead;
  for (;;) {
    const want = run.execute(entries);
    const next = want.ask(facts, bounds);
    if (next === null) break;
    facts.learn(next, yield next);
    entries = want.entries;
  }
  const txids = lead.map((entry) => entry.txid);
  return report(run, facts, txids, gaps);
}

/** Only the first so many movements of a lead's address were read. */
function cutReceipts(address: Address, number: number): Gap {
  return { kind: 'bound-reached', address, txid: null, number };
}
