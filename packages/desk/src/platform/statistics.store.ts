import type { Records } from './records.store.ts';

/** Smaller tables are read as fast by any plan. */
const bytesMin = 256 * 1024;

/** 300 rows of a table are looked at for each: a quarter of a second for a table of a million, during which nothing else is asked. */
const statisticsTarget = 10;

/**
 * Has PostgreSQL count again what is in tables that grew to twice what they were when it last did. A server does this by itself
 * (autovacuum); the embedded one has nobody for it, and without statistics takes every table for a few rows: over a hundred
 * thousand rows some plans then cost a thousand times what they need. Doubling keeps it cheap, and its place is kept by
 * PostgreSQL itself.
 */
export async function refreshStatistics(records: Records): Promise<readonly string[]> {
  const grown = await records.query<{ name: string }>(
    `select quote_ident(c.relname) as name from pg_class c
     where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and pg_relation_size(c.oid) >= $1::bigint
       and (pg_relation_size(c.oid) >= 2 * c.relpages::bigint * current_setting('block_size')::bigint
         or not exists (select 1 from pg_statistic s where s.starelid = c.oid))
     order by c.relname`,
    [bytesMin],
  );
  for (const { name } of grown)
    await records.transaction(async (tx) => {
      await tx.query(`set local default_statistics_target = ${statisticsTarget}`);
      await tx.query(`analyze ${name}`);
    });
  return grown.map(({ name }) => name);
}
