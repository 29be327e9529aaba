import type { Passkey } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import { type AccountRow, accountOf } from './account.store.ts';
import type { Account } from './account.ts';

/** What is known of a credential. The key is public: a copy of the table signs nobody in. */
export interface Credential {
  /** Base64url. */
  readonly id: string;
  /** COSE_Key, base64url. */
  readonly publicKey: string;
  /** Signature counter (WebAuthn section 6.1.1); authenticators that keep none say 0 always. */
  readonly counter: number;
  readonly transports: readonly string[];
}

/** Of one account: a phone, a laptop, a key in the safe, and some more. */
const passkeysMax = 20;

interface PasskeyRow {
  id: string;
  passkey_name: string;
  public_key: string;
  counter: string | number;
  transports: string[];
  passkey_made_at: Date;
  used_at: Date | null;
  suspected_at: Date | null;
}

const columns =
  'p.id, p.name as passkey_name, p.public_key, p.counter, p.transports, p.made_at as passkey_made_at, p.used_at, p.suspected_at';
const at = (date: Date | null) => date && instant(date.getTime());
const viewOf = (row: PasskeyRow): Passkey => ({
  ...{ id: row.id, name: row.passkey_name, usedAt: at(row.used_at), suspectedAt: at(row.suspected_at) },
  madeAt: instant(row.passkey_made_at.getTime()),
});
const credentialOf = (row: PasskeyRow): Credential => ({
  ...{ id: row.id, publicKey: row.public_key, counter: Number(row.counter), transports: row.transports },
});

async function rowsOf(db: Db, account: string): Promise<PasskeyRow[]> {
  return db.query<PasskeyRow>(`select ${columns} from passkeys p where p.account = $1 order by p.made_at, p.id`, [
    account,
  ]);
}

export async function passkeysOf(db: Db, account: string): Promise<Passkey[]> {
  return (await rowsOf(db, account)).map(viewOf);
}

export async function credentialsOf(db: Db, account: string): Promise<Credential[]> {
  return (await rowsOf(db, account)).map(credentialOf);
}

/** Throws `passkey-invalid` for one that is known already, `passkeys-too-many`. */
export async function addPasskey(
  tx: Db,
  clock: Clock,
  account: Account,
  credential: Credential,
  name: string,
): Promise<void> {
  const known = await tx.query('select 1 from passkeys where id = $1', [credential.id]);
  if (known.length > 0) throw new GongjoError('passkey-invalid');
  if ((await rowsOf(tx, account.id)).length >= passkeysMax)
    throw new GongjoError('passkeys-too-many', { limit: passkeysMax });
  await tx.query('insert into passkeys values ($1, $2, $3, $4, $5, $6, $7)', [
    ...[credential.id, account.id, name, credential.publicKey, credential.counter],
    ...[JSON.stringify(credential.transports), instant(clock.now())],
  ]);
  await recordAudit(tx, clock, {
    ...{ actor: account.name, action: 'passkey.added', subject: account.name },
    details: { passkey: credential.id.slice(0, 16), name },
  });
}

/** The passkey of that identifier and its account; null where there is none that may be used. */
export async function findPasskey(
  db: Db,
  id: string,
): Promise<{ readonly account: Account; readonly credential: Credential; readonly isSuspected: boolean } | null> {
  const [row] = await db.query<PasskeyRow & Omit<AccountRow, 'id'> & { account: string }>(
    `select a.name, a.roles, a.clearance, a.subject, a.state, a.id as account, ${columns}
     from passkeys p join accounts a on a.id = p.account where p.id = $1 and a.state = 'active'`,
    [id],
  );
  return row
    ? {
        account: accountOf({ ...row, id: row.account }),
        credential: credentialOf(row),
        isSuspected: row.suspected_at !== null,
      }
    : null;
}

export async function noteUse(tx: Db, clock: Clock, id: string, counter: number): Promise<void> {
  await tx.query('update passkeys set counter = $2, used_at = $3 where id = $1', [id, counter, instant(clock.now())]);
}

/** A counter that did not grow: of an authenticator there may be a copy (WebAuthn section 6.1.1). */
export async function suspect(tx: Db, clock: Clock, account: Account, id: string, told: number): Promise<void> {
  await tx.query('update passkeys set suspected_at = coalesce(suspected_at, $2) where id = $1', [
    id,
    instant(clock.now()),
  ]);
  await recordAudit(tx, clock, {
    ...{ actor: 'desk', action: 'passkey.suspected', subject: account.name },
    details: { passkey: id.slice(0, 16), counter: told },
  });
}

/** Throws `not-found`, also for a passkey of another, and `passkey-last` for the only one that opens anything. */
export async function removePasskey(tx: Db, clock: Clock, account: Account, id: string): Promise<void> {
  const all = await passkeysOf(tx, account.id);
  if (!all.some((it) => it.id === id)) throw new GongjoError('not-found');
  if (!all.some((it) => it.id !== id && it.suspectedAt === null)) throw new GongjoError('passkey-last');
  await tx.query('delete from passkeys where id = $1 and account = $2', [id, account.id]);
  await recordAudit(tx, clock, {
    ...{ actor: account.name, action: 'passkey.removed', subject: account.name },
    details: { passkey: id.slice(0, 16) },
  });
}
