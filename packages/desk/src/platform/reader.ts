import type { Tlp } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import type { Db, Schema } from './records.store.ts';

/**
 * What a person may read is decided by the database (PostgreSQL, "Row Security Policies"), in every statement that is run for
 * the person: no query can forget it, and what is hidden is in no list, no count and no join. The desk's own work is done by
 * the owner of the tables, whom no policy binds.
 */

/** For whom something is read. */
export interface Reader {
  /** The account's identifier: what cases that are restricted know their members by. */
  readonly person: string;
  /** Null: cleared for nothing. */
  readonly clearance: Tlp | null;
}

/** Nobody can sign in as it; the desk takes it on for a statement. */
export const readerRole = 'gongjo_reader';

/** What an administrator of a server runs once, where the desk's user may not make roles. */
const roleSql = (user: string, exists: boolean): string =>
  `${exists ? '' : `create role ${readerRole} nologin; `}grant ${readerRole} to "${user.replaceAll('"', '""')}"`;

/**
 * One statement that makes the rest of the transaction the reader's. `$1` the clearance, `$2` the person: as words, so that a
 * value that is none of the levels is no clearance at all.
 */
export const becomeReader = `select set_config('role', '${readerRole}', true), set_config('gongjo.clearance', $1, true), set_config('gongjo.person', $2, true)`;

const levels = `array['clear', 'green', 'amber', 'amber+strict', 'red']`;

/**
 * `gongjo_rank`: how strict a marking is, from 0 (clear) to 4 (red); what is unmarked or no level is as strict as red.
 * `gongjo_clearance`: up to which rank the reader may read; null without a reader, and then every comparison hides.
 */
export const readerSchema: Schema = {
  module: 'platform',
  reading: { tables: { migrations: 'closed', reading: 'closed' } },
  steps: [
    `create or replace function gongjo_rank(tlp text) returns integer language sql immutable parallel safe as $$ select coalesce(array_position(${levels}, tlp) - 1, 4) $$;
     create or replace function gongjo_clearance() returns integer language sql stable parallel safe as $$ select array_position(${levels}, current_setting('gongjo.clearance', true)) - 1 $$`,
  ],
};

/** Makes the role, where there is none, and sees that the desk may take it on. Throws `records-reader-missing`. */
export async function ensureReader(records: Db): Promise<void> {
  const [state] = await records.query<{ user: string; exists: boolean; may: boolean }>(
    `select current_user as user, r.oid is not null as exists,
       coalesce(pg_has_role(current_user, r.oid, 'member'), false) as may
     from (select 1) as one left join pg_roles r on r.rolname = $1`,
    [readerRole],
  );
  if (state?.may) return;
  const { user = '', exists = false } = state ?? {};
  try {
    if (!exists) await records.query(`create role ${readerRole} nologin`);
    await records.query(`grant ${readerRole} to current_user`);
  } catch (thrown) {
    throw new GongjoError('records-reader-missing', { user, sql: roleSql(user, exists) }, thrown);
  }
}

/** Reads for a person inside a transaction of the desk's, which goes on as the desk's afterwards. */
export function readWithin(tx: Db, { clearance, person }: Reader): Db {
  return {
    query: async <Row>(sql: string, params: readonly unknown[] = []) => {
      await tx.query(becomeReader, [clearance ?? '', person]);
      const rows = await tx.query<Row>(sql, params);
      // Where the statement failed, so has the transaction, and the role ends with it.
      await tx.query(
        `select set_config('role', 'none', true), set_config('gongjo.clearance', '', true), set_config('gongjo.person', '', true)`,
      );
      return rows;
    },
  };
}
