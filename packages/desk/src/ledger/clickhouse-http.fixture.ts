import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Session } from 'chdb';

/** What the stand-in was asked: the settings beside the query, and the query. */
export interface Asked {
  readonly database: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly sql: string;
  readonly bodyBytes: number;
}

/** `http_max_uri_size` of a server that was set up in no special way. */
const uriBytesMax = 1_048_576;

/**
 * ClickHouse's HTTP interface (`POST /?query=…&param_x=…`), answered by the embedded engine. The engine is told of a cluster
 * of two shards, both of them itself, so reads of spread tables are planned, split and merged as on a cluster. Which rows a
 * shard holds is told by a column made from the sharding key of the statement that made the spread table. What the embedded
 * engine cannot do is replaced: replication and Keeper are left out (`ON CLUSTER`, `Replicated…`), and rows are put where
 * their key says without going over a wire. So `prefer_localhost_replica` and `insert_quorum` are seen, and not obeyed.
 */
export async function startClickHouse() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-clickhouse-'));
  const config = path.join(folder, 'config.xml');
  const shard = (host: string) => `<shard><replica><host>${host}</host><port>9000</port></replica></shard>`;
  writeFileSync(
    config,
    `<clickhouse><tcp_port>9000</tcp_port><remote_servers><gongjo>${shard('127.0.0.1')}${shard('localhost')}</gongjo></remote_servers></clickhouse>`,
  );
  const session = new Session(path.join(folder, 'data'), { connectionArgs: [`--config-file=${config}`] } as never);
  const asked: Asked[] = [];
  const locals = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();

  /** Statements that a single server without Keeper runs in place of this one. */
  const replaced = (sql: string): string[] => {
    const plain = sql.replace(/ ON CLUSTER '\w+'/, '');
    const local = /^CREATE TABLE IF NOT EXISTS (\w+)_local \((.*)\) ENGINE = Replicated(\w+)\([^)]*\)(.*)$/s.exec(
      plain,
    );
    if (local) {
      locals.set(local[1] as string, plain);
      return [];
    }
    const spread = /^CREATE TABLE IF NOT EXISTS (\w+) \((.*)\) ENGINE = Distributed\((?:.*?), '\w+', (.*)\)$/s.exec(
      plain,
    );
    if (spread) {
      const [, table = '', columns = '', key = ''] = spread;
      const order = /ENGINE = Replicated(\w+)\([^)]*\)(.*)$/s.exec(locals.get(table) ?? '');
      const final = order?.[1] === 'ReplacingMergeTree' ? ' FINAL' : '';
      return [
        `CREATE TABLE IF NOT EXISTS ${table}_rows (${columns}, shard_of UInt64 MATERIALIZED (${key}) % 2 + 1) ENGINE = ${order?.[1]}${order?.[2]}`,
        `CREATE VIEW IF NOT EXISTS ${table}_local AS SELECT * FROM ${table}_rows${final} WHERE shard_of = shardNum()`,
        plain,
      ];
    }
    if (plain === sql)
      return [
        sql.replace(
          /^(INSERT INTO )(\w+)/,
          (_, insert, table) => `${insert}${locals.has(table) ? `${table}_rows` : table}`,
        ),
      ];
    if (plain.startsWith('CREATE MATERIALIZED VIEW'))
      return [plain.replace(/ TO (\w+) AS/, ' TO $1_rows AS').replace(/FROM (\w+)_local/, 'FROM $1_rows')];
    return [plain.replace(/^ALTER TABLE (\w+)_local DELETE/, 'ALTER TABLE $1_rows DELETE')].filter(
      (it) => !it.includes('ADD COLUMN'),
    );
  };

  const run = async (url: URL, body: Buffer, type: string): Promise<Uint8Array> => {
    if (type.startsWith('multipart/form-data')) {
      const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
      for (const [name, value] of form) url.searchParams.append(name, String(value));
    }
    const query = url.searchParams.get('query');
    const sql = query ?? body.toString();
    const params: Record<string, unknown> = {};
    const settings: Record<string, string> = {};
    for (const [name, value] of url.searchParams) {
      if (name.startsWith('param_')) params[name.slice(6)] = value;
      else if (!['query', 'query_id', 'database', 'session_id'].includes(name)) settings[name] = value;
    }
    const database = url.searchParams.get('database') ?? 'default';
    asked.push({ database, settings, sql, bodyBytes: query === null ? 0 : body.length });
    const known = Object.entries(settings).filter(
      ([name]) => !/^(wait_end_of_query|send_progress|enable_http|insert_quorum|prefer_localhost_replica)/.test(name),
    );
    const given = `USE ${database}; ${known.map(([name, value]) => `SET ${name} = '${value}'; `).join('')}`;
    const unset = known.map(([name]) => `SET ${name} = DEFAULT`).join('; ');
    let answer: Uint8Array = new Uint8Array();
    const spool = path.join(folder, 'body');
    // A session replaces parameters itself, so texts that hold JSON arrays come as the HTTP interface writes them.
    for (const statement of database === 'spread' ? replaced(sql) : [sql]) {
      const format = /\sFORMAT\s+(\w+)\s*$/.exec(statement)?.[1];
      let text = statement;
      if (text.includes('FROM input(')) {
        writeFileSync(spool, body);
        text = text.replace(
          'input({structure:String}) FORMAT RowBinary',
          `file('${spool}', 'RowBinary', {structure:String})`,
        );
      }
      const sets = Object.entries(params).map(
        ([name, value]) => `SET param_${name} = '${String(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'; `,
      );
      const result = await session.queryAsync(`${given}${sets.join('')}${text}`, {
        format: format ?? 'TabSeparated',
      } as never);
      answer = (result as unknown as { bytes(): Uint8Array }).bytes();
    }
    if (unset !== '') await session.queryAsync(unset);
    return answer;
  };

  const server = createServer({ maxHeaderSize: uriBytesMax }, (request, response) => {
    const turn = last.then(async () => {
      try {
        const answer = await run(
          new URL(request.url ?? '/', 'http://stand-in'),
          await bodyOf(request),
          request.headers['content-type'] ?? '',
        );
        response.writeHead(200, { 'x-clickhouse-summary': '{}' }).end(answer);
      } catch (thrown) {
        response.writeHead(500, { 'x-clickhouse-exception-code': '1' }).end(String((thrown as Error).message));
      }
    });
    last = turn;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await session.queryAsync('CREATE DATABASE single; CREATE DATABASE spread');
  return {
    asked,
    url: (database: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${database}`,
    query: async (sql: string): Promise<string> =>
      Buffer.from(
        (
          (await session.queryAsync(sql, { format: 'TabSeparated' } as never)) as unknown as { bytes(): Uint8Array }
        ).bytes(),
      ).toString(),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      session.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
