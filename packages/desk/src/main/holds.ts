import type { DeskCard } from '@gongjo/contract';
import {
  approvedMarkings,
  deliverHolds,
  type HoldContext,
  listStoredHolds,
  type Mailer,
  warnOfHolds,
} from '../cases/index.ts';
import type { HttpContext } from '../http/index.ts';
import { openOffice } from '../letters/index.ts';
import { signRequest } from '../partner/index.ts';
import { type Db, type Log, type Settings, startWorker, type Worker } from '../platform/index.ts';
import { basisOf, type Party, releaseHold, type SharingContext } from '../sharing/index.ts';

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
  };
  let sender: Worker | undefined;
  const workers: Worker[] = [];
  let toldOn = '';
  /** Whoever becomes a partner, or another kind of partner, is told of every request that stands; everyone of another marking. */
  const tellNewPartners = async () => {
    const to = await partners(records);
    const parties = to.map((party) => `${party.id} ${basisOf(sharing, party)}`);
    const basis = [...parties, ...(await approvedMarkings(records))].join('\n');
    if (basis === toldOn) return;
    let isWaiting = false;
    for (const { id, round } of await listStoredHolds(records))
      if (round > 0)
        isWaiting = (await records.transaction((tx) => releaseHold(tx, sharing, { hold: id, to }))) || isWaiting;
    toldOn = basis;
    if (isWaiting) await wakeCouriers();
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
          ...{ name: 'hold requests for new partners', everyMs: partnersEveryMs, clock, log },
          work: async () => {
            await tellNewPartners();
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
