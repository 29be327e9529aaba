import type { Address, Asset, AssetId, Instant, TxId } from '@gongjo/contract';
import { invariant, type Position } from '../kernel/index.ts';
import type { Coverage, Movement } from '../ledger/index.ts';
import { Account } from './account.ts';
import type { LeadPart } from './lead.ts';
import type { Ask, Question, Rows } from './model.ts';
import type { Step } from './step.ts';

/** A movement with its ends as the accounts of this trace. */
export interface Move {
  readonly movement: Movement;
  readonly from: Account | null;
  readonly to: Account | null;
}

/** What is known of one transaction. */
export interface Entry {
  readonly txid: TxId;
  readonly height: number;
  readonly txIndex: number;
  readonly time: Instant;
  readonly lead: LeadPart | null;
  /** In the order of the transaction. */
  moves: Move[];
  /** All its movements are known, not only those of addresses whose rows were read. */
  complete: boolean;
  /** What it is known to move besides fees; with more than one asset it may be a swap. */
  readonly assets: Set<AssetId>;
  /** Its execution, while that stands. */
  step: Step | null;
  /** It is to be executed. */
  due: boolean;
}

/** By place in the chain, the place within the transaction left out. */
export function compareEntries(a: Omit<Position, 'ord'>, b: Omit<Position, 'ord'>): number {
  return a.height - b.height || a.txIndex - b.txIndex;
}

/** Fees are the price of a transaction, not what it moves. */
export function isFee(movement: Movement): boolean {
  return movement.kind === 'fee' || movement.kind === 'burn';
}

/** What the answers so far have told. It only grows, so a trace that asks for something new each time ends. */
export class Facts {
  readonly #accounts = new Map<Address, Account>();
  readonly #byTxid = new Map<TxId, Entry>();
  readonly #assets = new Map<AssetId, Asset | null>();
  readonly #assetsSeen = new Set<AssetId>();
  readonly question: Question;
  readonly #leads: ReadonlyMap<TxId, LeadPart>;
  readonly #entries: Entry[] = [];
  #sorted = true;
  #coverage: Coverage | null = null;

  constructor(question: Question, leads: ReadonlyMap<TxId, LeadPart>) {
    this.question = question;
    this.#leads = leads;
  }

  /** In chain order. */
  get entries(): readonly Entry[] {
    // Sorted when first looked at, because most rounds of a trace do not look.
    if (!this.#sorted) this.#entries.sort(compareEntries);
    this.#sorted = true;
    return this.#entries;
  }

  get coverage(): Coverage {
    invariant(this.#coverage !== null, 'coverage is known after the first answer');
    return this.#coverage;
  }

  asset(id: AssetId): Asset | null {
    return this.#assets.get(id) ?? null;
  }

  /** Assets that moved in what is known and have not been asked for. */
  assetsUnasked(): AssetId[] {
    return [...this.#assetsSeen].filter((id) => !this.#assets.has(id)).sort();
  }

  /**
   * Takes in an answer. What it does not say of tags and assets does not exist; rows of addresses that it leaves out are
   * asked for again. An answer that tells nothing new of what was asked would be asked for again without end and is refused.
   */
  learn(ask: Ask, rows: Rows): void {
    const { coverage } = rows;
    invariant(
      this.#coverage === null || this.#coverage.tip.hash === coverage.tip.hash,
      'every answer to one trace is as of the same block',
    );
    this.#coverage = coverage;
    let told = ask.tags.length + ask.assets.length;
    for (const txid of ask.transactions) {
      const movements = rows.transactions.get(txid);
      if (movements === undefined) continue;
      told += 1;
      const first = movements[0];
      if (first === undefined) continue;
      const entry = this.#entryOf(first);
      entry.moves = movements
        .map((movement) => this.#move(entry, movement))
        .sort((a, b) => a.movement.ord - b.movement.ord);
      entry.complete = true;
    }
    for (const { address, after } of ask.accounts) {
      const answer = rows.accounts.get(address);
      if (answer === undefined) continue;
      told += 1;
      this.account(address).learn({ after, rows: answer });
      // A hub is not followed, so what it moved would only slow the run down.
      if (answer.truncated) continue;
      for (const movement of answer.movements) this.note(movement);
    }
    for (const address of ask.tags) this.account(address).tags = rows.tags.get(address) ?? [];
    for (const id of ask.assets) this.#assets.set(id, rows.assets.get(id) ?? null);
    invariant(told > 0, 'an answer tells something of what was asked');
  }

  /** Whether anything was asked about what moved at this address. */
  knows(address: Address | null): boolean {
    return address !== null && this.#accounts.get(address)?.isKnown === true;
  }

  /**
   * Takes in what moved at known addresses in the blocks after the tip, in chain order, up to a new tip. Answers the
   * transactions that have to be executed since; null where an address has become a hub.
   */
  advance(coverage: Coverage, movements: readonly Movement[]): Set<Entry> | null {
    this.#coverage = coverage;
    const { movementsPerAddressMax } = this.question.bounds;
    const byAccount = new Map<Account, Movement[]>();
    for (const movement of movements) {
      for (const address of new Set([movement.from, movement.to])) {
        if (address === null || !this.knows(address)) continue;
        const account = this.account(address);
        const moved = byAccount.get(account);
        if (moved === undefined) byAccount.set(account, [movement]);
        else moved.push(movement);
      }
    }
    const due = new Set<Entry>();
    for (const [account, moved] of byAccount) {
      if (!account.grow(moved, movementsPerAddressMax)) return null;
      if (account.isHub) continue;
      for (const movement of moved) {
        const entry = this.note(movement);
        if (account.follows) due.add(entry);
      }
    }
    return due;
  }

  account(address: Address): Account {
    const known = this.#accounts.get(address);
    if (known !== undefined) return known;
    const made = new Account(address);
    this.#accounts.set(address, made);
    return made;
  }

  #move(entry: Entry, movement: Movement): Move {
    this.#assetsSeen.add(movement.asset);
    if (!isFee(movement) && movement.units > 0n) entry.assets.add(movement.asset);
    return { movement, from: this.#involve(entry, movement.from), to: this.#involve(entry, movement.to) };
  }

  #involve(entry: Entry, address: Address | null): Account | null {
    if (address === null) return null;
    const account = this.account(address);
    if (account.entries.at(-1) !== entry) account.entries.push(entry);
    return account;
  }

  #entryOf(movement: Movement): Entry {
    const known = this.#byTxid.get(movement.txid);
    if (known !== undefined) return known;
    const { txid, height, txIndex, time } = movement;
    const lead = this.#leads.get(txid) ?? null;
    const entry: Entry = {
      txid,
      height,
      txIndex,
      time,
      lead,
      moves: [],
      complete: false,
      assets: new Set(),
      step: null,
      due: false,
    };
    this.#byTxid.set(txid, entry);
    this.#entries.push(entry);
    this.#sorted = false;
    return entry;
  }

  /** Takes in one movement of a transaction. Both of its ends report it, so it may be there already. */
  note(movement: Movement): Entry {
    const entry = this.#entryOf(movement);
    if (entry.complete) return entry;
    const { moves } = entry;
    let at = moves.length;
    while (at > 0) {
      const before = moves[at - 1];
      if (before === undefined || before.movement.ord < movement.ord) break;
      if (before.movement.ord === movement.ord) return entry;
      at -= 1;
    }
    moves.splice(at, 0, this.#move(entry, movement));
    return entry;
  }
}
