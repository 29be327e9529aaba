import type { NewReporter, ReporterAccount } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import { type Clock, type Db, type Random, sha256Hex } from '../platform/index.ts';

/** Calls are counted by the hour of the clock. */
const hourMs = 3_600_000;
/** Counts of hours gone by are of no use. */
const countsKeptMs = 24 * hourMs;

interface Row {
  name: string;
  organisation: string;
  country: string | null;
  reports_per_hour: number;
  created_at: Date;
  created_by: string;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

/** Makes a reporter; its token is answered once and kept as its SHA-256. Throws `reporter-exists`. */
export async function addReporter(
  tx: Db,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  { name, organisation, country, reportsPerHour }: NewReporter,
  by: string,
): Promise<{ readonly account: ReporterAccount; readonly token: string }> {
  const token = random.token();
  const [row] = await tx.query<Row>(
    `insert into reporters (name, organisation, country, token_sha256, reports_per_hour, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (name) do update set organisation = excluded.organisation, country = excluded.country,
       token_sha256 = excluded.token_sha256, reports_per_hour = excluded.reports_per_hour,
       created_at = excluded.created_at, created_by = excluded.created_by, revoked_at = null, last_used_at = null
       where reporters.revoked_at is not null
     returning *`,
    [name, organisation, country ?? null, sha256Hex(token), reportsPerHour, instant(clock.now()), by],
  );
  if (!row) throw new GongjoError('reporter-exists', { name });
  return { account: accountOf(row), token };
}

export async function listReporters(db: Db): Promise<ReporterAccount[]> {
  return (await db.query<Row>('select * from reporters order by name limit 1000')).map(accountOf);
}

/** Its token opens nothing from now on; what it reported stays. Throws `not-found`. */
export async function revokeReporter(tx: Db, clock: Clock, name: string): Promise<ReporterAccount> {
  const [row] = await tx.query<Row>(
    'update reporters set revoked_at = coalesce(revoked_at, $2) where name = $1 returning *',
    [name, instant(clock.now())],
  );
  if (!row) throw new GongjoError('not-found');
  return accountOf(row);
}

/** Whose token it is. Throws `reporter-unknown`. */
export async function reporterOf(db: Db, token: string): Promise<ReporterAccount> {
  const [row] = await db.query<Row>('select * from reporters where token_sha256 = $1 and revoked_at is null', [
    sha256Hex(token),
  ]);
  if (!row) throw new GongjoError('reporter-unknown');
  return accountOf(row);
}

/** Counts one report. Throws `reports-too-many`; the count stands whatever becomes of the report. */
export async function countReport(db: Db, clock: Clock, { name, reportsPerHour }: ReporterAccount): Promise<void> {
  const now = clock.now();
  const hour = instant(Math.floor(now / hourMs) * hourMs);
  const [row] = await db.query<{ calls: number }>(
    `insert into reporter_calls (name, hour, calls) values ($1, $2, 1)
     on conflict (name, hour) do update set calls = reporter_calls.calls + 1 returning calls`,
    [name, hour],
  );
  await db.query('delete from reporter_calls where hour < $1', [instant(now - countsKeptMs)]);
  if ((row?.calls ?? 1) > reportsPerHour) throw new GongjoError('reports-too-many', { name, limit: reportsPerHour });
  await db.query('update reporters set last_used_at = $2 where name = $1', [name, instant(now)]);
}

function accountOf(row: Row): ReporterAccount {
  return {
    name: row.name,
    organisation: row.organisation,
    country: row.country,
    reportsPerHour: row.reports_per_hour,
    createdAt: instant(row.created_at.getTime()),
    createdBy: row.created_by,
    revokedAt: row.revoked_at && instant(row.revoked_at.getTime()),
    lastUsedAt: row.last_used_at && instant(row.last_used_at.getTime()),
  };
}
