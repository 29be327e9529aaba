import type { Address, ChainId, WatchedCount } from '@gongjo/contract';
import type { Clock, Db } from '../platform/index.ts';
import { standingWatches } from './order.store.ts';

export type WatchSource = 'trace' | 'indicator';

/**
 * Watches exactly these addresses for an incident from now on, as far as this source is concerned. Of those `known` to be
 * watched already only the difference is written.
 */
export async function watchOnly(
  tx: Db,
  chain: ChainId,
  incident: string,
  source: WatchSource,
  addresses: readonly Address[],
  known: ReadonlySet<Address> | null = null,
): Promise<void> {
  const where = 'delete from watched_addresses where chain = $1 and incident = $2 and source = $3 and';
  if (known === null) await tx.query(`${where} not (address = any($4))`, [chain, incident, source, addresses]);
  else {
    const kept = new Set(addresses);
    const gone = [...known].filter((address) => !kept.has(address));
    if (gone.length > 0) await tx.query(`${where} address = any($4)`, [chain, incident, source, gone]);
  }
  const fresh = known === null ? addresses : addresses.filter((address) => !known.has(address));
  if (fresh.length > 0) await watchToo(tx, chain, incident, source, fresh);
}

/** Watches these addresses as well. */
export async function watchToo(
  tx: Db,
  chain: ChainId,
  incident: string,
  source: WatchSource,
  addresses: readonly Address[],
): Promise<void> {
  if (addresses.length === 0) return;
  await tx.query(
    `insert into watched_addresses (chain, address, incident, source)
     select $1, address, $2, $3 from unnest($4::text[]) as address on conflict do nothing`,
    [chain, incident, source, addresses],
  );
}

export async function isAnythingWatched(db: Db, chain: ChainId): Promise<boolean> {
  return (await db.query('select 1 from watched_addresses where chain = $1 limit 1', [chain])).length > 0;
}

/** How many addresses each source has watched now, by chain. */
export async function watchedCounts(db: Db, clock: Clock): Promise<WatchedCount[]> {
  const rows = await db.query<WatchedCount & { source: WatchSource }>(
    `select source, chain, count(distinct address)::integer as addresses, count(distinct incident)::integer as owners
     from watched_addresses where source in ('trace', 'indicator') group by source, chain order by source desc, chain`,
  );
  const counts: WatchedCount[] = [...rows];
  const ordered = Map.groupBy(await standingWatches(db, clock), ({ kind, chain }) => `${kind} ${chain}`);
  for (const [, watches] of [...ordered].sort()) {
    const [first] = watches;
    if (!first) continue;
    const { kind: source, chain } = first;
    const addresses =
      source === 'category'
        ? null
        : watches.reduce((sum, { count }) => sum + (source === 'list' ? (count ?? 0) : 1), 0);
    counts.push({ source, chain, addresses, owners: watches.length });
  }
  return counts;
}

/** The addresses that are watched because the value of these incidents lies or lay there, the first of each in order. */
export async function watchedFor(
  db: Db,
  incidents: readonly string[],
  most: number,
): Promise<{ readonly chain: ChainId; readonly address: Address; readonly incident: string }[]> {
  return db.query(
    `select distinct on (chain, address) chain, address, incident from watched_addresses
     where source = 'trace' and incident = any($1) order by chain, address, incident limit $2`,
    [incidents, most],
  );
}
