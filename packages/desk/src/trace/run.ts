import type { Account } from './account.ts';
import { Due } from './due.ts';
import { compareEntries, type Entry, type Facts } from './facts.ts';
import type { Cut } from './findings.ts';
import { execute } from './flow.ts';
import type { Bounds } from './model.ts';
import type { Step } from './step.ts';
import { Want } from './want.ts';

/**
 * Executes transactions in the chain's order. Where something is missing the others go on, only to find out what else to ask
 * for. With the answer, the transactions that wanted it are executed again, and so is whatever stands later and depends on
 * them: before a transaction is executed, every later step of its accounts is undone, with all that depends on those. So
 * at the end every step was executed on what the chain's order says its accounts held, as in one pass over the whole
 * ledger, and what does not depend on an answer is not touched by it.
 *
 * Bounds count in the chain's order too, so that the answer does not depend on the order of the questions: the run keeps
 * the longest beginning of the ledger that stays within them.
 */
export class Run {
  readonly #facts: Facts;
  readonly #bounds: Bounds;
  readonly #due = new Due<Entry>(compareEntries);
  #want = new Want();
  #cut: Cut<Entry> | null = null;
  #hops = 0;
  #reached = 0;

  constructor(facts: Facts, bounds: Bounds) {
    this.#facts = facts;
    this.#bounds = bounds;
  }

  get cut(): Cut<Entry> | null {
    return this.#cut;
  }

  /** Hops of the steps that stand. */
  get size(): number {
    return this.#hops;
  }

  /** What happened, in chain order. */
  steps(): Step[] {
    return this.#facts.entries.flatMap((entry) => entry.step ?? []);
  }

  /** Executes these transactions, and again what depends on them; returns what was missing. */
  execute(entries: Iterable<Entry>): Want {
    this.#want = new Want();
    for (const entry of entries) this.#due.add(entry);
    for (let entry = this.#due.take(); entry !== null; entry = this.#due.take()) {
      if (this.#cut === null || compareEntries(entry, this.#cut.at) < 0) this.#executeAfresh(entry);
    }
    if (this.#exceeded().length > 0) this.#retreat();
    else if (this.#cut !== null) this.#advance(this.#cut.at);
    return this.#want.standing(this.#cut?.at ?? null);
  }

  #executeAfresh(entry: Entry): void {
    this.#undoLater(entry);
    const step = this.#execute(entry);
    for (const account of step.reached) {
      for (const other of account.entries) if (compareEntries(other, entry) > 0) this.#due.add(other);
    }
  }

  #execute(entry: Entry): Step {
    const step = execute(this.#facts, entry, this.#want);
    this.#hops += step.hops.length;
    this.#reached += step.reached.length;
    return step;
  }

  #undo(step: Step): void {
    this.#hops -= step.hops.length;
    this.#reached -= step.reached.length;
    step.undo();
  }

  /** Undoes an entry's own step and every later step that depends on its accounts, and makes those due again. */
  #undoLater(entry: Entry): void {
    if (entry.step === null && !entry.moves.some((move) => isAhead(move.from, entry) || isAhead(move.to, entry)))
      return;
    for (const step of laterSteps(entry)) {
      this.#undo(step);
      if (step.entry !== entry) this.#due.add(step.entry);
    }
  }

  #exceeded(): number[] {
    const { hopsMax, addressesMax } = this.#bounds;
    return [...(this.#hops > hopsMax ? [hopsMax] : []), ...(this.#reached > addressesMax ? [addressesMax] : [])];
  }

  /** Undoes the latest steps until the bounds hold. */
  #retreat(): void {
    for (const { entry } of this.steps().reverse()) {
      const bounds = this.#exceeded();
      if (bounds.length === 0) return;
      if (entry.step !== null) this.#undo(entry.step);
      this.#cut = { at: entry, bounds };
    }
  }

  /** Executes on from where the bounds had cut, as far as they allow now. */
  #advance(from: Entry): void {
    this.#cut = null;
    for (const entry of this.#facts.entries) {
      if (compareEntries(entry, from) < 0) continue;
      const step = this.#execute(entry);
      const bounds = this.#exceeded();
      if (bounds.length === 0) continue;
      this.#undo(step);
      this.#cut = { at: entry, bounds };
      return;
    }
  }
}

function isAhead(account: Account | null, entry: Entry): boolean {
  const latest = account?.steps.at(-1);
  return latest !== undefined && compareEntries(latest.entry, entry) >= 0;
}

/** An entry's own step and all later ones that depend on its accounts, directly or through others; the latest first. */
function laterSteps(entry: Entry): Step[] {
  const found = new Set<Step>();
  const open: Step[] = [];
  /** Of each account, how many of its steps are not found. */
  const staying = new Map<Account, number>();
  const collect = (account: Account | null, after: Entry) => {
    if (account === null) return;
    let stays = staying.get(account) ?? account.steps.length;
    for (let step = account.steps[stays - 1]; step !== undefined; step = account.steps[stays - 1]) {
      if (compareEntries(step.entry, after) < 0) break;
      stays -= 1;
      if (found.has(step)) continue;
      found.add(step);
      open.push(step);
    }
    staying.set(account, stays);
  };
  for (const { from, to } of entry.moves) {
    collect(from, entry);
    collect(to, entry);
  }
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    for (const account of step.accounts) collect(account, step.entry);
  }
  if (entry.step !== null) found.add(entry.step);
  return [...found].sort((a, b) => compareEntries(b.entry, a.entry));
}
