import type { ApiToken, NewToken, Right } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import { type Clock, type Db, type Random, sha256Hex } from '../platform/index.ts';
import { type AccountRow, accountOf } from './account.store.ts';
import type { Account } from './account.ts';

/** Says what it is wherever it is found: in a file, a log, a repository. */
export const tokenPrefix = 'gjt_';

/** Of one account that stand. */
const tokensMax = 50;
const dayMs = 86_400_000;
const usedEveryMs = 60_000;

interface TokenRow {
  token: string;
  token_name: string;
  rights: Right[];
  token_made_at: Date;
  expires_at: Date;
  used_at: Date | null;
  revoked_at: Date | null;
}

const columns = `t.id as token, t.name as token_name, t.rights, t.made_at as token_made_at, t.expires_at, t.used_at, t.revoked_at`;
const at = (date: Date | null) => date && instant(date.getTime());

const viewOf = (row: TokenRow): ApiToken => ({
  id: row.token,
  name: row.token_name,
  rights: row.rights,
  madeAt: instant(row.token_made_at.getTime()),
  expiresAt: instant(row.expires_at.getTime()),
  usedAt: at(row.used_at),
  revokedAt: at(row.revoked_at),
});

/** Makes a token for an account; `secret` is shown once. Throws `tokens-too-many`. */
export async function addToken(
  tx: Db,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  account: Account,
  asked: NewToken,
  by: string,
): Promise<{ readonly token: ApiToken; readonly secret: string }> {
  const now = clock.now();
  const standing = (await tokensOf(tx, account.id)).filter(
    (it) => it.revokedAt === null && it.expiresAt > instant(now),
  );
  if (standing.length >= tokensMax) throw new GongjoError('tokens-too-many', { limit: tokensMax });
  const secret = `${tokenPrefix}${random.token()}`;
  const token: ApiToken = {
    ...{ id: random.uuid(), name: asked.name, rights: [...new Set(asked.rights)] },
    madeAt: instant(now),
    expiresAt: instant(now + asked.days * dayMs),
    ...{ usedAt: null, revokedAt: null },
  };
  await tx.query('insert into api_tokens values ($1, $2, $3, $4, $5, $6, $7, $8)', [
    ...[token.id, sha256Hex(secret), account.id, token.name, JSON.stringify(token.rights), by],
    ...[token.madeAt, token.expiresAt],
  ]);
  await recordAudit(tx, clock, {
    ...{ actor: by, action: 'token.made', subject: account.name },
    details: { token: token.id, rights: token.rights, expiresAt: token.expiresAt },
  });
  return { token, secret };
}

/** The newest first. */
export async function tokensOf(db: Db, account: string): Promise<ApiToken[]> {
  const rows = await db.query<TokenRow>(
    `select ${columns} from api_tokens t where t.account = $1 order by t.made_at desc, t.id limit 500`,
    [account],
  );
  return rows.map(viewOf);
}

/** Throws `not-found`, also for a token of another. */
export async function revokeToken(
  tx: Db,
  clock: Clock,
  account: Account,
  token: string,
  by: string,
): Promise<ApiToken> {
  const rows = await tx.query<TokenRow>(
    `update api_tokens t set revoked_at = coalesce(t.revoked_at, $3) where t.id = $1 and t.account = $2
     returning ${columns}`,
    [token, account.id, instant(clock.now())],
  );
  const [row] = rows;
  if (!row) throw new GongjoError('not-found');
  await recordAudit(tx, clock, { actor: by, action: 'token.revoked', subject: account.name, details: { token } });
  return viewOf(row);
}

/** Who holds this token, and what the token may do; null where it is revoked, expired or invented. */
export async function findToken(
  db: Db,
  clock: Clock,
  secret: string,
): Promise<{ readonly account: Account; readonly token: ApiToken } | null> {
  const now = clock.now();
  const [row] = await db.query<AccountRow & TokenRow>(
    `select a.*, ${columns} from api_tokens t join accounts a on a.id = t.account
     where t.token_sha256 = $1 and t.revoked_at is null and t.expires_at > $2 and a.state = 'active'`,
    [sha256Hex(secret), instant(now)],
  );
  if (!row) return null;
  if (row.used_at === null || now - row.used_at.getTime() >= usedEveryMs)
    await db.query('update api_tokens set used_at = $2 where id = $1', [row.token, instant(now)]);
  return { account: accountOf(row), token: viewOf(row) };
}
