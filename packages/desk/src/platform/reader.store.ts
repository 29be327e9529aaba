import { GongjoError } from '../kernel/index.ts';
import { becomeReader, type Reader, readerRole } from './reader.ts';
import type { Db } from './records.store.ts';

/** What an administrator of a server runs once, where the desk's user may not make roles. */
const roleSql = (user: string, exists: boolean): string =>
  `${exists ? '' : `create role ${readerRole} nologin; `}grant ${readerRole} to "${user.replaceAll('"', '""')}"`;

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
