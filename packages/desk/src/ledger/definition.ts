/**
 * What the ledger consists of, said once, and the SQL that makes it: for one server (the embedded engine too), and for a
 * cluster of shards and replicas. On a cluster every table is two: `x_local` holds a shard's rows on each of its replicas,
 * and `x`, which the ledger reads and writes, spreads them. Views read what a shard was given and write to the spread
 * table, so that a row lands on the shard of its own key.
 */
export interface Table {
  readonly table: string;
  /** As in `CREATE TABLE`. */
  readonly columns: string;
  readonly engine?: 'MergeTree' | 'ReplacingMergeTree';
  readonly order: string;
  readonly settings?: readonly string[];
  /** An unsigned integer of the row. Rows that are read together, or of which one replaces the other, must have the same. */
  readonly shard: string;
}

/** A materialised view: with every row written to `from`, what `select` makes of it is written to `to`. */
export interface View {
  readonly view: string;
  readonly to: string;
  readonly select: string;
  readonly from: string;
  readonly where?: string;
}

/** Brings tables of earlier versions up to date. */
export type Renewal =
  | { readonly table: string; readonly addColumn: string }
  /** Only ever on one server: clusters came later. */
  | { readonly dropTable: string };

export type Definition = Table | View | Renewal;

export function serverDdl(definitions: readonly Definition[]): string[] {
  return definitions.map((it) => {
    if ('dropTable' in it) return `DROP TABLE IF EXISTS ${it.dropTable}`;
    if ('addColumn' in it) return `ALTER TABLE ${it.table} ADD COLUMN IF NOT EXISTS ${it.addColumn}`;
    if ('view' in it)
      return `CREATE MATERIALIZED VIEW IF NOT EXISTS ${it.view} TO ${it.to} AS${selection(it, it.from)}`;
    const { table, columns, engine = 'MergeTree', order, settings = [] } = it;
    return `CREATE TABLE IF NOT EXISTS ${table} (${columns}) ENGINE = ${engine} ORDER BY ${order}${settingsOf(settings)}`;
  });
}

/**
 * Replicas drop an insert that equals one of the last hours. Here that would lose rows: a branch that comes back after a
 * reorganisation, and a batch that is tried again, are written exactly as before.
 */
const noDeduplication = 'replicated_deduplication_window = 0';

export const localTable = (table: string) => `${table}_local`;

/** @param cluster its name in the servers' `remote_servers`; `{shard}`, `{replica}` and `{database}` are the servers' macros. */
export function clusterDdl(definitions: readonly Definition[], cluster: string): string[] {
  const on = `ON CLUSTER '${cluster}'`;
  return definitions.flatMap((it) => {
    if ('dropTable' in it) return [];
    if ('addColumn' in it)
      return [localTable(it.table), it.table].map(
        (table) => `ALTER TABLE ${table} ${on} ADD COLUMN IF NOT EXISTS ${it.addColumn}`,
      );
    if ('view' in it)
      return `CREATE MATERIALIZED VIEW IF NOT EXISTS ${it.view} ${on} TO ${it.to} AS${selection(it, localTable(it.from))}`;
    const { table, columns, engine = 'MergeTree', order, settings = [], shard } = it;
    const local = localTable(table);
    return [
      `CREATE TABLE IF NOT EXISTS ${local} ${on} (${columns}) ENGINE = Replicated${engine}('/clickhouse/tables/{shard}/{database}/${local}', '{replica}') ORDER BY ${order}${settingsOf([...settings, noDeduplication])}`,
      `CREATE TABLE IF NOT EXISTS ${table} ${on} (${columns}) ENGINE = Distributed('${cluster}', currentDatabase(), '${local}', ${shard})`,
    ];
  });
}

function selection({ select, where }: View, from: string): string {
  return `\n    SELECT ${select}\n    FROM ${from}${where === undefined ? '' : ` WHERE ${where}`}`;
}

function settingsOf(settings: readonly string[]): string {
  return settings.length === 0 ? '' : ` SETTINGS ${settings.join(', ')}`;
}
