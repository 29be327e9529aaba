import type { Address, TxId } from '@gongjo/contract';
import { invariant } from '../kernel/index.ts';
import type { AccountRows, Coverage, Movement } from '../ledger/index.ts';
import { type Entry, Facts } from './facts.ts';
import { leadsAsk, receiptsOf, resolveLeads, takenIn } from './lead.ts';
import type { Ask, Gap, Question, Rows, Trace } from './model.ts';
import { report } from './report.ts';
import { Run } from './run.ts';

/**
 * A finished trace forward that can be carried on: it keeps what it knows and takes in the blocks that come after its own, at
 * a cost in proportion to what they moved at its addresses. What happens in a block is its movements on a chain of accounts,
 * its transactions on one of outputs.
 */
export interface Live<Ask, Rows, Happening> {
  /** The trace as of the last block taken in. */
  trace(): Trace;
  /** Whether `extend` has to be told of this. */
  concerns(happening: Happening): boolean;
  /**
   * Takes in what happened in all blocks after the last one, up to the tip of `coverage`, each of which stands on the one
   * before; in the chain's order, what does not concern it may be left out. Answers false where that changes what stands
   * before those blocks – an address became a hub, a lead's address received more: then the trace has to be made anew, and
   * this one is of no use any more. Tags are not asked for again.
   */
  extend(news: News<Happening>): Generator<Ask, boolean, Rows>;
  /** How much it holds: hops, roughly. */
  readonly size: number;
}

export interface News<Happening> {
  readonly coverage: Coverage;
  readonly happened: readonly Happening[];
}

/** Follows the leads forward. Throws what `trace` throws. */
export function* follow(question: Question): Generator<Ask, AccountLive, Rows> {
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

  const live = new AccountLive(facts, lead, gaps, new Set(received.keys()));
  yield* live.settle(lead);
  return live;
}

export class AccountLive implements Live<Ask, Rows, Movement> {
  readonly #facts: Facts;
  readonly #run: Run;
  readonly #lead: readonly TxId[];
  readonly #gaps: readonly Gap[];
  /** Addresses all of whose receipts are leads. */
  readonly #leadAddresses: ReadonlySet<Address>;

  constructor(facts: Facts, lead: readonly Entry[], gaps: readonly Gap[], leadAddresses: ReadonlySet<Address>) {
    this.#facts = facts;
    this.#run = new Run(facts, facts.question.bounds);
    this.#lead = lead.map((entry) => entry.txid);
    this.#gaps = gaps;
    this.#leadAddresses = leadAddresses;
  }

  get size(): number {
    return this.#run.size;
  }

  trace(): Trace {
    return report(this.#run, this.#facts, this.#lead, this.#gaps);
  }

  concerns({ from, to }: Movement): boolean {
    return this.#facts.knows(from) || this.#facts.knows(to);
  }

  *extend({ coverage, happened }: News<Movement>): Generator<Ask, boolean, Rows> {
    const told = happened.filter((movement) => this.concerns(movement));
    if (told.some(({ to }) => to !== null && this.#leadAddresses.has(to))) return false;
    const entries = this.#facts.advance(coverage, told);
    if (entries === null) return false;
    yield* this.settle(entries);
    return true;
  }

  /** Executes these and whatever follows from them, until there is nothing to ask. */
  *settle(entries: Iterable<Entry>): Generator<Ask, void, Rows> {
    const facts = this.#facts;
    let due = entries;
    for (;;) {
      const want = this.#run.execute(due);
      const next = want.ask(facts, facts.question.bounds);
      if (next === null) return;
      facts.learn(next, yield next);
      due = want.entries;
    }
  }
}

/** Only the first so many movements of a lead's address were read. */
function cutReceipts(address: Address, number: number): Gap {
  return { kind: 'bound-reached', address, txid: null, number };
}
