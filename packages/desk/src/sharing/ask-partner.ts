import type { DeskCard } from '@gongjo/contract';
import { type EventGivens, findRequest, happeningWords, requestEventsOf, type StoredEvent } from '../cases/index.ts';
import type { Db } from '../platform/index.ts';
import { deskIdentityId, requestEventObject, type StixObject } from '../stix/index.ts';
import { givenOf, givenView } from './given.store.ts';
import { introductions } from './introductions.ts';
import type { SharingContext } from './party.ts';
import { release } from './release.ts';

/**
 * Decides, in the caller's transaction, what this desk's events of a request go to the other side, as policy allows. What was decided
 * on the present basis is not decided again. Answers whether something waits for the courier.
 */
export async function shareRequest(tx: Db, context: SharingContext, id: string): Promise<boolean> {
  const { desk } = context;
  const stored = await findRequest(tx, id);
  const events = ((await requestEventsOf(tx, [id])).get(id) ?? []).filter((it) => it.desk === desk.desk);
  const [first] = events;
  if (!stored || !first) return false;
  const other = stored.asker === desk.desk ? stored.asked : stored.asker;
  const party = await context.party?.(tx, other);
  if (party?.kind !== 'desk') return false;
  const objects = requestObjects(desk, events, stored.tlp, stored.openedAt);
  const basis = events.flatMap(({ what }) => (what.event === 'send' ? [what.content.legalBasis] : []))[0] ?? null;
  const waiting = await release(tx, context, {
    ...{ incident: null, objects, to: [party], purpose: 'investigation', legalBasis: basis },
  });
  return waiting.size > 0;
}

/** What became of this desk's events of requests for the other side, all in one look. */
export function eventGivens(db: Db, { desk }: Pick<SharingContext, 'desk'>): EventGivens {
  return async (objects) => {
    const given = await givenOf(db, desk.desk, objects);
    return (object, to) => {
      const found = given.get(object)?.find(({ recipient }) => recipient === to);
      return found ? { ...givenView(found), releasedAt: found.released ? found.at : null } : null;
    };
  };
}

function requestObjects(
  desk: DeskCard,
  events: readonly StoredEvent[],
  otherwise: NonNullable<StoredEvent['tlp']>,
  now: string,
): StixObject[] {
  const author = deskIdentityId(desk.desk);
  return [
    ...introductions(desk, now),
    ...events.map(({ request, from, to, desk: by, n, seen, at, what, tlp }) =>
      requestEventObject({ request, from, to, desk: by, n, seen, at, what }, happeningWords(what), [author], {
        now: at,
        author,
        tlp: tlp ?? otherwise,
      }),
    ),
  ];
}
