import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import type { Status } from './taxii/index.ts';

/** TAXII 2.1 section 4.3 wants 24 hours at least; a client that was down over a weekend still learns what became of its request. */
const keptMs = 7 * 24 * 60 * 60 * 1000;

/** Keeps what became of a request, and lets go of what is old. */
export async function keepStatus(tx: Db, clock: Clock, owner: string, status: Status): Promise<void> {
  await tx.query('delete from taxii_statuses where requested_at < $1', [instant(clock.now() - keptMs)]);
  await tx.query(
    'insert into taxii_statuses (id, owner, requested_at, status) values ($1, $2, $3, $4) on conflict do nothing',
    [status.id, owner, status.requestedAt, JSON.stringify(status)],
  );
}

/** The status of a request of this caller; that of somebody else's reads as none. */
export async function findStatus(db: Db, owner: string, id: string): Promise<Status | null> {
  const [row] = await db.query<{ status: Status }>('select status from taxii_statuses where owner = $1 and id = $2', [
    owner,
    id,
  ]);
  return row?.status ?? null;
}
