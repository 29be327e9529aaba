import type { Address, TxId } from '@gongjo/contract';
import type { UtxoTransaction } from '../../ledger/index.ts';
import type { Live, News } from '../live.ts';
import type { Question, Trace } from '../model.ts';
import { Facts } from './facts.ts';
import { leadsOf, type Start, start } from './leads.ts';
import type { UtxoAsk, UtxoRows, UtxoRules } from './model.ts';
import { report, unnamed } from './report.ts';
import { Run } from './run.ts';
import type { Step } from './step.ts';
import { askFor, askLeads } from './want.ts';

/** Follows the leads; forwards the trace can be carried on. Throws what `traceUtxo` throws. */
export function* followUtxo(question: Question, rules: UtxoRules): Generator<UtxoAsk, UtxoLive, UtxoRows> {
  const { txids, addresses } = leadsOf(question.leads);
  const facts = new Facts(question, rules);
  const rows = yield askLeads(txids, addresses, question.bounds.movementsPerAddressMax);
  facts.begin(rows);
  const live = new UtxoLive(facts, start(facts, question.leads, rows), addresses);
  yield* live.begin();
  return live;
}

export class UtxoLive implements Live<UtxoAsk, UtxoRows, UtxoTransaction> {
  readonly #facts: Facts;
  readonly #run: Run;
  readonly #start: Start;
  /** Addresses all of whose outputs are leads. */
  readonly #leadAddresses: ReadonlySet<Address>;

  constructor(facts: Facts, begun: Start, leadAddresses: ReadonlySet<Address>) {
    this.#facts = facts;
    this.#run = new Run(facts);
    this.#start = begun;
    this.#leadAddresses = leadAddresses;
  }

  get size(): number {
    return this.#run.size;
  }

  trace(): Trace {
    const numbers = this.#start.steps.toSorted((a, b) => a.number - b.number);
    const lead: TxId[] = numbers.flatMap((step) => step.tx?.txid ?? []);
    return report(this.#run, this.#facts, lead, this.#start.truncated);
  }

  *begin(): Generator<UtxoAsk, void, UtxoRows> {
    for (const step of this.#start.steps) this.#run.need(step);
    yield* this.#settle(this.#start.steps);
  }

  concerns({ inputs, outputs }: UtxoTransaction): boolean {
    const facts = this.#facts;
    return (
      inputs.some(({ of }) => of !== null && facts.knows(of.tx)) ||
      outputs.some(({ address }) => address !== null && (this.#leadAddresses.has(address) || facts.counts(address)))
    );
  }

  *extend({ coverage, happened }: News<UtxoTransaction>): Generator<UtxoAsk, boolean, UtxoRows> {
    const due = new Set<Step>();
    const facts = this.#facts;
    for (const tx of happened) {
      for (const { address } of tx.outputs) {
        if (address === null) continue;
        if (this.#leadAddresses.has(address) || facts.uses(address)) return false;
      }
      for (const step of facts.spends(tx)) due.add(step);
    }
    facts.advance(coverage);
    yield* this.#settle(due);
    return true;
  }

  /** Executes these and whatever follows from them, until there is nothing to ask. */
  *#settle(steps: Iterable<Step>): Generator<UtxoAsk, void, UtxoRows> {
    const [run, facts] = [this.#run, this.#facts];
    let ask = run.execute(steps);
    while (ask !== null) ask = run.execute(run.learn(ask, yield ask));
    for (let names = unnamed(run, facts); names.length > 0; names = unnamed(run, facts)) {
      const naming = askFor(names, [], facts.question.bounds.movementsPerAddressMax);
      facts.learn(naming, yield naming);
    }
  }
}
