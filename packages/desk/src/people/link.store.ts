import { GongjoError, instant } from '../kernel/index.ts';
import { type Clock, type Db, type Random, sha256Hex } from '../platform/index.ts';
import { type AccountRow, accountOf } from './account.store.ts';
import type { Account } from './account.ts';

/** Long enough to walk to the other desk with it, short enough to be worthless in a drawer. */
const linkLifeMs = 60 * 60 * 1000;

/** `sign-in`: makes a session. `enrol`: registers a passkey, and nothing else. */
export type LinkKind = 'sign-in' | 'enrol';

/** A link's token, good once. Of the links for registering, a new one takes the place of the ones before. */
export async function makeLink(
  db: Db,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  account: Account,
  kind: LinkKind,
): Promise<{ readonly token: string; readonly expiresAt: string }> {
  if (account.state === 'disabled') throw new GongjoError('person-disabled', { name: account.name });
  const token = random.token();
  const expiresAt = instant(clock.now() + linkLifeMs);
  await db.query('delete from sign_in_links where expires_at < $1', [instant(clock.now())]);
  if (kind === 'enrol') await db.query(`delete from sign_in_links where account = $1 and kind = 'enrol'`, [account.id]);
  await db.query('insert into sign_in_links values ($1, $2, $3, $4)', [sha256Hex(token), account.id, kind, expiresAt]);
  return { token, expiresAt };
}

/** Whose link it is. Throws `sign-in-link-invalid` for one that is used, expired, invented or of the other kind. */
export async function lookAtLink(db: Db, clock: Clock, token: string, kind: LinkKind): Promise<Account> {
  const [row] = await db.query<AccountRow & { expires_at: Date }>(
    `select a.*, l.expires_at from sign_in_links l join accounts a on a.id = l.account
     where l.token_sha256 = $1 and l.kind = $2 and a.state = 'active'`,
    [sha256Hex(token), kind],
  );
  if (!row || row.expires_at.getTime() <= clock.now()) throw new GongjoError('sign-in-link-invalid');
  return accountOf(row);
}

/** The same, and the link is used up. */
export async function takeLink(tx: Db, clock: Clock, token: string, kind: LinkKind): Promise<Account> {
  const account = await lookAtLink(tx, clock, token, kind);
  await tx.query('delete from sign_in_links where token_sha256 = $1', [sha256Hex(token)]);
  return account;
}
