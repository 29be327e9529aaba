import { noticeTerms, problem } from '@gongjo/contract';
import { escalate, planNotices, type SendContext, type SentChannel, sendDue } from '../cases/index.ts';
import { type Log, startWorker, type Worker } from '../platform/index.ts';
import { incidentDelivery } from '../sharing/index.ts';

/** Who must know is looked at this often by itself, in case nobody woke it; steps of escalation are counted in minutes. */
const lookEveryMs = 5_000;
/** Notices that are tried again, and those that a look has just added without waking anybody. */
const sendEveryMs = 1_000;

const channels: readonly SentChannel[] = ['email', 'webhook', 'desk'];

/** Tells people: one worker decides who, and one for each channel sends, so that what is down holds up nothing else. */
export interface Notifier {
  /** There may be somebody to tell. */
  wake(): void;
  stop(): Promise<void>;
}

export function createNotifier(options: {
  readonly context: SendContext;
  readonly log: Log;
  readonly onChange: () => void;
}): Notifier {
  const { context, log, onChange } = options;
  const { clock } = context;
  let book = context.directory.book;

  const senders = channels.map((channel) =>
    startWorker({
      name: `notices by ${channel}`,
      everyMs: sendEveryMs,
      clock,
      log,
      work: async (signal) => {
        const { changed, more } = await sendDue(context, channel, signal);
        if (changed > 0) onChange();
        // What failed is due later; only a full hand of successes can leave more.
        return more && changed > 0 ? 'more' : 'idle';
      },
    }),
  );
  const planner: Worker = startWorker({
    name: 'who must know',
    everyMs: lookEveryMs,
    clock,
    log,
    work: async () => {
      const isNewBook = book !== context.directory.book;
      const now = context.directory.book;
      const { added, more } = await planNotices(context, isNewBook);
      book = now;
      const taken = await escalate(context);
      if (added + taken > 0) {
        for (const sender of senders) sender.wake();
        onChange();
      }
      return more ? 'more' : 'idle';
    },
  });
  return {
    wake: () => planner.wake(),
    stop: async () => {
      await Promise.all([planner, ...senders].map((worker) => worker.stop()));
    },
  };
}

/** What holds an incident up on its way to a partner; null: the partner's desk has it. */
export const deskProblem: SendContext['deskProblem'] = async (db, desk, incident) => {
  const delivery = await incidentDelivery(db, desk, incident);
  if (delivery?.state === 'delivered') return null;
  const { unreleased, waiting, refused } = noticeTerms.untold;
  const state = delivery?.state === 'waiting' ? waiting : refused;
  const detail = delivery === null ? unreleased : (delivery.problem?.text ?? state);
  return problem('desk-not-told', { desk, detail });
};
