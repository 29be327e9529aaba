import { timingSafeEqual } from 'node:crypto';
import { GongjoError, instant } from '../kernel/index.ts';
import { type Clock, type Db, type Random, sha256Hex } from '../platform/index.ts';

/** A client of the TAXII server that is no desk: a program of another agency, a platform such as MISP, a script. */
export interface TaxiiAccount {
  readonly name: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly rights: readonly TaxiiRight[];
}

export interface TaxiiRight {
  readonly collection: string;
  readonly read: boolean;
  readonly write: boolean;
}

/** More accounts than a desk has counterparts; a list stays a page. */
const accountsMax = 1000;

interface Row {
  name: string;
  secret_sha256: string;
  created_at: Date;
  expires_at: Date | null;
  rights: TaxiiRight[];
}

const selectAccounts = `select a.*, coalesce((select jsonb_agg(jsonb_build_object('collection', r.collection, 'read', r.can_read, 'write', r.can_write)
    order by r.collection) from taxii_rights r where r.account = a.name), '[]') as rights from taxii_accounts a`;

/** Adds an account and answers its secret, which is told this once. */
export async function addAccount(
  tx: Db,
  clock: Clock,
  random: Random,
  { name, expiresAt }: { readonly name: string; readonly expiresAt: string | null },
): Promise<string> {
  const secret = random.token();
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
    'select count(*)::integer as count from taxii_accounts',
  );
  if (count >= accountsMax) throw new GongjoError('input-invalid', { detail: `more than ${accountsMax} accounts` });
  const added = await tx.query(
    `insert into taxii_accounts (name, secret_sha256, created_at, expires_at) values ($1, $2, $3, $4)
     on conflict do nothing returning name`,
    [name, sha256Hex(secret), instant(clock.now()), expiresAt],
  );
  if (added.length === 0) throw new GongjoError('account-exists', { account: name });
  return secret;
}

export async function listAccounts(db: Db): Promise<TaxiiAccount[]> {
  return (await db.query<Row>(`${selectAccounts} order by a.name`)).map(accountOf);
}

export async function removeAccount(tx: Db, name: string): Promise<void> {
  const removed = await tx.query('delete from taxii_accounts where name = $1 returning name', [name]);
  if (removed.length === 0) throw new GongjoError('account-unknown', { account: name });
}

/** Gives an account rights in a collection, or takes them where neither is left. */
export async function setRight(tx: Db, account: string, { collection, read, write }: TaxiiRight): Promise<void> {
  const known = await tx.query('select 1 from taxii_accounts where name = $1', [account]);
  if (known.length === 0) throw new GongjoError('account-unknown', { account });
  await tx.query('delete from taxii_rights where account = $1 and collection = $2', [account, collection]);
  if (read || write)
    await tx.query('insert into taxii_rights values ($1, $2, $3, $4)', [account, collection, read, write]);
}

/**
 * The account of these credentials, or null. With HTTP Basic (RFC 7617) a name comes along and has to be that of the secret; a
 * bearer token (RFC 6750) is the secret alone. Hashes are compared in constant time.
 */
export async function accountWith(
  db: Db,
  clock: Clock,
  { name, secret }: { readonly name: string | null; readonly secret: string },
): Promise<TaxiiAccount | null> {
  const given = sha256Hex(secret);
  const [row] =
    name === null
      ? await db.query<Row>(`${selectAccounts} where a.secret_sha256 = $1`, [given])
      : await db.query<Row>(`${selectAccounts} where a.name = $1`, [name]);
  // Where there is no such account the comparison is made all the same.
  const kept = row?.secret_sha256 ?? sha256Hex('');
  const isRight = timingSafeEqual(Buffer.from(kept, 'hex'), Buffer.from(given, 'hex'));
  if (!row || !isRight) return null;
  return row.expires_at !== null && row.expires_at.getTime() <= clock.now() ? null : accountOf(row);
}

function accountOf({ name, created_at, expires_at, rights }: Row): TaxiiAccount {
  return {
    name,
    createdAt: instant(created_at.getTime()),
    expiresAt: expires_at && instant(expires_at.getTime()),
    rights,
  };
}
