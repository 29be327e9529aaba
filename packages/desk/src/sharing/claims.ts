import { type CaseRevision, type DeskId, factRevisionsMax, type RequestEvent } from '@gongjo/contract';
import { isNameOf, sideOfRequestEvent } from '../cases/index.ts';
import { deskIdentityId, type StixId, type StixObject } from '../stix/index.ts';
import type { Party } from './party.ts';

/**
 * Who may say what: which words about cases and requests a desk may write at all, whatever is known of them here. What else
 * would have to be true stands with whoever looks it up (`adopt-case.ts`, `adopt-request.ts`).
 */

type Sender = Pick<Party, 'id'>;

/** A desk's own identity, which stands as the author of what it writes. */
export const authorOf = ({ id }: Sender): StixId => deskIdentityId(id as DeskId);

/** It is of the desk that it comes from; others' words, passed on, are kept as objects and change nothing. */
export const isBy = (object: StixObject, sender: Sender): boolean => object.created_by_ref === authorOf(sender);

/** What is wrong with a change of a fact, for it to come from there; null: nothing. */
export function revisionFault(
  { fact, desk, body, seen, n, about }: Omit<CaseRevision, 'at' | 'case'>,
  { id: sender }: Sender,
): string | null {
  if (desk !== sender) return `it is said to be of ${desk}`;
  const hasSeen = Object.keys(seen).length > 0;
  // An offer comes before every word of the desk that is let in, and takes none of them back.
  if (body.kind === 'desk' && body.desk !== desk && (body.standing !== 'offered' || hasSeen))
    return 'it speaks for another desk';
  if (!isNameOf(fact, body)) return 'it has the name of another fact';
  if (n > factRevisionsMax) return 'it is one change too many';
  if (about.conversion && about.flag !== 'evidence') return 'it names the act that made evidence of it, and is none';
  return null;
}

/** What is wrong with an event of a request that comes from there; null: nothing. */
export function eventFault({ from, to, desk, what }: RequestEvent, { id: sender }: Sender, us: string): string | null {
  if (desk !== sender) return `it is said to be of ${desk}`;
  const [asker, asked] = sideOfRequestEvent[what.event] === 'asker' ? [sender, us] : [us, sender];
  return from === asker && to === asked ? null : `it is said to be between ${from} and ${to}`;
}
