import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';

/** Before a person answers what was asked of persons: it is there for that person. Throws `request-unknown`. */
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
