import type { KeyRecord, PublicKey } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import { type KeyRow, recordOf } from './partner-key.store.ts';

/** Every key that this desk has had, the newest first. */
export async function ownKeys(db: Db): Promise<KeyRecord[]> {
  const rows = await db.query<KeyRow>('select * from own_keys order by since desc, kid');
  return rows.map(recordOf);
}

export async function currentOwnKey(db: Db): Promise<string | null> {
  const [row] = await db.query<KeyRow>('select * from own_keys where until is null');
  return row?.kid ?? null;
}

/** From the commit of this transaction on, this is the desk's key. */
export async function keepOwnKey(tx: Db, clock: Clock, kid: string, key: PublicKey): Promise<void> {
  const now = instant(clock.now());
  await tx.query('update own_keys set until = $2 where until is null and kid <> $1', [kid, now]);
  await tx.query(
    `insert into own_keys (kid, key, since) values ($1, $2, $3) on conflict (kid) do update set until = null`,
    [kid, JSON.stringify(key), now],
  );
}

/** Answers whether it was one of ours and not revoked yet. */
export async function revokeOwn(tx: Db, clock: Clock, kid: string, reason: string): Promise<boolean> {
  const now = instant(clock.now());
  const rows = await tx.query(
    `update own_keys set revoked_at = $2, until = coalesce(until, $2), reason = $3
     where kid = $1 and revoked_at is null returning kid`,
    [kid, now, reason],
  );
  return rows.length > 0;
}
