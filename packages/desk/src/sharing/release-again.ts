import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { heldObjects } from './object.store.ts';
import type { SharingContext } from './party.ts';
import { releaseTo } from './release-to.ts';
import { requestRefs, type StoredRequest } from './request.store.ts';

/** Decides what a request was about again, now that persons or the origin have agreed. */
export async function releaseAgain(
  tx: Db,
  context: SharingContext,
  request: StoredRequest,
  given: { readonly approvals: number; readonly originConsents: boolean },
): Promise<{ readonly waiting: boolean }> {
  const recipient = await context.party?.(tx, request.recipient);
  if (!recipient) throw new GongjoError('partner-unknown', { desk: request.recipient });
  const objects = await heldObjects(tx, await requestRefs(tx, request.id));
  const { incident, purpose, legalBasis, facts } = request;
  const by = facts.by ?? null;
  const answer = await releaseTo(tx, context, {
    recipient,
    objects,
    incident,
    purpose,
    legalBasis,
    by,
    again: true,
    ...given,
  });
  return { waiting: answer.waiting || answer.requests.length > 0 };
}
