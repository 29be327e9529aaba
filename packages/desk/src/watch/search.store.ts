import { type Address, type Alert, type ChainId, patternSubjectKinds, type TxId, type Watch } from '@gongjo/contract';
import type { Clock, Db } from '../platform/index.ts';
import { type AlertRow, alertOf } from './alert.store.ts';
import { standingWatches } from './order.store.ts';
import { endsSql } from './search.schema.ts';
import type { SubjectSource, WatchedSubject } from './subject.store.ts';

/** Rows that one question is answered with; a page shows the first of them. */
const rowsMax = 5_000;
/** The alerts of one address that a page shows. */
const alertsMax = 200;

/** On whose account an address is watched: an incident's, or that of a watch that somebody ordered. */
export interface WatchedAddress {
  readonly chain: ChainId;
  readonly address: Address;
  readonly source: 'trace' | 'indicator' | 'address';
  /** The incident or the watch. */
  readonly by: string;
}

/**
 * Who has these addresses watched, on whatever chain; lists and categories aside, which the ledger knows. Here and below,
 * `notOf`: incidents on whose account nothing is told.
 */
export async function watchedAmong(
  db: Db,
  addresses: readonly Address[],
  notOf: readonly string[],
): Promise<WatchedAddress[]> {
  if (addresses.length === 0) return [];
  return db.query(
    `select chain, address, source, incident as by from watched_addresses where address = any($1) and incident <> all($2)
     order by address, chain, source, incident limit ${rowsMax}`,
    [addresses, notOf],
  );
}

/** Watched addresses with the same ends (`endsOf` of the ledger) as one that is asked about. */
export async function watchedAlike(
  db: Db,
  ends: readonly string[],
  notOf: readonly string[],
): Promise<{ readonly chain: ChainId; readonly address: Address }[]> {
  if (ends.length === 0) return [];
  return db.query(
    `select distinct chain, address from watched_addresses where ${endsSql} = any($1) and incident <> all($2)
     order by address, chain limit ${rowsMax}`,
    [ends, notOf],
  );
}

/** Watches that stand, by their identifier and, of lists, by the number by which the ledger knows them. */
export async function watchesByName(
  db: Db,
  clock: Clock,
): Promise<{ readonly byId: ReadonlyMap<string, Watch>; readonly byNumber: ReadonlyMap<number, Watch> }> {
  const watches = await standingWatches(db, clock);
  return {
    byId: new Map(watches.map((watch) => [watch.id, watch])),
    byNumber: new Map(watches.filter(({ kind }) => kind === 'list').map((watch) => [watch.number, watch])),
  };
}

const naming = `(a.body ->> 'from' = any($1) or a.body ->> 'to' = any($1) or a.body ->> 'txid' = any($2))`;
const notOfAny = (incidents: string) => `(a.incident is null or a.incident <> all(${incidents}))`;

/** How many alerts name each of these addresses and transactions. Alerts that were taken back do not count. */
export async function countAlertsNaming(
  db: Db,
  addresses: readonly Address[],
  txids: readonly TxId[],
  notOf: readonly string[],
): Promise<{ readonly chain: ChainId; readonly value: string; readonly count: number }[]> {
  if (addresses.length + txids.length === 0) return [];
  return db.query(
    `select a.chain, v.value, count(distinct a.id)::integer as count
     from alerts a, lateral (values (a.body ->> 'from'), (a.body ->> 'to'), (a.body ->> 'txid')) as v (value)
     where ${naming} and ${notOfAny('$3')} and a.withdrawn_at is null and (v.value = any($1) or v.value = any($2)) group by a.chain, v.value`,
    [addresses, txids, notOf],
  );
}

/** Alerts that name an address or a transaction, newest first; those that were taken back are among them. */
export async function alertsNaming(
  db: Db,
  chain: ChainId,
  addresses: readonly Address[],
  txids: readonly TxId[],
  notOf: readonly string[],
): Promise<Alert[]> {
  const rows = await db.query<AlertRow>(
    `select a.* from alerts a where ${naming} and a.chain = $3 and ${notOfAny('$4')} order by a.raised_at desc, a.id limit ${alertsMax}`,
    [addresses, txids, chain, notOf],
  );
  return rows.map(alertOf);
}

/** Which indicators name one of these values, of whatever kind: a domain, a hash, an account. */
export async function subjectsOfAnyKind(
  db: Db,
  values: readonly string[],
): Promise<(SubjectSource & Pick<WatchedSubject, 'value'>)[]> {
  if (values.length === 0) return [];
  return db.query(
    `select distinct value, origin, indicator from watched_subjects where kind = any($1) and value = any($2)
     order by value, origin, indicator limit ${rowsMax}`,
    [patternSubjectKinds, values],
  );
}
