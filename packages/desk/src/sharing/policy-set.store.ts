import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';

/** A policy set as it was in force from a moment on. */
export interface StoredPolicySet {
  readonly sha256: string;
  readonly text: string;
  /** Who set it; `file` where the desk found it in the data folder. */
  readonly by: string;
  readonly reason: string | null;
  readonly at: string;
}

/** The newest are listed; all are kept. */
const setsListedMax = 200;

export async function keepPolicySet(
  tx: Db,
  clock: Clock,
  { sha256, text, by, reason }: Omit<StoredPolicySet, 'at'>,
): Promise<void> {
  await tx.query('insert into policy_sets (sha256, body, by, reason, at) values ($1, $2, $3, $4, $5)', [
    sha256,
    text,
    by,
    reason,
    instant(clock.now()),
  ]);
}

/** Newest first. */
export async function policySets(db: Db, limit = setsListedMax): Promise<StoredPolicySet[]> {
  const rows = await db.query<{ sha256: string; body: string; by: string; reason: string | null; at: Date }>(
    'select sha256, body, by, reason, at from policy_sets order by seq desc limit $1',
    [limit],
  );
  return rows.map(({ body, at, ...same }) => ({ ...same, text: body, at: instant(at.getTime()) }));
}

export async function newestPolicySet(db: Db): Promise<StoredPolicySet | null> {
  return (await policySets(db, 1))[0] ?? null;
}
