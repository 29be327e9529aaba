import type { Address, Asset, AssetId, Tag, TxId } from '@gongjo/contract';
import { comparePositions, type Position } from '../kernel/index.ts';
import type { AccountRows, Block, HistoryRows, Ledger, Movement } from '../ledger/index.ts';
import type { Ask, Rows } from '../trace/index.ts';

/** What a trace has asked. */
interface Questions {
  readonly transactions: Set<TxId>;
  readonly accounts: Map<Address, Position>;
  readonly histories: Map<Address, Position>;
  readonly tags: Set<Address>;
  readonly assets: Set<AssetId>;
}

function noQuestions(): Questions {
  return { transactions: new Set(), accounts: new Map(), histories: new Map(), tags: new Set(), assets: new Set() };
}

/** Answers a trace's requests from the ledger, all as of one block. */
export function ledgerRows(ledger: Ledger, asOf: Block): (ask: Ask) => Promise<Rows> {
  const { chain } = asOf;
  const asked = noQuestions();
  const held = {
    transactions: new Map<TxId, readonly Movement[]>(),
    accounts: new Map<Address, AccountRows>(),
    histories: new Map<Address, HistoryRows>(),
    tags: new Map<Address, readonly Tag[]>(),
    assets: new Map<AssetId, Asset>(),
  };
  const read = async (questions: Questions, movementsMax: number) => {
    const accounts = [...questions.accounts].map(([address, after]) => ({ address, after }));
    const histories = [...questions.histories].map(([address, upTo]) => ({ address, upTo }));
    const [transactions, rows, earlier, tags, assets] = await Promise.all([
      ledger.transactions(chain, [...questions.transactions], asOf.height),
      ledger.accounts(chain, accounts, movementsMax, asOf.height),
      ledger.histories(chain, histories, movementsMax, asOf.height),
      ledger.tags(chain, [...questions.tags]),
      ledger.assets([...questions.assets]),
    ]);
    put(held.transactions, transactions);
    put(held.accounts, rows);
    put(held.histories, earlier);
    put(held.tags, tags);
    put(held.assets, assets);
    join(asked, questions);
  };
  return async (ask) => {
    const missing = difference(ask, asked);
    if (Object.values(missing).some(({ size }) => size > 0)) await read(missing, ask.movementsMax);
    const coverage = await ledger.coverage(chain);
    return {
      coverage: { chain, from: coverage?.from ?? asOf.height, tip: asOf, internals: coverage?.internals ?? [] },
      // Only what was asked: an account that was read from another position would be an answer to another question.
      transactions: only(held.transactions, ask.transactions),
      accounts: only(
        held.accounts,
        ask.accounts.map(({ address }) => address),
      ),
      histories: only(
        held.histories,
        ask.histories.map(({ address }) => address),
      ),
      tags: only(held.tags, ask.tags),
      assets: only(held.assets, ask.assets),
    };
  };
}

/** The part of a request that has not been read yet. An account asked from another position is another question. */
function difference(ask: Ask, asked: Questions): Questions {
  const isNew = (before: Position | undefined, now: Position) => !before || comparePositions(before, now) !== 0;
  return {
    transactions: new Set(ask.transactions.filter((it) => !asked.transactions.has(it))),
    accounts: new Map(
      ask.accounts
        .filter(({ address, after }) => isNew(asked.accounts.get(address), after))
        .map(({ address, after }) => [address, after]),
    ),
    histories: new Map(
      ask.histories
        .filter(({ address, upTo }) => isNew(asked.histories.get(address), upTo))
        .map(({ address, upTo }) => [address, upTo]),
    ),
    tags: new Set(ask.tags.filter((it) => !asked.tags.has(it))),
    assets: new Set(ask.assets.filter((it) => !asked.assets.has(it))),
  };
}

function join(into: Questions, from: Questions): void {
  for (const it of from.transactions) into.transactions.add(it);
  for (const it of from.tags) into.tags.add(it);
  for (const it of from.assets) into.assets.add(it);
  put(into.accounts, from.accounts);
  put(into.histories, from.histories);
}

function only<K, V>(held: ReadonlyMap<K, V>, keys: readonly K[]): Map<K, V> {
  const found = new Map<K, V>();
  for (const key of keys) {
    const value = held.get(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
}

function put<K, V>(into: Map<K, V>, from: ReadonlyMap<K, V>): void {
  for (const [key, value] of from) into.set(key, value);
}
