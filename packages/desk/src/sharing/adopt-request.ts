import { type RequestEvent, requestEventsMax } from '@gongjo/contract';
import { addRequestEvent, addRequestTo, countEvents, findRequest, placesOfRequest, unseenOf } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { noteClaim, requestEventOf, type StixObject, tlpOf } from '../stix/index.ts';
import type { AdmittedObject } from './admit.ts';
import { eventFault, isBy } from './claims.ts';
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
  { party, via }: Source,
  objects: readonly StixObject[],
): Promise<(object: StixObject) => GongjoError | null> {
  if (via !== 'desk') return () => null;
  const faults = new Map<string, GongjoError>();
  const counted = new Map<string, number>();
  for (const object of objects) {
    if (noteClaim(object) !== 'request' || !isBy(object, party)) continue;
    const event = requestEventOf(object);
    const detail = event
      ? await faultOf(db, desk.desk, party, event, counted)
      : 'its identifier is not that of its content';
    if (detail !== null) faults.set(object.id, new GongjoError('partner-request-false', { id: object.id, detail }));
  }
  return ({ id }) => faults.get(id) ?? null;
}

async function faultOf(
  db: Db,
  us: string,
  party: Party,
  event: RequestEvent,
  counted: Map<string, number>,
): Promise<string | null> {
  const fault = eventFault(event, party, us);
  if (fault !== null) return fault;
  const { request, from, to, desk, seen } = event;
  const known = await findRequest(db, request);
  if (known && (known.asker !== from || known.asked !== to)) return 'the request is between others';
  if (!known && from === us) return 'this desk asked nothing of the kind';
  const missing = unseenOf(seen, us, await placesOfRequest(db, request, us));
  if (missing !== null) return `it has seen event ${missing} of ${us}, which there is not`;
  const before = counted.get(request) ?? (await countEvents(db, request, desk));
  counted.set(request, before + 1);
  return before >= requestEventsMax ? `more than ${requestEventsMax} events` : null;
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
