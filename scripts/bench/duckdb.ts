import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { GeneratedChain } from './chain.ts';
import type { IngestedChain } from './ledger.ts';

/**
 * The same rows in DuckDB, as somebody would keep them who wants to follow money with SQL: outputs in their order, inputs by what
 * they spend. No indexes: DuckDB's plans scan and hash for a join, with or without them.
 */
export interface DuckDb {
  readonly bytes: number;
  /**
   * Outputs of all transactions below the number `below` that descend from one, and that transaction's own: what poison reaches
   * where nothing stops it. The recursion goes by transaction, which is the fastest of the obvious ways to write it.
   */
  poisonReach(tx: number, below: number): Promise<number>;
  close(): void;
}

export async function openDuckDb({ folder }: GeneratedChain, { columns }: IngestedChain): Promise<DuckDb> {
  const file = path.join(folder, 'rows.duckdb');
  const isNew = !existsSync(file);
  const instance = await DuckDBInstance.create(file);
  const duck = await instance.connect();
  if (isNew) {
    await copy(columns, duck, folder, 'outputs', 'SELECT tx, n, units, address FROM utxo_outputs ORDER BY tx, n');
    await copy(columns, duck, folder, 'inputs', 'SELECT of, n, tx, input FROM utxo_spends ORDER BY of, n');
    await duck.run('CHECKPOINT');
  }
  return {
    bytes: statSync(file).size,
    poisonReach: async (tx, below) => {
      const reader = await duck.runAndReadAll(
        `WITH RECURSIVE reached(tx) AS (
           SELECT ${tx}::UBIGINT
           UNION
           SELECT inputs.tx FROM reached JOIN inputs ON inputs.of = reached.tx WHERE inputs.tx < ${below}
         ) SELECT count(*) FROM reached JOIN outputs ON outputs.tx = reached.tx`,
      );
      return Number(reader.getRows()[0]![0]);
    },
    close: () => {
      duck.closeSync();
      instance.closeSync();
    },
  };
}

async function copy(
  columns: IngestedChain['columns'],
  duck: DuckDBConnection,
  folder: string,
  table: string,
  select: string,
): Promise<void> {
  const file = path.join(folder, `${table}.parquet`);
  rmSync(file, { force: true });
  await columns.command(
    `INSERT INTO FUNCTION file({file:String}, 'Parquet') ${select} SETTINGS output_format_parquet_string_as_string = 0`,
    { file },
  );
  await duck.run(`CREATE TABLE ${table} AS SELECT * FROM read_parquet('${file.replaceAll("'", "''")}')`);
  rmSync(file, { force: true });
}
