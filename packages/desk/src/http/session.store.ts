import type { Me } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import { type Clock, type Db, type Random, type Schema, sha256Hex } from '../platform/index.ts';

/** Tokens are kept only as their SHA-256: they are 256 random bits, so nothing slower is needed, and a copy of the tables opens no door. */
export const httpSchema: Schema = {
  module: 'http',
  reading: { tables: { sign_in_links: 'closed', sessions: 'closed' } },
  steps: [
    `create table sign_in_links (
       token_sha256 text primary key,
       name text not null,
       expires_at timestamptz not null
     );
     create table sessions (
       token_sha256 text primary key,
       name text not null,
       signed_in_at timestamptz not null,
       expires_at timestamptz not null
     )`,
  ],
};

/** Long enough to walk to the other desk with it, short enough to be worthless in a drawer. */
const linkLifeMs = 60 * 60 * 1000;
/** One shift. */
const sessionLifeMs = 12 * 60 * 60 * 1000;

export interface Session extends Me {
  readonly tokenSha256: string;
}

/** A link's token, good for one sign-in. */
export async function makeLink(db: Db, clock: Clock, random: Random, name: string): Promise<string> {
  const token = random.token();
  await db.query('delete from sign_in_links where expires_at < $1', [instant(clock.now())]);
  await db.query('insert into sign_in_links values ($1, $2, $3)', [
    sha256Hex(token),
    name,
    instant(clock.now() + linkLifeMs),
  ]);
  return token;
}

/** Turns a link's token into a session's. Throws `sign-in-link-invalid` for one that is used, expired or invented. */
export async function signIn(
  tx: Db,
  clock: Clock,
  random: Random,
  linkToken: string,
): Promise<{ readonly token: string; readonly name: string; readonly maxAgeS: number }> {
  const now = clock.now();
  const [link] = await tx.query<{ name: string; expires_at: Date }>(
    'delete from sign_in_links where token_sha256 = $1 returning name, expires_at',
    [sha256Hex(linkToken)],
  );
  if (!link || link.expires_at.getTime() <= now) throw new GongjoError('sign-in-link-invalid');
  const token = random.token();
  await tx.query('delete from sessions where expires_at < $1', [instant(now)]);
  await tx.query('insert into sessions values ($1, $2, $3, $4)', [
    sha256Hex(token),
    link.name,
    instant(now),
    instant(now + sessionLifeMs),
  ]);
  return { token, name: link.name, maxAgeS: sessionLifeMs / 1000 };
}

export async function findSession(db: Db, clock: Clock, token: string): Promise<Session | null> {
  const [row] = await db.query<{ token_sha256: string; name: string; signed_in_at: Date; expires_at: Date }>(
    'select * from sessions where token_sha256 = $1 and expires_at > $2',
    [sha256Hex(token), instant(clock.now())],
  );
  return row
    ? {
        tokenSha256: row.token_sha256,
        name: row.name,
        signedInAt: instant(row.signed_in_at.getTime()),
        expiresAt: instant(row.expires_at.getTime()),
      }
    : null;
}

export async function endSession(db: Db, tokenSha256: string): Promise<void> {
  await db.query('delete from sessions where token_sha256 = $1', [tokenSha256]);
}
