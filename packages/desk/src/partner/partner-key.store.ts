import type { DeskId, KeyRecord, PublicKey } from '@gongjo/contract';
import { fingerprintOfId, GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';

/**
 * A key that was replaced is believed for this long after: what a partner signed before the change, or signed while it did
 * not know that its change had arrived, is still on its way. A week outlasts an outage; a revoked key is not believed at all.
 */
const overlapMs = 7 * 86_400_000;

/** A key's time, as `own_keys` and `partner_keys` keep it. */
export interface KeyRow {
  kid: string;
  since: Date;
  until: Date | null;
  revoked_at: Date | null;
  reason: string | null;
}

interface Row extends KeyRow {
  key: PublicKey;
}

/** From now on the partner signs with this key; the one before it is kept. */
export async function keepCurrentKey(tx: Db, clock: Clock, desk: DeskId, kid: string, key: PublicKey): Promise<void> {
  const now = instant(clock.now());
  await tx.query('update partner_keys set until = $3 where desk = $1 and kid <> $2 and until is null', [
    desk,
    kid,
    now,
  ]);
  await tx.query(
    `insert into partner_keys (desk, kid, key, since) values ($1, $2, $3, $4)
     on conflict (desk, kid) do update set until = null where partner_keys.revoked_at is null`,
    [desk, kid, JSON.stringify(key), now],
  );
}

/** Every key that the partner has had, the newest first. */
export async function partnerKeys(db: Db, desk: string): Promise<KeyRecord[]> {
  const rows = await db.query<Row>('select * from partner_keys where desk = $1 order by since desc, kid', [desk]);
  return rows.map(recordOf);
}

/** How far a key of a partner is believed. */
export interface KnownKey {
  readonly key: PublicKey;
  readonly standing: 'believed' | 'retired' | 'revoked';
}

/** A key that the partner has or had; null for one that it never had here. */
export async function knownKey(db: Db, clock: Clock, desk: DeskId, kid: string): Promise<KnownKey | null> {
  const [row] = await db.query<Row>('select * from partner_keys where desk = $1 and kid = $2', [desk, kid]);
  if (!row) return null;
  if (row.revoked_at) return { key: row.key, standing: 'revoked' };
  const isBelieved = row.until === null || clock.now() <= row.until.getTime() + overlapMs;
  return { key: row.key, standing: isBelieved ? 'believed' : 'retired' };
}

export async function refuseRevoked(db: Db, desk: DeskId, kid: string): Promise<void> {
  const rows = await db.query('select 1 from partner_keys where desk = $1 and kid = $2 and revoked_at is not null', [
    desk,
    kid,
  ]);
  if (rows.length > 0) throw new GongjoError('key-revoked', { desk, kid });
}

/** Answers whether the key was known and not revoked yet. */
export async function markRevoked(tx: Db, clock: Clock, desk: DeskId, kid: string, reason: string): Promise<boolean> {
  const now = instant(clock.now());
  const rows = await tx.query(
    `update partner_keys set revoked_at = $3, until = coalesce(until, $3), reason = $4
     where desk = $1 and kid = $2 and revoked_at is null returning kid`,
    [desk, kid, now, reason],
  );
  return rows.length > 0;
}

export function recordOf({ kid, since, until, revoked_at, reason }: KeyRow): KeyRecord {
  return {
    kid,
    fingerprint: fingerprintOfId(kid),
    state: revoked_at ? 'revoked' : until ? 'previous' : 'current',
    since: instant(since.getTime()),
    until: until && instant(until.getTime()),
    reason,
  };
}
