import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { noteRequest } from './ask.ts';
import { answerConsent } from './consent.ts';
import { refuseDecisions } from './decision.store.ts';
import type { SharingContext } from './party.ts';
import { releaseAgain } from './release-again.ts';
import {
  addApproval,
  closeRequest,
  countApprovals,
  openRequest,
  requestRefs,
  type StoredRequest,
} from './request.store.ts';

/** A person's word on a request. */
export interface Word {
  readonly request: string;
  /** The name that the person is signed in under. */
  readonly person: string;
  readonly reason: string | null;
}

export interface Answered {
  readonly state: StoredRequest['state'];
  readonly approvals: number;
  readonly persons: number;
  /** Something waits for the courier. */
  readonly waiting: boolean;
}

/**
 * One person's approval. When as many as are needed have approved, the objects are decided again in the same transaction, by
 * the policy as it is then, and go out as far as it permits. Nobody counts twice; where two are needed, whoever asked for
 * the release is neither of them. Throws `request-unknown`, `request-closed`, `request-elsewhere`, `approval-repeated`, `approval-own`.
 */
export async function approve(tx: Db, context: SharingContext, word: Word): Promise<Answered> {
  const request = await openRequest(tx, context.clock, word.request);
  if (request.kind === 'origin') throw new GongjoError('request-elsewhere', { id: request.id, desk: request.origin });
  if (request.persons > 1 && request.askedBy === word.person) throw new GongjoError('approval-own', { id: request.id });
  if (!(await addApproval(tx, context.clock, request.id, { ...word, verdict: 'approve' })))
    throw new GongjoError('approval-repeated', { id: request.id });
  const objects = await requestRefs(tx, request.id);
  const noted = { ...request, objects };
  await noteRequest(tx, context, 'approval-given', noted, { who: named(word.person), actor: word.person });
  const approvals = await countApprovals(tx, request.id);
  const { persons } = request;
  if (approvals < persons) return { state: 'open', approvals, persons, waiting: false };
  await closeRequest(tx, context.clock, request.id, 'approved');
  if (request.kind === 'consent') {
    await answerConsent(tx, context, noted, { granted: true, reason: word.reason, by: word.person });
    return { state: 'approved', approvals, persons, waiting: true };
  }
  const { waiting } = await releaseAgain(tx, context, request, { approvals, originConsents: false });
  return { state: 'approved', approvals, persons, waiting };
}

/** One person's refusal ends the request. */
export async function refuse(tx: Db, context: SharingContext, word: Word): Promise<Answered> {
  const { clock } = context;
  const request = await openRequest(tx, clock, word.request);
  if (!(await addApproval(tx, clock, request.id, { ...word, verdict: 'refuse' })))
    throw new GongjoError('approval-repeated', { id: request.id });
  const objects = await requestRefs(tx, request.id);
  const noted = { ...request, objects };
  await noteRequest(tx, context, 'approval-refused', noted, { who: named(word.person), actor: word.person });
  await closeRequest(tx, clock, request.id, 'refused');
  if (request.kind === 'consent')
    await answerConsent(tx, context, noted, { granted: false, reason: word.reason, by: word.person });
  else await refuseDecisions(tx, request.recipient, objects, 'person-refused');
  const approvals = await countApprovals(tx, request.id);
  return { state: 'refused', approvals, persons: request.persons, waiting: request.kind === 'consent' };
}

const named = (person: string) => ({ en: person, ko: person });
