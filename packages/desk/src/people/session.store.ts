import type { SessionView, SessionWay } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import { type Clock, type Db, type Random, sha256Hex } from '../platform/index.ts';
import { type AccountRow, accountOf } from './account.store.ts';
import type { Account, SessionLimits } from './account.ts';

/** A session that stands, and its account as it is now. */
export interface Session {
  readonly id: string;
  readonly account: Account;
  readonly way: SessionWay;
  readonly signedInAt: string;
  readonly expiresAt: string;
}

/** Of one account; the oldest goes when there are more. */
const sessionsMax = 20;
/** Use is noted this exactly: a write for each request would be the most frequent write of the desk. */
const usedEveryMs = 30_000;
const browserCharsMax = 120;

/**
 * A new session with a new token, whatever the browser had before: a token that somebody planted in it stays worth nothing.
 * Answers the token, which is kept nowhere.
 */
export async function startSession(
  tx: Db,
  { clock, random, limits }: { readonly clock: Clock; readonly random: Random; readonly limits: SessionLimits },
  account: Account,
  how: { readonly way: SessionWay; readonly browser: string | undefined },
): Promise<{ readonly token: string; readonly maxAgeS: number }> {
  const now = clock.now();
  const token = random.token();
  await tx.query('delete from sessions where expires_at < $1', [instant(now)]);
  await tx.query(
    `delete from sessions where id in
       (select id from sessions where account = $1 order by used_at desc offset $2)`,
    [account.id, sessionsMax - 1],
  );
  await tx.query('insert into sessions values ($1, $2, $3, $4, $5, $5, $6, $7)', [
    ...[random.uuid(), sha256Hex(token), account.id, how.way, instant(now), instant(now + limits.sessionMs)],
    browserName(how.browser),
  ]);
  return { token, maxAgeS: limits.sessionMs / 1000 };
}

/** What a browser calls itself says little and at length: its product and its system. */
export function browserName(agent: string | undefined): string {
  if (agent === undefined) return '';
  const system = /\(([^;)]{1,40})/.exec(agent)?.[1] ?? '';
  const product = /(?:Edg|OPR|Firefox|Chrome|Version|HeadlessChrome)\/\d{1,4}/.exec(agent)?.[0] ?? agent.slice(0, 40);
  return [product.replace('/', ' '), system]
    .filter((it) => it !== '')
    .join(', ')
    .replace(/\p{C}/gu, '')
    .slice(0, browserCharsMax);
}

interface SessionRow {
  session: string;
  way: SessionWay;
  signed_in_at: Date;
  used_at: Date;
  expires_at: Date;
}

/** The session of a token, where it stands and its account is active. `isUse`: a person did something by it. */
export async function findSession(
  db: Db,
  { clock, limits }: { readonly clock: Clock; readonly limits: SessionLimits },
  token: string,
  isUse: boolean,
): Promise<Session | null> {
  const now = clock.now();
  const [row] = await db.query<AccountRow & SessionRow>(
    `select a.*, s.id as session, s.way, s.signed_in_at, s.used_at, s.expires_at
     from sessions s join accounts a on a.id = s.account
     where s.token_sha256 = $1 and s.expires_at > $2 and s.used_at > $3 and a.state = 'active'`,
    [sha256Hex(token), instant(now), instant(now - limits.idleMs)],
  );
  if (!row) return null;
  if (isUse && now - row.used_at.getTime() >= usedEveryMs)
    await db.query('update sessions set used_at = $2 where id = $1', [row.session, instant(now)]);
  return {
    id: row.session,
    account: accountOf(row),
    way: row.way,
    signedInAt: instant(row.signed_in_at.getTime()),
    expiresAt: instant(row.expires_at.getTime()),
  };
}

/** The newest use first. */
export async function sessionsOf(
  db: Db,
  { clock, limits }: { readonly clock: Clock; readonly limits: SessionLimits },
  account: string,
  current: string | null,
): Promise<SessionView[]> {
  const now = clock.now();
  const rows = await db.query<SessionRow & { browser: string }>(
    `select *, id as session from sessions where account = $1 and expires_at > $2 and used_at > $3
     order by used_at desc, id`,
    [account, instant(now), instant(now - limits.idleMs)],
  );
  return rows.map((row) => ({
    ...{ id: row.session, way: row.way, browser: row.browser, current: row.session === current },
    signedInAt: instant(row.signed_in_at.getTime()),
    usedAt: instant(row.used_at.getTime()),
    expiresAt: instant(row.expires_at.getTime()),
  }));
}

/** Ends a session of that account. Throws `not-found`, also for a session of another. */
export async function endSession(db: Db, account: string, session: string): Promise<void> {
  const ended = await db.query('delete from sessions where id = $1 and account = $2 returning id', [session, account]);
  if (ended.length === 0) throw new GongjoError('not-found');
}

/** Ends all sessions of an account, but perhaps the one that asks. Answers how many. */
export async function endSessions(db: Db, account: string, but: string | null): Promise<number> {
  const ended = await db.query('delete from sessions where account = $1 and id is distinct from $2 returning id', [
    account,
    but,
  ]);
  return ended.length;
}

/** Somebody is signed in, or can sign in by a passkey. */
export async function hasEntry(db: Db): Promise<boolean> {
  return (await db.query('select 1 from sessions union all select 1 from passkeys limit 1')).length > 0;
}
