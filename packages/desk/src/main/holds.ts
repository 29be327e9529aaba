import type { DeskCard } from '@gongjo/contract';
import {
  approvedHolds,
  deliverHolds,
  type HoldContext,
  type Mailer,
  warnOfHolds,
  wordsUnsettled,
} from '../cases/index.ts';
import type { HttpContext } from '../http/index.ts';
import { detailOf } from '../kernel/index.ts';
import { openOffice } from '../letters/index.ts';
import { signRequest } from '../partner/index.ts';
import { type Db, type Log, type Settings, startWorker, type Worker } from '../platform/index.ts';
import {
  askAddressee,
  basisOf,
  type Party,
  releaseHold,
  type SharingContext,
  settleHoldWords,
  stopAsking,
} from '../sharing/index.ts';
import { eachOf } from './each-of.ts';

/** Clocks are counted in hours; this is how late a warning can be. */
const lookEveryMs = 60_000;
/** Whoever becomes a partner is told of requests within this. */
const partnersEveryMs = 5_000;
/** Requests that are tried again. */
const sendEveryMs = 1_000;

interface Options {
  readonly settings: Pick<Settings, 'data' | 'holds' | 'letters'>;
  readonly desk: DeskCard;
  readonly mailer: Mailer;
  readonly parts: Pick<HoldContext, 'records' | 'ledger' | 'directory' | 'clock' | 'random' | 'webhookKey'> & {
    readonly log: Log;
  };
  readonly sharing: SharingContext & { readonly keys: Parameters<typeof signRequest>[0] };
  readonly partners: (db: Db) => Promise<Party[]>;
  readonly onChange: () => void;
  readonly wakeCouriers: () => Promise<void>;
}

/** Hold requests at work: one worker sends, one watches the clocks, one tells new partners. */
export function createHolds({ settings, desk, mailer, parts, sharing, partners, onChange, wakeCouriers }: Options): {
  readonly http: HttpContext['holds'];
  start(): void;
  stop(): Promise<void>;
} {
  const { log, ...stores } = parts;
  const { records, clock } = stores;
  const context: HoldContext = {
    ...stores,
    desk,
    mailer,
    url: desk.url,
    settings: settings.holds,
    office: openOffice(settings.data, settings.letters, desk, stores),
    signDetached: (bytes) => signRequest(sharing.keys, desk.desk, bytes),
    exchange: {
      partner: async (db, id) => (await partners(db)).find((party) => party.id === id) ?? null,
      ask: async (message, documents) => {
        const { acknowledgeHours } = settings.holds;
        const asking = { message, documents, acknowledgeHours };
        const state = await records.transaction((tx) => askAddressee(tx, sharing, asking));
        if (state === 'accepted') return state;
        await wakeCouriers();
        if (state === 'waiting') return state;
        throw state;
      },
      stop: (tx, objects) => stopAsking(tx, sharing, objects),
    },
  };
  let sender: Worker | undefined;
  const workers: Worker[] = [];
  const looking = { records, log, failure: 'a hold request could not be looked after' };
  const toldAs = new Map<string, string>();
  /** Whoever becomes a partner, or another kind of partner, is told of every request that stands; everyone of what changed. */
  const tellPartners = async () => {
    const to = await partners(records);
    const parties = to.map((party) => `${party.id} ${basisOf(sharing, party)}`).join('\n');
    const told = (standing: string) => `${standing}\n${parties}`;
    const changed = (await approvedHolds(records)).filter(({ id, standing }) => toldAs.get(id) !== told(standing));
    const { news } = await eachOf(
      changed,
      looking,
      (tx, { id }) => releaseHold(tx, sharing, { hold: id, to }),
      ({ id, standing }) => toldAs.set(id, told(standing)),
    );
    if (news) await wakeCouriers();
  };
  /** What people here said to partners' requests, and what policy lets go of it now. */
  const tellAskers = async () => {
    let settled = 0;
    const { news } = await eachOf(await wordsUnsettled(records, desk.desk), looking, async (tx, words) => {
      const done = await settleHoldWords(tx, sharing, words);
      settled += done.settled;
      return done.waiting;
    });
    if (settled > 0) onChange();
    if (news) await wakeCouriers();
  };
  const changed = async (hold: string) => {
    onChange();
    const waiting = await records.transaction(async (tx) => releaseHold(tx, sharing, { hold, to: await partners(tx) }));
    if (waiting) await wakeCouriers();
  };
  return {
    http: {
      context,
      changed,
      wake: () => sender?.wake(),
    },
    start: () => {
      sender = startWorker({
        ...{ name: 'hold requests', everyMs: sendEveryMs, clock, log },
        work: async (signal) => {
          const failed = (subject: string, thrown: unknown) =>
            log.warn({ subject, detail: detailOf(thrown) }, looking.failure);
          for (const hold of await deliverHolds(context, signal, failed)) await changed(hold);
          return 'idle';
        },
      });
      workers.push(
        sender,
        startWorker({
          ...{ name: 'clocks of holds', everyMs: lookEveryMs, clock, log },
          work: async () => {
            if ((await warnOfHolds(context)) > 0) {
              onChange();
              sender?.wake();
            }
            return 'idle';
          },
        }),
        startWorker({
          ...{ name: 'hold requests between desks', everyMs: partnersEveryMs, clock, log },
          work: async () => {
            await tellPartners();
            await tellAskers();
            return 'idle';
          },
        }),
      );
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
