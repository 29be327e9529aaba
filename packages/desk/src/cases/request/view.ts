import type { Instant, RequestEventView, RequestView } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import type { Db } from '../../platform/index.ts';
import { type Attending, stepsOf } from './clock.ts';
import { foldRequest } from './fold.ts';
import { eventsOf, type RequestsAbout, type StoredEvent, type StoredRequest, storedRequests } from './request.store.ts';
import { allowedIn } from './states.ts';
import { requestNamed, sideAt } from './write.ts';

/** What became of this desk's events for the other side, all in one look. Sharing knows. */
export type EventGivens = (
  objects: readonly string[],
) => Promise<
  (
    object: string,
    to: string,
  ) => (NonNullable<RequestEventView['given']> & { readonly releasedAt: Instant | null }) | null
>;
type GivenTo = Awaited<ReturnType<EventGivens>>;

export interface RequestLooking {
  readonly us: string;
  readonly now: Instant;
  /** The hours of the agency that is asked. */
  readonly attendingAt: (desk: string) => Attending;
}

/** Newest first; those of one case or incident where one is named. */
export async function requestViews(
  db: Db,
  looking: RequestLooking,
  givens: EventGivens,
  only: RequestsAbout = {},
): Promise<RequestView[]> {
  const stored = await storedRequests(db, only);
  return (await viewsOf(db, looking, givens, stored)).filter(
    ({ content }) =>
      (only.case === undefined || content.case === only.case) &&
      (only.incident === undefined || content.incident === only.incident),
  );
}

/** Throws `partner-request-unknown`, also of one of which only events are here, and not what was asked. */
export async function requestView(
  db: Db,
  looking: RequestLooking,
  givens: EventGivens,
  id: string,
): Promise<RequestView> {
  const [view] = await viewsOf(db, looking, givens, [await requestNamed(db, id)]);
  if (!view) throw new GongjoError('partner-request-unknown', { id });
  return view;
}

async function viewsOf(
  db: Db,
  looking: RequestLooking,
  givens: EventGivens,
  stored: readonly StoredRequest[],
): Promise<RequestView[]> {
  const events = await eventsOf(
    db,
    stored.map(({ id }) => id),
  );
  const own = [...events.values()].flat().filter(({ desk }) => desk === looking.us);
  const givenTo = await givens(own.map(({ object }) => object));
  return stored.flatMap((it) => viewOf(it, events.get(it.id) ?? [], looking, givenTo) ?? []);
}

/** When the other side was given what is asked; null while it was not. */
export function releasedAt(events: readonly StoredEvent[], { asked }: Pick<StoredRequest, 'asked'>, givenTo: GivenTo) {
  const sent = events.find(({ what }) => what.event === 'send');
  return (sent && givenTo(sent.object, asked)?.releasedAt) ?? null;
}

function viewOf(
  stored: StoredRequest,
  events: readonly StoredEvent[],
  { us, now, attendingAt }: RequestLooking,
  givenTo: GivenTo,
): RequestView | null {
  const folded = foldRequest(events);
  const content = folded.content ?? stored.draft;
  if (!content) return null;
  const own = stored.asker === us;
  const other = own ? stored.asked : stored.asker;
  const given = (object: string): RequestEventView['given'] => {
    const found = givenTo(object, other);
    return found && { outcome: found.outcome, reasons: found.reasons };
  };
  const { state } = folded;
  const deadline = folded.deadline ?? content.deadline;
  const isOpen = state === 'sent' || state === 'acknowledged' || state === 'queried' || state === 'partly-answered';
  const counted = (name: 'remind' | 'escalate') =>
    folded.events.filter(({ event, effect }) => event.what.event === name && effect !== 'void').length;
  return {
    ...{ id: stored.id, from: stored.asker, to: stored.asked, own, state, content, tlp: stored.tlp, deadline },
    overdue: isOpen && deadline < now,
    clocks: own ? stepsOf(folded, attendingAt(stored.asked), releasedAt(events, stored, givenTo)) : [],
    reminders: counted('remind'),
    escalations: counted('escalate'),
    mayDo: allowedIn(state, sideAt(stored, us)),
    openedAt: stored.openedAt,
    events: folded.events.map(
      ({ event, effect }): RequestEventView => ({
        ...{ id: event.object, desk: event.desk, n: event.n, at: event.at, what: event.what },
        ...{ tlp: event.tlp, by: event.by, effect, given: event.desk === us ? given(event.object) : null },
      }),
    ),
  };
}
