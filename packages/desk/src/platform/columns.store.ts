import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { createChdbConnection } from 'chdb/connection';
import { detailOf, GongjoError } from '../kernel/index.ts';

/** SQL with `{name:Type}` parameters, on ClickHouse whichever it is: the embedded engine or a cluster. */
export interface Columns {
  rows<Row>(sql: string, params?: Readonly<Record<string, unknown>>): Promise<Row[]>;
  /** The same answer column by column, for thousands of rows; 64-bit integers come as numbers and must fit in 2^53. */
  table<Table extends readonly unknown[][]>(sql: string, params?: Readonly<Record<string, unknown>>): Promise<Table>;
  command(sql: string, params?: Readonly<Record<string, unknown>>): Promise<void>;
  /**
   * Rows in ClickHouse's `RowBinary`, whose columns `structure` names, e.g. `height UInt32, hash String`; `same` gives columns
   * of text that are equal in all rows and not written out.
   */
  insert(
    table: string,
    structure: string,
    rowBinary: Uint8Array,
    same?: Readonly<Record<string, string>>,
  ): Promise<void>;
  /** Takes rows away; when it returns, no reader sees them. */
  remove(table: string, where: string, params: Readonly<Record<string, unknown>>): Promise<void>;
  /** The cluster over which tables are spread; null: one server. */
  readonly cluster: string | null;
  close(): Promise<void>;
}

export type ColumnsPlace =
  | { readonly folder: string }
  | { readonly url: string; readonly cluster?: string | undefined };

/**
 * An embedded connection runs one query at a time, so live reads would wait behind long ones: several connections on one
 * path run side by side. Four serve the round, the pages, the writer and one long question.
 */
const embeddedConnections = 4;

/** More columns than any question here asks for. */
const columnsMax = 16;

export async function openColumns(where: ColumnsPlace): Promise<Columns> {
  return 'url' in where ? openServer(where.url, where.cluster ?? null) : openEmbedded(where.folder);
}

/**
 * What the ledger's SQL, written for one server, needs to mean the same on a cluster. Replicas: a write has reached the
 * majority when it returns, and readers ask the first replica that answers, so that they see what was written. Shards: a
 * write has reached every shard it touches, also through views; a subquery over a spread table is answered once for all
 * shards; a shard that cannot hold what is asked for is not asked.
 */
const clusterSettings = {
  insert_quorum: 'auto',
  load_balancing: 'in_order',
  prefer_localhost_replica: 0,
  distributed_foreground_insert: 1,
  distributed_product_mode: 'global',
  optimize_skip_unused_shards: 1,
} as const;

async function openServer(url: string, cluster: string | null): Promise<Columns> {
  const client = createClient({
    url,
    // Thousands of numbers and identifiers do not fit into an address.
    use_multipart_params_auto: true,
    ...(cluster === null ? {} : { clickhouse_settings: clusterSettings }),
  });
  const { command, ...reads } = reading(() => client);
  return {
    ...reads,
    command,
    cluster,
    remove: (table, where, params) =>
      cluster === null
        ? command(`DELETE FROM ${table} WHERE ${where}`, params)
        : // `DELETE` knows no spread table, and over a cluster each replica would run it: one that was away, much later,
          // on rows written since. `ALTER` is run once a shard, and is waited for on all replicas.
          command(
            `ALTER TABLE ${table}_local ON CLUSTER '${cluster}' DELETE WHERE ${where} SETTINGS mutations_sync = 2`,
            params,
          ),
    insert: async (table, structure, rowBinary, same = {}) => {
      const { columns, values } = insertion(structure, same);
      const { stream } = await client.exec({
        query: `INSERT INTO ${table} (${columns}) SELECT ${values} FROM input({structure:String}) FORMAT RowBinary`,
        query_params: { structure, ...same },
        values: Readable.from([Buffer.from(rowBinary)], { objectMode: false }),
        // The answer's status is that of the whole insert, not of its beginning.
        clickhouse_settings: { wait_end_of_query: 1 },
      });
      // A connection whose answer is not read to its end is not used again.
      await stream.resume().toArray();
    },
    close: () => client.close(),
  };
}

async function openEmbedded(folder: string): Promise<Columns> {
  const existed = existsSync(folder);
  const spool = path.join(folder, '..', 'ledger-spool');
  mkdirSync(spool, { recursive: true });
  const clients: ClickHouseClient[] = [];
  const busy = new Map<ClickHouseClient, number>();
  try {
    for (let index = 0; index < embeddedConnections; index += 1) {
      const client = createClient({ connection: createChdbConnection({ path: folder }) } as unknown as Parameters<
        typeof createClient
      >[0]);
      await client.command({ query: 'SELECT 1' });
      clients.push(client);
      busy.set(client, 0);
    }
  } catch (thrown) {
    await Promise.allSettled(clients.map((client) => client.close()));
    if (!existed) throw thrown;
    throw new GongjoError('data-folder-corrupt', { folder, part: 'ledger', detail: detailOf(thrown) }, thrown);
  }
  const idlest = () => {
    let best = clients[0] as ClickHouseClient;
    for (const client of clients) if ((busy.get(client) ?? 0) < (busy.get(best) ?? 0)) best = client;
    return best;
  };
  const lent = async <T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> => {
    const client = idlest();
    busy.set(client, (busy.get(client) ?? 0) + 1);
    try {
      return await work(client);
    } finally {
      busy.set(client, (busy.get(client) ?? 1) - 1);
    }
  };
  let spooled = 0;
  return {
    cluster: null,
    remove: (table, where, params) =>
      lent((client) => reading(() => client).command(`DELETE FROM ${table} WHERE ${where}`, params)),
    rows: (sql, params) => lent((client) => reading(() => client).rows(sql, params)),
    table: (sql, params) => lent((client) => reading(() => client).table(sql, params)),
    command: (sql, params) => lent((client) => reading(() => client).command(sql, params)),
    insert: async (table, structure, rowBinary, same = {}) => {
      spooled += 1;
      const file = path.join(spool, `${process.pid}-${spooled}.rowbinary`);
      const { columns, values } = insertion(structure, same);
      try {
        await writeFile(file, rowBinary);
        await lent((client) =>
          client.command({
            query: `INSERT INTO ${table} (${columns}) SELECT ${values} FROM file({file:String}, 'RowBinary', {structure:String})`,
            query_params: { file, structure, ...same },
          }),
        );
      } finally {
        rmSync(file, { force: true });
      }
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

function insertion(structure: string, same: Readonly<Record<string, string>>) {
  const written = structure.split(',').map((column) => column.trim().split(' ')[0] as string);
  const names = Object.keys(same);
  return {
    columns: [...names, ...written].join(', '),
    values: [...names.map((name) => `{${name}:String}`), ...written].join(', '),
  };
}

function reading(client: () => ClickHouseClient): Pick<Columns, 'rows' | 'table' | 'command'> {
  return {
    rows: async <Row>(sql: string, params: Readonly<Record<string, unknown>> = {}) => {
      const result = await client().query({ query: sql, query_params: { ...params }, format: 'JSONEachRow' });
      return result.json<Row>() as Promise<Row[]>;
    },
    table: async <Table extends readonly unknown[][]>(sql: string, params: Readonly<Record<string, unknown>> = {}) => {
      const result = await client().query({
        query: sql,
        query_params: { ...params },
        format: 'JSONCompactColumns' as 'JSONCompactEachRow',
        clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
      });
      const table = JSON.parse(await result.text()) as unknown[][];
      // An answer without rows comes without columns.
      return (table.length > 0 ? table : Array.from({ length: columnsMax }, () => [])) as readonly unknown[][] as Table;
    },
    command: async (sql, params = {}) => {
      await client().command({ query: sql, query_params: { ...params } });
    },
  };
}
