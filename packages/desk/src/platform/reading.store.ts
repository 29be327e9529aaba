import { sha256Hex } from './random.ts';
import { readerRole, readerSchema } from './reader.ts';
import type { TableRule } from './reading.ts';
import type { Db, Records, Schema } from './records.store.ts';

/**
 * Brings what persons may read to what the modules say. It is no step of theirs: it can be made anew from the lists at any
 * time, and is whenever they differ from those that it was last made from.
 */
export async function settleReading(records: Records, schemas: readonly Schema[]): Promise<void> {
  const all = [readerSchema, ...schemas];
  const functions = all.flatMap(({ reading }) => reading?.functions ?? []);
  const rules = all.flatMap(({ reading }) => Object.entries(reading?.tables ?? {}));
  const sha256 = sha256Hex(JSON.stringify([functions, rules]));
  await records.query(
    'create table if not exists reading (single boolean primary key default true check (single), sha256 text not null)',
  );
  const [settled] = await records.query<{ sha256: string }>('select sha256 from reading');
  if (settled?.sha256 === sha256) return;
  await records.transaction(async (tx) => {
    const [at] = await tx.query<{ name: string }>('select quote_ident(current_schema()) as name');
    await tx.query(`grant usage on schema ${at?.name ?? 'public'} to ${readerRole}`);
    for (const statement of functions) await tx.query(statement);
    for (const [table, rule] of rules) await settleTable(tx, table, rule);
    await tx.query(
      'insert into reading (sha256) values ($1) on conflict (single) do update set sha256 = excluded.sha256',
      [sha256],
    );
  });
}

async function settleTable(tx: Db, table: string, rule: TableRule): Promise<void> {
  await tx.query(`drop policy if exists seen on ${table}`);
  await tx.query(`revoke all on ${table} from ${readerRole}`);
  if (rule === 'open') {
    await tx.query(`alter table ${table} disable row level security`);
    await tx.query(`grant select on ${table} to ${readerRole}`);
    return;
  }
  await tx.query(`alter table ${table} enable row level security`);
  if (rule === 'closed') return;
  await tx.query(
    `grant select (${(await columnsOf(tx, table, rule.hidden ?? [])).join(', ')}) on ${table} to ${readerRole}`,
  );
  await tx.query(`create policy seen on ${table} for select to ${readerRole} using (${rule.using})`);
}

async function columnsOf(tx: Db, table: string, hidden: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ name: string; quoted: string }>(
    `select attname as name, quote_ident(attname) as quoted from pg_attribute
     where attrelid = $1::text::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  return rows.filter(({ name }) => !hidden.includes(name)).map(({ quoted }) => quoted);
}
