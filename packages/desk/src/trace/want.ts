import type { Position } from '../kernel/index.ts';
import type { Account } from './account.ts';
import { compareEntries, type Entry, type Facts } from './facts.ts';
import type { Ask, Bounds } from './model.ts';
import { compareText } from './tags.ts';

/** What a run found missing, and the first transaction whose outcome depends on it. */
export class Want {
  readonly #rows = new Map<Account, Position>();
  readonly #tags = new Set<Account>();
  readonly #transactions = new Set<Entry>();
  #from: Entry | null = null;

  /** From here on the run must be repeated with the answer; null when nothing is missing. */
  get from(): Entry | null {
    return this.#from;
  }

  rows(account: Account, after: Position, at: Entry): void {
    this.#rows.set(account, { height: after.height, txIndex: after.txIndex, ord: after.ord });
    this.#since(at);
  }

  tags(account: Account, at: Entry): void {
    this.#tags.add(account);
    this.#since(at);
  }

  transaction(entry: Entry): void {
    this.#transactions.add(entry);
    this.#since(entry);
  }

  /** One question for all of it, in a fixed order; null when there is nothing to ask. */
  ask(facts: Facts, bounds: Bounds): Ask | null {
    const assets = facts.assetsUnasked();
    if (this.#from === null && assets.length === 0) return null;
    return {
      transactions: [...this.#transactions].sort(compareEntries).map((entry) => entry.txid),
      accounts: [...this.#rows]
        .map(([{ address }, after]) => ({ address, after }))
        .sort((a, b) => compareText(a.address, b.address)),
      movementsMax: bounds.movementsPerAddressMax,
      tags: [...this.#tags].map((account) => account.address).sort(),
      assets,
    };
  }

  #since(entry: Entry): void {
    if (this.#from === null || compareEntries(entry, this.#from) < 0) this.#from = entry;
  }
}
