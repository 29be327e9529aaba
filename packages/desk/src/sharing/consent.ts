import { zSha256, zText } from '@gongjo/contract';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { purposes } from '../policy/index.ts';
import { noteRequest } from './ask.ts';
import { refuseDecisions, releasedTo } from './decision.store.ts';
import { type Outgoing, putInOutbox } from './outbox.ts';
import type { Party, SharingContext } from './party.ts';
import { releaseAgain } from './release-again.ts';
import {
  addRequest,
  closeRequest,
  findRequest,
  type NewRequest,
  requestRefs,
  type StoredRequest,
} from './request.store.ts';

/**
 * The third-agency rule between desks. Who holds objects of another desk and would pass them on asks it: which objects, to
 * whom, what for. A person there answers, and the answer, signed like every delivery, is kept on both sides.
 */

/** As many as one delivery carries. */
const objectsMax = 1000;
/** A sentence or two. */
const reasonCharsMax = 2000;

export const zConsentRequest = z.object({
  kind: z.literal('consent-request'),
  request: z.uuid(),
  recipient: z.object({
    id: z.string().min(1).max(100),
    kind: z.enum(['desk', 'collection']),
    name: zText,
    country: z.string().regex(/^[A-Z]{2}$/),
  }),
  purpose: z.enum(purposes),
  legalBasis: z.string().min(1).max(500).optional(),
  objects: z
    .array(
      z.object({
        id: z.string().max(300),
        modified: z.string().max(64).nullable(),
        sha256: zSha256,
      }),
    )
    .min(1)
    .max(objectsMax),
});

export const zConsentAnswer = z.object({
  kind: z.literal('consent-answer'),
  request: z.uuid(),
  granted: z.boolean(),
  reason: z.string().min(1).max(reasonCharsMax).optional(),
});

/** A partner asks whether it may pass on what it has from us. It can only ask about that. */
export async function takeConsentRequest(
  tx: Db,
  context: SharingContext,
  asker: Party,
  asked: z.infer<typeof zConsentRequest>,
): Promise<void> {
  const { clock, desk } = context;
  // Another desk's identifier is no identifier of ours; the two together are.
  const id = requestIdOf(asker, asked.request);
  if (await findRequest(tx, id)) return;
  const released = await releasedTo(
    tx,
    asker.id,
    asked.objects.map((it) => it.id),
  );
  const known = asked.objects.flatMap(({ id: object, modified, sha256 }) =>
    released.filter((it) => it.id === object && it.modified === (modified ?? '') && it.sha256 === sha256),
  );
  const request: NewRequest = {
    id,
    kind: 'consent',
    recipient: asked.recipient.id,
    origin: asker.id,
    incident: known.find(({ incident }) => incident !== null)?.incident ?? null,
    purpose: asked.purpose,
    legalBasis: asked.legalBasis ?? null,
    basis: '',
    persons: 1,
    askedBy: `desk:${asker.id}`,
    facts: { recipient: asked.recipient },
    reasons: [],
    objects: known.map(({ incident: _, ...ref }) => ref),
  };
  await addRequest(tx, clock, request);
  await noteRequest(tx, context, 'consent-asked', request, { who: asked.recipient.name, actor: request.askedBy });
  if (known.length === asked.objects.length) return;
  // About what it did not get from us, or got in another form, there is nothing for a person to decide.
  await closeRequest(tx, clock, id, 'refused');
  await answerConsent(tx, context, request, { granted: false, reason: null, by: `desk:${desk.desk}` });
}

/** The answer goes out as a delivery. */
export async function answerConsent(
  tx: Db,
  context: SharingContext,
  request: Pick<NewRequest, 'id' | 'origin' | 'incident' | 'objects' | 'recipient'>,
  { granted, reason, by }: { readonly granted: boolean; readonly reason: string | null; readonly by: string },
): Promise<void> {
  const answer: Outgoing = {
    incident: request.incident,
    bodies: [],
    notice: {
      kind: 'consent-answer',
      request: request.id.slice(request.id.indexOf(' ') + 1),
      granted,
      ...(reason === null ? {} : { reason }),
    },
    objects: [],
    reasons: [],
  };
  await putInOutbox(tx, context, { id: request.origin }, answer);
  await recordAudit(tx, context.clock, {
    actor: by,
    action: granted ? 'sharing.consent-granted' : 'sharing.consent-denied',
    subject: request.id,
    details: { asker: request.origin, recipient: request.recipient, objects: request.objects.length },
  });
}

/** The origin's answer to what we asked it. A granted release is decided again at once; anything else is nobody's to answer. */
export async function takeConsentAnswer(
  tx: Db,
  context: SharingContext,
  origin: Party,
  { request: id, granted, reason }: z.infer<typeof zConsentAnswer>,
): Promise<void> {
  const request: StoredRequest | null = await findRequest(tx, id);
  if (request?.kind !== 'origin' || request.origin !== origin.id) throw new GongjoError('request-unknown', { id });
  // It was superseded or has expired meanwhile: the answer is kept with its delivery and changes nothing.
  if (request.state !== 'open') return;
  const objects = await requestRefs(tx, id);
  await noteRequest(
    tx,
    context,
    granted ? 'consent-given' : 'consent-refused',
    { ...request, objects },
    {
      who: origin.name,
      actor: `desk:${origin.id}`,
    },
  );
  await closeRequest(tx, context.clock, id, granted ? 'approved' : 'refused');
  if (!granted) await refuseDecisions(tx, request.recipient, objects, 'origin-refused', reason);
  else if (await context.party?.(tx, request.recipient))
    await releaseAgain(tx, context, request, { approvals: request.facts.approvals ?? 0, originConsents: true });
}

function requestIdOf(asker: Party, request: string): string {
  return `${asker.id} ${request}`;
}
