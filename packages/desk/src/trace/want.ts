import type { Position } from '../kernel/index.ts';
import type { Account } from './account.ts';
import { compareEntries, type Entry, type Facts } from './facts.ts';
import type { Ask, Bounds } from './model.ts';
import { compareText } from './tags.ts';

/** What executing transactions found missing, by transaction: each is to be executed again with the answer. */
export class Want {
  readonly #rows: { entry: Entry; account: Account; after: Position }[] = [];
  readonly #tags: { entry: Entry; account: Account }[] = [];
  readonly #transactions = new Set<Entry>();

  rows(entry: Entry, account: Account, after: Position): void {
    this.#rows.push({ entry, account, after: { height: after.height, txIndex: after.txIndex, ord: after.ord } });
  }

  tags(entry: Entry, account: Account): void {
    this.#tags.push({ entry, account });
  }

  transaction(entry: Entry): void {
    this.#transactions.add(entry);
  }

  /** Only what transactions want that still stand, or where a bound cut the trace: it may not exceed the bound after all. */
  standing(cut: Entry | null): Want {
    const kept = new Want();
    const stands = (entry: Entry) => entry.step !== null || entry === cut;
    for (const one of this.#rows) if (stands(one.entry)) kept.#rows.push(one);
    for (const one of this.#tags) if (stands(one.entry)) kept.#tags.push(one);
    for (const entry of this.#transactions) if (stands(entry)) kept.#transactions.add(entry);
    return kept;
  }

  get entries(): ReadonlySet<Entry> {
    return new Set([
      ...this.#rows.map(({ entry }) => entry),
      ...this.#tags.map(({ entry }) => entry),
      ...this.#transactions,
    ]);
  }

  /** One question for all of it, in a fixed order; null when there is nothing to ask. */
  ask(facts: Facts, bounds: Bounds): Ask | null {
    const assets = facts.assetsUnasked();
    if (this.entries.size === 0 && assets.length === 0) return null;
    return {
      transactions: [...this.#transactions].sort(compareEntries).map((entry) => entry.txid),
      accounts: this.#rows
        .map(({ account, after }) => ({ address: account.address, after }))
        .sort((a, b) => compareText(a.address, b.address)),
      histories: [],
      movementsMax: bounds.movementsPerAddressMax,
      tags: [...new Set(this.#tags.map(({ account }) => account.address))].sort(),
      assets,
    };
  }
}
