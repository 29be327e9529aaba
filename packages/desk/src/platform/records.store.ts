import { existsSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { ensureReader } from './reader.store.ts';
import { becomeReader, type Reader, readerSchema } from './reader.ts';
import type { Reading } from './reading.ts';

/** SQL with `$1` parameters, on PostgreSQL whichever it is. Instants come back as `Date`, `numeric` as text. */
export interface Db {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

export interface Records extends Db {
  /** All of `work`'s writes or none; durable when it returns. `work` may be run again, so it does nothing but query. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** What this person may read, and nothing else; the database refuses whatever changes something. Not within a transaction: `readWithin`. */
  readBy(reader: Reader): Db;
  close(): Promise<void>;
}

/** A module's tables, as steps that are applied once each and never edited afterwards. */
export interface Schema {
  readonly module: string;
  readonly steps: readonly string[];
  /** What persons may read of them. */
  readonly reading?: Reading;
}

/** PGlite in `folder`, or the PostgreSQL server at `url`. */
export async function openRecords(where: { readonly folder: string } | { readonly url: string }): Promise<Records> {
  return 'url' in where ? openServer(where.url) : openEmbedded(where.folder);
}

async function openEmbedded(folder: string): Promise<Records> {
  const existed = existsSync(folder);
  let db: PGlite;
  try {
    db = await PGlite.create(folder);
  } catch (thrown) {
    if (!existed) throw thrown;
    throw new GongjoError('data-folder-corrupt', { folder, part: 'records', detail: detailOf(thrown) }, thrown);
  }
  return {
    query: async <Row>(sql: string, params: readonly unknown[] = []) => (await db.query<Row>(sql, [...params])).rows,
    transaction: (work) =>
      db.transaction((tx) =>
        work({
          query: async <Row>(sql: string, params: readonly unknown[] = []) =>
            (await tx.query<Row>(sql, [...params])).rows,
        }),
      ),
    readBy: ({ clearance, person }) => ({
      query: <Row>(sql: string, params: readonly unknown[] = []) =>
        db.transaction(async (tx) => {
          await tx.query(becomeReader, [clearance ?? '', person]);
          return (await tx.query<Row>(sql, [...params])).rows;
        }),
    }),
    close: () => db.close(),
  };
}

/** PostgreSQL's own words for "run it again": serialization failure and deadlock. */
const runAgainCodes: ReadonlySet<string> = new Set(['40001', '40P01']);

/** Only single statements outside transactions can get in a transaction's way, and each only once; more than this is a fault. */
const attemptsMax = 5;

async function openServer(url: string): Promise<Records> {
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  // A server that restarts ends connections in use and idle ones. The statement at hand fails and says so; without these
  // listeners the desk itself would end. The pool connects again for the next statement.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const on = (client: pg.Pool | pg.PoolClient): Db => ({
    query: async <Row>(sql: string, params: readonly unknown[] = []) =>
      (await client.query(sql, [...params])).rows as Row[],
  });
  const attempt = async <T>(work: (tx: Db) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      await client.query('begin isolation level serializable');
      const result = await work(on(client));
      await client.query('commit');
      return result;
    } catch (thrown) {
      await client.query('rollback').catch(() => undefined);
      throw thrown;
    } finally {
      client.release();
    }
  };
  const persist = async <T>(work: (tx: Db) => Promise<T>): Promise<T> => {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await attempt(work);
      } catch (thrown) {
        if (attempts === attemptsMax || !runAgainCodes.has(String((thrown as { code?: unknown }).code))) throw thrown;
      }
    }
  };
  // One at a time, as PGlite does it: nearly every transaction appends to the one audit record, so any two would conflict.
  let last: Promise<unknown> = Promise.resolve();
  return {
    query: on(pool).query,
    transaction: (work) => {
      const result = last.then(() => persist(work));
      last = result.catch(() => undefined);
      return result;
    },
    readBy: ({ clearance, person }) => ({
      query: async <Row>(sql: string, params: readonly unknown[] = []) => {
        const client = await pool.connect();
        try {
          await client.query('begin read only');
          await client.query(becomeReader, [clearance ?? '', person]);
          const { rows } = await client.query(sql, [...params]);
          await client.query('commit');
          return rows as Row[];
        } catch (thrown) {
          await client.query('rollback').catch(() => undefined);
          throw thrown;
        } finally {
          client.release();
        }
      },
    }),
    close: () => pool.end(),
  };
}

/** Brings every module's tables up to date; refuses a folder that a newer version wrote. */
export async function migrate(records: Records, schemas: readonly Schema[], folder: string): Promise<void> {
  await ensureReader(records);
  await records.query('create table if not exists migrations (module text primary key, steps integer not null)');
  await records.transaction(async (tx) => {
    for (const { module, steps } of [readerSchema, ...schemas]) {
      const [row] = await tx.query<{ steps: number }>('select steps from migrations where module = $1', [module]);
      const done = row?.steps ?? 0;
      if (done > steps.length) throw new GongjoError('data-folder-newer', { folder });
      for (const step of steps.slice(done))
        for (const statement of step.split(';\n').filter((part) => part.trim() !== '')) await tx.query(statement);
      await tx.query('insert into migrations values ($1, $2) on conflict (module) do update set steps = $2', [
        module,
        steps.length,
      ]);
    }
  });
}
