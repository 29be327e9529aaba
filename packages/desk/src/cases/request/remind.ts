import type { Instant } from '@gongjo/contract';
import { type Directory, onDuty } from '../../directory/index.ts';
import { instant } from '../../kernel/index.ts';
import type { Db } from '../../platform/index.ts';
import type { CaseContext } from '../joint/write.ts';
import { type Attending, stepDue, stepsOf } from './clock.ts';
import { foldRequest } from './fold.ts';
import { eventsOf, storedRequests } from './request.store.ts';
import { actOnRequest } from './write.ts';

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
  id: string,
): Promise<boolean> {
  const due = await dueFor(tx, context, directory, id);
  if (!due) return false;
  await actOnRequest(tx, context, id, { what: { event: due.event, step: due.step } }, `desk:${context.desk.desk}`);
  return true;
}

/** This desk's requests for which a step is due now. */
export async function requestsDue(db: Db, context: CaseContext, directory: Directory): Promise<string[]> {
  const own = (await storedRequests(db)).filter(({ asker, draft }) => asker === context.desk.desk && draft === null);
  const events = await eventsOf(
    db,
    own.map(({ id }) => id),
  );
  const now = instant(context.clock.now());
  return own
    .filter(({ id, asked }) => stepDue(stepsOf(foldRequest(events.get(id) ?? []), attendingIn(directory, asked)), now))
    .map(({ id }) => id);
}

async function dueFor(db: Db, { clock }: CaseContext, directory: Directory, id: string) {
  const events = (await eventsOf(db, [id])).get(id) ?? [];
  const [first] = events;
  if (!first) return null;
  return stepDue(stepsOf(foldRequest(events), attendingIn(directory, first.to)), instant(clock.now()));
}
