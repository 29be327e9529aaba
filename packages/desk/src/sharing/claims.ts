import {
  type CaseRevision,
  claimTerms,
  type DeskId,
  factRevisionsMax,
  fillText,
  type RequestEvent,
  type Text,
} from '@gongjo/contract';
import { isNameOf, sideOfRequestEvent } from '../cases/index.ts';
import type { GongjoError } from '../kernel/index.ts';
import { deskIdentityId, noteClaim, type StixId, type StixObject } from '../stix/index.ts';
import type { Source } from './examine.ts';
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

export type Claim = NonNullable<ReturnType<typeof noteClaim>>;

/**
 * What is wrong with objects that claim, as notes of the desk that they come from, to carry one of these; `faultOf` says it of each, in
 * their order. Somebody else's, passed on, are kept like any note and change nothing.
 */
export async function noteFaults(
  { party, via }: Pick<Source, 'party' | 'via'>,
  objects: readonly StixObject[],
  claims: readonly Claim[],
  faultOf: (object: StixObject, claim: Claim) => Promise<GongjoError | null>,
): Promise<(object: StixObject) => GongjoError | null> {
  const faults = new Map<string, GongjoError>();
  for (const object of via === 'desk' ? objects : []) {
    const claim = noteClaim(object);
    if (claim === null || !claims.includes(claim) || !isBy(object, party)) continue;
    const fault = await faultOf(object, claim);
    if (fault) faults.set(object.id, fault);
  }
  return ({ id }) => faults.get(id) ?? null;
}

/** What is wrong with a change of a fact, for it to come from there; null: nothing. */
export function revisionFault(
  { fact, desk, body, seen, n, about }: Omit<CaseRevision, 'at' | 'case'>,
  { id: sender }: Sender,
): Text | null {
  if (desk !== sender) return fillText(claimTerms.of, { desk });
  const hasSeen = Object.keys(seen).length > 0;
  // An offer comes before every word of the desk that is let in, and takes none of them back.
  if (body.kind === 'desk' && body.desk !== desk && (body.standing !== 'offered' || hasSeen)) return claimTerms.another;
  if (!isNameOf(fact, body)) return claimTerms.fact;
  if (n > factRevisionsMax) return claimTerms.changes;
  if (about.conversion && about.flag !== 'evidence') return claimTerms.noEvidence;
  return null;
}

/** What is wrong with an event of a request that comes from there; null: nothing. */
export function eventFault({ from, to, desk, what }: RequestEvent, { id: sender }: Sender, us: string): Text | null {
  if (desk !== sender) return fillText(claimTerms.of, { desk });
  const [asker, asked] = sideOfRequestEvent[what.event] === 'asker' ? [sender, us] : [us, sender];
  return from === asker && to === asked ? null : fillText(claimTerms.between, { from, to });
}
