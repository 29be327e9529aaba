import type { Address } from '@gongjo/contract';
import type { Position } from '../../kernel/index.ts';
import type { AccountRows, HistoryRows, Movement } from '../../ledger/index.ts';
import type { Ask, Rows } from '../../trace/index.ts';
import { type AccountRowsFile, byText } from './model.ts';

type Provide = (ask: Ask) => Promise<Rows>;

/** Answers as `provide` does, and remembers all that it told. */
export function listenAccount(provide: Provide): { readonly provide: Provide; file(): AccountRowsFile } {
  let coverage: Rows['coverage'] | null = null;
  const transactions = new Map<string, readonly Movement[]>();
  const accounts = new Map<string, { after: Position; rows: AccountRows }>();
  const histories = new Map<string, { upTo: Position; rows: HistoryRows }>();
  const tags = new Map<Address, Rows['tags'] extends ReadonlyMap<Address, infer T> ? T : never>();
  const assets = new Map<string, AccountRowsFile['assets'][number]>();
  return {
    provide: async (ask) => {
      const rows = await provide(ask);
      coverage = rows.coverage;
      for (const [txid, movements] of rows.transactions) transactions.set(txid, movements);
      for (const { address, after } of ask.accounts) {
        const found = rows.accounts.get(address);
        if (found) accounts.set(placeKey(address, after), { after, rows: found });
      }
      for (const { address, upTo } of ask.histories) {
        const found = rows.histories.get(address);
        if (found) histories.set(placeKey(address, upTo), { upTo, rows: found });
      }
      for (const [address, told] of rows.tags) tags.set(address, told);
      for (const [id, asset] of rows.assets) assets.set(id, asset);
      return rows;
    },
    file: () => {
      if (coverage === null) throw new Error('the trace asked nothing');
      return {
        family: 'account',
        coverage: { ...coverage, internals: [...(coverage.internals ?? [])] },
        transactions: sorted(transactions, ([txid, movements]) => ({
          txid: txid as Movement['txid'],
          movements: movements.map(movementOut),
        })),
        accounts: sorted(accounts, ([, { after, rows }]) => ({
          address: rows.address,
          after: position(after),
          opening: [...rows.opening]
            .sort(([a], [b]) => byText(a, b))
            .map(([asset, units]) => ({ asset, units: String(units) })),
          movements: rows.movements.map(movementOut),
          truncated: rows.truncated,
        })),
        histories: sorted(histories, ([, { upTo, rows }]) => ({
          address: rows.address,
          upTo: position(upTo),
          movements: rows.movements.map(movementOut),
          truncated: rows.truncated,
        })),
        tags: sorted(tags, ([address, told]) => ({ address, tags: [...told] })),
        assets: sorted(assets, ([, asset]) => asset),
      };
    },
  };
}

/** Answers a trace from a package's rows; what they do not hold was not told. */
export function replayAccount(file: AccountRowsFile): Provide {
  const transactions = new Map(file.transactions.map((it) => [it.txid, it.movements.map(movementIn)]));
  const accounts = new Map(
    file.accounts.map((it): [string, AccountRows] => [
      placeKey(it.address, it.after),
      {
        address: it.address,
        opening: new Map(it.opening.map(({ asset, units }) => [asset, BigInt(units)])),
        movements: it.movements.map(movementIn),
        truncated: it.truncated,
      },
    ]),
  );
  const histories = new Map(
    file.histories.map((it): [string, HistoryRows] => [
      placeKey(it.address, it.upTo),
      { address: it.address, movements: it.movements.map(movementIn), truncated: it.truncated },
    ]),
  );
  const tags = new Map(file.tags.map((it) => [it.address, it.tags]));
  const assets = new Map(file.assets.map((it) => [it.id, it]));
  return async (ask) => ({
    coverage: file.coverage,
    transactions: known(ask.transactions, (txid) => transactions.get(txid)),
    accounts: new Map(
      ask.accounts.flatMap(({ address, after }) => {
        const rows = accounts.get(placeKey(address, after));
        return rows ? [[address, rows]] : [];
      }),
    ),
    histories: new Map(
      ask.histories.flatMap(({ address, upTo }) => {
        const rows = histories.get(placeKey(address, upTo));
        return rows ? [[address, rows]] : [];
      }),
    ),
    tags: known(ask.tags, (address) => tags.get(address)),
    assets: known(ask.assets, (asset) => assets.get(asset)),
  });
}

export function known<K, V>(keys: readonly K[], find: (key: K) => V | undefined): Map<K, V> {
  const found = new Map<K, V>();
  for (const key of keys) {
    const value = find(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
}

export function sorted<K extends string, V, T>(map: ReadonlyMap<K, V>, out: (entry: [K, V]) => T): T[] {
  return [...map].sort(([a], [b]) => byText(a, b)).map(out);
}

const position = ({ height, txIndex, ord }: Position): Position => ({ height, txIndex, ord });

/** Sorts by address, then by place. */
function placeKey(address: string, { height, txIndex, ord }: Position): string {
  return `${address} ${[height, txIndex, ord].map(digits).join(' ')}`;
}
const digits = (n: number): string => String(n).padStart(16, '0');

function movementOut({ chain, height, txIndex, ord, txid, time, kind, from, to, asset, units, call }: Movement) {
  return { chain, height, txIndex, ord, txid, time, kind, from, to, asset, units: String(units), call };
}

function movementIn(it: AccountRowsFile['transactions'][number]['movements'][number]): Movement {
  return { ...it, units: BigInt(it.units) };
}
