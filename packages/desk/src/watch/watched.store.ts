import type { Address, ChainId } from '@gongjo/contract';
import type { Touch } from '../ledger/index.ts';
import type { Db } from '../platform/index.ts';

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
  await tx.query(
    `insert into watched_addresses (chain, address, incident, source)
     select $1, address, $2, $3 from unnest($4::text[]) as address on conflict do nothing`,
    [chain, incident, source, addresses],
  );
}

export async function isAnythingWatched(db: Db, chain: ChainId): Promise<boolean> {
  return (await db.query('select 1 from watched_addresses where chain = $1 limit 1', [chain])).length > 0;
}

export interface Hit {
  readonly incident: string;
  readonly source: WatchSource;
  readonly address: Address;
  readonly movement: Touch;
}

/** Embedded records answer on the desk's own thread: this many take 50 ms, in which nothing else is answered. */
const addressesPerQueryMax = 20_000;

/** Which movements have a watched address at either end: one hit per movement, incident and source. */
export async function screen(db: Db, chain: ChainId, movements: readonly Touch[]): Promise<Hit[]> {
  const ends = new Set<Address>();
  for (const { from, to } of movements) {
    if (from) ends.add(from);
    if (to) ends.add(to);
  }
  const asked = [...ends];
  const rows: { address: Address; incident: string; source: WatchSource }[] = [];
  for (let at = 0; at < asked.length; at += addressesPerQueryMax) {
    const part = await db.query<(typeof rows)[number]>(
      'select address, incident, source from watched_addresses where chain = $1 and address = any($2) order by address, incident, source',
      [chain, asked.slice(at, at + addressesPerQueryMax)],
    );
    rows.push(...part);
  }
  const watched = Map.groupBy(rows, (row) => row.address);
  return movements.flatMap((movement) =>
    [movement.from, movement.to === movement.from ? null : movement.to].flatMap((address) =>
      address
        ? (watched.get(address) ?? []).map(({ incident, source }) => ({ incident, source, address, movement }))
        : [],
    ),
  );
}
