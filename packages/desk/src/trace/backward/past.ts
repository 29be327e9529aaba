import type { Address, Asset, AssetId, TxId } from '@gongjo/contract';
import { invariant } from '../../kernel/index.ts';
import type { Coverage, Movement } from '../../ledger/index.ts';
import type { Ask, Rows } from '../model.ts';
import { Holder } from './holder.ts';

/** What the answers so far have told. It only grows, so a trace that asks for something new each time ends. */
export class Past {
  readonly #holders = new Map<Address, Holder>();
  readonly #transactions = new Map<TxId, readonly Movement[]>();
  readonly #assets = new Map<AssetId, Asset | null>();
  #coverage: Coverage | null = null;

  get coverage(): Coverage {
    invariant(this.#coverage !== null, 'coverage is known after the first answer');
    return this.#coverage;
  }

  /** All movements of a transaction; null where it was not asked for. */
  transaction(txid: TxId): readonly Movement[] | null {
    return this.#transactions.get(txid) ?? null;
  }

  asset(id: AssetId): Asset | null {
    return this.#assets.get(id) ?? null;
  }

  knows(id: AssetId): boolean {
    return this.#assets.has(id);
  }

  holder(address: Address): Holder {
    let holder = this.#holders.get(address);
    if (holder === undefined) {
      holder = new Holder(address);
      this.#holders.set(address, holder);
    }
    return holder;
  }

  /** Takes in an answer; what it does not say of tags and assets does not exist. */
  learn(ask: Ask, rows: Rows): void {
    const { coverage } = rows;
    invariant(
      this.#coverage === null || this.#coverage.tip.hash === coverage.tip.hash,
      'every answer to one trace is as of the same block',
    );
    this.#coverage = coverage;
    let told = ask.tags.length + ask.assets.length + ask.transactions.length;
    for (const txid of ask.transactions) this.#transactions.set(txid, rows.transactions.get(txid) ?? []);
    for (const { address, upTo } of ask.histories) {
      const answer = rows.histories.get(address);
      if (answer === undefined) continue;
      told += 1;
      this.holder(address).learn(upTo, answer);
    }
    for (const address of ask.tags) this.holder(address).tags = rows.tags.get(address) ?? [];
    for (const id of ask.assets) this.#assets.set(id, rows.assets.get(id) ?? null);
    invariant(told > 0, 'an answer tells something of what was asked');
  }
}
