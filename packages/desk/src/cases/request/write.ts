import {
  type DeskCard,
  inputFault,
  type RequestContent,
  type RequestHappening,
  requestEventsMax,
  type Tlp,
  type zNewRequest,
} from '@gongjo/contract';
import type { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { Db } from '../../platform/index.ts';
import { deskIdentityId, requestEventId } from '../../stix/index.ts';
import { alsoSeen, highestSeen, joinSeen } from '../joint/seen.ts';
import type { CaseContext } from '../joint/write.ts';
import { foldRequest } from './fold.ts';
import {
  addRequestEvent,
  addRequestTo,
  dropDraft,
  eventsOf,
  findRequest,
  noteSent,
  type StoredEvent,
  type StoredRequest,
} from './request.store.ts';
import { allowedIn, type Side } from './states.ts';

/** What people at this desk, and its clock, do about requests. Each act is one transaction of the caller's and stands in the record. */

/** Answers the request's identifier. Throws `input-invalid`. */
export async function openRequest(
  tx: Db,
  context: CaseContext,
  { to, content, tlp, draft }: z.output<typeof zNewRequest>,
  by: string,
): Promise<string> {
  const { clock, random, desk } = context;
  if (to === desk.desk) throw new GongjoError('input-invalid', { detail: inputFault('to', 'otherDesk') });
  checkDeadline(context, content);
  const id = random.uuid();
  await addRequestTo(tx, clock, { id, asker: desk.desk, asked: to, tlp, draft: content, by });
  await note(tx, context, by, 'request.drafted', id, { to, kind: content.fields.kind });
  if (!draft) await send(tx, context, id, content, tlp, to, by);
  return id;
}

function checkDeadline({ clock }: CaseContext, { deadline }: RequestContent): void {
  if (deadline <= instant(clock.now()))
    throw new GongjoError('input-invalid', { detail: inputFault('content.deadline', 'future') });
}

async function send(
  tx: Db,
  context: CaseContext,
  id: string,
  content: RequestContent,
  tlp: Tlp,
  to: DeskCard['desk'],
  by: string,
): Promise<void> {
  checkDeadline(context, content);
  await noteSent(tx, id);
  await keep(tx, context, { id, from: context.desk.desk, to, events: [] }, { event: 'send', content }, tlp, by);
}

/**
 * Something that happens at this desk: by a person, or by its clock. Throws `partner-request-unknown`, `partner-request-forbidden`
 * where the table does not provide for it, and `partner-request-full`.
 */
export async function actOnRequest(
  tx: Db,
  context: CaseContext,
  id: string,
  { what, tlp }: { readonly what: RequestHappening; readonly tlp?: Tlp | undefined },
  by: string,
): Promise<void> {
  const stored = await requestNamed(tx, id);
  const side = sideAt(stored, context.desk.desk);
  const events = (await eventsOf(tx, [id])).get(id) ?? [];
  const folded = foldRequest(events);
  // What was asked has not come yet, or was taken back.
  if (folded.state === 'draft' && stored.draft === null) throw new GongjoError('partner-request-unknown', { id });
  if (!allowedIn(folded.state, side).includes(what.event))
    throw new GongjoError('partner-request-forbidden', { state: folded.state, event: what.event });
  if (folded.state === 'draft') {
    if (what.event === 'send')
      return send(tx, context, id, what.content, stored.tlp, stored.asked as DeskCard['desk'], by);
    await dropDraft(tx, id);
    return note(tx, context, by, 'request.draft-dropped', id, {});
  }
  if ('answer' in what && what.answer.kind !== folded.content?.fields.kind)
    throw new GongjoError('input-invalid', {
      detail: inputFault('answer.kind', 'kind', { kind: folded.content?.fields.kind ?? '' }),
    });
  if (what.event === 'extend' && folded.deadline !== null && what.deadline <= folded.deadline)
    throw new GongjoError('input-invalid', { detail: inputFault('deadline', 'after', { at: folded.deadline }) });
  const request = { id, from: stored.asker, to: stored.asked, events };
  await keep(tx, context, request, what, tlp ?? stored.tlp, by);
}

export function sideAt({ asker }: Pick<StoredRequest, 'asker'>, us: string): Side {
  return asker === us ? 'asker' : 'asked';
}

/** Throws `partner-request-unknown`. */
export async function requestNamed(db: Db, id: string): Promise<StoredRequest> {
  const stored = await findRequest(db, id);
  if (!stored) throw new GongjoError('partner-request-unknown', { id });
  return stored;
}

interface Before {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly events: readonly StoredEvent[];
}

async function keep(
  tx: Db,
  context: CaseContext,
  { id, from, to, events }: Before,
  what: RequestHappening,
  tlp: Tlp,
  by: string,
): Promise<void> {
  const { clock, desk } = context;
  const seen = seenOf(events);
  const n = nextEvent(events, desk.desk);
  if (n > requestEventsMax) throw new GongjoError('partner-request-full', { limit: requestEventsMax });
  const event = {
    ...{ request: id, from: from as DeskCard['desk'], to: to as DeskCard['desk'], desk: desk.desk },
    ...{ n, seen, at: instant(clock.now()), what },
  };
  const object = requestEventId(deskIdentityId(desk.desk), event);
  await addRequestEvent(tx, clock, { ...event, object, tlp, by });
  await note(tx, context, by, `request.${what.event}`, id, { from, to, n: event.n });
}

const seenOf = (events: readonly StoredEvent[]) => joinSeen(...events.map((it) => alsoSeen(it.seen, it)));

/** The number of this desk's next event of a request. */
export function nextEvent(events: readonly StoredEvent[], desk: string): number {
  return highestSeen(seenOf(events), desk) + 1;
}

async function note(
  tx: Db,
  { clock }: CaseContext,
  actor: string,
  action: `request.${string}`,
  subject: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await recordAudit(tx, clock, { actor, action, subject, details });
}
