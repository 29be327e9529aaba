import type { Address, AssetId, Instant, Tag } from '@gongjo/contract';
import { invariant } from '../kernel/index.ts';
import type { Account, Reached } from './account.ts';
import type { Entry } from './facts.ts';
import type { Gap, Hop, Stop } from './model.ts';
import type { Pool } from './pool.ts';

/** Traced value that ended somewhere. */
export interface Arrival {
  readonly kind: Stop['kind'];
  readonly address: Address | null;
  readonly asset: AssetId;
  readonly units: bigint;
  readonly tag: Tag | null;
  readonly hop: Hop;
  readonly since: Instant;
}

/** Value that a lead took. */
export interface Taken {
  readonly asset: AssetId;
  readonly units: bigint;
}

/**
 * What one transaction did: its findings, and how to take back what it changed. A step stands on the list of every account
 * whose state it read or changed; an account's steps must be undone latest first.
 */
export class Step {
  readonly entry: Entry;
  readonly hops: Hop[] = [];
  readonly arrivals: Arrival[] = [];
  readonly gaps: Gap[] = [];
  readonly taken: Taken[] = [];
  /** Accounts that traced value reached here for the first time. */
  readonly reached: Account[] = [];
  readonly accounts: Account[] = [];
  readonly #undo: (() => void)[] = [];

  constructor(entry: Entry) {
    this.entry = entry;
  }

  touch(account: Account): void {
    if (account.steps.at(-1) === this) return;
    account.steps.push(this);
    this.accounts.push(account);
  }

  /** The pool, after making sure that it can be put back. */
  change(pool: Pool): Pool {
    if (pool.markedBy === this) return pool;
    pool.markedBy = this;
    this.#undo.push(pool.mark());
    return pool;
  }

  open(account: Account, asset: AssetId, pool: Pool): void {
    account.pools.set(asset, pool);
    pool.markedBy = this;
    this.#undo.push(() => account.pools.delete(asset));
  }

  become(account: Account, reached: Reached): void {
    this.touch(account);
    const before = account.reached;
    account.reached = reached;
    this.#undo.push(() => {
      account.reached = before;
    });
  }

  gap(kind: Gap['kind'], about: Partial<Omit<Gap, 'kind'>>): void {
    this.gaps.push({
      kind,
      address: about.address ?? null,
      txid: about.txid ?? null,
      number: about.number ?? null,
    });
  }

  undo(): void {
    for (const undo of this.#undo.reverse()) undo();
    for (const account of this.accounts) invariant(account.steps.pop() === this, 'steps are undone latest first');
    this.entry.step = null;
  }
}
