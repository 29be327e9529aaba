import type { NewPerson, Person, PersonChange, Role, Tlp } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db, Random } from '../platform/index.ts';
import { type Account, type Asker, demandChangeAllowed, demandFreeName, type SessionLimits } from './account.ts';

export interface AccountRow {
  id: string;
  name: string;
  roles: Role[];
  clearance: Tlp;
  subject: string | null;
  state: 'active' | 'disabled';
}

export const accountOf = ({ id, name, roles, clearance, subject, state }: AccountRow): Account => ({
  ...{ id, name, roles, clearance, subject, state },
});

/** A desk's staff. */
const accountsMax = 10_000;

export async function findAccount(db: Db, idOrName: string): Promise<Account | null> {
  const [row] = await db.query<AccountRow>('select * from accounts where id = $1 or name = $1', [
    idOrName.normalize('NFC'),
  ]);
  return row ? accountOf(row) : null;
}

/** Throws `person-unknown`. */
export async function accountNamed(db: Db, idOrName: string): Promise<Account> {
  const found = await findAccount(db, idOrName);
  if (!found) throw new GongjoError('person-unknown', { name: idOrName });
  return found;
}

export async function accountOfSubject(db: Db, subject: string): Promise<Account | null> {
  const [row] = await db.query<AccountRow>('select * from accounts where subject = $1', [subject]);
  return row ? accountOf(row) : null;
}

type PersonRow = AccountRow & {
  made_by: string;
  made_at: Date;
  passkeys: number;
  sessions: number;
  last_seen_at: Date | null;
};

interface SessionTimes {
  readonly clock: Clock;
  readonly limits: SessionLimits;
}

const personColumns = `a.*,
  (select count(*)::int from passkeys p where p.account = a.id) as passkeys,
  (select count(*)::int from sessions s where s.account = a.id and s.expires_at > $1 and s.used_at > $2) as sessions,
  (select max(at) from (select max(s.used_at) as at from sessions s where s.account = a.id
    union all select max(p.used_at) from passkeys p where p.account = a.id
    union all select max(t.used_at) from api_tokens t where t.account = a.id) as seen) as last_seen_at`;

const personOf = (row: PersonRow): Person => ({
  ...accountOf(row),
  // A list of its own, as the contract has it.
  roles: row.roles,
  madeBy: row.made_by,
  madeAt: instant(row.made_at.getTime()),
  passkeys: row.passkeys,
  sessions: row.sessions,
  lastSeenAt: row.last_seen_at && instant(row.last_seen_at.getTime()),
});

/** Of the sessions those that are open: neither over nor idle for too long. */
const openSince = ({ clock, limits }: SessionTimes): [now: string, used: string] => {
  const now = clock.now();
  return [instant(now), instant(now - limits.idleMs)];
};

export async function listPeople(db: Db, times: SessionTimes): Promise<Person[]> {
  const rows = await db.query<PersonRow>(`select ${personColumns} from accounts a order by a.state, a.name limit $3`, [
    ...openSince(times),
    accountsMax,
  ]);
  return rows.map(personOf);
}

/** Throws `person-unknown`. */
export async function personNamed(db: Db, times: SessionTimes, idOrName: string): Promise<Person> {
  const [row] = await db.query<PersonRow>(
    `select ${personColumns} from accounts a where a.id = $3 or a.name = $3 limit 1`,
    [...openSince(times), idOrName.normalize('NFC')],
  );
  if (!row) throw new GongjoError('person-unknown', { name: idOrName });
  return personOf(row);
}

interface Parts {
  readonly clock: Clock;
  readonly random: Random;
}

/** Throws `person-name-taken`, and `person-subject-taken` where another has that subject. */
export async function addPerson(tx: Db, { clock, random }: Parts, asked: NewPerson, by: string): Promise<Account> {
  const { name, roles, clearance, subject } = asked;
  demandFreeName(name);
  if (await findAccount(tx, name)) throw new GongjoError('person-name-taken', { name });
  await demandFreeSubject(tx, subject);
  const account: Account = { id: random.uuid(), name, roles, clearance, subject, state: 'active' };
  await tx.query('insert into accounts values ($1, $2, $3, $4, $5, $6, $7, $8)', [
    ...[account.id, name, JSON.stringify(roles), clearance, subject, account.state, by],
    instant(clock.now()),
  ]);
  await recordAudit(tx, clock, {
    ...{ actor: by, action: 'person.added', subject: name },
    details: { roles, clearance, subject: subject !== null },
  });
  return account;
}

async function demandFreeSubject(tx: Db, subject: string | null, but?: string): Promise<void> {
  const taken = subject === null ? null : await accountOfSubject(tx, subject);
  if (taken && taken.id !== but) throw new GongjoError('person-subject-taken', { name: taken.name });
}

/**
 * Changes what a person may do, or whether. It holds for the next request: nothing of it is kept in a session. A disabled
 * account has no session, link or token left. Throws `person-unknown`, `person-own-rights`, `administrator-last`.
 */
export async function changePerson(
  tx: Db,
  clock: Clock,
  asked: { readonly person: string; readonly change: PersonChange; readonly by: Asker },
): Promise<Account> {
  const { change, by } = asked;
  const account = await accountNamed(tx, asked.person);
  const others = await tx.query<AccountRow>('select * from accounts where id <> $1', [account.id]);
  demandChangeAllowed(by, account, change, others.map(accountOf));
  await demandFreeSubject(tx, change.subject ?? null, account.id);
  const { roles = account.roles, clearance = account.clearance, state = account.state } = change;
  const subject = change.subject === undefined ? account.subject : change.subject;
  await tx.query('update accounts set roles = $2, clearance = $3, subject = $4, state = $5 where id = $1', [
    ...[account.id, JSON.stringify(roles), clearance, subject, state],
  ]);
  if (state === 'disabled') await endAll(tx, clock, account.id);
  await recordAudit(tx, clock, {
    actor: by.name,
    action: state === account.state ? 'person.changed' : state === 'disabled' ? 'person.disabled' : 'person.enabled',
    subject: account.name,
    details: {
      before: { roles: account.roles, clearance: account.clearance },
      after: { roles, clearance },
      subject: subject !== account.subject,
    },
  });
  return { ...account, roles, clearance, subject, state };
}

async function endAll(tx: Db, clock: Clock, account: string): Promise<void> {
  await tx.query('delete from sessions where account = $1', [account]);
  await tx.query('delete from sign_in_links where account = $1', [account]);
  await tx.query('update api_tokens set revoked_at = $2 where account = $1 and revoked_at is null', [
    account,
    instant(clock.now()),
  ]);
}
