import type { PersonChange, Role, Tlp } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';

/** A person's account, as everything here knows it. */
export interface Account {
  readonly id: string;
  /** What stands in every record. It never changes. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly clearance: Tlp;
  readonly subject: string | null;
  readonly state: 'active' | 'disabled';
}

/** Whoever asks for a change: a person, or the operator of the desk, who has no account. */
export interface Asker {
  readonly name: string;
  readonly account: string | null;
}

/** How long a session lasts at most, and how long without use. */
export interface SessionLimits {
  readonly sessionMs: number;
  readonly idleMs: number;
}

/** Names that stand in the record for no person: the operator at the data folder, the desk itself, a file in it. */
const reservedNames: ReadonlySet<string> = new Set(['operator', 'desk', 'file']);

/** Throws `person-name-taken` for a name that means something else in the record. */
export function demandFreeName(name: string): void {
  if (reservedNames.has(name.toLowerCase())) throw new GongjoError('person-name-taken', { name });
}

const isAdministrator = ({ roles, state }: Account) => state === 'active' && roles.includes('administrator');

/**
 * Throws where a change must not be: nobody gives rights to oneself or takes one's own account away, and somebody must be
 * left to give rights at all. `others` are all other accounts.
 */
export function demandChangeAllowed(
  asker: Asker,
  account: Account,
  change: PersonChange,
  others: readonly Account[],
): void {
  if (asker.account === account.id) throw new GongjoError('person-own-rights');
  const after: Account = {
    ...account,
    roles: change.roles ?? account.roles,
    state: change.state ?? account.state,
  };
  if (isAdministrator(account) && !isAdministrator(after) && !others.some(isAdministrator))
    throw new GongjoError('administrator-last', { name: account.name });
}
