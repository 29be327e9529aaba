import { claimTerms, fillText, type RequestEvent, requestEventsMax, type Text } from '@gongjo/contract';
import { addRequestEvent, addRequestTo, countEvents, findRequest, placesOfRequest, unseenOf } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { requestEventOf, type StixObject, tlpOf } from '../stix/index.ts';
import type { AdmittedObject } from './admit.ts';
import { eventFault, isBy, noteFaults } from './claims.ts';
import type { Source } from './examine.ts';
import type { Party, SharingContext } from './party.ts';

/**
 * Says of an object whether it carries an event of a request that cannot be true: between others than the sender and this desk, of the
 * wrong side, or by somebody who has seen what this desk never did. What the table of states does not provide for is no fault: both
 * desks know that it changes nothing.
 */
export async function requestFaults(
  db: Db,
  { desk }: SharingContext,
  source: Source,
  objects: readonly StixObject[],
): Promise<(object: StixObject) => GongjoError | null> {
  const counted = new Map<string, number>();
  return noteFaults(source, objects, ['request'], async (object) => {
    const event = requestEventOf(object);
    const detail = event ? await faultOf(db, desk.desk, source.party, event, counted) : claimTerms.name;
    return detail && new GongjoError('partner-request-false', { id: object.id, detail });
  });
}

async function faultOf(
  db: Db,
  us: string,
  party: Party,
  event: RequestEvent,
  counted: Map<string, number>,
): Promise<Text | null> {
  const fault = eventFault(event, party, us);
  if (fault !== null) return fault;
  const { request, from, to, desk, seen } = event;
  const known = await findRequest(db, request);
  if (known && (known.asker !== from || known.asked !== to)) return claimTerms.others;
  if (!known && from === us) return claimTerms.notAsked;
  const missing = unseenOf(seen, us, await placesOfRequest(db, request, us));
  if (missing !== null) return fillText(claimTerms.seenEvent, { n: missing, desk: us });
  const before = counted.get(request) ?? (await countEvents(db, request, desk));
  counted.set(request, before + 1);
  return before >= requestEventsMax ? fillText(claimTerms.events, { limit: requestEventsMax }) : null;
}

/** What a partner asks of this desk, and what it answers. Answers whether something is new here. */
export async function adoptRequests(
  tx: Db,
  { clock }: SharingContext,
  party: Party,
  added: readonly AdmittedObject[],
): Promise<boolean> {
  let isNew = false;
  for (const { object } of added.map(({ sealed }) => sealed)) {
    const event = requestEventOf(object);
    const tlp = tlpOf(object);
    if (!event || event.desk !== party.id || object.revoked === true || tlp === null || tlp === 'conflict') continue;
    if (!isBy(object, party)) continue;
    if (event.from === party.id)
      await addRequestTo(tx, clock, {
        ...{ id: event.request, asker: event.from, asked: event.to, tlp, draft: null, by: `desk:${party.id}` },
      });
    isNew = (await addRequestEvent(tx, clock, { ...event, object: object.id, tlp, by: null })) || isNew;
  }
  return isNew;
}
