import type { CaseAccess } from '@gongjo/contract';
import { instant } from '../../kernel/index.ts';
import type { Db } from '../../platform/index.ts';

/** Who sees a case besides by clearance. Of one that is not restricted the members are none. */
export async function caseAccess(db: Db, id: string, lock = false): Promise<CaseAccess> {
  const [found] = await db.query<{ restricted_at: Date | null }>(
    `select restricted_at from cases where id = $1${lock ? ' for update' : ''}`,
    [id],
  );
  const rows = await db.query<{ person: string; name: string; since: Date; by: string }>(
    'select person, name, since, by from case_members where case_id = $1 order by since, name',
    [id],
  );
  const at = found?.restricted_at ?? null;
  return {
    restrictedAt: at && instant(at.getTime()),
    members: rows.map((row) => ({ ...row, since: instant(row.since.getTime()) })),
  };
}

/** Lifted, a restriction leaves no members: who restricts the case again says anew who needs to know. */
export async function setRestricted(tx: Db, id: string, at: string | null): Promise<void> {
  await tx.query('update cases set restricted_at = $2 where id = $1', [id, at]);
  if (at === null) await tx.query('delete from case_members where case_id = $1', [id]);
}

/** False where that person is one. */
export async function putMember(tx: Db, id: string, member: CaseAccess['members'][number]): Promise<boolean> {
  const { person, name, since, by } = member;
  const rows = await tx.query(
    `insert into case_members (case_id, person, name, since, by) values ($1, $2, $3, $4, $5) on conflict do nothing
     returning person`,
    [id, person, name, since, by],
  );
  return rows.length === 1;
}

/** False where that person is none. */
export async function dropMember(tx: Db, id: string, person: string): Promise<boolean> {
  const rows = await tx.query('delete from case_members where case_id = $1 and person = $2 returning person', [
    ...[id, person],
  ]);
  return rows.length === 1;
}
