import { desksWorkedWith, requestsDue, sharedCases, storedRequestIds, takeRequestStep } from '../cases/index.ts';
import type { Directory } from '../directory/index.ts';
import type { PartnerContext } from '../partner/index.ts';
import { type Log, startWorker, type Worker } from '../platform/index.ts';
import { basisOf, eventGivens, shareCase, shareRequest } from '../sharing/index.ts';
import { eachOf } from './each-of.ts';

/** Reminders are counted in hours, and what policy lets go since is no news of this second. */
const lookEveryMs = 5_000;

/**
 * Keeps joint cases and requests going by themselves: what policy, terms or partners have changed since is decided again, and reminders
 * and escalations are taken when they are due.
 */
export function createJointWork(options: {
  readonly context: PartnerContext;
  readonly directory: Directory;
  readonly log: Log;
  readonly onChange: () => void;
  readonly wakeCouriers: () => Promise<void>;
}): Worker {
  const { context, directory, log, onChange, wakeCouriers } = options;
  const before = { basis: '' };
  return startWorker({
    name: 'joint cases',
    everyMs: lookEveryMs,
    clock: context.clock,
    log,
    work: async () => {
      const taken = await takeSteps(context, directory, log);
      const waiting = (await decideAgain(context, before, log)) || taken;
      if (taken) onChange();
      if (waiting) await wakeCouriers();
      return 'idle';
    },
  });
}

const failure = 'a case or request could not be looked after';

/** Takes what is due of this desk's requests, each with what goes out by it. */
async function takeSteps(context: PartnerContext, directory: Directory, log: Log): Promise<boolean> {
  const due = await requestsDue(context.records, context, directory, eventGivens(context.records, context));
  const { news } = await eachOf(due, { ...context, log, failure }, async (tx, id) => {
    const isTaken = await takeRequestStep(tx, context, directory, eventGivens(tx, context), id);
    if (isTaken) await shareRequest(tx, context, id);
    return isTaken;
  });
  return news;
}

/** What people write is decided as they write it; again only when what decisions rest on has changed. */
async function decideAgain(context: PartnerContext, before: { basis: string }, log: Log): Promise<boolean> {
  const { records } = context;
  const basis = await basisNow(context);
  if (basis === before.basis) return false;
  const looking = { records, log, failure };
  const cases = await eachOf(
    await sharedCases(records),
    looking,
    async (tx, id) => (await shareCase(tx, context, id)).size > 0,
  );
  const requests = await eachOf(await storedRequestIds(records), looking, (tx, id) => shareRequest(tx, context, id));
  if (!cases.failed && !requests.failed) before.basis = basis;
  return cases.news || requests.news;
}

/** Which policy set, and which partners on which terms. */
async function basisNow(context: PartnerContext): Promise<string> {
  const parts: string[] = [];
  for (const desk of await desksWorkedWith(context.records)) {
    const party = await context.party?.(context.records, desk);
    if (party) parts.push(`${desk} ${basisOf(context, party)}`);
  }
  return parts.join('\n');
}
