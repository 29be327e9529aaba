import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';

/** Before a person does something about it: the object, or the delivery of ours, is there for that person. Throws `object-unknown`. */
export async function demandNamed(db: Db, what: string): Promise<void> {
  const rows = await db.query(
    `select 1 from shared_objects where id = $1 union all select 1 from deliveries where id = $1 and direction = 'out' limit 1`,
    [what],
  );
  if (rows.length === 0) throw new GongjoError('object-unknown', { id: what });
}

/** As `demandNamed`, of what was asked of persons. Throws `request-unknown`. */
export async function demandRequest(db: Db, id: string): Promise<void> {
  const rows = await db.query('select 1 from release_requests where id = $1', [id]);
  if (rows.length === 0) throw new GongjoError('request-unknown', { id });
}

/** Which of these objects are there for whoever reads. */
export async function objectsSeen(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>('select distinct id from shared_objects where id = any($1)', [ids]);
  return new Set(rows.map(({ id }) => id));
}

/** Which of these deliveries are there for whoever reads. */
export async function deliveriesSeen(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>('select id from deliveries where id = any($1)', [ids]);
  return new Set(rows.map(({ id }) => id));
}
