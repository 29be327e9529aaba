import type { DeskCard } from '@gongjo/contract';
import { approvedHolds, deliverHolds, type HoldContext, type Mailer, warnOfHolds } from '../cases/index.ts';
import type { HttpContext } from '../http/index.ts';
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
} from '../sharing/index.ts';

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
    },
  };
  let sender: Worker | undefined;
  const workers: Worker[] = [];
  let toldTo = '';
  const toldAs = new Map<string, string>();
  /** Whoever becomes a partner, or another kind of partner, is told of every request that stands; everyone of what changed. */
  const tellPartners = async () => {
    const to = await partners(records);
    const parties = to.map((party) => `${party.id} ${basisOf(sharing, party)}`).join('\n');
    let isWaiting = false;
    for (const { id, standing } of await approvedHolds(records)) {
      if (parties === toldTo && toldAs.get(id) === standing) continue;
      isWaiting = (await records.transaction((tx) => releaseHold(tx, sharing, { hold: id, to }))) || isWaiting;
      toldAs.set(id, standing);
    }
    toldTo = parties;
    if (isWaiting) await wakeCouriers();
  };
  /** What people here said to partners' requests, and what policy lets go of it now. */
  const tellAskers = async () => {
    const { waiting, settled } = await records.transaction((tx) => settleHoldWords(tx, sharing));
    if (settled > 0) onChange();
    if (waiting) await wakeCouriers();
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
          for (const hold of await deliverHolds(context, signal)) await changed(hold);
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
