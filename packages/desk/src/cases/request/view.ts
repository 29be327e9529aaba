import type { Instant, RequestEventView, RequestView } from '@gongjo/contract';
import type { Db } from '../../platform/index.ts';
import { type Attending, stepsOf } from './clock.ts';
import { foldRequest } from './fold.ts';
import { eventsOf, type StoredEvent, type StoredRequest, storedRequests } from './request.store.ts';
import { allowedIn } from './states.ts';
import { requestNamed, sideAt } from './write.ts';

/** What became of an event for the other side. Sharing knows. */
export type EventGiven = (object: string) => RequestEventView['given'];

export interface RequestLooking {
  readonly us: string;
  readonly now: Instant;
  /** The hours of the agency that is asked. */
  readonly attendingAt: (desk: string) => Attending;
}

/** Newest first; those of one case where one is named. */
export async function requestViews(
  db: Db,
  looking: RequestLooking,
  only: { readonly case?: string; readonly incident?: string } = {},
): Promise<RequestView[]> {
  const stored = await storedRequests(db);
  const events = await eventsOf(
    db,
    stored.map(({ id }) => id),
  );
  return stored
    .flatMap((it) => viewOf(it, events.get(it.id) ?? [], looking, () => null) ?? [])
    .filter(({ content }) => only.case === undefined || content.case === only.case)
    .filter(({ content }) => only.incident === undefined || content.incident === only.incident);
}

/** Throws `partner-request-unknown`. */
export async function requestView(
  db: Db,
  looking: RequestLooking,
  id: string,
  givenOf: EventGiven,
): Promise<RequestView> {
  const stored = await requestNamed(db, id);
  const view = viewOf(stored, (await eventsOf(db, [id])).get(id) ?? [], looking, givenOf);
  return view ?? (await Promise.reject(new Error('a request has a content')));
}

function viewOf(
  stored: StoredRequest,
  events: readonly StoredEvent[],
  { us, now, attendingAt }: RequestLooking,
  givenOf: EventGiven,
): RequestView | null {
  const folded = foldRequest(events);
  const content = folded.content ?? stored.draft;
  if (!content) return null;
  const own = stored.asker === us;
  const { state } = folded;
  const deadline = folded.deadline ?? content.deadline;
  const isOpen = state === 'sent' || state === 'acknowledged' || state === 'queried' || state === 'partly-answered';
  const counted = (name: 'remind' | 'escalate') =>
    folded.events.filter(({ event, effect }) => event.what.event === name && effect !== 'void').length;
  return {
    ...{ id: stored.id, from: stored.asker, to: stored.asked, own, state, content, tlp: stored.tlp, deadline },
    overdue: isOpen && deadline < now,
    clocks: own ? stepsOf(folded, attendingAt(stored.asked)) : [],
    reminders: counted('remind'),
    escalations: counted('escalate'),
    mayDo: allowedIn(state, sideAt(stored, us)),
    openedAt: stored.openedAt,
    events: folded.events.map(
      ({ event, effect }): RequestEventView => ({
        ...{ id: event.object, desk: event.desk, n: event.n, at: event.at, what: event.what },
        ...{ tlp: event.tlp, by: event.by, effect, given: event.desk === us ? givenOf(event.object) : null },
      }),
    ),
  };
}
