import type { Address, ChainId } from '@gongjo/contract';
import type { Movement } from '../ledger/index.ts';
import type { Db } from '../platform/index.ts';

export type WatchSource = 'trace' | 'indicator';

/** Watches exactly these addresses for an incident from now on, as far as this source is concerned. */
export async function watchOnly(
  tx: Db,
  chain: ChainId,
  incident: string,
  source: WatchSource,
  addresses: readonly Address[],
): Promise<void> {
  await tx.query(
    'delete from watched_addresses where chain = $1 and incident = $2 and source = $3 and not (address = any($4))',
    [chain, incident, source, addresses],
  );
  await watchToo(tx, chain, incident, source, addresses);
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
  readonly movement: Movement;
}

/** Which movements have a watched address at either end: one hit per movement, incident and source. */
export async function screen(db: Db, chain: ChainId, movements: readonly Movement[]): Promise<Hit[]> {
  const ends = new Set<Address>();
  for (const { from, to } of movements) {
    if (from) ends.add(from);
    if (to) ends.add(to);
  }
  if (ends.size === 0) return [];
  const rows = await db.query<{ address: Address; incident: string; source: WatchSource }>(
    'select address, incident, source from watched_addresses where chain = $1 and address = any($2) order by address, incident, source',
    [chain, [...ends]],
  );
  const watched = Map.groupBy(rows, (row) => row.address);
  return movements.flatMap((movement) =>
    [movement.from, movement.to === movement.from ? null : movement.to].flatMap((address) =>
      address
        ? (watched.get(address) ?? []).map(({ incident, source }) => ({ incident, source, address, movement }))
        : [],
    ),
  );
}
