import { type Instant, type RequestClock, requestEventsMax } from '@gongjo/contract';
import { type Directory, onDuty } from '../../directory/index.ts';
import { instant } from '../../kernel/index.ts';
import type { Db } from '../../platform/index.ts';
import type { CaseContext } from '../joint/write.ts';
import { type Attending, stepDue, stepsOf } from './clock.ts';
import { foldRequest } from './fold.ts';
import { eventsOf, requestsWaiting, type StoredRequest } from './request.store.ts';
import { type EventGivens, releasedAt } from './view.ts';
import { actOnRequest, nextEvent, requestNamed } from './write.ts';

/** The hours of the agency behind a desk, as the directory knows them; where it knows none, somebody is always there. */
export function attendingIn(directory: Directory, desk: string): Attending {
  const agency = [...directory.book.agencies.values()].find((it) => it.desk === desk);
  return (at: Instant) => {
    if (!agency) return at;
    const duty = onDuty(directory.book, agency, at);
    return duty.onDuty === false && duty.next !== null ? duty.next : at;
  };
}

/** Takes, for one of this desk's requests, the reminder or escalation that is due. Answers whether there was one. */
export async function takeRequestStep(
  tx: Db,
  context: CaseContext,
  directory: Directory,
  givens: EventGivens,
  id: string,
): Promise<boolean> {
  const [due] = await stepsDue(tx, context, directory, givens, [await requestNamed(tx, id)]);
  if (!due) return false;
  const { event, step } = due.step;
  await actOnRequest(tx, context, id, { what: { event, step } }, `desk:${context.desk.desk}`);
  return true;
}

/** This desk's requests for which a step is due now, of all that it waits for. */
export async function requestsDue(
  db: Db,
  context: CaseContext,
  directory: Directory,
  givens: EventGivens,
): Promise<string[]> {
  const due: string[] = [];
  for await (const page of requestsWaiting(db, context.desk.desk))
    for (const { id } of await stepsDue(db, context, directory, givens, page)) due.push(id);
  return due;
}

async function stepsDue(
  db: Db,
  { clock, desk }: CaseContext,
  directory: Directory,
  givens: EventGivens,
  requests: readonly StoredRequest[],
): Promise<{ readonly id: string; readonly step: RequestClock }[]> {
  const events = await eventsOf(
    db,
    requests.map(({ id }) => id),
  );
  const sent = [...events.values()].flat().filter(({ what }) => what.event === 'send');
  const givenTo = await givens(sent.map(({ object }) => object));
  const now = instant(clock.now());
  return requests.flatMap((request) => {
    const all = events.get(request.id) ?? [];
    const attending = attendingIn(directory, request.asked);
    const step = stepDue(stepsOf(foldRequest(all), attending, releasedAt(all, request, givenTo)), now);
    // A conversation that has come to its end is not reminded of for ever.
    return step && nextEvent(all, desk.desk) <= requestEventsMax ? [{ id: request.id, step }] : [];
  });
}
